"""Whether a heading is an array's: `DEDUCTIONS`, or `Deposits and additions` of `deposits`."""

from __future__ import annotations

from workers.local.extraction import labels

# A heading is short.
_MOST_WORDS = 6


def fit(name: str, text: str) -> float:
    """How well a text fits as the heading of an array, from 0 to 1.

    Args:
        name: what the array is called.
        text: what may be its heading.
    """
    text = text.strip().removesuffix(":")
    if ":" in text or len(text.split()) >= _MOST_WORDS:
        return 0.0
    wanted, said = labels.tokens(name), labels.tokens(text)
    similar = labels.similarity(wanted, said)
    # `Deposits` by itself means what a column of credits does, which `and additions` hides.
    written = set(labels.parts(name))
    is_in = bool(wanted) and (set(wanted) <= set(said) or written <= set(labels.parts(text)))
    return max(similar, labels.SIMILAR) if is_in else similar
