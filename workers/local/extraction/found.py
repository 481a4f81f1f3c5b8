"""What was found, and where it stood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from workers.documents.layout import Box
from workers.documents.page import Page
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment


@dataclass(frozen=True)
class Place:
    """Where a text stands: on which page, and its words."""

    page: Page
    words: tuple[Box, ...]

    def source(self, text: str) -> dict[str, Any]:
        """The response's source of a value."""
        box = Box(
            text,
            min(word.left for word in self.words),
            min(word.top for word in self.words),
            max(word.right for word in self.words),
            max(word.bottom for word in self.words),
        )
        return {"page": self.page.number, "text": text, "bbox": self.page.normalized(box)}


@dataclass(frozen=True)
class Leaf:
    """A scalar that was found: its value, the text that says so, and where that stands."""

    value: Any
    text: str
    place: Place


@dataclass
class Finds:
    """Everything that was found for a schema.

    Attributes:
        leaves: the scalars outside of arrays.
        rows: for each array of objects, the finds of each of them.
        lists: for each array of scalars, its values.
    """

    leaves: dict[Node, Leaf] = field(default_factory=dict)
    rows: dict[Node, list[Finds]] = field(default_factory=dict)
    lists: dict[Node, list[Leaf]] = field(default_factory=dict)


def place(segments: Sequence[Segment]) -> Place:
    """Where some segments of one page stand."""
    return Place(segments[0].page, tuple(word for segment in segments for word in segment.seen))
