"""Text drawn with reportlab in whatever fonts know its letters, as large as its box allows."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

# Helvetica is in every reader; the others are taken for letters that it lacks.
PLAIN, FIXED = "Helvetica", "Courier"
_EMBEDDED = ("DejaVuSans", "Vera")
# Fonts of East Asian readers, which are named in the PDF and not put into it.
_EAST_ASIAN = ("HeiseiKakuGo-W5", "STSong-Light", "HYGothic-Medium")
_UNKNOWN = "?"

# What would have to be smaller to fit is cut off; what is not seen may be as small as it takes.
MAX_SIZE, MIN_SIZE, UNSEEN = 11.0, 5.5, 1.0
_CUT = "…"
# How much of a box's height a single line takes, and how lines follow each other.
FILL, LEADING = 0.72, 1.18
MARGIN = 2.0
# Shares of a box's smaller side.
CROSS_MARGIN, CROSS_WIDTH = 0.2, 0.11
# From so high on, in points, a box takes several lines.
SEVERAL_LINES = 26.0
# How far above a line one writes on it, in points, and how high capitals are, as a share of a size.
RAISE, CAPITALS = 1.5, 0.75
# How much of a letter's cell it takes.
IN_CELL = 0.9

Run = tuple[str, str]
# Left, bottom, width and height.
Area = tuple[float, float, float, float]


def write(canvas: Any, text: str, box: Area, *, least: float = MIN_SIZE, **mode: Any) -> None:
    """Write text into a box, in the canvas's color, on several lines if the box is high enough.

    Args:
        canvas: reportlab's.
        text: whatever it is; letters that no font has become question marks.
        box: where.
        least: how small it may become to fit.
        mode: more of reportlab's text object: `mode=3` writes what is not seen.
    """
    left, bottom, width, height = box
    room = max(width - 2 * MARGIN, 1.0)
    lines, size = _fitted(readable(text), room, height, least)
    above = _baseline(height, size) if len(lines) == 1 else height - size
    step = min(LEADING * size, height / len(lines))
    for number, line in enumerate(lines):
        draw_line(canvas, line, left + MARGIN, bottom + above - number * step, size, **mode)


def write_on(canvas: Any, text: str, lines: Sequence[Area]) -> bool:
    """Write text on lines, above which there is some room; tells whether it fits."""
    if not lines:
        return False
    room = min(width for _, _, width, _ in lines) - 2 * MARGIN
    size = min(MAX_SIZE, *((height - RAISE) / CAPITALS for *_, height in lines))
    while size >= MIN_SIZE:
        parts = wrapped(readable(text), size, room)
        if len(parts) <= len(lines):
            for part, (left, bottom, _, _) in zip(parts, lines, strict=False):
                draw_line(canvas, part, left + MARGIN, bottom + RAISE, size)
            return True
        size -= 0.5
    return False


def spell(canvas: Any, text: str, cells: Sequence[Area]) -> bool:
    """Write a letter into each cell, without what parts them if they fit so; tells if they do."""
    letters = readable(text).strip()
    if len(letters) > len(cells):
        letters = "".join(filter(str.isalnum, letters))
    if len(letters) > len(cells):
        return False
    for letter, (left, bottom, across, height) in zip(letters, cells, strict=False):
        size = min(MAX_SIZE, FILL * height)
        size *= min(1.0, IN_CELL * across / (width(letter, size) or 1.0))
        middle = left + (across - width(letter, size)) / 2
        draw_line(canvas, letter, middle, bottom + _baseline(height, size), size)
    return True


def draw_line(
    canvas: Any, text: str, x: float, y: float, size: float, base: str = PLAIN, mode: int = 0
) -> None:
    """Draw one line of text at a place."""
    for font, part in runs(text, base):
        canvas.setFont(font, size)
        canvas.drawString(x, y, part, mode=mode)
        x += _width_of(part, font, size)


def cross(canvas: Any, color: str, box: Area) -> None:
    """Draw a cross into a box."""
    left, bottom, width, height = box
    side = min(width, height)
    reach = side * (0.5 - CROSS_MARGIN)
    x, y = left + width / 2, bottom + height / 2
    canvas.setStrokeColor(color)
    canvas.setLineWidth(max(side * CROSS_WIDTH, 0.5))
    canvas.setLineCap(1)
    canvas.line(x - reach, y - reach, x + reach, y + reach)
    canvas.line(x - reach, y + reach, x + reach, y - reach)


def width(text: str, size: float, base: str = PLAIN) -> float:
    """How long a line of text is."""
    return sum(_width_of(part, font, size) for font, part in runs(text, base))


def wrapped(text: str, size: float, room: float, base: str = PLAIN) -> list[str]:
    """Text on lines that are no longer than some room."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _wrapped_paragraph(paragraph, size, room, base)
    return lines


