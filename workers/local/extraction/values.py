"""A text as the value that a property wants."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from workers.local.extraction import (
    dates,
    labels,
    measures,
    names,
    numbers,
    options,
    people,
    shapes,
)
from workers.local.extraction.schemas import Node

_YES_WORDS = "yes y true ja oui si sí vrai wahr vero verdadero waar x ✓ ✔ ☑ ☒ [x] (x) checked on"
_NO_WORDS = "no n false nein non nee faux falsch falso onwaar ☐ [] () off"
_YES = frozenset(_YES_WORDS.split())
_NO = frozenset((*_NO_WORDS.split(), "[ ]", "( )"))
_TELLING = frozenset((*numbers.CURRENCIES, *"✓✔☑☒☐[]()"))
MARK = re.compile(r"(?P<marked>\[ ?[xX] ?\]|\( ?[xX] ?\)|[☒☑✓✔])|\[ ?\]|\( ?\)|[☐□]")
_MAX_DATE = 20
# A share of a hundred, where the schema wants one of one.
_HUNDRED = Decimal(100)
_COUNTED = re.compile(r"([-+]?\d[\d.,]*) ?[^\W\d_][^\d]{0,14}$")
# `No. 17`, of which a label says already that it is a number.
_NUMBER_SIGN = re.compile(r"^(?:n(?:[or]\.|\.?[°º]|\.)\s+|č\.\s*)(?=\S*\d)", re.IGNORECASE)
# `4711 of` before a date.
_LINK_BEHIND = re.compile(r"(?<=\d)[ ,]+(?:vom|of|du|del|van|dated|von|di)$")
# `2293044629 Beneficiary`, with the next label's first word.
_WORD_BEHIND = re.compile(r"(\d{6,}) [^\W\d_]{4,}")
# `Net 45 days` is no amount.
_DAYS = re.compile(r"\d+ (?:days?|tagen?|jours|d[ií]as|giorni|dagen|dagar)\b", re.IGNORECASE)
# `Ada Roe <ada@okapi.example>`
_MAIL = re.compile(r"\s+[<(\[]?[^\s@]+@[^\s@]+$")
# A telephone's with its country, which is no other number.
_CALLED = re.compile(r"\+\d{2}")
_CODE = re.compile(r"[A-Z]{2,6}(?:[-/][A-Z]{1,6}){1,4}")
_ID, _CAPITALS = re.compile(r"(?:id|code)$", re.IGNORECASE), re.compile(r"[A-Z]{4,12}")
_MOST_NUMBER_WORDS = 8
# `09114872. Registered office: ...`
_SENTENCE_END = re.compile(r"(?<=\d)\.? (?=[A-Z][a-z])")
# Nobody and nothing is called so.
_AMOUNT = re.compile(r"\d[\d.,]*[.,]\d\d")


@dataclass(frozen=True)
class Value:
    """A value, and the text that says so."""

    value: Any
    text: str


class Values:
    """Reads texts by the habits of one document."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Learn the habits: the decimal sign, the order of days and months.

        Args:
            texts: the document's.
        """
        lines = list(texts)
        undated = [dates.DATE.sub(" ", line) for line in lines]
        self._decimal = numbers.decimal_sign(undated)
        self._lines = lines
        self._order = dates.order(lines)

    def read(self, node: Node, text: str, is_recognized: bool = False) -> Value | None:
        """The value that a text is for a property.

        Args:
            node: the property.
            text: what stands where its value should.
            is_recognized: whether some letters may be wrong.

        Returns:
            The value, which the property's schema allows; or None.
        """
        tidy = _chosen(" ".join(text.split(" ")).strip(" :;|\t\n").rstrip(","))
        if not any(char.isalnum() or char in _TELLING for char in tidy):
            return None
        if "enum" in node.schema:
            return self._option(node, tidy, is_recognized)
        for kind in node.types:
            value = _READERS[kind](self, node, tidy) if kind in _READERS else None
            if value is None and kind == "string" and not is_recognized:
                value = _account(node, tidy)
            if value is not None and node.fits(value.value):
                return value
        return None

    def date(self, text: str) -> str | None:
        """The date in a text, in ISO 8601; None if there is none."""
        match = dates.find(text)
        found = dates.read(match.group(), self._order) if match else None
        return found.isoformat() if found else None

    def short_date(self, node: Node, text: str) -> Value | None:
        """The date that a day and a month in a row are, in the year of the document; or None."""
        if node.schema.get("format") != "date" or self._last is None:
            return None
        found = dates.without_year(text, self._order, self._last)
        is_wanted = found is not None and node.fits(found.isoformat())
        return Value(found.isoformat(), text.strip()) if found and is_wanted else None

    @cached_property
    def _last(self) -> datetime.date | None:
        return dates.latest(self._lines, self._order)

    def number(self, text: str) -> Decimal | None:
        """The number that a text is; None if it is something else."""
        found = numbers.read(text, self._decimal)
        return found.value if found else None

    def _option(self, node: Node, text: str, is_recognized: bool) -> Value | None:
        listed = node.schema["enum"]
        plain = options.plain(text)
        for option in listed:
            if isinstance(option, str) and options.plain(option) == plain and node.fits(option):
                return Value(option, text)
        for option in listed:
            if isinstance(option, bool):
                value = self._boolean(node, text)
            elif isinstance(option, (int, float)):
                value = self._number(node, text)
            else:
                continue
            if value is not None and value.value == option:
                return Value(option, value.text)
        words = [option for option in listed if isinstance(option, str) and option]
        meant = options.find(words, text, is_recognized)
        return Value(meant, text) if meant and node.fits(meant) else None

    def _boolean(self, node: Node, text: str) -> Value | None:
        plain = text.casefold().rstrip(".")
        if plain in _YES:
            return Value(True, text)
        return Value(False, text) if plain in _NO else None

    def _number(self, node: Node, text: str) -> Value | None:
        if dates.find(text) or is_term(node, text):
            return None
        found = numbers.read(text, self._decimal)
        counted = _COUNTED.match(text) if found is None and names.is_quantity(node) else None
        if counted:  # "20Unit(s)"
            found = numbers.read(counted.group(1), self._decimal)
        if found is None and (leading := measures.number_in(text)):
            found = numbers.read(leading, self._decimal)
        if found is None or (found.is_percent and names.role(node) == "amount"):
            return None
        if found.is_percent and text.startswith("(") and names.role(node) != "rate":
            return None  # `Discount (5%)` says how much that is behind it
        value = found.value
        most = node.schema.get("maximum")
        if found.is_percent and isinstance(most, (int, float)) and most <= 1:
            value /= _HUNDRED
        value = abs(value) if measures.is_positive(str(node.schema.get("description"))) else value
        is_whole = value == value.to_integral_value()
        return Value(int(value) if is_whole else float(value), text)

    def _integer(self, node: Node, text: str) -> Value | None:
        found = self._number(node, text)
        return found if found and isinstance(found.value, int) else None

    def _string(self, node: Node, text: str) -> Value | None:
        role = names.role(node)
        if role == "date":
            return self._date(node, text)
        if role == "currency":
            return _currency(text)
        if role in ("email", "website", "iban", "phone", "bic"):
            match = shapes.find(role, text)
            return Value(match.group().strip(), match.group().strip()) if match else None
        digits = sum(map(str.isdigit, text))
        if role in ("number", "amount", "postal", "taxid") and not digits:
            # A code may have letters alone: `CL-EXT-GR`.
            is_code = _CODE.fullmatch(text) or (_ID.search(node.name) and _is_capitals(text))
            return Value(text, text) if role == "number" and is_code else None
        if role == "name" and digits > sum(map(str.isalpha, text)):
            return None
        if role == "number" and _is_no_number(text):
            return None
        if role == "name" and (_AMOUNT.fullmatch(text) or _is_labelled_number(text)):
            return None
        if role == "taxid" or (role == "number" and "tax" in labels.tokens(node.name)):
            return _tax_number(text)
        text = _number_alone(text) if role == "number" else text
        text = _MAIL.sub("", text) if role == "name" else text
        text = people.called(node, text)
        return Value(text, text)

    def _date(self, node: Node, text: str) -> Value | None:
        match = dates.find(text)
        form = node.schema.get("format")
        if not match:
            # "02 Jan" is a date too, as it is written.
            is_short = len(text) <= _MAX_DATE and any(map(str.isdigit, text))
            return Value(text, text) if is_short and form not in ("date", "date-time") else None
        found = dates.read(match.group(), self._order)
        if found is None:
            return None
        if form == "date":
            return Value(found.isoformat(), match.group())
        if form == "date-time":
            time = dates.time_after(text, match.end())
            return Value(f"{found.isoformat()}T{time or '00:00:00'}", match.group())
        return Value(match.group(), match.group())


_READERS = {
    "boolean": Values._boolean,
    "integer": Values._integer,
    "number": Values._number,
    "string": Values._string,
}


def is_term(node: Node, text: str) -> bool:
    """Whether a text that should be an amount begins with the days to pay it in."""
    is_amount = names.role(node) == "amount" and not names.is_quantity(node)
    return is_amount and _DAYS.match(text) is not None


def _chosen(text: str) -> str:
    # Of "[x] male [ ] female" it is what follows the cross.
    marks = list(MARK.finditer(text))
    if not marks or (len(marks) == 1 and marks[0].group() == text):
        return text
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    chosen = [
        text[mark.end() : end].strip(" ,;")
        for mark, end in zip(marks, ends, strict=True)
        if mark.group("marked")
    ]
    if len(marks) == 1:
        return text if marks[0].start() else "".join(chosen)
    return chosen[0] if len(chosen) == 1 else ""


def _account(node: Node, text: str) -> Value | None:
    # What a label calls an IBAN is the document's, though its check digits be wrong.
    match = shapes.SHAPES["iban"].match(text) if names.role(node) == "iban" else None
    match = (shapes.of_full_length(match) or match) if match else None
    return Value(match.group(), match.group()) if match else None


def _is_capitals(text: str) -> bool:
    return _CAPITALS.fullmatch(text) is not None and not labels.is_common(text)


def _is_no_number(text: str) -> bool:
    # A date, a telephone's, or a sentence.
    is_sentence = len(text.split()) > _MOST_NUMBER_WORDS
    date = dates.find(text)
    before, after = (text[: date.start()], text[date.end() :]) if date else (text, "")
    # `balance of 31.10.2024`
    is_dated = before.endswith(" ") and not any(map(str.isdigit, before + after))
    return dates.is_written(text) or is_dated or _CALLED.match(text) is not None or is_sentence


def _is_labelled_number(text: str) -> bool:
    # `User ID: 17` is no name.
    label, colon, rest = text.partition(": ")
    has_digit = any(map(str.isdigit, rest)) and not any(map(str.isdigit, label))
    return bool(colon) and has_digit and "number" in labels.tokens(label)


def _number_alone(text: str) -> str:
    # Without the date, or the next number, that stands behind it.
    text = _NUMBER_SIGN.sub("", text)
    date = dates.find(text)
    before = text[: date.start()].rstrip(" (,;/") if date else ""
    before = _LINK_BEHIND.sub("", before)
    kept = before if any(map(str.isdigit, before)) and text[len(before) :][:1] in " ," else text
    behind = _WORD_BEHIND.fullmatch(kept)
    kept = behind.group(1) if behind else kept
    first = _SENTENCE_END.split(kept.split(", ")[0])[0]
    return first if any(map(str.isdigit, first)) else kept


def _tax_number(text: str) -> Value | None:
    match = shapes.find("taxid", text) or shapes.find("taxnumber", text)
    return Value(match.group().strip(), match.group().strip()) if match else None


def _currency(text: str) -> Value | None:
    code = re.search(r"\b[A-Z]{3}\b", text)
    if code and code.group() in numbers.CURRENCY_CODES:
        return Value(code.group(), code.group())
    sign = next((char for char in text if char in numbers.CURRENCIES), None)
    if sign:
        return Value(numbers.CURRENCIES[sign], sign)
    return Value(text, text) if numbers.CURRENCY_NAME.fullmatch(text) else None
