"""A page's characters as pdfplumber has them. Some producers print them twice, a hair apart, to
make text bold; others print no spaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

# Many producers, TeX among them, leave spaces out and move on instead. Where less than this share
# of the characters are spaces, a gap of this share of the letters' size is one.
_FEW_SPACES, _SPACE = 0.05, 0.15


def spacing(chars: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """How pdfplumber has to be told what parts two words of some characters."""
    spaces = sum(1 for char in chars if char["text"].isspace())
    return {"x_tolerance_ratio": _SPACE} if spaces < _FEW_SPACES * len(chars) else {}


def once(chars: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """A page's characters without repetitions, in their order.

    pdfplumber's own way of doing this takes a time that grows with the square of their number.
    """
    kept: list[dict[str, Any]] = []
    places: dict[tuple[str, int, int], list[dict[str, Any]]] = {}
    for char in chars:
        x, y = round(char["x0"]), round(char["top"])
        near = (
            other
            for column in (x - 1, x, x + 1)
            for row in (y - 1, y, y + 1)
            for other in places.get((char["text"], column, row), ())
        )
        if char["text"].isspace() or not any(_is_same_place(char, other) for other in near):
            kept.append(char)
            places.setdefault((char["text"], x, y), []).append(char)
    return kept


def _is_same_place(char: dict[str, Any], other: dict[str, Any]) -> bool:
    hair = min(1.0, 0.15 * float(char["size"]))
    return bool(abs(char["x0"] - other["x0"]) < hair and abs(char["top"] - other["top"]) < hair)
