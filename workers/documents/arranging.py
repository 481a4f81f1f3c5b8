"""Tables of an HTML page that hold none, but arrange it: mails and receipts are built of them."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any


@dataclass
class _Seen:
    # Of a table: its rows, those that have tables in them, the most cells of one with anything in
    # it, and whether any holds paragraphs.
    rows: int = 0
    rows_with_tables: int = 0
    most_cells: int = 0
    has_paragraphs: bool = False
    # Of its row: the cells so far, and whether a table is in it.
    cells: int = 0
    has_table: bool = False

    def end_row(self) -> None:
        self.rows += self.cells > 0
        self.rows_with_tables += self.has_table
        self.most_cells = max(self.most_cells, self.cells)
        self.cells, self.has_table = 0, False

    @property
    def arranges(self) -> bool:
        if self.most_cells <= 1:
            return self.rows_with_tables > 0 or self.has_paragraphs
        return 0 < self.rows <= 2 * self.rows_with_tables


def tables(root: Any, paragraphs: AbstractSet[str]) -> set[Any]:
    """The tables that arrange the page: of one column with tables or paragraphs in it, or such of
    which half of the rows have tables in them.

    Args:
        root: the page, as lxml has it.
        paragraphs: the tags of what stands in lines of its own.
    """
    from lxml import etree

    found: set[Any] = set()
    around: list[_Seen] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag == "table":
            if event == "start":
                if around:
                    around[-1].has_table = True
                around.append(_Seen())
                continue
            seen = around.pop()
            seen.end_row()
            if seen.arranges:
                found.add(element)
        elif around and event == "end":
            if element.tag == "tr":
                around[-1].end_row()
            elif element.tag in ("td", "th"):
                around[-1].cells += _has_any(element)
            elif element.tag in paragraphs:
                around[-1].has_paragraphs = True
    return found


def _has_any(cell: Any) -> bool:
    return len(cell) > 0 or bool((cell.text or "").strip())
