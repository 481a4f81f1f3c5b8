"""A page's characters as pdfplumber has them, where some producers print them twice, a hair apart,
to make text bold.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


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
