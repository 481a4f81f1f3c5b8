"""What speaks for each kind of document: its name, its description, and what is known of it."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from workers.local import meanings, vocabularies
from workers.local.terms import is_common, spaced, telling, terms
from workers.local.vocabularies import Phrase, Vocabulary

NAME, WORD, DESCRIBED = 1.0, 0.7, 0.8
# A little less than the broader kind's own, which is meant where no name tells.
INHERITED = 0.65
# The number of a form, which stands on others by chance only.
NUMBER = 2.0
# How much less of it a word says that any text may have.
COMMON = 0.5
# What a kind may be known as, by its description or a part of a name.
LIKELY_NAME = 0.7
_VAGUE = "form"
# How matters come, whatever they are; a calendar has days of the week, as many an e-mail has.
_MAIL = ("letter", "email", "memo", "calendar")
# As little as what is of any letter.
MAIL = 0.4
_NUMBERED = re.compile(r"[a-z]{1,2}\d{1,5}[a-z]?|(?!19|20)\d{3,5}[a-z]{0,3}")
_NUMBERED_PARTS = re.compile(r"[a-z]+|\d+")
_JOINT = re.compile(r"(?<=[a-zA-Z])-(?=\d)|(?<=\d)-(?=[a-zA-Z])")
_BETWEEN = re.compile(r"[,;/:()]|\.\s|\b(?:and|or|und|oder|et|ou|y|o|e)\b")


@dataclass(frozen=True)
class Kind:
    """A kind of document that somebody asks for."""

    name: str
    description: str = ""

    @property
    def is_catch_all(self) -> bool:
        """Whether it takes what is of no other kind."""
        return terms(spaced(self.name)) in vocabularies.catch_all()


@dataclass
class Clues:
    """What speaks for a kind: weights of phrases.

    Attributes:
        names: what it is called; as a title, that decides.
        words: what is typical of it.
        openings: those words that say more where a line begins with them.
        known: the known kinds that it is, which a page's look may speak for.
        broader: the kinds that it is one of, by their numbers; they call themselves by a name that
            is its own, too.
        inherited: those of its words that it has from them.
    """

    names: dict[Phrase, float] = field(default_factory=dict)
    words: dict[Phrase, float] = field(default_factory=dict)
    openings: frozenset[Phrase] = frozenset()
    known: frozenset[str] = frozenset()
    broader: frozenset[int] = frozenset()
    inherited: frozenset[Phrase] = frozenset()


def clues(kinds: Sequence[Kind], instructions: str | None) -> list[Clues]:
    """What speaks for each of some kinds, and behind them for every other kind that is known.

    Args:
        kinds: those that are asked for.
        instructions: the user's own; a sentence that names a kind describes it.
    """
    hinted = hints(kinds, instructions or "")
    meant = [_meant(kind) for kind in kinds]
    taken = {vocabulary.kind for several in meant for vocabulary in several}
    listed = [_listed(kind, taken) for kind in kinds]
    found = [
        _own(kind, hint, [*several, *more], taken)
        for kind, hint, several, more in zip(kinds, hinted, meant, listed, strict=True)
    ]
    taken |= {vocabulary.kind for several in listed for vocabulary in several}
    # Where letters themselves are asked for, that a page is one tells them from the others.
    is_mail = not taken & {*_MAIL}
    written = [
        is_mail and _is_written(kind, [*own, *more])
        for kind, own, more in zip(kinds, meant, listed, strict=True)
    ]
    others = [[vocabulary] for vocabulary in _others(taken, is_mail=any(written))]
    found += [_of_vocabularies(other, NAME) for other in others]
    for clues_of, comes_as_mail in zip(found, written, strict=False):
        if comes_as_mail:
            _write(clues_of)
    _share(found)
    for clues_of, several in zip(found, meant, strict=False):
        _inherit(clues_of, several, [*meant, *others])
    return found


def _is_written(kind: Kind, meant: Sequence[Vocabulary]) -> bool:
    name, description = terms(spaced(kind.name)), terms(kind.description)
    return not kind.is_catch_all and meanings.is_written(name, description, meant)


def _write(found: Clues) -> None:
    # What a complaint is about may be in no vocabulary, but that it is a letter is seen.
    for kind in _MAIL[:2]:
        vocabulary = vocabularies.known()[kind]
        found.openings |= {*vocabulary.openings}
        found.words = dict.fromkeys(vocabulary.words, MAIL) | found.words


def _others(taken: set[str], is_mail: bool) -> Iterator[Vocabulary]:
    # Whoever asks for tax forms calls them forms, too; and for complaints, letters and e-mails.
    known = vocabularies.known()
    vague = {_VAGUE} & {kin for kind in taken for kin in vocabularies.broader(known[kind])}
    vague |= {*_MAIL} if is_mail else set()
    for vocabulary in known.values():
        kin = vocabularies.broader(vocabulary)
        if vocabulary.kind not in vague and taken.isdisjoint((vocabulary.kind, *kin)):
            yield vocabulary


def _meant(kind: Kind) -> list[Vocabulary]:
    if kind.is_catch_all:
        return []
    name = terms(spaced(kind.name))
    named = meanings.described(name, terms(kind.description))
    named = named or meanings.named_in(name) or meanings.alike(name)
    if named:
        return [named]
    described = meanings.named_in(terms(kind.description))
    # That it comes as a letter does not say of what kind it is: `letters that want to sell`.
    return [described] if described and described.kind not in _MAIL[:2] else meanings.holding(name)


def _listed(kind: Kind, taken: set[str]) -> list[Vocabulary]:
    # `Passport, identity card or driving licence` lists the kinds that it is made of.
    # What the name itself says needs no such list.
    if meanings.named_in(terms(spaced(kind.name))):
        return []
    pieces = {terms(piece) for piece in _BETWEEN.split(kind.description)}
    return [
        vocabulary
        for vocabulary in vocabularies.known().values()
        if vocabulary.kind not in taken and pieces & set(vocabulary.names)
    ]


def _own(kind: Kind, hint: str, meant: Sequence[Vocabulary], taken: set[str]) -> Clues:
    if kind.is_catch_all:
        return Clues()
    name = terms(spaced(kind.name))
    kinds = {vocabulary.kind for vocabulary in meant}
    narrower = [
        other
        for other in vocabularies.known().values()
        if other.kind not in taken and not kinds.isdisjoint(vocabularies.broader(other))
    ]
    is_named = meanings.named_in(name) is not None
    found = _of_vocabularies([*meant, *narrower], NAME if is_named else LIKELY_NAME)
    _tell_apart(kind, found)
    for term in telling(spaced(kind.name)):
        found.words.setdefault((term,), DESCRIBED)
    for term in telling(f"{kind.description} {hint}"):
        found.words.setdefault((term,), DESCRIBED * _rarity(term, found.known))
    if name:
        found.names[name] = NAME
        found.words.pop(name, None)
    return found


def _tell_apart(kind: Kind, found: Clues) -> None:
    # A form with a number is that one, and none of those beside it: what all of them call
    # themselves is a word of its, and its name is the number.
    numbers = [term for term in terms(_JOINT.sub("", kind.name)) if _NUMBERED.fullmatch(term)]
    if numbers and any(_is_form(vocabularies.known()[known]) for known in found.known):
        found.words |= dict.fromkeys(found.names, WORD)
        found.names.clear()
    for term in numbers:
        for number in ((term,), tuple(_NUMBERED_PARTS.findall(term))):
            found.names[number] = NUMBER
            found.names[(_VAGUE, *number)] = NAME


def _is_form(vocabulary: Vocabulary) -> bool:
    return _VAGUE in (vocabulary.kind, *vocabularies.broader(vocabulary))


def _rarity(term: str, own: frozenset[str]) -> float:
    # `Date` and `number` are words of many kinds' papers, whoever's description has them, and
    # `page` and `us` of any.
    others = len(vocabularies.holders(term) - own)
    return (COMMON if is_common(term) else 1.0) / math.sqrt(1 + others)


def _of_vocabularies(several: Sequence[Vocabulary], weight: float) -> Clues:
    return Clues(
        {name: weight for vocabulary in several for name in vocabulary.names},
        {word: WORD for vocabulary in several for word in vocabulary.words},
        frozenset(word for vocabulary in several for word in vocabulary.openings),
        frozenset(vocabulary.kind for vocabulary in several),
    )


def _inherit(
    found: Clues, own: Sequence[Vocabulary], meant: Sequence[Sequence[Vocabulary]]
) -> None:
    # A credit note says what an invoice says, beside its name: between the two the words tell
    # nothing, and the name does.
    kin = {kind for vocabulary in own for kind in vocabularies.broader(vocabulary)}
    for number, several in enumerate(meant):
        for vocabulary in several:
            if vocabulary.kind in kin:
                found.broader |= {number}
                found.inherited |= {*vocabulary.words}
    found.words = dict.fromkeys(sorted(found.inherited), INHERITED) | found.words


def hints(kinds: Sequence[Kind], instructions: str) -> list[str]:
    """What the user's instructions say of each of some kinds, in sentences that name no other.

    Args:
        kinds: those that are asked for.
        instructions: the user's own.
    """
    names = [terms(spaced(kind.name)) for kind in kinds]
    found = [""] * len(kinds)
    for sentence in re.split(r"[.;\n]+", instructions):
        said = f" {' '.join(terms(sentence))} "
        named = [n for n, name in enumerate(names) if name and f" {' '.join(name)} " in said]
        if len(named) == 1:
            found[named[0]] += f" {sentence}"
    return found


def _share(found: Sequence[Clues]) -> None:
    # What speaks for several kinds says little of which it is.
    sharing: dict[Phrase, int] = defaultdict(int)
    for clues in found:
        for phrase in {*clues.names, *clues.words}:
            sharing[phrase] += 1
    for clues in found:
        for weights in (clues.names, clues.words):
            for phrase in weights:
                weights[phrase] /= sharing[phrase] ** 0.5
