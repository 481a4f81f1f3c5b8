"""What the cells of a table's column look like."""

from __future__ import annotations

import re

from workers.local.extraction import looks
from workers.local.extraction.grid import Grid, Piece
from workers.local.extraction.schemas import Node

# So many rows tell what a column holds.
SAMPLE = 30
# A word that goes on in the next line; `Ein- und Ausbau` is none.
_PARTED = re.compile(
    r"(?<=[^\W\d_]{2})[-\N{HYPHEN}\N{SOFT HYPHEN}]\n(?!(?:und|oder|and|or|et|ou|y|o|e|en|of)\b)"
    r"(?=[^\W\d_A-Z])"
)


def tidy(piece: Piece | None) -> str:
    """A cell's text in one line; empty where there is none."""
    return " ".join(_PARTED.sub("", piece.text).split()) if piece else ""


def is_wordy(grid: Grid, column: int) -> bool:
    """Whether most cells of a column hold words."""
    cells = [row[column] for row in grid.rows[:SAMPLE]]
    wordy = sum(1 for cell in cells if cell and sum(map(str.isalpha, cell.text)) > 3)
    return 2 * wordy > len(cells)


def is_of_names(grid: Grid, column: int) -> bool:
    """Whether there are words in every row of a column, and not codes such as `OAK-17`."""
    cells = [row[column] for row in grid.rows]
    coded = sum(1 for cell in cells if cell and any(map(str.isdigit, cell.text)))
    return all(cells) and is_wordy(grid, column) and 2 * coded < len(cells)


def is_counting(grid: Grid, column: int) -> bool:
    """Whether a column numbers the rows: `1`, `2`, `3`."""
    texts = [tidy(row[column]).strip(" .") for row in grid.rows]
    return len(texts) > 1 and texts == [str(number) for number in range(1, len(texts) + 1)]


def fit(grid: Grid, column: int, leaf: Node) -> float | None:
    """What the look of a column's cells says for its being a property's; None if it cannot be."""
    texts = [tidy(row[column]) for row in grid.rows[:SAMPLE] if row[column]]
    fits = [fit for text in texts if (fit := looks.fit(leaf, text)) is not None]
    return sum(fits) / len(fits) if fits and 2 * len(fits) > len(texts) else None
