"""Level and upright lines, as pdfplumber has them."""

from __future__ import annotations

from typing import Any

# Lines this close to each other are one.
SAME_LINE = 1.5
# Beyond so many pairs of lines a page is a drawing and no form.
MAX_PAIRS = 1_000_000
# How high the rows of a table are at the least.
MIN_ROW = 8.0


def edge(left: float, top: float, right: float, bottom: float) -> dict[str, Any]:
    """A level or an upright line, as pdfplumber has them."""
    orientation = "h" if right - left >= bottom - top else "v"
    return {
        "x0": left,
        "top": top,
        "x1": right,
        "bottom": bottom,
        "width": right - left,
        "height": bottom - top,
        "orientation": orientation,
        "object_type": "line",
    }
