"""Which field is meant by other words than its label's, by what both mean."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workers.forms import fits
from workers.forms.answers import tick
from workers.forms.fields import Field, Values
from workers.forms.likeness import Likeness, is_generic
from workers.forms.matching import canonical, is_about_something, is_of_another
from workers.forms.twins import Twins

# How alike a name and a label have to be, where a word in common adds to it.
NAMED, TOLD = 0.52, 0.55
# Each text costs about a millisecond.
MOST_OFFERS, MOST_TARGETS = 400, 400
# Of words in small letters more are found by accident.
_BY_PROSE = 0.6
# What means a field that is filled in more than an empty one, by so much, is not for that.
_TAKEN = 0.1
# Of two fields as likely as that neither is meant for sure.
_APART = 0.03
# Who is told by the heading alone has the name that stands under it.
_OF_SECTION = 1.2
_SIGNED = re.compile(r"signature|unterschrift|\bfirma\b(?! e)", re.I)
# `to` or `and` before a blank says nothing.
_WEAK = re.compile(r"[a-zà-ÿ]{1,3}")
_NOTES = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_LEADING_NUMBER = re.compile(r"^\W*\d{1,2}[.)]?\s+(?=\S)")
_NUMBER = re.compile(r"\b\d{1,3}\b")
_OR, _TWO = re.compile(r"\s*/\s*|\s+(?:or|oder|ou|o)\s+"), 2


@dataclass(frozen=True)
class Offer:
    """A value, and what is said around it.

    Attributes:
        names: what may name it, each in another way.
        value: what was said.
        is_told: whether it was not named, but stands in a sentence.
        start, end: where it stands in its text; two that overlap are one.
        about: what its sentence begins with, which may tell whose it is.
    """

    names: tuple[str, ...]
    value: str
    is_told: bool = False
    start: int = 0
    end: int = 0
    about: str = ""

    def overlaps(self, other: Offer) -> bool:
        """Whether both are, or lie in, the same words."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class _Target:
    # Its label without notes, and then what else it is called.
    labels: tuple[str, ...]
    section: str
    fields: tuple[Field, ...]
    is_free: bool = True

    @property
    def label(self) -> str:
        return self.labels[0]

    @property
    def is_question(self) -> bool:
        return self.fields[0].is_checkbox

    def takes(self, offer: Offer) -> Values | None:
        # None where it does not fit; nothing where it would, but is not to be written.
        first = self.fields[0]
        if first.is_checkbox:
            values = fits.answered(self.fields, offer.value)
        else:
            written = fits.written(first, offer.value)
            values = {first.key: written} if written else None
        if offer.is_told and not fits.may_be_told(first, offer.value):
            return None
        is_left = len(self.fields) > 1 or _SIGNED.search(self.label) is not None
        is_open = self.is_free and not (offer.is_told and is_left)
        return values if values is None or is_open else {}


@dataclass(frozen=True)
class _Match:
    likeness: float
    offer: int
    target: int
    values: Values


def placed(
    offers: Sequence[Offer], fields: Sequence[Field], values: Values, least: float
) -> Values:
    """Values for empty fields, each where its name means the field's label more than another.

    Args:
        offers: values with their names, in the order of the text.
        fields: the form's.
        values: what is filled in already, which nothing here changes.
        least: how alike a name and a label have to be.
    """
    targets = list(_targets(fields, values))[:MOST_TARGETS]
    offered = list(offers[:MOST_OFFERS])
    if not targets or not offered:
        return {}
    matches = sorted(
        _matches(offered, targets, Twins(fields), least),
        key=lambda match: (-match.likeness, -len(offered[match.offer].value), match.target),
    )
    return _one_each(matches, offered)


def _one_each(matches: Sequence[_Match], offers: Sequence[Offer]) -> Values:
    found: Values = {}
    used: set[int] = set()
    taken: set[int] = set()
    by_offer: dict[int, list[_Match]] = defaultdict(list)
    by_target: dict[int, list[_Match]] = defaultdict(list)
    for match in matches:
        by_offer[match.offer].append(match)
        by_target[match.target].append(match)
    for match in matches:
        if match.offer in used or (match.values and match.target in taken):
            continue
        offer = offers[match.offer]
        used |= {number for number, other in enumerate(offers) if offer.overlaps(other)}
        as_near = [
            other
            for other in (*by_offer[match.offer], *by_target[match.target])
            if abs(match.likeness - other.likeness) < _APART
        ]
        is_left = any(
            _is_other_field(match, other, taken) or _is_other_value(match, other, offers, used)
            for other in as_near
        )
        taken.add(match.target)
        if not is_left:
            found |= match.values
    return found


