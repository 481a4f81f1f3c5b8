"""A person's whole name, in forms that ask for its parts."""

from __future__ import annotations

import re

_TITLE = re.compile(r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Herr|Frau|Mme|Madame|Monsieur)\b\.?\s+)+")
# Small words before a last name are its own.
_PARTICLE_WORDS = "van von de der den del della di da dos du la le bin al ten ter zu"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())


def parted(name: str, *, has_middle: bool) -> tuple[str, str, str]:
    """First, middle and last name; what is not there is empty.

    Args:
        name: the whole name, with or without a title.
        has_middle: whether there is a place for middle names, so that these are none of the first.
    """
    words = _TITLE.sub("", name.strip()).split()
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    if start < 1:
        return "", "", name
    given, last = words[:start], " ".join(words[start:])
    first = given[:1] if has_middle else given
    return " ".join(first), " ".join(given[len(first) :]), last


def without_last(first: str, last: str) -> str:
    """First names without what turned out to be a part of the last name: `Maria Gonzales`."""
    given, family = first.split(), last.split()
    for count in range(min(len(given) - 1, len(family)), 0, -1):
        if given[-count:] == family[:count]:
            return " ".join(given[:-count])
    return first


def initial(names: str) -> str:
    """The first letter of middle names."""
    return names[:1].upper()
