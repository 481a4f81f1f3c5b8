"""Rows of a form that are rated by the same words: `the food good, the room only fair`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workers.forms import wording
from workers.forms.answers import TICK, tick
from workers.forms.fields import Field, Values
from workers.forms.mentions import stems

_WORD = re.compile(r"\w+")
_MOST_ROWS, _MOST_SENTENCES, _MOST_WORDS, _LONGEST = 60, 200, 60, 20_000


@dataclass(frozen=True)
class _Row:
    stems: frozenset[str]
    choices: dict[frozenset[str], Field]


def rows(fields: Sequence[Field]) -> dict[str, list[Field]]:
    """The boxes of each question that shares all its answers, but yes and no, with another.

    Args:
        fields: the form's.
    """
    groups: dict[str, list[Field]] = defaultdict(list)
    for field in fields:
        if field.is_checkbox and field.group:
            groups[field.group].append(field)
    alike: dict[frozenset[str], list[str]] = defaultdict(list)
    for group, boxes in groups.items():
        choices = frozenset(box.choice.casefold() for box in boxes)
        if len(choices) > 1 and not any(map(tick, choices)):
            alike[choices].append(group)
    shared = [group for found in alike.values() if len(found) > 1 for group in found]
    return {group: groups[group] for group in shared[:_MOST_ROWS]}


def rated(text: str, fields: Sequence[Field], values: Values) -> Values:
    """The boxes to tick where a row is named, and then one of its answers before another row.

    Args:
        text: the instructions.
        fields: the form's.
        values: what is filled in already; a row with an answer keeps it.
    """
    asked = {
        group: _Row(stems(group), {stems(box.choice): box for box in boxes})
        for group, boxes in rows(fields).items()
        if stems(group) and not any(values[box.key] == TICK for box in boxes)
    }
    found: Values = {}
    for words in _sentences(text) if asked else ():
        for box in _answers(words, list(asked.values())):
            found.setdefault(box.key, TICK)
    return found


def _sentences(text: str) -> Iterator[list[str]]:
    lines = [
        sentence
        for line in text[:_LONGEST].splitlines()
        for sentence in wording.SENTENCE_END.split(line)
    ]
    for line in lines[:_MOST_SENTENCES]:
        yield [found.group() for found in _WORD.finditer(line)][:_MOST_WORDS]


def _answers(words: Sequence[str], asked: Sequence[_Row]) -> Iterator[Field]:
    row: _Row | None = None
    for number in range(len(words)):
        ahead = [stems(" ".join(words[number : number + length])) for length in (1, 2, 3, 4)]
        named = max(
            (one for one in asked if one.stems in ahead),
            key=lambda one: len(one.stems),
            default=None,
        )
        row = named or row
        said = next((part for part in reversed(ahead) if row and part in row.choices), None)
        if row and said and not named:
            yield row.choices[said]
            row = None