def _is_other_field(match: _Match, other: _Match, taken: set[int]) -> bool:
    is_same = other.offer == match.offer and other.target != match.target
    return is_same and other.target not in taken


def _is_other_value(match: _Match, other: _Match, offers: Sequence[Offer], used: set[int]) -> bool:
    # Of what is named the first counts; of what is told neither.
    is_same = other.target == match.target and other.offer not in used
    return is_same and offers[match.offer].is_told and match.values != other.values


def _targets(fields: Sequence[Field], values: Values) -> Iterator[_Target]:
    groups: dict[str, list[Field]] = defaultdict(list)
    for before, field in pairwise((*fields[:1], *fields)):
        labels = _labels(fits.text_of(field))
        if labels and _WEAK.fullmatch(labels[0]) and _is_level(before, field):
            # `Done at ...... on ......`
            labels = (f"{fits.text_of(before)} {labels[0]}",)
        section = _LEADING_NUMBER.sub("", field.section)
        if field.is_checkbox and field.group:
            groups[field.group].append(field)
        if labels and not (_WEAK.fullmatch(labels[0]) or tick(field.choice)):
            yield _Target(labels, section, (field,), values[field.key] is None)
    for group, boxes in groups.items():
        is_free = all(values[box.key] is None for box in boxes)
        if len(boxes) > 1:
            yield _Target(_labels(group), "", tuple(boxes), is_free)


def _is_level(before: Field, field: Field) -> bool:
    is_near = abs(before.place.top - field.place.top) < field.place.height
    return is_near and before.place.page == field.place.page and not before.is_checkbox


def _labels(text: str) -> tuple[str, ...]:
    # `Office / room (inside)` is called `Office`, `room` and with its note, too.
    plain = _plain(text)
    parts = [part for part in _OR.split(plain) if not is_generic(part)]
    called = (plain, text, *(parts if len(parts) == _TWO else ()))
    return tuple(dict.fromkeys(part.strip() for part in called if part.strip()))


def _plain(label: str) -> str:
    return " ".join(_NOTES.sub(" ", label).split()) or label


def _matches(
    offers: Sequence[Offer], targets: Sequence[_Target], twins: Twins, least: float
) -> Iterator[_Match]:
    whose = {offer: _whose(offer, twins) for offer in offers}
    likeness = Likeness(
        [name for offer in offers for name in (*offer.names, whose[offer][1]) if name],
        [(target.labels, target.section) for target in targets],
    )
    for number, offer in enumerate(offers):
        for place, target in enumerate(targets):
            section, rest = whose[offer]
            if section and twins.is_other(target.fields[0], section):
                continue
            is_its = section and section == target.fields[0].section
            names = (*offer.names, rest) if is_its and rest else offer.names
            how = max(_said(name, target, offer, likeness, least) for name in names)
            how = _OF_SECTION if is_its and not rest and _is_whom(target, offer) else how
            how -= 0.0 if target.is_free else _TAKEN
            how += fits.surplus(target.fields[0], offer.value) if not offer.is_told else 0.0
            enough = max(least, _BY_PROSE) if offer.is_told and offer.value.islower() else least
            values = target.takes(offer) if how >= enough else None
            if values is not None:
                yield _Match(how, number, place, values)


def _whose(offer: Offer, twins: Twins) -> tuple[str, str]:
    # Which heading it is told under; where that is what it names, the rest of the name.
    told = next(filter(any, map(twins.told, offer.names)), ("", ""))
    return told if any(told) else (twins.last_told(offer.about), offer.names[0])


def _is_whom(target: _Target, offer: Offer) -> bool:
    # `The tenant is Ada Roe`, under a heading `Tenant`
    is_name = offer.value[:1].isupper() and not _NUMBER.search(offer.value)
    return is_name and canonical(target.label) == "name"


def _said(name: str, target: _Target, offer: Offer, likeness: Likeness, least: float) -> float:
    numbers = set(_NUMBER.findall(target.label)) - {"1"}
    if not target.is_question and numbers != set(_NUMBER.findall(name)) - {"1"}:
        return 0.0
    if is_of_another(target.fields[0], name):
        return 0.0
    if is_generic(name) and not is_generic(target.label) and is_about_something(target.label):
        return 0.0
    return likeness.of(name, target.labels, target.section, is_told=offer.is_told, least=least)
