"""Addresses that stand in one line: `73 Regal Way, Leeds, LS1 5AB, UK`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workers.local.extraction import blocks, towns
from workers.local.extraction.found import Leaf
from workers.local.extraction.parties import Party
from workers.local.extraction.schemas import Node
from workers.local.extraction.values import Values

_POSTAL = re.compile(
    rf"(?:(?P<state>[A-Z]{{2,3}}) )?(?P<postal>{towns.POSTCODE}|\d{{6}}|\d{{3}} \d{{3}})"
)
# Behind a state nothing else is a number: `Seattle, WA, 7829Q`.
_STATE, _AFTER_STATE = re.compile(r"[A-Z]{2,3}"), re.compile(r"(?=.*\d)[A-Z\d -]{3,10}")
# Postcodes of six digits, as in India, have a state before them, and the town before that.
_SIX = re.compile(r"\d{3} ?\d{3}")
# `Mill Lane, 3 - 88212 Ravensburg`
_DASHED = re.compile(r"\s[-\N{EN DASH}\N{MIDDLE DOT}]\s(?=\d{5} [^\W\d])")
_MOST_PARTS = 8
_LONGEST = 200


def split(text: str) -> dict[str, str]:
    """The parts of an address by their roles; nothing where a text is not the whole of one."""
    even = _DASHED.sub(", ", text.replace("\n", ", "))
    parts = [part.strip() for part in even.split(",") if part.strip()]
    if len(parts) > _MOST_PARTS:
        return {}
    for number, part in enumerate(parts[1:], 1):
        postal, town = _POSTAL.fullmatch(part), towns.of(part)
        if postal and number > 1:
            told, streets = _before_postal(parts[:number], postal)
        elif number > 2 and _STATE.fullmatch(parts[number - 1]) and _AFTER_STATE.fullmatch(part):
            told = {"postal": part, "state": parts[number - 1], "city": parts[number - 2]}
            streets = parts[: number - 2]
        elif town:
            told, streets = vars(town), parts[:number]
        else:
            continue
        rest = parts[number + 1 :]
        is_country = len(rest) == 1 and not any(map(str.isdigit, rest[0]))
        country = rest[0] if is_country else None
        roles = {**told, "street": ", ".join(streets), "country": country}
        return {role: value for role, value in roles.items() if value}
    return {}


def without_address(text: str) -> tuple[str, str]:
    """A name that an address follows in its line, and that address; "" if none does.

    `Okapi AB, Mill Lane 3, 553 02 Lund, Sweden`: what begins with a street behind a comma.
    """
    for comma in re.finditer(",", text[:_LONGEST]):
        name, rest = text[: comma.start()].strip(), text[comma.end() :].strip()
        street = rest.split(",")[0].strip()
        if not name or any(map(str.isdigit, name)):
            break
        if blocks.is_street(street) and split(rest):
            return name, rest
        if blocks.LEGAL_FORM.search(name) and towns.of(rest):
            return name, rest
    return text, ""


def _before_postal(
    parts: Sequence[str], postal: re.Match[str]
) -> tuple[dict[str, str], Sequence[str]]:
    # The town, and the state behind it.
    told = postal.groupdict()
    is_in_words = len(parts) > 2 and not any(map(str.isdigit, parts[-1] + parts[-2]))
    if is_in_words and (_SIX.fullmatch(told["postal"]) or _STATE.fullmatch(parts[-1])):
        return {**told, "state": parts[-1], "city": parts[-2]}, parts[:-2]
    return {**told, "city": parts[-1]}, parts[:-1]


def names(party: Party, leaves: dict[Node, Leaf]) -> dict[Node, Leaf]:
    """A name without the address that stands behind it, and that address.

    Args:
        party: whose name it is, by what its properties say.
        leaves: what is found already.
    """
    leaf = leaves.get(party["name"]) if "name" in party else None
    name, address = without_address(str(leaf.value)) if leaf else ("", "")
    if not leaf or not address:
        return {}
    parts = {party["name"]: Leaf(name, name, leaf.place)}
    for role in ("address", "street"):
        if role in party and party[role] not in leaves:
            parts[party[role]] = Leaf(address, address, leaf.place)
            break
    return parts


def find(party: Party, leaves: dict[Node, Leaf], values: Values) -> dict[Node, Leaf]:
    """What a line that was taken for a street, or the address, says of a town as well.

    Args:
        party: whose address it is, by what its properties say.
        leaves: what is found already.
        values: reads texts.
    """
    asked = [party[role] for role in ("street", "address") if role in party]
    if not asked or not {"city", "postal"} & party.keys():
        return {}
    whole = next((leaves[node] for node in asked if node in leaves), None)
    told = split(str(whole.value)) if whole else {}
    parts: dict[Node, Leaf] = {}
    for role, text in told.items():
        node = party.get(role)
        value = values.read(node, text) if node else None
        if whole and node and value and (role == "street" or node not in leaves):
            parts[node] = Leaf(value.value, value.text, whole.place)
    return parts