def readable(text: str) -> str:
    """Text with each letter and its accents in one, and no characters that only control."""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\t", " ")
    return "".join(c for c in composed if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf"))


def runs(text: str, base: str = PLAIN) -> Iterator[Run]:
    """A line's parts, each with the font that knows its letters."""
    letters = [(_font(letter, base), letter) for letter in text]
    for font, group in itertools.groupby(letters, key=lambda pair: pair[0]):
        part = "".join(letter for _, letter in group)
        yield (font, part) if font else (base, _UNKNOWN * len(part))


def _baseline(height: float, size: float) -> float:
    # Of a line in the middle of some height.
    return (height - size) / 2 + 0.22 * size


def _fitted(text: str, room: float, height: float, least: float) -> tuple[list[str], float]:
    if height < SEVERAL_LINES:
        line = " ".join(text.split())
        size = min(MAX_SIZE, max(FILL * height, least))
        size = min(size, size * room / (width(line, size) or 1.0))
        if size >= least:
            return [line], size
        return _cut(wrapped(line, least, room), least, room, height), least
    size = MAX_SIZE
    lines = wrapped(text, size, room)
    while size > least and len(lines) * LEADING * size > height:
        size = max(size - 0.5, least)
        lines = wrapped(text, size, room)
    return _cut(lines, size, room, height), size


def _cut(lines: list[str], size: float, room: float, height: float) -> list[str]:
    # As many lines as there is room for.
    most = max(int(height // size), 1)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and width(last + _CUT, size) > room:
        last = last[:-1]
    return [*lines[: most - 1], last + _CUT]


def _wrapped_paragraph(text: str, size: float, room: float, base: str) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer, size, base) <= room:
            line = longer
            continue
        if line:
            yield line
        start = 0
        while (end := _end(word, start, size, room, base)) < len(word):
            yield word[start:end]
            start = end
        line = word[start:]
    yield line


def _end(word: str, start: int, size: float, room: float, base: str) -> int:
    # Up to where a word's letters fit on a line, one of them in any case.
    length = 0.0
    for at in range(start, len(word)):
        length += width(word[at], size, base)
        if length > room:
            return max(at, start + 1)
    return len(word)


@cache
def _font(letter: str, base: str) -> str:
    # The first font that knows a letter, or none.
    try:
        letter.encode("cp1252")
    except UnicodeEncodeError:
        pass
    else:
        return base
    for name in _EMBEDDED:
        if ord(letter) in _letters(name):
            return name
    return next((name for name in _EAST_ASIAN if _is_written_in(letter, name)), "")


@cache
def _letters(name: str) -> frozenset[int]:
    # DejaVu is taken from where the system keeps it; Vera comes with reportlab.
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    try:
        font = TTFont(name, f"{name}.ttf")
    except (TTFError, OSError):
        return frozenset()
    pdfmetrics.registerFont(font)
    return frozenset(font.face.charToGlyph)


@cache
def _is_written_in(letter: str, name: str) -> bool:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    encoding = {
        "HeiseiKakuGo-W5": "shift_jis",
        "STSong-Light": "gb2312",
        "HYGothic-Medium": "euc_kr",
    }
    try:
        letter.encode(encoding[name])
    except UnicodeEncodeError:
        return False
    pdfmetrics.registerFont(UnicodeCIDFont(name))
    return True


def _width_of(text: str, font: str, size: float) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, font, size))
