"""Numbers as people write them: 1.234,56, 1,234.56, 1 234,56, (12.00), 12-, 19 %, EUR 5."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

_SPACES = " \u00a0\u202f\u2009'\u2019"
_NUMBER = re.compile(
    rf"\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?:[.,]\d+)?(?![\d])|\d+(?:[.,]\d+)*|(?<!\w)[.,]\d+"
)
_MINUS = "-\N{MINUS SIGN}\N{EN DASH}\N{SOFT HYPHEN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
_SIGNS = "$\u20ac\u00a3\u00a5\u20b9\u20bd\u20a9\u20ba\u0e3f\u20aa"
CURRENCIES = {
    "\u20ac": "EUR",
    "\u00a3": "GBP",
    "\u00a5": "JPY",
    "\u20b9": "INR",
    "$": "USD",
}
_CODES = (
    "EUR USD GBP CHF JPY CNY SEK NOK DKK PLN CZK HUF RON BGN CAD AUD NZD INR BRL MXN ZAR TRY "
    "SGD HKD KRW ILS AED SAR THB RUB UAH KWD BHD OMR QAR JOD EGP MYR IDR VND TWD PKR BDT LKR NGN "
    "KES GHS CLP ARS ISK RSD"
)
CURRENCY_CODES = frozenset(_CODES.split())
# `Swiss francs`, `Euro`: one word before it, or none.
CURRENCY_NAME = re.compile(
    r"(?:[^\W\d]+\.? )?(?:euros?|dollars?|dólar(?:es)?|pounds?|sterling|livres?|pfund|francs?|"
    r"franken|yen|yuan|renminbi|rupees?|kron(?:e|a|er|or|en|u)|zloty|złoty|forint|lei|lev|lira|"
    r"real|reais|pesos?|rands?|rubles?|roubles?|rubel|won|baht|shekels?|dirhams?|ringgit|rupiah|hryvnia)",
    re.IGNORECASE,
)
# A number whose thousands a space parts, which is no two.
SPACED = re.compile(r"\D{0,2}\d{1,3} \d{3}(?:[.,]\d+)?\D{0,2}")
# What may stand beside a number that is a value: a currency, a unit, a word or two.
_MAX_LETTERS = 12
_MAX_DIGITS = 30
_SIGN, _PER_UNIT = re.compile(f"[{_SIGNS}] ?$"), re.compile(r" ?/ ?[^\W\d_]{1,7}\.?")
_GLUED_BEFORE = re.compile(r"([^\W\d_]+)[ .]?$")


@dataclass(frozen=True)
class Number:
    """A number in a text: its value, and whether it is a share of a hundred."""

    value: Decimal
    is_percent: bool = False


def decimal_sign(texts: Iterable[str]) -> str | None:
    """Which sign, `.` or `,`, a document has before decimals; None if nothing tells."""
    votes: Counter[str] = Counter()
    for text in texts:
        for match in _NUMBER.finditer(text):
            votes.update(filter(None, [_told_sign(match.group())]))
    return max(sorted(votes), key=lambda sign: votes[sign], default=None)


def read(text: str, decimal: str | None) -> Number | None:
    """The one number that a text is.

    Args:
        text: may hold a currency, a unit or a percent sign too, but no other number: of a
            percentage and another number, it is the other.
        decimal: the document's decimal sign, for what could be read either way.

    Returns:
        The number, or None if the text is something else.
    """
    found = list(_NUMBER.finditer(text))
    if len(found) > 1:
        found = [match for match in found if not _is_percent(text, match.end())]
    if len(found) != 1 or len(found[0].group()) > _MAX_DIGITS:
        return None
    [match] = found
    before, after = text[: match.start()], text[match.end() :]
    if not _may_stand_beside(before, after):
        return None
    value = _value(match.group(), decimal)
    if value is None:
        return None
    return Number(-value if _is_negative(before, after) else value, _is_percent(text, match.end()))


def has_cents(value: Decimal) -> bool:
    """Whether a number was written with two decimals, as amounts are."""
    return value.as_tuple().exponent == -2


def _told_sign(text: str) -> str | None:
    signs = [char for char in text if char in ".,"]
    if not signs:
        return None
    if len(set(signs)) == 2:
        return signs[-1]
    if len(signs) > 1:
        return None
    return signs[0] if len(text.rpartition(signs[0])[2]) in (1, 2) else None


def _value(text: str, decimal: str | None) -> Decimal | None:
    digits = re.sub(f"[{_SPACES}]", "", text)
    signs = [char for char in digits if char in ".,"]
    kinds = set(signs)
    if len(kinds) == 2:
        point = signs[-1]
        if signs.count(point) > 1:
            return None
    elif len(signs) > 1:
        if not _is_grouped(digits, signs[0]):
            return None
        point = ""
    else:
        point = signs[0] if signs and not _groups_thousands(digits, signs[0], decimal) else ""
    whole, _, part = digits.rpartition(point) if point else (digits, "", "")
    plain = re.sub("[.,]", "", whole)
    return Decimal(f"{plain or '0'}.{part or '0'}")


def _is_grouped(digits: str, sign: str) -> bool:
    first, *groups = digits.split(sign)
    sizes = [len(group) for group in groups]
    # In India a thousand is followed by groups of two: 12,34,567.
    is_indian = sign == "," and sizes[-1] == 3 and set(sizes[:-1]) == {2} and len(first) <= 2
    return 1 <= len(first) <= 3 and (set(sizes) == {3} or is_indian)


def _groups_thousands(digits: str, sign: str, decimal: str | None) -> bool:
    if not _is_grouped(digits, sign) or digits.startswith("0"):
        return False
    return sign == "," if decimal is None else sign != decimal


def _may_stand_beside(before: str, after: str) -> bool:
    glued = _GLUED_BEFORE.search(before)
    is_glued = glued is not None and not before.endswith((" ", "."))
    if glued and is_glued and glued.group(1).upper() not in CURRENCY_CODES:
        return False
    is_rate = _SIGN.search(before) and _PER_UNIT.fullmatch(after)  # `$50/hr`
    is_in_word = re.search(r"[^\W\d_]-$", before) or re.match(r"[-/]\w|[^\W\d_]{4}", after)
    if is_in_word and not is_rate:
        return False
    rest = before + after
    letters = [char for char in rest if char.isalpha()]
    strange = re.search(rf"[^\w\s.,:()%=*+{_MINUS}{_SIGNS}/'\u2019]", rest)
    return len(letters) <= _MAX_LETTERS and not strange


def _is_negative(before: str, after: str) -> bool:
    if before.rstrip(f" {_SIGNS}").endswith("(") and after.lstrip(f" %{_SIGNS}").startswith(")"):
        return True
    leading = re.search(rf"(?:^|[\s:{_SIGNS}])[{_MINUS}]\s*[{_SIGNS}A-Z]*\s*$", before)
    # `12-`, and no dash before a word: `2 - High`.
    trailing = re.match(rf"(?P<space>\s?)[{_MINUS}](?:\s+(?P<word>[^\W\d_]{{2,}})|\s|$)", after)
    return bool(leading) or (trailing is not None and not (trailing["space"] and trailing["word"]))


def _is_percent(text: str, end: int) -> bool:
    return bool(re.match(r"\s*%", text[end:]))
