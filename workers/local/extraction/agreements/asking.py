"""What a schema wants to know of an agreement, by the names of its properties."""

from __future__ import annotations

import re
from functools import lru_cache

from workers.local.extraction.schemas import Node

_CAMEL = re.compile(r"(?<=[a-z\d])(?=[A-Z])")
_WORD = re.compile(r"[a-z\d]+")
_AGREEMENTS = frozenset(
    ("agreement", "contract", "document", "lease", "deal", "nda", "deed", "license", "the", "of")
)
_TITLES = frozenset(("title", "name", "type", "kind", "heading"))
_SIGNED = "date dated signing signed signature execution executed made entered in into on"
_MADE = frozenset(_SIGNED.split())
_ENDS = frozenset(("expiration", "expiry", "expires", "end", "ends", "termination", "maturity"))
_BEGINS = frozenset(("effective", "commencement", "start", "begin", "beginning", "commences"))
_LAW = frozenset(("law", "laws", "jurisdiction"))
_OF_LAW = frozenset(
    ("governing", "applicable", "choice", "state", "country", "legal", "governed", "by")
)
_RENEWALS = frozenset(("renewal", "renew", "renews", "extension"))
_PERIODS = frozenset(("term", "period", "length", "duration", "time"))
_UNITS = frozenset(("day", "days", "week", "weeks", "month", "months", "year", "years"))
_NOTICES = frozenset(("notice", "notification"))
_TERMS = frozenset(("term", "duration", "initial", "length", "period", "years", "months", "total"))
_PARTIES = frozenset(("parties", "party", "signatories", "counterparties"))
_OF_PARTIES = frozenset(("contracting", "signing", "names", "involved", "list", "to"))
_ROLES = frozenset(
    ("role", "alias", "type", "term", "label", "capacity", "designation", "referred", "short")
)
_MORE = (
    "email phone telephone fax id number signatory representative date state country city zip "
    "signature title contact jurisdiction entity"
)
_OTHER_DETAILS = frozenset(_MORE.split())
_OF_DETAILS = frozenset(("name", "full", "legal", "address", "company", "the", "role", "alias"))
_ORDER = (("a", "1", "first", "one"), ("b", "2", "second", "two"), ("c", "3", "third", "three"))
# Who is called so by one agreement is called otherwise by another.
_SAME = {
    ("lessor",): ("landlord",),
    ("landlord",): ("lessor",),
    ("lessee",): ("tenant",),
    ("tenant",): ("lessee",),
    ("purchaser",): ("buyer",),
    ("buyer",): ("purchaser",),
    ("discloser",): ("disclosing", "party"),
    ("recipient",): ("receiving", "party"),
}

# What `of` says of a property that wants a date, and of one that wants a length of time.
DATES = frozenset(("made", "begins", "ends"))
PERIODS = frozenset(("renewal", "notice", "renewal notice", "term"))


@lru_cache(maxsize=10_000)
def words_in_order(name: str) -> tuple[str, ...]:
    """The words that a property's name is made of."""
    return tuple(_WORD.findall(_CAMEL.sub("_", name).casefold()))


def of(node: Node) -> str | None:
    """What a scalar wants to know: `title`, `made`, `begins`, `ends`, `law`, `renewal`, ..."""
    asked = frozenset(words_in_order(node.name))
    is_of_contract = asked - _AGREEMENTS
    if asked & _TITLES and is_of_contract <= _TITLES and asked & (_AGREEMENTS | {"title"}):
        return "title"
    if _is_date(node, asked):
        return _date(asked)
    if asked & _LAW and is_of_contract <= _LAW | _OF_LAW:
        return "law"
    if asked & _NOTICES and asked & {*_PERIODS, "days", "months"}:
        return "renewal notice" if asked & _RENEWALS else "notice"
    if asked & _RENEWALS and is_of_contract <= _RENEWALS | _PERIODS:
        return "renewal"
    if asked & {"term", "duration"} and is_of_contract <= _TERMS:
        return "term"
    return None


def is_any_date(node: Node) -> bool:
    """Whether a property that wants a date does not say of what: another's will do as well."""
    return not set(words_in_order(node.name)) & (_AGREEMENTS - {"document"})


def unit(node: Node) -> str | None:
    """The unit in which a property wants a period: `day` for `notice_days`; None for any."""
    asked = words_in_order(node.name)
    return next((word.removesuffix("s") for word in asked if word in _UNITS), None)


def wants_parties(array: Node) -> bool:
    """Whether an array is of those who agree."""
    asked = frozenset(words_in_order(array.name)) - _AGREEMENTS
    return bool(asked & _PARTIES) and asked <= _PARTIES | _OF_PARTIES


def detail(node: Node) -> str:
    """Which detail of a party a property wants: its `name`, `role`, `address`, or another."""
    asked = set(words_in_order(node.name))
    if asked & _ROLES:
        return "role"
    if "address" in asked:
        return "address"
    return "other" if asked & _OTHER_DETAILS or "string" not in node.types else "name"


def is_about(node: Node, alias: str, place: int) -> bool:
    """Whether a property is about the party that the agreement calls so.

    Args:
        node: the property: `licensor_name`, or `name` of an object `licensor`.
        alias: such as `Licensor` or `Disclosing Party`; empty where it has no other name.
        place: which of the parties it is, from 0: `party_a` is the first.
    """
    called = tuple(word for word in _WORD.findall(alias.casefold()) if word != "the")
    for name in (node.name, *node.parents[-1:]):
        asked = tuple(word for word in words_in_order(name) if word not in _OF_DETAILS)
        if asked and (asked in (called, _SAME.get(called)) or asked in _places(place)):
            return True
    return False


def _places(place: int) -> tuple[tuple[str, ...], ...]:
    if place >= len(_ORDER):
        return ()
    return tuple(pair for one in _ORDER[place] for pair in (("party", one), (one, "party")))


def _is_date(node: Node, asked: frozenset[str]) -> bool:
    is_text = "string" in node.types
    return is_text and (node.schema.get("format") == "date" or bool(asked & {"date", "dated"}))


def _date(asked: frozenset[str]) -> str | None:
    rest = asked - _AGREEMENTS - {"date"}
    if rest <= _MADE:
        return "made"
    if rest & _BEGINS:
        return "begins"
    return "ends" if rest & _ENDS else None
