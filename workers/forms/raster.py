"""The lines of a page that is a picture: straight runs of dark pixels, level and upright."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workers.forms import strokes
from workers.forms.edges import edge
from workers.forms.strokes import Strokes

DPI = 150
# Its longer side is rendered to no more than this.
MAX_SIDE = 3_000
# Points: a line is at least so long, and no thicker.
MIN_LENGTH, MAX_THICKNESS = 8.0, 3.0
# How much darker than the paper around it a pixel is that belongs to a line.
CONTRAST = 60


def strokes_of(content: bytes, number: int) -> Strokes:
    """What is drawn on a page.

    Args:
        content: a PDF whose pages lie upright.
        number: the page's, from 1.
    """
    dark, scale = _dark_pixels(content, number)
    edges = [
        edge(left / scale, middle / scale, right / scale, middle / scale)
        for left, right, middle in _lines(dark, scale)
    ]
    edges += [
        edge(middle / scale, top / scale, middle / scale, bottom / scale)
        for top, bottom, middle in _lines(dark.T, scale)
    ]
    return strokes.of_edges(edges)


def _dark_pixels(content: bytes, number: int) -> tuple[Any, float]:
    import numpy
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        page = document[number - 1]
        scale = min(DPI / 72, MAX_SIDE / max(page.get_size()))
        image = page.render(scale=scale).to_pil().convert("L")
    finally:
        document.close()
    pixels = numpy.asarray(image).astype(numpy.int16)
    return pixels < int(numpy.median(pixels)) - CONTRAST, scale


def _lines(dark: Any, scale: float) -> Iterator[tuple[float, float, float]]:
    # Runs of dark pixels in one row; those of neighbouring rows are one line, if a thin one.
    import numpy

    length, thickness = round(MIN_LENGTH * scale), MAX_THICKNESS * scale
    # A line that is a little askew steps from row to row: a row sees those beside it.
    blurred = dark.copy()
    blurred[1:] |= dark[:-1]
    open_lines: list[list[float]] = []
    for row in range(blurred.shape[0]):
        padded = numpy.concatenate(([0], blurred[row].astype(numpy.int8), [0]))
        changes = numpy.flatnonzero(numpy.diff(padded))
        starts, ends = changes[::2], changes[1::2]
        is_long = ends - starts >= length
        kept: list[list[float]] = []
        for start, end in zip(starts[is_long].tolist(), ends[is_long].tolist(), strict=True):
            line = next(
                (o for o in open_lines if o[0] < end and start < o[1] and o[3] == row - 1), None
            )
            if line is None:
                kept.append([start, end, row, row])
            else:
                line[0], line[1], line[3] = min(line[0], start), max(line[1], end), row
        for line in open_lines:
            if line[3] == row:
                kept.append(line)
            elif line[3] - line[2] + 1 <= thickness + 1:
                yield line[0], line[1], (line[2] + line[3]) / 2
        open_lines = kept
    for line in open_lines:
        if line[3] - line[2] + 1 <= thickness + 1:
            yield line[0], line[1], (line[2] + line[3]) / 2
