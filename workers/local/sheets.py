"""A page made ready for those who look for labels and values on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from workers.documents.page import Page, words_of
from workers.local import runs
from workers.local.runs import Run

# How far under its label a value may stand, in heights of the label, and in lines.
MOST_BELOW, LINES_BELOW = 2.5, 2
# A label and its value in one word: `Number:A-17`, as OCR often reads; `n°17`.
_JOINTS = (
    re.compile(r"(?<=[^\W\d])([.]?[:\uff1a])(?=[^\s/])"),
    re.compile(r"(?<=\d)(\uff1a)(?=\S)"),
    re.compile(r"(?<![^\W_])((?:n[°ºo]|nr|no|№)\.?)(?=\d)", re.IGNORECASE),
)


@dataclass(frozen=True)
class Sheet:
    """A page and its runs.

    Attributes:
        page: the page.
        lines: its runs, line by line.
    """

    page: Page
    lines: list[list[Run]]

    @classmethod
    def of(cls, page: Page) -> Sheet:
        """Make a page ready."""
        return cls(page, _by_line([_parted(run) for run in runs.of_page(page)]))

    def below(self, run: Run, line: int) -> Run | None:
        """The next run under one, if it is near.

        Args:
            run: the one.
            line: the number of its line in `lines`.
        """
        height = run.bottom - run.top
        for others in self.lines[line + 1 : line + 1 + LINES_BELOW]:
            for other in others:
                if other.top - run.bottom > MOST_BELOW * height:
                    return None
                if other.left < run.right and other.right > run.left:
                    return other
        return None


def _parted(run: Run) -> Run:
    if not any(joint.search(run.text) for joint in _JOINTS):
        return run
    words = [
        part for word in run.words for part in words_of(replace(word, text=_with_spaces(word.text)))
    ]
    return replace(run, words=tuple(words))


def _with_spaces(text: str) -> str:
    for joint in _JOINTS:
        text = joint.sub(r"\1 ", text)
    return text


def _by_line(found: Sequence[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = []
    for run in found:
        if not lines or lines[-1][0].line != run.line:
            lines.append([])
        lines[-1].append(run)
    return lines
