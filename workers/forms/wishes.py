"""Boxes that a sentence ticks in its own words: `she would like the newsletter`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from workers.forms import clauses, mentions
from workers.forms.answers import TICK, UNTICK, tick
from workers.forms.fields import Field, Values
from workers.forms.likeness import Likeness
from workers.forms.matching import is_of_another

_MOST_CLAUSES, _MOST_BOXES, _FEW = 150, 150, 2
# How alike a clause and a box have to be, and how much more than the next that it may mean.
_ENOUGH, _APART = 0.72, 0.05


@dataclass(frozen=True)
class _Asked:
    label: str
    yes: Field
    no: Field | None = None


def ticked(text: str, fields: Sequence[Field], values: Values) -> Values:
    """The boxes, and the yes or no of questions, that a clause means more than any other.

    Args:
        text: sentences.
        fields: the form's.
        values: what is filled in already, which nothing here changes.

    Returns:
        Values of keys that have none yet. What is denied ticks no, or nothing.
    """
    told = [
        " ".join(word.text for word in clause)
        for sentence in clauses.of(text)
        for clause in sentence
        if len(clause) > _FEW
    ][:_MOST_CLAUSES]
    asked = _asked(fields, values)[:_MOST_BOXES]
    if not told or not asked:
        return {}
    likeness = Likeness(told, [((one.label,), "") for one in asked])
    found: Values = {}
    for clause in told:
        scored = sorted(
            ((_alike(likeness, clause, one), number) for number, one in enumerate(asked)),
            reverse=True,
        )
        (best, number), (next_best, _) = scored[0], (*scored[1:], (0.0, 0))[0]
        if best >= _ENOUGH and best - next_best >= _APART:
            found |= _answer(asked[number], mentions.is_denied(clause), found)
    return {key: TICK for key, value in found.items() if value == TICK and values[key] is None}


def _alike(likeness: Likeness, clause: str, asked: _Asked) -> float:
    return likeness.of(clause, (asked.label,), "", is_told=True, least=_ENOUGH)


def _answer(asked: _Asked, is_denied: bool, found: Values) -> Values:
    # What is denied anywhere is not ticked.
    if is_denied:
        return {asked.no.key: TICK} if asked.no else {asked.yes.key: UNTICK}
    return {} if asked.yes.key in found else {asked.yes.key: TICK}


def _asked(fields: Sequence[Field], values: Values) -> list[_Asked]:
    groups: dict[str, list[Field]] = defaultdict(list)
    found: list[_Asked] = []
    for field in fields:
        if field.is_checkbox and not is_of_another(field):
            groups[field.group or field.key].append(field)
    for group, boxes in groups.items():
        answers = {tick(box.choice): box for box in boxes}
        if {TICK, UNTICK} <= answers.keys() and any(values[box.key] for box in boxes):
            continue
        if {TICK, UNTICK} <= answers.keys():
            found.append(_Asked(group, answers[TICK], answers[UNTICK]))
        else:
            found += [
                _Asked(box.choice, box)
                for box in boxes
                if len(boxes) == 1 or len(box.choice.split()) > _FEW
            ]
    return found
