"""What a document of `tests.quality.sorting` consists of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """A document of labels, values and rows: its first field is its number.

    Attributes:
        titles: what it may call itself.
        fields: labels, and what their values are: `number`, `date`, `person`, `amount` or a text.
        header: of its rows.
        rows: what may stand in the first column of a row.
        closing: what stands at the end.
    """

    titles: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    header: tuple[str, ...]
    rows: tuple[str, ...]
    closing: tuple[str, ...]


@dataclass(frozen=True)
class Prose:
    """A document of sentences; a heading begins with `#`."""

    titles: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    sentences: tuple[str, ...]
    closing: tuple[str, ...] = ()
