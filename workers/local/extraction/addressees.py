"""Whom a letter is to, `Mrs Ada Roe` above an address; or a certificate for, under `Awarded to`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workers.local.extraction import found, labels, people, stand_ins
from workers.local.extraction.found import Finds, Leaf
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet, has_digit
from workers.local.extraction.surroundings import TO
from workers.local.extraction.values import Values

# In which share of the first page an address stands.
_UPPER = 0.45
# Higher up a name may stand without an address, over a number of one of these kinds.
_HEAD = 0.2
_KNOWN_BY = frozenset([("account",), ("customer",), ("member",), ("policy",), ("contract",)])
_FIRM = re.compile(
    r"[^\W\d_a-z][\w.'\u2019-]*(?: (?:[^\W\d_a-z][\w.'\u2019-]*|&|and|und|et|of|de)){1,6}"
)
_TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Herrn?|Frau|Eheleute|Familie|Monsieur|Madame|Mademoiselle|M|Mme|"
    r"Mlle|Sr|Sra|Don|Doña|Sig|Sig\.ra|Dhr|Mevr)\b\.?"
)
_TITLES = re.compile(rf"{_TITLE}(?: (?:and|und|et|y|e|en|&) {_TITLE})?")
_AND = re.compile(r" (?:and|und|et|y|e|en|&) ")
_WORD = r"[^\W\d_a-z][\w.'\u2019-]*"
_LINK = r"(?:de|da|van|von|der|la|le|del|di|al|bin|and|und|et|&)"
_NAME = re.compile(rf"{_WORD}(?: (?:{_WORD}|{_LINK} (?:{_LINK} )?{_WORD})){{0,6}}")
_AWARD = re.compile(
    r"(?:(?:it|this) is (?:hereby )?(?:to )?certif(?:y|ied) that|(?:is |was )?(?:hereby )?"
    r"(?:awarded|presented|granted) to|(?:se )?otorga(?:do)? a|certifica que|hace constar que|"
    r"(?:est )?(?:décerné|délivré) à|hiermit wird bescheinigt,? dass|"
    r"(?:si )?(?:attesta|certifica) che|(?:è )?(?:conferito|rilasciato) a|uitgereikt aan)",
    re.IGNORECASE,
)
# Those whom letters are to, beside those who are like customers.
_ADDRESSED = frozenset(
    (
        "customer",
        "patient",
        "employee",
        "recipient",
        "addressee",
        "holder",
        "participant",
        "cardholder",
    )
)
# What else is said in the name of a property of such a one.
_BESIDE = frozenset(("name", "full", "account", "policy", "contract", "lead", "primary", "main"))


def find(root: Node, finds: Finds, sheets: Sequence[Sheet], values: Values) -> None:
    """Add the name, or the names, of whom a letter is to where nothing else told it.

    Args:
        root: the schema's tree.
        finds: what is found by now.
        sheets: the document's pages.
        values: reads the names.
    """
    leaves = [leaf for leaf in root.leaves() if _is_addressed(leaf, leaf.name)]
    arrays = [one for one in root.arrays() if one.items and _is_addressed(one.items, one.name)]
    named = _name(sheets[0]) if sheets and (leaves or arrays) else None
    if named is None:
        return
    if len(leaves) == 1 and leaves[0] not in finds.leaves and not leaves[0].is_fixed:
        value = values.read(leaves[0], named.text)
        if value:
            finds.leaves[leaves[0]] = Leaf(value.value, value.text, found.place([named]))
    for array in arrays:
        if array.items and not finds.lists.get(array) and len(arrays) == 1:
            finds.lists[array] = list(_each(array.items, named, values))


def _is_addressed(node: Node, name: str) -> bool:
    # `borrower_name`, `accountHolder`, `tenants`.
    tokens = {token.removesuffix("s") for token in labels.tokens(name)}
    who = tokens - _BESIDE
    is_text = node.types == ("string",) and "enum" not in node.schema
    return is_text and len(who) == 1 and bool(who & (_ADDRESSED | stand_ins.LIKE_CUSTOMERS))


def _name(sheet: Sheet) -> Segment | None:
    return _awarded(sheet) or _titled(sheet) or _for(sheet) or _numbered(sheet)


def _for(sheet: Sheet) -> Segment | None:
    # `For  Okapi Ltd`: the label says nothing in other places.
    for segment in sheet.segments:
        if segment.text.rstrip(":").casefold() in TO and segment.text[:1].isupper():
            beside = sheet.right_of(segment)
            is_upper = segment.top <= _UPPER * sheet.page.height
            if beside and is_upper and sheet.at[segment] == 0 and _FIRM.fullmatch(beside.text):
                return beside
    return None


def _numbered(sheet: Sheet) -> Segment | None:
    # A person's name over the number that he or she is known by: `Account ending in 3306`.
    for segment in sheet.segments:
        if segment.top > _HEAD * sheet.page.height:
            return None
        under = sheet.below(segment, 1)
        is_known = under and has_digit(under.text) and labels.tokens(under.text)[:1] in _KNOWN_BY
        is_common = any(labels.is_common(word.text) for word in segment.words)
        if is_known and people.is_person(segment.text) and not is_common:
            return segment
    return None


def _awarded(sheet: Sheet) -> Segment | None:
    # The line below the words with which certificates name whom they are for.
    for segment in sheet.segments:
        if _AWARD.fullmatch(segment.text.strip(" :,")):
            under = sheet.below(segment, 2)
            if under is not None and _is_name(under.text) and len(under.words) > 1:
                return under
    return None


def _titled(sheet: Sheet) -> Segment | None:
    # The first in its line, in the upper part of the page; a title may have a line of its own.
    for line in sheet.lines:
        first = line[0]
        if first.top > _UPPER * sheet.page.height:
            return None
        title = _TITLES.match(first.text)
        if title is None or first.text.endswith((":", ",")):
            continue
        if title.end() == len(first.text):
            under = sheet.below(first, 1)
            if under and sheet.is_aligned(under, first) and _NAME.fullmatch(under.text):
                return under
        elif first.text[title.end()] == " " and _is_name(first.text[title.end() + 1 :]):
            return first
    return None


def _is_name(text: str) -> bool:
    parts = _AND.split(text)
    return all(_NAME.fullmatch(people.untitled(part)) for part in parts)


def _each(item: Node, named: Segment, values: Values) -> Iterator[Leaf]:
    # `Mr Ada Roe and Mrs Ida Roe` are two.
    for part in _AND.split(named.text):
        if len(part.split()) > 1:
            value = values.read(item, part)
            if value:
                yield Leaf(value.value, value.text, found.place([named]))
