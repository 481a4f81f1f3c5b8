"""How alike what somebody says and a field's label are: in meaning, and in their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from workers.forms.mentions import stems

# A word that stands in a label, too, adds so much; what stands around a label says less.
BY_WORDS = 0.25
_LESS_BY_MORE = 0.03
# What says only the kind of a value, such as `the number`, is so much less like what says which.
_LESS_BY_KIND = 0.2
# What a word may be shortened to, and how much of a word its beginning is.
_SHORTENED, _LEAST_BEGINNING, _BY_BEGINNING, _LITTLE = (3, 4), 5, 0.6, 2
# Words of every form: what they are the name, the date or the number of is what tells.
_KIND = re.compile(
    r"\b(?:name|names|address|phone|telephone|number|no|nr|code|date|title|amount|full|nombre|nom|"
    r"nome|adresse|telefon|nummer|datum|fecha|data|n[u\u00fa]mero|num[\u00e9e]ro|indirizzo|"
    r"direcci[o\u00f3]n|importe|importo|montant|betrag)\b\.?"
    r"(?:\s+(?:of|for|de|di|von|du|des|del|della)\b)?",
    re.I,
)
# These name a kind of which there may be but one.
_SHAPED = re.compile(r"phone|telef|\btel\b", re.I)
_TELLING = re.compile(r"[^\W\d_]{3,}")
_FILLING = re.compile(
    r"\b(?:the|and|his|her|our|your|their|its|put|please|was|were|are|write|enter|would|will|be|"
    r"this|that|der|die|das|und|ist|war|sein|seine|ihr|ihre|mein|meine|bitte|lautet|les|des|est|son|"
    r"mon|sont|notre|nos|votre|vos|ses|mes|leurs?|nuestr[oa]s?|mis|sus|nostr[oai]|loro|unsere?|seinen?|"
    r"ihren?|los|las|una|del|por|favor|della|sono|suo|sua|mio|mia|com|with|for|has|have)\b",
    re.I,
)


class Likeness:
    """How alike some names and some labels are, all of them encoded at once.

    Args:
        names: what is said.
        targets: the labels of each field, the plainest first, and the section it stands in.
    """

    def __init__(
        self, names: Sequence[str], targets: Sequence[tuple[tuple[str, ...], str]]
    ) -> None:
        from workers.local import encoder

        said = [text for name in names for text in (name, without_kind(name))]
        asked = [text for labels, section in targets for text in _texts(labels, section)]
        self._names = {name: row for row, name in enumerate(dict.fromkeys(said))}
        self._labels = {label: column for column, label in enumerate(dict.fromkeys(asked))}
        self._alike = encoder.likenesses(list(self._names), list(self._labels)).tolist()

    def of(
        self, name: str, labels: Sequence[str], section: str, *, is_told: bool, least: float
    ) -> float:
        """How alike a name and what a field is called are: from 1 on they are the same.

        Args:
            name: one of those encoded.
            labels: those of one field.
            section: the field's.
            is_told: whether it stands in a sentence, where more is said by accident.
            least: what is less alike may as well count as nothing.
        """
        alike = [
            self._by_meaning(name, label, is_told) - (_LESS_BY_MORE if number else 0.0)
            for number, label in enumerate(labels)
        ]
        if section:
            within = self._alike_to(name, f"{section} {labels[0]}")
            is_more = within > self._alike_to(name, section) + _LESS_BY_MORE
            alike[0] = max(alike[0], within - _LESS_BY_MORE) if is_more else alike[0]
        return max(
            how if how + BY_WORDS < least else how + BY_WORDS * _shared(name, label, is_told)
            for how, label in zip(alike, labels, strict=True)
        )

    def _by_meaning(self, name: str, label: str, is_told: bool) -> float:
        whole = self._alike_to(name, label)
        said, asked = without_kind(name), without_kind(label)
        if is_generic(name) != is_generic(label):
            return whole - _LESS_BY_KIND if is_told else whole
        is_one_whole = said == name or asked == label
        if not said or not asked or is_generic(name) or (is_one_whole and not is_told):
            return whole
        return min(whole, (whole + self._alike_to(said, asked)) / 2)

    def _alike_to(self, name: str, label: str) -> float:
        return float(self._alike[self._names[name]][self._labels[label]])


def _texts(labels: Sequence[str], section: str) -> list[str]:
    around = [section, f"{section} {labels[0]}"] if section else []
    return [*labels, *map(without_kind, labels), *around]


@lru_cache(maxsize=10_000)
def without_kind(text: str) -> str:
    """What tells a name from others of its kind: `badge` of `badge number`."""
    return " ".join(_KIND.sub(" ", text).split())


@lru_cache(maxsize=10_000)
def is_generic(text: str) -> bool:
    """Whether a text says the kind of a value at most: `the number`, but not of what."""
    is_plain = _TELLING.search(_FILLING.sub(" ", without_kind(text))) is None
    return is_plain and _SHAPED.search(text) is None


@lru_cache(maxsize=100_000)
def _shared(said: str, label: str, is_told: bool) -> float:
    # The share of the fewer words that the others have, too, if shortened: `Car reg`.
    fewer, more = sorted((_stems(said, is_told), _stems(label, is_told)), key=len)
    known = (max((_is_part(word, other, is_told) for other in more), default=0.0) for word in fewer)
    return sum(known) / len(fewer) if fewer else 0.0


def _stems(text: str, is_told: bool) -> frozenset[str]:
    # In a sentence a word such as `number` is nobody's; in a name it is what is asked for.
    plain = _FILLING.sub(" ", text.replace("(", " ").replace(")", " "))
    found = (is_told and stems(without_kind(plain))) or stems(plain)
    return frozenset(stem for stem in found if len(stem) > _LITTLE) or found


def _is_part(word: str, other: str, is_told: bool) -> float:
    short, long = sorted((word, other), key=len)
    if short == long or (len(short) in _SHORTENED and long.startswith(short)):
        return 1.0
    is_beginning = not is_told and len(short) >= _LEAST_BEGINNING and long.startswith(short)
    return _BY_BEGINNING if is_beginning else 0.0
