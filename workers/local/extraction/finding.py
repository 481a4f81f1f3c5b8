"""Looks for everything that a schema wants: tables first, then labels, then what has none."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from workers.documents.page import Page
from workers.local.extraction import (
    addressees,
    agreements,
    banks,
    bare_rows,
    cards,
    careers,
    choices,
    column_sums,
    contacts,
    doers,
    joint,
    labelled_rows,
    letterheads,
    lists,
    loose,
    meant,
    moments,
    money,
    names,
    one_line,
    parties,
    partly,
    people,
    press,
    priced_rows,
    proven,
    ranges,
    receipts,
    records,
    resumes,
    signatories,
    stand_ins,
    statements,
    taxids,
    taxlines,
    tills,
    unlabelled,
)
from workers.local.extraction.found import Finds, Leaf
from workers.local.extraction.names import Names
from workers.local.extraction.pairs import Pair, Pairs
from workers.local.extraction.parties import Party
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet
from workers.local.extraction.surroundings import Surroundings
from workers.local.extraction.values import Values

# Of equally good places the last is a sum's, the first everything else's.
_LAST_COUNTS = ("amount",)
# What a label says of somebody leaves nothing for the letterhead, which may be another's.
_SAYING_WHERE = frozenset(("address", "street", "city", "postal"))
_SAYING_WHO = _SAYING_WHERE | {"name"}
# So many arrays are looked for by what their tables' headers mean.
_MOST_BY_MEANING = 10
# What a label says that fits so well is believed rather than an address under a heading.
_SURE = 0.9


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
    whole_names = people.whole(root)
    leaves = [*(leaf for leaf in root.leaves() if not leaf.is_fixed), *whole_names]
    known = Names(leaves)
    near = [Surroundings(sheet, known) for sheet in sheets]
    pairs = _assigned([pair for one in near for pair in _pairs(one, values, in_tables)])
    finds.leaves = {node: pair.leaf for node, pair in pairs.items()}
    is_receipt = tills.is_receipt(sheets)
    for node, (leaf, label) in column_sums.find(near, values).items():
        if node not in pairs or pairs[node].label is label or not _is_told_plainly(pairs[node]):
            finds.leaves[node] = leaf
    somebody = parties.parties(leaves)
    whom = stand_ins.of(somebody)
    for who, party in somebody.items():
        told = parties.find(who, party, near, values)
        sure = {node for node, pair in pairs.items() if pair.score >= _SURE}
        _add_told(finds, told, party, sure)
        if not is_receipt and not any(
            party[role] in finds.leaves for role in _SAYING_WHO & party.keys()
        ):
            _add(finds, letterheads.find(whom.get(who, who), party, near, values))
        finds.leaves |= one_line.names(party, finds.leaves)
        finds.leaves |= one_line.find(party, finds.leaves, values)
    if is_receipt:
        finds.leaves |= receipts.find(leaves, sheets, values)
        _add(finds, receipts.date(leaves, sheets, values))
    is_asked = any(names.role(leaf) == "taxid" for leaf in leaves)
    theirs = taxids.of_recipient(near) if is_asked else set()
    _without_theirs(finds, leaves, theirs)
    _add(finds, taxids.find(leaves, near, values))
    _add(finds, contacts.find(leaves, finds.leaves, sheets, values))
    told, only = ranges.find(leaves, sheets, values)
    finds.leaves = only | finds.leaves | told
    finds.leaves.update(unlabelled.find(leaves, finds.leaves, sheets, values, theirs))
    finds.leaves |= taxlines.find(leaves, finds.leaves, sheets, values)
    finds.leaves |= proven.find(leaves, finds.leaves, sheets, values)
    finds.leaves |= cards.find(leaves, finds.leaves, sheets, values)
    for each in (moments, banks):
        _add(finds, each.find(leaves, finds.leaves, sheets, values))
    _add(finds, doers.find(leaves, finds.leaves, sheets, values))
    money.add(root, finds, sheets, values)
    _add(finds, people.find(whole_names, finds.leaves))
    for array in root.arrays():
        if array not in finds.rows:
            finds.lists[array] = lists.find(array, near, values)
    _add(finds, signatories.find(leaves, finds.leaves, sheets, values))
    _add(finds, statements.find(root, finds.leaves, sheets, values, in_tables))
    _add(finds, choices.find(leaves, finds.leaves, sheets))
    _add(finds, press.find(leaves, finds.leaves, sheets, values))
    resumes.find(root, finds, sheets, values)
    for array in root.arrays():
        # Of two readings of a section that which says more.
        entries = careers.rows(array, sheets, values)
        if _size(entries) > _size(finds.rows.get(array, [])):
            finds.rows[array] = entries
    addressees.find(root, finds, sheets, values)
    _add(finds, _loosely(leaves, finds, sheets, known, values, in_tables))
    labelled = {node for node, pair in pairs.items() if _is_told_plainly(pair)}
    agreements.find(root, finds, sheets, values, labelled)
    _add(finds, meant.find(known, finds.leaves, sheets, values, in_tables))
    return finds


def _pairs(near: Surroundings, values: Values, skipped: set[Segment]) -> Iterator[Pair]:
    yield from Pairs(near, values).all(skipped)
    yield from joint.pairs(near, values, skipped)


def _loosely(
    leaves: Sequence[Node],
    finds: Finds,
    sheets: Sequence[Sheet],
    known: Names,
    values: Values,
    in_tables: set[Segment],
) -> dict[Node, Leaf]:
    # By labels and values that nothing else was found in.
    missing = [leaf for leaf in leaves if leaf not in finds.leaves]
    taken = {id(word) for leaf in finds.leaves.values() for word in leaf.place.words}
    names_left = loose.Loose(missing, known, partly.titles(sheets))
    near = [Surroundings(sheet, names_left) for sheet in sheets] if missing else []
    every = [pair for one in near for pair in _pairs(one, values, in_tables)]
    # A text may be anything, so that its label has to be seen to be one.
    told = [one for one in every if _is_form(one) or one.node.types != ("string",)]
    told = [one for one in told if partly.has_look(one.node, one.leaf.text, one.label.text)]
    free = [one for one in told if not taken & {id(word) for word in one.leaf.place.words}]
    return {node: pair.leaf for node, pair in _assigned(free).items()}


def _is_told_plainly(pair: Pair) -> bool:
    # By a label with a colon or a cell, and not by words amid a sentence.
    return _is_form(pair) and pair.score >= _SURE


def _is_form(pair: Pair) -> bool:
    return pair.label.cell is not None or pair.label.text.endswith(":")


def _add(finds: Finds, more: dict[Node, Leaf]) -> None:
    for node, leaf in more.items():
        finds.leaves.setdefault(node, leaf)


def _add_told(finds: Finds, told: dict[Node, Leaf], party: Party, sure: set[Node]) -> None:
    # Lines with an address say more than a label that nearly fits.
    is_address = any(party.get(role) in told for role in _SAYING_WHERE)
    for node, leaf in told.items():
        is_where = node is party.get("address") and _is_where(leaf, finds.leaves.get(node))
        if is_address and (node not in sure or is_where):
            finds.leaves[node] = leaf
        finds.leaves.setdefault(node, leaf)


def _is_where(told: Leaf, labelled: Leaf | None) -> bool:
    # Under `Billing address` a name stands first, or there is nothing but a name beside the label.
    if labelled is None:
        return True
    lines, named = told.text.split("\n"), labelled.text.split("\n")
    return named[-len(lines) :] == lines or not any(map(str.isdigit, labelled.text))


def _without_theirs(finds: Finds, leaves: Sequence[Node], theirs: set[str]) -> None:
    # A VAT number of the recipient's is not the sender's.
    for who, party in parties.parties(leaves).items():
        node = party.get("taxid")
        leaf = finds.leaves.get(node) if node else None
        if node and leaf and who != ("customer",) and re.sub(r"\W", "", str(leaf.value)) in theirs:
            del finds.leaves[node]


def _find_rows(root: Node, sheets: Sequence[Sheet], values: Values, finds: Finds) -> set[Segment]:
    # A table is one array's: that whose names fit its header best.
    candidates = [
        (*records.rows(array, sheets, values), array)
        for array in root.arrays()
        if array.items is not None and array.items.is_object
    ]
    used: set[Segment] = set()
    for objects, segments, score, array in sorted(candidates, key=lambda found: -found[2]):
        if segments & used:  # the table that fits it best fits another still better
            objects, segments, score = records.rows(array, sheets, values, used)
        if score and not segments & used:
            finds.rows[array] = objects
            used |= segments if _is_any_whole(array, objects) else set()
    for array in root.arrays():
        if array.items is not None and array.items.is_object:
            known = finds.rows.get(array, [])
            # Rows that add up to a sum are believed rather than fewer under a header.
            others = [other for other in root.arrays() if other is not array]
            taken = set() if known else used
            objects, segments = bare_rows.rows(array, others, sheets, values, taken)
            if len(objects) > len(known):
                finds.rows[array] = objects
                used |= segments
    outside = list(root.leaves())
    for array in root.arrays():
        for under_heading in (labelled_rows, priced_rows):
            if array not in finds.rows and array.items is not None and array.items.is_object:
                objects, segments = under_heading.rows(array, outside, sheets, values, used)
                if objects:
                    finds.rows[array] = objects
                    used |= segments
    for array in itertools.islice(root.arrays(), _MOST_BY_MEANING):
        if array.items is not None and array.items.is_object:
            _find_rows_by_meaning(array, sheets, values, finds, used)
    return used


def _find_rows_by_meaning(
    array: Node, sheets: Sequence[Sheet], values: Values, finds: Finds, used: set[Segment]
) -> None:
    # Where names tell no table, or one that says half of what is asked for at most.
    known = finds.rows.get(array, [])
    told = len({leaf for row in known for leaf in row.leaves})
    if array.items is None or 2 * told > len(list(array.items.leaves())):
        return
    others = () if known else used
    objects, segments, _ = records.rows(array, sheets, values, others, by_meaning=True)
    if objects and len({leaf for row in objects for leaf in row.leaves}) > told:
        finds.rows[array] = objects
        used |= segments


def _size(rows: Sequence[Finds]) -> int:
    return sum(len(row.leaves) for row in rows)


def _is_any_whole(array: Node, objects: Sequence[Finds]) -> bool:
    # Rows of which none has what all have to have are probably none.
    properties = array.items.properties.items() if array.items else ()
    needed = {
        node
        for name, node in properties
        if array.items and name in array.items.required and not node.is_nullable
    }
    scalar = {node for node in needed if not node.is_object and not node.is_array}
    return any(scalar <= row.leaves.keys() for row in objects)


def _assigned(pairs: Sequence[Pair]) -> dict[Node, Pair]:
    # The surest pair first; a label belongs to one property, and so does a value.
    assigned: dict[Node, Pair] = {}
    labels: set[int] = set()
    taken: set[int] = set()
    for pair, _ in sorted(zip(pairs, range(len(pairs)), strict=True), key=_rank):
        label = {id(word) for word in pair.label.seen}
        value = {id(word) for word in pair.leaf.place.words}
        is_used = label & labels or (label and label <= taken) or value & taken
        if pair.node in assigned or is_used:
            continue
        assigned[pair.node] = pair
        labels |= label
        taken |= value
    return assigned


def _rank(found: tuple[Pair, int]) -> tuple[float, int]:
    pair, order = found
    is_last = names.role(pair.node) in _LAST_COUNTS
    return -round(pair.score, 3), -order if is_last else order
