"""A page as a form: its phrases, the gaps left between them, and what is drawn around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import Any

from workers.documents import characters, layout
from workers.documents.layout import Box
from workers.forms.strokes import Strokes, is_small_square, light

# Shares of a character's height: what parts words, and what parts phrases.
WORD_GAP, PHRASE_GAP = 0.17, 0.7
# Soft hyphens are not seen; some fonts have them for spaces.
_BLANKS = " \t\r\n\xa0\xad"
_TICK, _CODE = "tick", "code"
_MARKS = re.compile(
    r"(?P<blank>\(?_(?: ?_)+(?:(?: ?[/.-]|\)) ?_(?: ?_)+)+|_(?: ?_){2,}"
    r"|\.(?: ?\.){4,}|…(?: ?…)+|-(?: -){4,})"
    r"|(?P<tick>\[ {0,2}\]|\( {1,2}\)|[☐□◻◽▢❏❐❑❒⬜○◯])"
)
# What holds one of them, whatever stands between its characters.
_MAY_BE_MARKS = re.compile(r"__|\.{5}|……|-{5}|\[\]|\(\)|[☐□◻◽▢❏❐❑❒⬜○◯]")
# Fonts of pictures in which letters are drawn as boxes.
_BOX_LETTERS = {"dingbats": "noqr", "wingdings": "oqr¨£¡", "webdings": "c\uf063"}
# Parentheses so much wider than high are no box to tick.
WIDE_TICK = 1.8
# More boxes to tick than this are a pattern.
MAX_TICKS = 500
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
# How light a text is that is to be written over, from 0 to 1; white is a heading on a dark ground.
FAINT, WHITE = 0.75, 0.97
# What is turned by more than this, as the tangent of its angle, is a stamp or a watermark.
_LEVEL = 0.1


@dataclass(frozen=True)
class Sheet:
    """A page as a form. Its unit is the page's own, its origin the top left of what one sees.

    Attributes:
        number: the page's, from 1.
        phrases: words that stand together on a line.
        blanks: gaps of underscores and dots; their text is the character that they are made of.
        ticks: characters that are boxes to be ticked.
        strokes: what is drawn.
        codes: parentheses with room for the area code of a telephone's number.
        hints: what is printed faintly where it is to be written over.
        turned: text that runs up or down.
        bold: those of the phrases that are printed in bold letters.
    """

    number: int
    width: float
    height: float
    phrases: tuple[Box, ...]
    blanks: tuple[Box, ...]
    ticks: tuple[Box, ...]
    strokes: Strokes
    codes: tuple[Box, ...] = ()
    hints: tuple[Box, ...] = ()
    turned: tuple[Box, ...] = ()
    bold: tuple[Box, ...] = ()

    @cached_property
    def line_height(self) -> float:
        """How high its lines typically are."""
        return median(phrase.bottom - phrase.top for phrase in self.phrases) if self.phrases else 12


def is_level(box: Box, other: Box) -> bool:
    """Whether the middle of one thing is at the height of another."""
    return box.top - 1 <= other.middle <= box.bottom + 1


def may_have_marks(line: str) -> bool:
    """Whether a line of text may hold a gap or a box to be ticked; False is sure."""
    return _MAY_BE_MARKS.search("".join(line.split())) is not None


def of_page(page: Any, number: int, strokes: Strokes) -> Sheet:
    """A page of pdfplumber's that has text."""
    chars, faint, turned, bold = list[Box](), list[Box](), list[Box](), list[Box]()
    for char in characters.once(page.chars):
        if not char["text"].strip(_BLANKS):
            continue
        box = Box(_character(char), char["x0"], char["top"], char["x1"], char["bottom"])
        across, up, *_ = char["matrix"]
        if char["upright"] and across > 0 and abs(up) <= _LEVEL * across:
            (faint if FAINT < light(char) < WHITE else chars).append(box)
            if _BOLD.search(str(char.get("fontname", ""))):
                bold.append(box)
        elif abs(across) <= _LEVEL * abs(up):
            turned.append(box)
    found = of_characters(chars, (number, float(page.width), float(page.height)), strokes)
    return replace(
        found,
        hints=tuple(_alone(faint)),
        turned=tuple(turned),
        bold=tuple(_alone(bold)),
    )


def _alone(chars: Sequence[Box]) -> Iterator[Box]:
    # The phrases that some of a page's characters make for themselves.
    for line in layout.lines(chars):
        yield from _phrases(_split(line)[0], (), ())


