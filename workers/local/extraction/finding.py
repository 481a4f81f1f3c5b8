"""Looks for everything that a schema wants: tables first, then labels, then what has none."""

from __future__ import annotations

from collections.abc import Sequence

from workers.documents.page import Page
from workers.local.extraction import (
    bare_rows,
    letterheads,
    lists,
    names,
    parties,
    ranges,
    receipts,
    records,
    tills,
    unlabelled,
)
from workers.local.extraction.found import Finds, Leaf
from workers.local.extraction.names import Names
from workers.local.extraction.pairs import Pair, Pairs
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet
from workers.local.extraction.surroundings import Surroundings
from workers.local.extraction.values import Values

# Of equally good places the last is a sum's, the first everything else's.
_LAST_COUNTS = ("amount",)
# What a label says of somebody leaves nothing for the letterhead, which may be another's.
_SAYING_WHO = frozenset(("name", "address", "street", "city", "postal"))


def find(root: Node, pages: Sequence[Page]) -> Finds:
    """Everything of a schema that a document says.

    Args:
        root: the schema's tree.
        pages: the document's.
    """
    sheets = [Sheet(page) for page in pages if page.words]
    values = Values(segment.text for sheet in sheets for segment in sheet.segments)
    finds = Finds()
    in_tables = _find_rows(root, sheets, values, finds)
    leaves = [leaf for leaf in root.leaves() if not leaf.is_fixed]
    known = Names(leaves)
    near = [Surroundings(sheet, known) for sheet in sheets]
    finds.leaves = _assigned([pair for one in near for pair in Pairs(one, values).all(in_tables)])
    is_receipt = tills.is_receipt(sheets)
    for who, party in parties.parties(leaves).items():
        _add(finds, parties.find(who, party, near, values))
        if not is_receipt and not any(
            party[role] in finds.leaves for role in _SAYING_WHO & party.keys()
        ):
            _add(finds, letterheads.find(who, party, near, values))
    if is_receipt:
        finds.leaves |= receipts.find(leaves, sheets, values)
        _add(finds, receipts.date(leaves, sheets, values))
    _add(finds, ranges.find(leaves, sheets, values))
    missing = [leaf for leaf in leaves if leaf not in finds.leaves]
    finds.leaves.update(unlabelled.find(leaves, missing, sheets, values))
    for array in root.arrays():
        if array not in finds.rows:
            finds.lists[array] = lists.find(array, near, values)
    return finds


def _add(finds: Finds, more: dict[Node, Leaf]) -> None:
    for node, leaf in more.items():
        finds.leaves.setdefault(node, leaf)


def _find_rows(root: Node, sheets: Sequence[Sheet], values: Values, finds: Finds) -> set[Segment]:
    # A table is one array's: that whose names fit its header best.
    candidates = [
        (*records.rows(array, sheets, values), array)
        for array in root.arrays()
        if array.items is not None and array.items.is_object
    ]
    used: set[Segment] = set()
    for objects, segments, score, array in sorted(candidates, key=lambda found: -found[2]):
        if score and not segments & used:
            finds.rows[array] = objects
            used |= segments
    for array in root.arrays():
        if array.items is not None and array.items.is_object and array not in finds.rows:
            objects, segments = bare_rows.rows(array, sheets, values, used)
            if objects:
                finds.rows[array] = objects
                used |= segments
    return used


def _assigned(pairs: Sequence[Pair]) -> dict[Node, Leaf]:
    # The surest pair first; a label belongs to one property, and so does a value.
    assigned: dict[Node, Leaf] = {}
    labels: set[int] = set()
    taken: set[int] = set()
    for pair, _ in sorted(zip(pairs, range(len(pairs)), strict=True), key=_rank):
        label = {id(word) for word in pair.label.seen}
        value = {id(word) for word in pair.leaf.place.words}
        is_used = label & labels or (label and label <= taken) or value & taken
        if pair.node in assigned or is_used:
            continue
        assigned[pair.node] = pair.leaf
        labels |= label
        taken |= value
    return assigned


def _rank(found: tuple[Pair, int]) -> tuple[float, int]:
    pair, order = found
    is_last = names.role(pair.node) in _LAST_COUNTS
    return -round(pair.score, 3), -order if is_last else order
