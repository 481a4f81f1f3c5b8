"""Which known kinds somebody's name of a kind means, in these words or in others."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from workers.local import matters
from workers.local.terms import terms
from workers.local.vocabularies import Phrase, Vocabulary, broader, known

# A word of more kinds' names than this tells none of them.
MOST_MEANT = 4


def named_in(text: Phrase) -> Vocabulary | None:
    """The kind that is named in some terms: by the longest of its names, of these the last.

    A broader kind has some names of narrower ones, too, where the narrower one is meant.
    """
    best: tuple[int, int, int] = (0, 0, 0)
    found = None
    for vocabulary in known().values():
        depth = len(tuple(broader(vocabulary)))
        for name in vocabulary.names:
            rank = (len(name), _last_place(name, text), depth)
            if rank[1] >= 0 and rank > best:
                best, found = rank, vocabulary
    return found


def alike(text: Phrase) -> Vocabulary | None:
    """The narrowest kind that some terms name in other words: a lab's result is its report."""
    about = _without_reports(text)
    if not about or about == text:
        return None
    found = [
        vocabulary
        for vocabulary in known().values()
        if any(name != about and _without_reports(name) == about for name in vocabulary.names)
    ]
    narrowest = max((len(tuple(broader(own))) for own in found), default=0)
    best = [own for own in found if len(tuple(broader(own))) == narrowest]
    return best[0] if len(best) == 1 else None


def _without_reports(name: Phrase) -> Phrase:
    return tuple(term for term in name if term not in _reports())


@cache
def _reports() -> frozenset[str]:
    return frozenset(terms("report result findings finding record summary analysis befund"))


def is_written(name: Phrase, description: Phrase, meant: Sequence[Vocabulary]) -> bool:
    """Whether a kind comes as letters and e-mails, by what it is called, or is, or means."""
    asking, writing = _written()
    # Whoever `wants to be paid` sends an invoice: a kind that is known needs no such word.
    is_asking = not asking.isdisjoint(name) or (not meant and not writing.isdisjoint(description))
    return is_asking or any(vocabulary.kind in matters.WRITTEN for vocabulary in meant)


def described(name: Phrase, description: Phrase) -> Vocabulary | None:
    """The matter of letters that a name ends the name of, as the description has the rest of it.

    Args:
        name: such as `complaint`, which courts have, too.
        description: such as `a customer is unhappy`.
    """
    said = frozenset(description)
    found = [
        vocabulary
        for vocabulary in known().values()
        if vocabulary.kind in matters.WRITTEN
        and any(
            len(one) > len(name) > 0
            and one[-len(name) :] == name
            and said.issuperset(one[: -len(name)])
            for one in vocabulary.names
        )
    ]
    return found[0] if len(found) == 1 else None


@cache
def _written() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(terms(matters.ASKING)), frozenset(terms(matters.WRITING))


def holding(text: Phrase) -> list[Vocabulary]:
    """The kinds with a name that some terms are a part of; none if these are too many."""
    found = [
        vocabulary
        for vocabulary in known().values()
        if any(text and _last_place(text, name) >= 0 for name in vocabulary.names)
    ]
    return found if len(found) <= MOST_MEANT else []


def _last_place(phrase: Phrase, text: Phrase) -> int:
    places = range(len(text) - len(phrase), -1, -1)
    return next((place for place in places if text[place : place + len(phrase)] == phrase), -1)
