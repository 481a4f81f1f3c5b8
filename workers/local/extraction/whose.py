"""Whom the properties of a schema are about, as far as names and objects tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workers.local.extraction import labels, stand_ins
from workers.local.extraction.labels import Tokens
from workers.local.extraction.schemas import Node

PARTIES = frozenset(
    [
        "customer",
        "vendor",
        "sender",
        "shipto",
        "patient",
        "employee",
        "employer",
        "company",
        "contact",
        "contract",
        "bank",
    ]
)
# Firms of which papers of other firms speak.
_OTHER_COMPANIES = frozenset(
    ("insurance", "shipping", "transport", "parent", "last", "first", "number", "holding", "target")
)
# What an object says of a place; its name has so many words at most.
_PLACE, _MOST_WORDS = frozenset(("address", "street", "city", "postal", "country", "state")), 3
# What is called so is whom a paper is to's: `Votre commande`.
YOURS = re.compile(r"\b(?:ihre?|your|votre|uw|vostra|su|client|customer|kunden?)\b", re.IGNORECASE)
# An address of which the schema does not say whose it is.
NOBODY = ("nobody",)
_LIKE_VENDORS = frozenset(("vendor", "sender", "company")) | stand_ins.LIKE_VENDORS


def owners(leaf: Node) -> tuple[str, ...]:
    """The objects that a property is of: `supplier.address.street` is the supplier's."""
    is_address = labels.tokens(" ".join(leaf.parents[-1:])) == ("address",)
    return leaf.parents[-2:] if is_address else leaf.parents[-1:]


def is_issuing(leaf: Node, tokens: Sequence[str]) -> bool:
    """Whether a company is that which writes a paper: an `inspection_company`."""
    is_kind = len(tokens) == 2 and tokens[-1] == "company" and not leaf.parents
    return is_kind and not set(tokens[:1]) & (PARTIES | _OTHER_COMPANIES)


def is_of_place(leaf: Node) -> bool:
    """Whether a property is a part of an address in an object that is called after a place."""
    whose = labels.tokens(" ".join(leaf.parents[-1:]))
    own = set(labels.tokens(leaf.name))
    return 0 < len(whose) <= _MOST_WORDS and bool(own) and own <= _PLACE | {"code"}


def settle(grouped: dict[Tokens, dict[str, Node]]) -> None:
    """Give parties what is theirs though nothing says so.

    An address of nobody is that of whoever issues the paper, where nobody else is asked for; a firm
    of which no person is asked for is the name; and an address beside a town is the street.

    Args:
        grouped: properties by whom they are about and by what they say; changed.
    """
    nobodys = grouped.pop((), {})
    issuers = [who for who in grouped if who[0] in _LIKE_VENDORS and "name" in grouped[who]]
    others = {who[0] for who in grouped} & (PARTIES - _LIKE_VENDORS)
    is_free = len(issuers) == 1 and not _PLACE & grouped[issuers[0]].keys()
    if is_free and not others and "street" in nobodys:
        places = {role: node for role, node in nobodys.items() if role in _PLACE}
        grouped[issuers[0]] = places | grouped[issuers[0]]
    elif {"street", "address"} & nobodys.keys() and len(_PLACE & nobodys.keys()) > 1:
        grouped[NOBODY] = {role: node for role, node in nobodys.items() if role in _PLACE}
    for party in grouped.values():
        if "firm" in party and "name" not in party:
            party["name"] = party.pop("firm")
        beside = [party[role] for role in ("city", "postal") if role in party]
        address = party.get("address")
        is_street = address and address.parents and len(beside) == 2
        if is_street and address and all(one.parents == address.parents for one in beside):
            party.setdefault("street", party.pop("address"))
