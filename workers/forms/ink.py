"""Text drawn with reportlab in whatever fonts know its letters, as large as its box allows."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

# Helvetica is in every reader; the others are taken for letters that it lacks.
PLAIN, FIXED = "Helvetica", "Courier"
_EMBEDDED = ("DejaVuSans", "Vera")
# Fonts of East Asian readers, which are named in the PDF and not put into it.
_EAST_ASIAN = ("HeiseiKakuGo-W5", "STSong-Light", "HYGothic-Medium")
_UNKNOWN = "?"

MAX_SIZE, MIN_SIZE = 11.0, 3.0
# How much of a box's height a single line takes, and how lines follow each other.
FILL, LEADING = 0.72, 1.18
MARGIN = 2.0
# Shares of a box's smaller side.
CROSS_MARGIN, CROSS_WIDTH = 0.2, 0.11
# From so high on, in points, a box takes several lines.
SEVERAL_LINES = 26.0

Run = tuple[str, str]


def write(canvas: Any, text: str, box: tuple[float, float, float, float], **mode: Any) -> None:
    """Write text into a box, in the canvas's color, on several lines if the box is high enough.

    Args:
        canvas: reportlab's.
        text: whatever it is; letters that no font has become question marks.
        box: its left, bottom, width and height.
        mode: more of reportlab's text object: `mode=3` writes what is not seen.
    """
    left, bottom, width, height = box
    room = max(width - 2 * MARGIN, 1.0)
    lines, size = _fitted(readable(text), room, height)
    if len(lines) == 1:
        baseline = bottom + (height - size) / 2 + 0.22 * size
    else:
        baseline = bottom + height - size
    for number, line in enumerate(lines):
        draw_line(canvas, line, left + MARGIN, baseline - number * LEADING * size, size, **mode)


def draw_line(
    canvas: Any, text: str, x: float, y: float, size: float, base: str = PLAIN, mode: int = 0
) -> None:
    """Draw one line of text at a place."""
    for font, part in runs(text, base):
        canvas.setFont(font, size)
        canvas.drawString(x, y, part, mode=mode)
        x += _width_of(part, font, size)


def cross(canvas: Any, color: str, box: tuple[float, float, float, float]) -> None:
    """Draw a cross into a box: its left, bottom, width and height."""
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


def _fitted(text: str, room: float, height: float) -> tuple[list[str], float]:
    if height < SEVERAL_LINES:
        line = " ".join(text.split())
        size = min(MAX_SIZE, max(FILL * height, MIN_SIZE))
        length = width(line, size)
        return [line], max(min(size, size * room / length if length else size), 1.0)
    size = MAX_SIZE
    lines = wrapped(text, size, room)
    while size > MIN_SIZE and len(lines) * LEADING * size > height:
        size -= 0.5
        lines = wrapped(text, size, room)
    return lines, size


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
