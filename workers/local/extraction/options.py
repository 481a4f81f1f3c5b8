"""Which of some options a text is: by its words, by most of its letters, or by what it means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workers.local import encoder
from workers.local.extraction import labels, numbers
from workers.local.terms import spaced

_PLAIN = re.compile(r"[\W_]+")
# How alike a misread text and an option have to be, of 100, and how long the text.
_ALIKE, _MIN_ALIKE = 88.0, 5
# How alike in meaning they have to be, how much more than any other option, and how short a text.
_MEANT, _APART, _MOST_WORDS = 0.5, 0.15, 6


def find(options: Sequence[str], text: str, is_recognized: bool) -> str | None:
    """The option that a text says, or None where it says none or several.

    Args:
        options: what may be chosen.
        text: what was.
        is_recognized: whether some of its letters may be wrong.
    """
    sign = next((char for char in text if char in numbers.CURRENCIES), None)
    if sign and numbers.CURRENCIES[sign] in options:
        return numbers.CURRENCIES[sign]
    words = f" {_PLAIN.sub(' ', text.casefold())} "
    inside = [one for one in options if f" {_PLAIN.sub(' ', one.casefold()).strip()} " in words]
    if len(inside) == 1:
        return inside[0]
    same = [one for one in options if labels.tokens(one) == labels.tokens(text)]
    if len(same) == 1:
        return same[0]
    misread = _misread(options, text) if is_recognized else None
    return misread or _meant(options, text)


def plain(text: str) -> str:
    """A text without what makes no difference: spaces, signs and capital letters."""
    return _PLAIN.sub("", text).casefold()


def _misread(options: Sequence[str], text: str) -> str | None:
    from rapidfuzz import process
    from rapidfuzz.fuzz import ratio

    best = process.extractOne(
        plain(text), [plain(option) for option in options], scorer=ratio, score_cutoff=_ALIKE
    )
    return options[best[2]] if best and len(best[0]) >= _MIN_ALIKE else None


def _meant(options: Sequence[str], text: str) -> str | None:
    # `Vollzeit` is `full_time`; codes such as `M` mean nothing by themselves.
    is_telling = all(len(plain(one)) > 1 for one in (text, *options))
    is_short = len(text.split()) <= _MOST_WORDS and not any(map(str.isdigit, text))
    if len(options) < 2 or not is_telling or not is_short:
        return None
    said = [encoder.in_small_letters(text)]
    [alike] = encoder.likenesses(said, [spaced(one).casefold() for one in options])
    ranked = sorted(zip(map(float, alike), options, strict=True), reverse=True)
    is_clear = ranked[0][0] >= _MEANT and ranked[0][0] - ranked[1][0] >= _APART
    return ranked[0][1] if is_clear else None
