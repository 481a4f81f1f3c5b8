"""Who a document is from or to: the lines under "Bill to", told apart by what they look like."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from workers.local.extraction import (
    blocks,
    found,
    labels,
    names,
    people,
    shapes,
    stand_ins,
    towns,
    whose,
)
from workers.local.extraction.found import Leaf
from workers.local.extraction.labels import Tokens
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment
from workers.local.extraction.surroundings import TO, Surroundings
from workers.local.extraction.values import Values
from workers.local.extraction.whose import PARTIES

SURE = 0.85
# How exactly lines end at one place, in points, and how many of them show that they do.
_FLUSH, _LEAST_FLUSH = 1.0, 3
MAX_LINES = 8
_ROLES = frozenset(
    [
        "name",
        "address",
        "street",
        "city",
        "postal",
        "country",
        "state",
        "email",
        "phone",
        "website",
        "taxid",
    ]
)
# What a heading may add to whom it is about: `Vendor information`, `Billing details`.
_NOT_WHO = frozenset(
    ("name", "address", "information", "info", "description", "detail", "postal", "code")
)
_MOST_HEADING_WORDS = 7
_FIRM = frozenset(("organization", "organisation", "firm", "firma"))
_IGNORED = frozenset(("code", "company", "line", "full"))
# `contact_person` of a customer is whom to ask for there.
_CONTACT = frozenset(("contact", "attention", "person", "name"))
_ATTENTION = re.compile(r"^(?:attn|att|c/o|z\. ?hd\.?|t\.a\.v\.)[:.]?\s+", re.IGNORECASE)

_SOMEBODY = PARTIES | stand_ins.LIKE_VENDORS | stand_ins.LIKE_CUSTOMERS

Party = dict[str, Node]


def parties(leaves: Sequence[Node]) -> dict[Tokens, Party]:
    """Properties that say who somebody is, by whom they are about and what they say.

    Args:
        leaves: all properties, such as `customer_name` or `address` in `customer`.
    """
    grouped: dict[Tokens, Party] = defaultdict(dict)
    for leaf in leaves:
        if "string" not in leaf.types:
            continue
        owners = ["customer" if one.casefold() in TO else one for one in whose.owners(leaf)]
        tokens = [*labels.tokens(" ".join(owners)), *labels.tokens(leaf.name)]
        if names.role(leaf) == "taxid":
            tokens = ["taxid" if each == "tax" else each for each in tokens]
        roles = [token for token in tokens if token in _ROLES]
        who = tuple(dict.fromkeys(token for token in tokens if token not in _ROLES | _IGNORED))
        if "company" in tokens and (not who or whose.is_issuing(leaf, tokens)):
            who, roles = ("company",), roles or ["name"]
        if not roles and len(who) == 1 and who[0] in PARTIES | stand_ins.NAMED:
            roles = ["name"]
        asked_for = tuple(token for token in who if token not in _CONTACT)
        if len(asked_for) == 1 and asked_for != who and set(roles) <= {"name"}:
            who, roles = asked_for, ["contact"]
        if not roles and who and set(tokens) & _FIRM:
            roles = ["firm"]
            who = tuple(token for token in who if token not in _FIRM)
        is_one = len(who) == 1 or whose.is_of_place(leaf)
        if roles and (is_one or not who):
            grouped[who].setdefault(roles[-1], leaf)
    whose.settle(grouped)
    return {
        who: party
        for who, party in grouped.items()
        if (who[:1] and who[0] in _SOMEBODY) or (who and _is_somebody(party))
    }


def _is_somebody(party: Party) -> bool:
    # Of whom a schema wants to know both is a party, whatever it is called: `consignee`; and so is
    # a place of which it wants the street and the town.
    is_where = bool({"address", "street"} & party.keys())
    return is_where and bool({"name", "city", "postal"} & party.keys())


def has_address(lines: Sequence[Segment]) -> bool:
    """Whether a street or a town is among lines that a name begins."""
    kinds = [_kind(line, position) for position, line in enumerate(lines[:5])]
    return bool({"town", "street", "postal"} & set(kinds))


def is_address(lines: Sequence[Segment]) -> bool:
    """Whether lines are a name, a street and a town."""
    kinds = [_kind(line, position) for position, line in enumerate(lines)]
    return "street" in kinds[:6] and bool({"town", "postal"} & set(kinds[:6]))


def find(
    who: Tokens, party: Party, pages: Sequence[Surroundings], values: Values
) -> dict[Node, Leaf]:
    """What the lines under a party's heading say of it; nothing where no heading is.

    Args:
        who: what the heading means.
        party: the properties, by what they say.
        pages: the document's.
        values: reads the lines.
    """
    for near in pages:
        for block in blocks.find(near):
            heading = block.heading
            is_told = heading is not None and _is_about(who, heading.text)
            # `Name: Okapi` under a heading is whom the heading names.
            is_under = heading is not None and labels.tokens(heading.text) == ("name",)
            if is_told or (is_under and near.section(block.lines[0]) == who):
                return told_apart(block.lines, party, values)
        for heading in near.sheet.segments:
            for lines in _under(who, heading, near):
                leaves = told_apart(lines, party, values)
                if leaves:
                    return leaves
    return {}


def _under(who: Tokens, heading: Segment, near: Surroundings) -> Iterator[list[Segment]]:
    words = near.unboxed(heading.text).split(":")
    if len(words[0].split()) > _MOST_HEADING_WORDS or len(words) > 2:
        return
    is_told = who == ("customer",) and len(words) == 2 and words[0].casefold() in TO
    if not is_told and not _is_about(who, words[0]):
        return
    if len(words) == 2 and words[1].strip():
        rest = heading.part(len(words[0].split()))
        first = next((n for n, word in enumerate(rest.words) if word.text.strip(":")), None)
        if first is not None:
            lines = near.lines_from(rest.part(first))
            yield (lines if len(lines) > 1 else _flush_left(lines, heading, near))[:MAX_LINES]
        return
    below, right = near.sheet.below(heading, 2), near.sheet.right_of(heading)
    for start in (below, right):
        if start is not None and not near.is_label(start):
            lines = (_flush_right(near, start) or near.lines_from(start))[:MAX_LINES]
            is_within = heading.cell is not None and start.cell == heading.cell and len(words) == 2
            lines = lines if len(lines) > 1 else _down_column(near, start)
            if len(lines) > 1 or is_within:
                yield lines


def _down_column(near: Surroundings, first: Segment) -> list[Segment]:
    # The lines of an address may be ruled, each a row of its own; nothing else is read so.
    lines = [first]
    for line in near.sheet.lines[first.line + 1 : first.line + MAX_LINES]:
        under = next((one for one in line if one.cell and near.sheet.is_aligned(one, first)), None)
        is_close = under is not None and under.top - lines[-1].bottom <= near.sheet.height
        if under is None or not is_close or near.is_label(under):
            break
        lines.append(under)
    return lines if first.cell and has_address(lines) else [first]


def _flush_left(lines: list[Segment], heading: Segment, near: Surroundings) -> list[Segment]:
    # An address may begin under the label that a name stands behind: `Bill to: Okapi Ltd`.
    under = itertools.takewhile(lambda one: not near.is_label(one), near.sheet.block(heading)[1:])
    together = [*lines, *under]
    return together if lines and has_address(together) else lines


def _flush_right(near: Surroundings, first: Segment) -> list[Segment]:
    # Lines that end at the same place and begin at different ones; nothing where they do not.
    lines = [first]
    for line in near.sheet.lines[first.line + 1 : first.line + MAX_LINES]:
        under = next((one for one in line if abs(one.right - first.right) <= _FLUSH), None)
        is_close = under is not None and under.top - lines[-1].bottom <= near.sheet.height
        if under is None or not is_close or near.is_label(under):
            break
        lines.append(under)
    is_even = all(near.sheet.is_aligned(first, one) for one in lines)
    return [] if is_even or len(lines) < _LEAST_FLUSH else lines


def _is_about(who: Tokens, heading: str) -> bool:
    tokens = tuple(t for t in labels.tokens(heading) if t not in _NOT_WHO)
    if {"name", "address"} <= set(labels.tokens(heading)):
        tokens = tuple(token for token in tokens if token in PARTIES)  # and the rest explains
    if who == ("vendor",):
        tokens = tuple("vendor" if one == "payee" else one for one in tokens)
    return labels.similarity(who, tokens) >= SURE


def told_apart(lines: Sequence[Segment], party: Party, values: Values) -> dict[Node, Leaf]:
    """What lines that begin with a name say of who that is."""
    lines = blocks.without_titles(lines)
    if not lines:
        return {}
    leaves: dict[Node, Leaf] = {}
    kinds = [_kind(segment, position) for position, segment in enumerate(lines)]
    is_nameless = len(lines) > 1 and blocks.is_way(lines[0].text) and kinds[1] == "town"
    if is_nameless:
        kinds[0] = "street"
    for number, line in enumerate(lines[1:], 1):
        if blocks.is_above_town(line.text, lines[number - 1].text):
            kinds[number - 1] = "street"

    def tell(role: str, segments: Sequence[Segment], text: str) -> None:
        node = party.get(role)
        value = values.read(node, text) if node and segments and text else None
        if node and value and node not in leaves:
            leaves[node] = Leaf(value.value, value.text, found.place(segments))

    if not is_nameless:
        is_firm = "firm" in party and not people.is_titled(lines[0].text)
        tell("firm" if is_firm else "name", lines[:1], _ATTENTION.sub("", lines[0].text))
    if len(lines) > 1 and kinds[1] == "text" and _is_asked_for(lines[1].text, party):
        kinds[1] = "person"
        tell("contact", lines[1:2], people.untitled(_ATTENTION.sub("", lines[1].text)))
    address = [
        line
        for line, kind in zip(lines, kinds, strict=True)
        if kind in ("street", "town", "text", "postal")
    ]
    if any(kind in ("street", "town", "postal") for kind in kinds):
        tell("address", address, "\n".join(line.text for line in address))
    lines = [lines[0], *(part for line in lines[1:] for part in towns.parted(line))]
    kinds = (
        [*kinds[:1], *(_kind(line, 1) for line in lines[1:])] if len(lines) > len(kinds) else kinds
    )
    for line, kind in zip(lines, kinds, strict=True):
        if kind == "street":
            tell("street", [line], line.text)
        elif kind == "postal":
            tell("postal", [line], line.text)
            between = _between(lines, kinds, line)
            tell("city", between[:1], between[0].text if between else "")
            tell("state", between[1:2], between[1].text if between[1:] else "")
        elif kind == "town":
            town = towns.of(line.text)
            for role, text in vars(town).items() if town else ():
                tell(role, [line], text)
        elif kind == "number":
            match = shapes.find("taxid", line.text.replace(" ", ""))
            tell("taxid", [line], match.group() if match else "")
        elif kind in ("email", "phone", "website"):
            match = shapes.find(kind, line.text)
            tell(kind, [line], match.group() if match else "")
    if len(lines) > 2 and kinds[-1] == "text" and kinds[-2] in ("town", "postal"):
        tell("country", lines[-1:], lines[-1].text)
    return leaves


def _is_asked_for(text: str, party: Party) -> bool:
    # Below a firm's name; two words alone may as well be a part of its address.
    name = _ATTENTION.sub("", text)
    is_told = name != text or people.untitled(name) != name
    return people.is_person(name) and (is_told or "contact" in party)


def _between(lines: Sequence[Segment], kinds: Sequence[str], postal: Segment) -> list[Segment]:
    # A town, and its county, stand between the street and the postcode.
    last = next(number for number, line in enumerate(lines) if line is postal)
    streets = [number for number in range(last) if kinds[number] == "street"]
    return list(lines[streets[-1] + 1 : last]) if streets else []


def _kind(segment: Segment, position: int) -> str:
    text = segment.text
    for shape in ("email", "website"):
        if shapes.find(shape, text):
            return shape
    if position == 0:
        return "name"
    phone = shapes.find("phone", text)
    is_labelled = labels.tokens(text)[:1] in (("phone",), ("fax",))
    if is_labelled or (phone and phone.group() == text):
        return "phone"
    if towns.of(text):
        return "town"
    if towns.POSTAL_ALONE.fullmatch(text):
        return "postal"
    if "taxid" in labels.tokens(text) or "tax" in labels.tokens(text):
        return "number"
    if blocks.is_street(text):
        return "street"
    if blocks.is_identifier(text):
        return "number"
    return "phone" if phone else "text"
