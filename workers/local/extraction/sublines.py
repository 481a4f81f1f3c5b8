"""What lines under a row's text say by a label or a sign: `SN 4711`, `Batch: B-17`, `6 x 2.50`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from workers.local.extraction import bare_lines, codes, factors, labels
from workers.local.extraction.column_cells import tidy
from workers.local.extraction.found import Finds, Leaf
from workers.local.extraction.grid import Piece
from workers.local.extraction.names import Names
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import has_digit
from workers.local.extraction.values import Values

# How well a label has to fit, since any line of a text could begin with a word.
_SURE = 0.85
# What shortens a word has no fewer letters.
_LEAST_LETTERS = 3
_PARTING = re.compile(r"\s[|\N{MIDDLE DOT}\N{BULLET}]\s")
_LABELLED = re.compile(r"(?P<label>[^\W\d][^\d:|]{0,30}?\.?)(?:\s?:\s?|\s)(?P<value>\S.{0,80})")
# Behind the text itself, where the lines of a cell are one: `Laptop MPN: 21-X`.
_BEHIND = re.compile(r"\s(?=[^\W\d_]{2,20}: \S{1,30}$)")


class Lines:
    """The lines under the texts of one table's rows."""

    def __init__(self, array: Node, taken: Collection[Node], values: Values) -> None:
        """Learn what they may say.

        Args:
            array: the rows' array.
            taken: the properties that have a column.
            values: reads the lines.
        """
        leaves = list(array.items.leaves()) if array.items else []
        lists = [one for one in array.items.arrays() if _is_list(one)] if array.items else []
        kinds = {factors.of(leaf, leaves): leaf for leaf in leaves}
        self._factors = [kinds.get(kind) for kind in ("quantity", "price")]
        self._total = kinds.get("sum")
        free = [leaf for leaf in leaves if leaf not in taken and not leaf.is_fixed]
        self._may_multiply = all(one in free for one in self._factors)
        self._names = Names([*free, *lists], in_table=True)
        self._values = values

    def read(self, row: Finds, text: Node, cell: Piece | None) -> None:
        """Put into a row what the lines under its text say, and take them off the text.

        Args:
            row: what is found of the row by its columns.
            text: the property that has the texts.
            cell: the row's text.
        """
        lines = _lines(cell) if cell and text in row.leaves else []
        kept = [line for number, line in enumerate(lines) if not number or not self._add(row, line)]
        if cell is None or len(kept) == len(lines):
            return
        value = self._values.read(text, tidy(Piece("\n".join(kept), cell.place)))
        if value:
            row.leaves[text] = Leaf(value.value, value.text, cell.place)

    def _add(self, row: Finds, line: str) -> bool:
        told = [*self._multiplied(row, line), *self._labelled(line)]
        place = next(iter(row.leaves.values())).place
        for node, texts in told:
            read = [self._values.read(_each(node), text) for text in texts]
            leaves = [Leaf(one.value, one.text, place) for one in read if one]
            if node.is_array:
                row.lists.setdefault(node, []).extend(leaves)
            else:
                row.leaves.setdefault(node, leaves[0])
        return bool(told)

    def _multiplied(self, row: Finds, line: str) -> Iterator[tuple[Node, list[str]]]:
        total = row.leaves.get(self._total) if self._total and self._may_multiply else None
        value = self._values.number(total.text) if total else None
        both = bare_lines.factors(line, value, self._values) if value is not None else None
        for node, text in zip(self._factors, both or (), strict=False):
            if node is not None:
                yield node, [text]

    def _labelled(self, line: str) -> Iterator[tuple[Node, list[str]]]:
        for piece in _PARTING.split(line):
            match = _LABELLED.fullmatch(piece)
            node = self._called(match["label"]) if match and has_digit(match["value"]) else None
            if match is None or node is None:
                continue
            texts = match["value"].split(", ") if node.is_array else [match["value"]]
            # `SN 4711, SN 4712`
            texts = [text.removeprefix(match["label"]).lstrip(" :.") for text in texts]
            if all(self._values.read(_each(node), text) for text in texts):
                yield node, texts

    def _called(self, label: str) -> Node | None:
        fits = self._names.matches(label, False)
        best = max(fits, key=fits.__getitem__, default=None)
        return best if best is not None and fits[best] >= _SURE else self._shortened(label)

    def _shortened(self, label: str) -> Node | None:
        # `Cat.` of the only property with a word that begins so: `catalogue_number`.
        start = label.casefold().rstrip(".")
        if not label.endswith(".") or len(start) < _LEAST_LETTERS:
            return None
        told = [
            leaf
            for leaf in self._names.leaves
            if any(part.casefold().startswith(start) for part in labels.parts(leaf.name))
        ]
        return told[0] if len(told) == 1 else None


def text_of(leaves: Sequence[Node]) -> Node | None:
    """Of the properties that have a column that of the texts, which lines may stand under."""
    texts = [
        leaf for leaf in leaves if codes.is_text(leaf) and "unit" not in labels.tokens(leaf.name)
    ]
    return texts[0] if len(texts) == 1 else None


def _is_list(node: Node) -> bool:
    return node.items is not None and not node.items.is_object and not node.items.is_array


def _each(node: Node) -> Node:
    return node.items if node.is_array and node.items else node


def _lines(cell: Piece) -> list[str]:
    if "\n" in cell.text:
        return cell.text.split("\n")
    return _BEHIND.split(cell.text, maxsplit=1)
