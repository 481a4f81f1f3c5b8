"""Which field is meant by other words than its label's, by what both mean."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workers.forms import fits
from workers.forms.answers import tick
from workers.forms.fields import Field, Values
from workers.forms.matching import is_about_something, is_of_another
from workers.forms.mentions import stems

# How alike a name and a label have to be, where a word in common adds to it.
NAMED = 0.45
# Each text costs about a millisecond.
MOST_OFFERS, MOST_TARGETS = 400, 400
# A word that stands in a label, too, adds so much to a likeness; what stands around it says less.
_BY_WORDS, _LESS_BY_MORE = 0.25, 0.03
# What means a field that is filled in more than an empty one, by so much, is not for that.
_TAKEN = 0.1
# Of two fields as likely as that neither is meant for sure.
_APART = 0.03
_SIGNED = re.compile(r"signature|unterschrift|\bfirma\b(?! e)", re.I)
# `to` or `and` before a blank says nothing.
_WEAK = re.compile(r"[a-zà-ÿ]{1,3}")
_NOTES = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_LEADING_NUMBER = re.compile(r"^\W*\d{1,2}[.)]?\s+(?=\S)")
_NUMBER = re.compile(r"\b\d{1,3}\b")
_LEAST_SHORT = 3
# Words of every form: they name nothing of which a label says whose it is.
_ANYBODYS = stems(
    "name address phone telephone number date title code amount full nombre nom nome adresse "
    "telefon nummer datum fecha data número indirizzo dirección"
)


@dataclass(frozen=True)
class Offer:
    """A value, and what is said around it.

    Attributes:
        names: what may name it, each in another way.
        value: what was said.
        is_told: whether it was not named, but stands in a sentence.
        start, end: where it stands in its text; two that overlap are one.
    """

    names: tuple[str, ...]
    value: str
    is_told: bool = False
    start: int = 0
    end: int = 0

    def overlaps(self, other: Offer) -> bool:
        """Whether both are, or lie in, the same words."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class _Target:
    label: str
    whole: str
    section: str
    fields: tuple[Field, ...]
    is_free: bool = True

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
        is_open = self.is_free and not (offer.is_told and _SIGNED.search(self.label))
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
        _matches(offered, targets, least),
        key=lambda match: (-match.likeness, match.offer, match.target),
    )
    return _one_each(matches, offered)


def _one_each(matches: Sequence[_Match], offers: Sequence[Offer]) -> Values:
    found: Values = {}
    used: set[int] = set()
    taken: set[int] = set()
    by_offer: dict[int, list[_Match]] = defaultdict(list)
    for match in matches:
        by_offer[match.offer].append(match)
    for match in matches:
        if match.offer in used or (match.values and match.target in taken):
            continue
        offer = offers[match.offer]
        used |= {number for number, other in enumerate(offers) if offer.overlaps(other)}
        if not any(_is_rival(match, other, taken) for other in by_offer[match.offer]):
            taken.add(match.target)
            found |= match.values
    return found


def _is_rival(match: _Match, other: _Match, taken: set[int]) -> bool:
    is_open = other.target != match.target and other.target not in taken
    return is_open and match.likeness - other.likeness < _APART


def _targets(fields: Sequence[Field], values: Values) -> Iterator[_Target]:
    groups: dict[str, list[Field]] = defaultdict(list)
    for field in fields:
        label = _plain(fits.text_of(field))
        section = _LEADING_NUMBER.sub("", field.section)
        if field.is_checkbox and field.group:
            groups[field.group].append(field)
        if label and not (_WEAK.fullmatch(label) or tick(field.choice)):
            is_free = values[field.key] is None
            yield _Target(label, fits.text_of(field), section, (field,), is_free)
    for group, boxes in groups.items():
        is_free = all(values[box.key] is None for box in boxes)
        if len(boxes) > 1:
            yield _Target(_plain(group), group, "", tuple(boxes), is_free)


def _plain(label: str) -> str:
    return " ".join(_NOTES.sub(" ", label).split()) or label


def _matches(offers: Sequence[Offer], targets: Sequence[_Target], least: float) -> Iterator[_Match]:
    alike = _likenesses(offers, targets)
    for number, offer in enumerate(offers):
        for place, target in enumerate(targets):
            near = [(name, alike[name, target.label, target.section]) for name in offer.names]
            likely = [each for each in near if each[1] + _BY_WORDS >= least]
            likeness = max((_said(name, target, how) for name, how in likely), default=0.0)
            likeness -= 0.0 if target.is_free else _TAKEN
            values = target.takes(offer) if likeness >= least else None
            if values is not None:
                yield _Match(likeness, number, place, values)


def _likenesses(
    offers: Sequence[Offer], targets: Sequence[_Target]
) -> dict[tuple[str, str, str], float]:
    # By name, label and section; the label's notes and its section may help.
    from workers.local import encoder

    names = list(dict.fromkeys(name for offer in offers for name in offer.names))
    asked = {(target.label, target.section): target for target in targets}
    alone = encoder.likenesses(names, [target.label for target in asked.values()])
    noted = encoder.likenesses(names, [target.whole for target in asked.values()])
    within = encoder.likenesses(
        names, [f"{target.section} {target.label}" for target in asked.values()]
    )
    return {
        (name, *labels): max(
            float(alone[row, column]),
            float(noted[row, column]) - _LESS_BY_MORE,
            float(within[row, column]) - _LESS_BY_MORE,
        )
        for row, name in enumerate(names)
        for column, labels in enumerate(asked)
    }


def _said(name: str, target: _Target, likeness: float) -> float:
    numbers = set(_NUMBER.findall(target.label)) - {"1"}
    if not target.is_question and numbers != set(_NUMBER.findall(name)) - {"1"}:
        return 0.0
    if is_of_another(target.fields[0], name):
        return 0.0
    words, said = stems(target.whole.replace("(", " ").replace(")", " ")), stems(name)
    if said <= _ANYBODYS and not words <= _ANYBODYS and is_about_something(target.label):
        return 0.0
    return likeness + _BY_WORDS * _shared(said, words)


def _shared(said: frozenset[str], label: frozenset[str]) -> float:
    # The share of the fewer words that the others have, too, if shortened: `Car reg`.
    fewer, more = sorted((said, label), key=len)
    known = [word for word in fewer if any(_is_short_for(word, other) for other in more)]
    return len(known) / len(fewer) if fewer else 0.0


def _is_short_for(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return short == long or (len(short) >= _LEAST_SHORT and long.startswith(short))
