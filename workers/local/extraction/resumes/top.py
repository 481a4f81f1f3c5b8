"""Whose résumé it is: the name at its top, and the town among what it says below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workers.local.extraction import found, labels, names, shapes
from workers.local.extraction.found import Leaf
from workers.local.extraction.resumes.sections import Line
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, has_digit
from workers.local.extraction.values import Values

_WORD = r"(?:[^\W\d_a-z][\w.'\u2019-]*|(?:de|da|van|von|der|la|del|di|bin|al)\b)"
_NAME = re.compile(rf"{_WORD}(?: {_WORD}){{1,4}}")
_TITLE = frozenset(("curriculum", "vitae", "resume", "cv", "lebenslauf", "bewerbung"))
_PERSON = frozenset(("full", "name", "candidate", "applicant", "person", "bewerber", "contact"))
_BETWEEN = re.compile(r"\s*[|\u2022\u00b7]\s*")
_TOWN = re.compile(
    r"(?P<city>[^\W\d_][^\d_,()@]{1,40}), (?P<state>[^\W\d_][^\d_,()@]{1,30}?)(?: [\d-]{4,10})?"
)
_MOST_LINES = 6


def find(root: Node, lines: Sequence[Line], values: Values) -> dict[Node, Leaf]:
    """The person's name, town, mail address and telephone number.

    Args:
        root: the schema's tree.
        lines: what stands above the résumé's first part.
        values: reads the texts.
    """
    told = dict(_told(lines[:_MOST_LINES]))
    leaves: dict[Node, Leaf] = {}
    for node in root.leaves():
        what = _asked(node)
        if what in told:
            text, segment = told[what]
            value = values.read(node, text)
            if value:
                leaves[node] = Leaf(value.value, value.text, found.place([segment]))
    return leaves


def _told(lines: Sequence[Line]) -> Iterator[tuple[str, tuple[str, Segment]]]:
    # The last of a kind counts, so that they are told from the end.
    for line in reversed(lines):
        for segment in line.pieces:
            for piece in _BETWEEN.split(segment.text):
                yield from _of_piece(piece, segment)
    for line in lines:
        for segment in line.pieces:
            is_title = {labels.plain(word) for word in segment.text.split()} & _TITLE
            if not is_title and _NAME.fullmatch(segment.text):
                yield "name", (segment.text, segment)
                return


def _of_piece(piece: str, segment: Segment) -> Iterator[tuple[str, tuple[str, Segment]]]:
    for shape in ("email", "phone"):
        if match := shapes.find(shape, piece):
            yield shape, (match.group().strip(), segment)
    town = None if has_digit(piece.split(",")[0]) else _TOWN.fullmatch(piece.rpartition(": ")[2])
    if town:
        yield from ((what, (text, segment)) for what, text in town.groupdict().items() if text)


def _asked(node: Node) -> str:
    tokens = set(labels.tokens(node.name))
    if tokens and tokens <= _PERSON and "name" in tokens:
        return "name"
    if names.role(node) in ("email", "phone"):
        return str(names.role(node))
    return next((what for what in ("city", "state") if tokens == {what}), "")