def of_words(words: Iterable[Box], size: tuple[int, float, float], strokes: Strokes) -> Sheet:
    """A page of which only the words' places are known; `size` is as `of_characters` has it.

    What lies in a box to be ticked is the box itself, which OCR takes for a letter.
    """
    ticks = [*strokes.buttons, *filter(is_small_square, strokes.cells)][:MAX_TICKS]
    chars = []
    for word in words:
        step = (word.right - word.left) / max(len(word.text), 1)
        for at, letter in enumerate(word.text):
            left = word.left + at * step
            char = replace(word, text=letter, left=left, right=left + step)
            if not any(_is_within(char, tick) for tick in ticks):
                chars.append(char)
    return of_characters(chars, size, strokes)


def of_characters(chars: Sequence[Box], size: tuple[int, float, float], strokes: Strokes) -> Sheet:
    """A page of which each character's place is known.

    Args:
        chars: none of them white.
        size: the page's number, width and height.
        strokes: what is drawn on it.
    """
    phrases: list[Box] = []
    marks: list[Box] = []
    for line in layout.lines(chars):
        words, of_line = _split(line)
        marks += of_line
        phrases += _phrases(words, of_line, strokes.cells)
    blanks = tuple(mark for mark in marks if mark.text not in (_TICK, _CODE))
    ticks, codes = (
        tuple(replace(mark, text="") for mark in marks if mark.text == kind)
        for kind in (_TICK, _CODE)
    )
    return Sheet(*size, tuple(phrases), blanks, ticks, strokes, codes[:MAX_TICKS])


def _is_within(char: Box, tick: Box) -> bool:
    is_across = tick.left <= (char.left + char.right) / 2 <= tick.right
    return is_across and tick.top <= char.middle <= tick.bottom


def _character(char: dict[str, Any]) -> str:
    text, font = str(char["text"]), str(char.get("fontname", "")).lower()
    if text in "\uf06f\uf071\uf0a8\uf072\uf0a3\uf0a1":  # Wingdings', where its codes are kept
        return "☐"
    if text == "(cid:0)" and "symbol" in font:  # what a font shows for what it lacks is a box
        return "☐"
    if text == "■" and "dingbats" in font and light(char) >= WHITE:  # only its outline is seen
        return "☐"
    for name, letters in _BOX_LETTERS.items():
        if name in font and text in letters:
            return "☐"
    return text


def _split(line: Sequence[Box]) -> tuple[list[Box], list[Box]]:
    # The line's words, and the marks between them.
    text, boxes = "", list[Box]()
    for box in line:
        gap = box.left - boxes[-1].right if boxes else 0.0
        if gap > WORD_GAP * (box.bottom - box.top):
            spaces = 2 if gap > PHRASE_GAP * (box.bottom - box.top) else 1
            text += " " * spaces
            boxes += [boxes[-1]] * spaces
        text += box.text
        boxes += [box] * len(box.text)  # of a ligature, each letter
    marks = [_mark(found, boxes) for found in _MARKS.finditer(text)]
    rest = _MARKS.sub(lambda found: " " * len(found.group()), text)
    words = [
        _joined(boxes[found.start() : found.end()], found.group())
        for found in re.finditer(r"\S+", rest)
    ]
    return words, marks


def _mark(found: re.Match[str], boxes: Sequence[Box]) -> Box:
    mark = _joined(boxes[found.start() : found.end()], found.group()[0])
    if not found["tick"]:
        return mark
    is_wide = mark.right - mark.left >= WIDE_TICK * (mark.bottom - mark.top)
    return replace(mark, text=_CODE if mark.text == "(" and is_wide else _TICK)


def _joined(boxes: Sequence[Box], text: str) -> Box:
    return Box(
        text,
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def _phrases(words: Sequence[Box], marks: Sequence[Box], cells: Sequence[Box]) -> Iterator[Box]:
    if not words:
        return
    sides = _sides(words, cells)
    phrase = [words[0]]
    for word, following in pairwise(words):
        gap = following.left - word.right
        if (
            gap > PHRASE_GAP * (word.bottom - word.top)
            or any(word.right <= mark.left + 1 <= following.left + 1 for mark in marks)
            or any(word.right - 1 <= side <= following.left + 1 for side in sides)
        ):
            yield _joined(phrase, " ".join(part.text for part in phrase))
            phrase = []
        phrase.append(following)
    yield _joined(phrase, " ".join(part.text for part in phrase))


def _sides(words: Sequence[Box], cells: Sequence[Box]) -> list[float]:
    middle = words[0].middle
    beside = [cell for cell in cells if cell.top <= middle <= cell.bottom]
    return sorted({side for cell in beside for side in (cell.left, cell.right)})
