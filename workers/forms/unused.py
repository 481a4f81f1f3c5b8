"""Which parts of instructions nothing was used of, so that somebody may look after them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workers.forms import asked, wording
from workers.forms.answers import TICK
from workers.forms.fields import Field, words_of
from workers.forms.mentions import stems
from workers.forms.said import of_json
from workers.local.extraction import dates

# So many parts are named, each cut to so many letters; of so many it is looked whether they are
# used, and of a part's words so many count.
_MOST_NAMED, _LONGEST_NAMED = 10, 80
_MOST_PARTS, _LONGEST_PART = 2_000, 1_000
_FEW, _BEGINNING = 3, 5
_LINE = re.compile(r"[^:]{1,80}:\s")
# Greetings, thanks, closings and what only asks that a form be filled in tell nothing.
_POLITE = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|day|afternoon|evening)|thanks?|thank you|many thanks|"
    r"cheers|(?:kind|best|warm) (?:regards|wishes)|regards|yours|sincerely|best|hallo|guten|"
    r"sehr geehrte|vielen dank|danke|mit freundlichen|bonjour|merci|cordialement|hola|gracias|"
    r"saludos|buongiorno|grazie|let me know|i hope|hope)\b",
    re.I,
)
_ASKING = re.compile(
    r"(?:(?:please|could you|can you|would you|i need you to|i would like you to|bitte)\b[ ,]*)*"
    r"(?:fill|complete|prepare|do|use|take|help)\b",
    re.I,
)
_TELLING = re.compile(r"\d|[:=]")


def told(instructions: str, fields: Sequence[Field], answers: Mapping[str, Any]) -> str:
    """The parts of instructions of which nothing was used, in a sentence; empty if there are none.

    Args:
        instructions: what somebody wrote.
        fields: the form's, filled in.
        answers: what was said of each field, by its key.
    """
    used = _Used(fields, answers)
    parts = list(dict.fromkeys(_parts(instructions)))[:_MOST_PARTS]
    left = [part for part in parts if not (_is_idle(part) or used.has(part))]
    if not left:
        return ""
    named = "; ".join(f"\u201c{_cut(part)}\u201d" for part in left[:_MOST_NAMED])
    more = len(left) - _MOST_NAMED
    return f"Nothing was filled in by these parts of the instructions: {named}" + (
        f"; and {more} more." if more > 0 else "."
    )


class _Used:
    # What was filled in, by the words that it is known again by.

    def __init__(self, fields: Sequence[Field], answers: Mapping[str, Any]) -> None:
        self._values: dict[str, set[frozenset[str]]] = defaultdict(set)
        self._dates: set[object] = set()
        self._boxes: set[str] = set()
        whole = []
        for field in fields:
            value = answers.get(field.key)
            if value is None:
                continue
            if field.is_checkbox or field.options:
                self._add_box(field, str(value))
            if not field.is_checkbox:
                self._add_value(str(value))
                whole.append(" ".join(words_of(str(value))))
        self._whole = " | ".join(whole)

    def has(self, part: str) -> bool:
        """Whether something of a part of the instructions was filled in."""
        text = part[:_LONGEST_PART]
        words = _words(text)
        if any(value <= words for word in words for value in self._values.get(word, ())):
            return True
        if not self._boxes.isdisjoint(_beginnings(text)):
            return True
        if self._dates and any(
            _date(date.group()) in self._dates for date in dates.DATE.finditer(text)
        ):
            return True
        plain = " ".join(words_of(text))
        behind = " ".join(words_of(text.partition(":")[2]))
        return any(one in self._whole for one in (plain, behind) if len(one) >= _FEW)

    def _add_value(self, value: str) -> None:
        words = _words(value[:_LONGEST_PART])
        if words:
            self._values[max(words, key=lambda word: (len(word), word))].add(words)
        found = dates.DATE.search(value)
        if found and (date := _date(found.group())):
            self._dates.add(date)

    def _add_box(self, field: Field, value: str) -> None:
        choice = field.choice if value == TICK else value
        for label in (choice, field.group, field.description):
            self._boxes |= _beginnings(label)


def _parts(instructions: str) -> Iterator[str]:
    given = of_json(instructions)
    if given is not None:
        yield from (f"{one.name}: {one.value}" for one in given if one.value)
        return
    for line in wording.without_recipients(instructions).splitlines():
        plain = wording.BULLET.sub("", line).strip()
        parts = [plain] if _LINE.match(plain) else wording.SENTENCE_END.split(plain)
        yield from (part.strip() for part in parts if part.strip())


def _is_idle(part: str) -> bool:
    # A name by itself is a heading, or whoever signed.
    is_plain = not _TELLING.search(part)
    is_short = len(part.split()) <= _FEW
    is_polite = _POLITE.match(part) or _ASKING.match(part)
    return is_plain and (is_short or is_polite is not None)


def _words(text: str) -> frozenset[str]:
    # Counts are written in digits.
    words = words_of(text)
    return frozenset(
        str(asked.COUNTS.index(word) + 1) if word in asked.COUNTS else word for word in words
    )


def _beginnings(text: str) -> frozenset[str]:
    # `I do not smoke` answers `Smoker`.
    return frozenset(stem[:_BEGINNING] for stem in stems(text))


def _date(text: str) -> object:
    return dates.read(text, dates.DAY_FIRST) if text.strip() else None


def _cut(part: str) -> str:
    plain = " ".join(part[: 2 * _LONGEST_NAMED].split())
    return (
        plain if len(plain) <= _LONGEST_NAMED else f"{plain[: _LONGEST_NAMED - 1].rstrip()}\u2026"
    )
