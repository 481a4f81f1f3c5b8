"""What a receipt says without labels: who sold, where that is, when it was, and what was paid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from workers.local.extraction import dates, found, labels, letterheads, parties, tills
from workers.local.extraction.found import Leaf
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet
from workers.local.extraction.values import Values
from workers.local.terms import folded

# What a property may be called that is about the receipt itself or who issued it.
_TOTALS = frozenset(("total", "payable", "gross", "paid", "amount", "receipt", "invoice"))
_DATES = frozenset(("date", "receipt", "invoice", "purchase", "issue", "document", "payment"))
_SHOPS = frozenset([("vendor",), ("company",), ("sender",)])
# A receipt's head is no longer than so many lines; an address no longer than so many.
_HEAD_LINES, _ADDRESS_LINES, _NAME_LINES = 14, 6, 2
# A name's letters at the least; words of a label and of a town's line at the most.
_LETTERS, _LABEL_WORDS, _TOWN_WORDS = 3, 3, 3
_REGISTERED = re.compile(
    r"^\W*(?:co|company|reg|registration|roc|gst|sst|tax|vat|ust|uid|tva|siret|siren|rcs|nif|cif|"
    r"p iva|partita|btw|kvk|ein|abn|business)\b.*\d|^\W*[a-z]{0,4}\d{5,}(?:-?[a-z\d]{1,3})?\W*$"
)
_CONTACT = re.compile(
    r"^\W*(?:tel|telephone|telefon|phone|ph|fax|mobile|mob|hp|h p|hotline|e ?mail|web|website|www)"
    r"(?![^\W\d_])|@|www\.|https?:|^[+()\d\s/.-]{8,}$"
)
_TITLE = re.compile(
    r"^\W*(?:simplified |official |retail |tax ?|sales |cash )*(?:invoice|receipt|bill|sales?|memo|"
    r"quittung|kassenbon|rechnung|beleg|ticket|facture|recu|recibo|factura|ricevuta|scontrino|bon|"
    r"kassabon|copy|duplicate|reprint)\W*$|^\W*tax ?invoice"
)
_STREET = re.compile(
    r"\b(?:jalan|jln|lorong|lot|taman|tmn|bandar|street|st|road|rd|avenue|ave|lane|ln|drive|dr|blvd|"
    r"boulevard|highway|hwy|square|suite|unit|floor|level|tingkat|bangunan|kampung|kg|block|blk|rue|via|viale|calle|avda|avenida|"
    r"plaza|place|quai|chemin|allee|platz|weg|gasse|ring|straat|laan|plein)\b|^\W*no\b|"
    r"(?:strasse|str\.|gasse|weg|platz|straat|laan)\s*\d"
)
_POSTAL = re.compile(
    r"(?<!\d)\d{4,6}(?!\d)\s?[^\W\d_]{3}|[^\W\d_]{3}[\s,.-]+\d{5}$|"
    r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b"
)
# What begins or ends a line of an address also where no number stands in it.
_WAY = re.compile(
    r"^\W*(?:off )?(?:jalan|jln|lorong|taman|rue|calle|avenida|viale)\b|"
    r"(?:street|road|avenue|lane|strasse|straat)\W*$"
)
_NUMBER_BEHIND = re.compile(
    r"\s*[(\uff08]\s*(?:(?:co|reg|roc)\b[^)]*|[\w-]{0,6}\d{4}[\w\s-]*)[)\uff09]?\s*$"
    r"|\s+#\s?\d{2,8}\s*$",
    re.IGNORECASE,
)
_LEGAL_FORM = re.compile(
    r"\b(?:sdn\.? ?bhd|bhd|s/b|plt|pte\.? ?ltd|pty|enterprises?|trading)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class _Head:
    # The lines over a receipt's title, or its first entry: of the name, and of the address.
    name: list[Segment]
    address: list[Segment]


def find(leaves: Sequence[Node], sheets: Sequence[Sheet], values: Values) -> dict[Node, Leaf]:
    """What a receipt says.

    Args:
        leaves: all properties outside of arrays.
        sheets: its pages.
        values: reads texts.
    """
    leaves_found: dict[Node, Leaf] = {}
    head, total = _head(sheets[0]), tills.paid(sheets)
    for leaf in leaves:
        if total is not None and _is_total(leaf):
            _put(leaves_found, leaf, [total], values)
        elif labels.tokens(leaf.name) == ("address",) and not leaf.parents:
            _put(leaves_found, leaf, head.address, values)
    for who, party in parties.parties(leaves).items():
        if who in _SHOPS:
            leaves_found |= _shop(party, head, values)
    return leaves_found


def date(leaves: Sequence[Node], sheets: Sequence[Sheet], values: Values) -> dict[Node, Leaf]:
    """When a receipt was printed, which stands beside the time of day."""
    nodes = [leaf for leaf in leaves if _is_date(leaf)]
    if len(nodes) != 1:
        return {}
    for sheet in sheets:
        for segment in _joined(sheet):
            match = dates.find(segment.text)
            if match and dates.time_after(segment.text, match.end()):
                value = values.read(nodes[0], segment.text[match.start() :], True)
                if value:
                    return {nodes[0]: Leaf(value.value, value.text, found.place([segment]))}
    return {}


def _is_total(leaf: Node) -> bool:
    tokens = set(labels.tokens(leaf.name))
    return tokens <= _TOTALS and bool(tokens & {"total", "payable", "amount"})


def _is_date(leaf: Node) -> bool:
    tokens = set(labels.tokens(leaf.name))
    return "string" in leaf.types and "date" in tokens and tokens <= _DATES


def _put(
    leaves: dict[Node, Leaf], node: Node, lines: Sequence[Segment], values: Values, sign: str = "\n"
) -> None:
    text = _NUMBER_BEHIND.sub("", sign.join(line.text for line in lines))
    value = values.read(node, text, True) if text else None
    if value:
        leaves[node] = Leaf(value.value, value.text, found.place(lines))


def _shop(party: parties.Party, head: _Head, values: Values) -> dict[Node, Leaf]:
    leaves = parties.told_apart([*head.name[:1], *head.address], party, values)
    for role, lines, sign in (("name", head.name, " "), ("address", head.address, "\n")):
        if role in party:
            leaves.pop(party[role], None)
            _put(leaves, party[role], lines, values, sign)
    return leaves


def _head(sheet: Sheet) -> _Head:
    # The name, its numbers, and the address, up to what is none of them.
    names: list[Segment] = []
    behind: list[Segment] = []  # what follows a number, as a building's name does
    address: list[Segment] = []
    is_numbered = False
    for line in _joined(sheet)[:_HEAD_LINES]:
        text = folded(line.text)
        if _is_aside(line, text):
            if address:
                break
            is_numbered = bool(names) and bool(_REGISTERED.search(text))
        elif _is_address(text) or (address and _goes_on(line, text, address)):
            address.append(line)
        elif address:
            break
        elif _is_name(line) and not text.startswith("("):
            (behind if is_numbered and names else names).append(line)
        if len(address) == _ADDRESS_LINES:
            break
    has_place = any(_is_address(folded(line.text)) for line in address)
    return _Head(_name(names), [*behind[-1:], *address] if has_place else [])


def _name(lines: Sequence[Segment]) -> list[Segment]:
    # The line with a legal form, else the first; but no note in small letters over a printed name.
    printed = [line for line in lines if not line.text.islower()] or list(lines)
    legal = [line for line in printed if _is_firm(line.text)]
    first = next(iter(legal or printed), None)
    if first is None:
        return []
    following = printed[printed.index(first) + 1 :][: _NAME_LINES - 1]
    goes_on = first.text.rstrip().endswith(("&", " and", " und", " et", ","))
    return [first, *(following if goes_on else [])]


def _is_firm(text: str) -> bool:
    plain = _NUMBER_BEHIND.sub("", text)
    return bool(_LEGAL_FORM.search(plain)) or letterheads.has_legal_form(plain)


def _is_name(line: Segment) -> bool:
    letters = sum(map(str.isalpha, line.text))
    return letters >= _LETTERS and letters > sum(map(str.isdigit, line.text))


def _is_aside(line: Segment, text: str) -> bool:
    if _TITLE.search(text) or _CONTACT.search(text) or _REGISTERED.search(text):
        return True
    start, colon, _ = line.text.partition(":")
    is_label = bool(colon) and len(start.split()) <= _LABEL_WORDS
    return dates.find(line.text) is not None or (is_label and not _is_address(text))


def _is_address(text: str) -> bool:
    has_number = any(map(str.isdigit, text))
    is_way = bool(_WAY.search(text)) or (has_number and bool(_STREET.search(text)))
    return is_way or bool(_POSTAL.search(text))


def _goes_on(line: Segment, text: str, address: Sequence[Segment]) -> bool:
    # A town or a state of few words, or what a comma leads to.
    is_short = len(line.words) <= _TOWN_WORDS and not any(map(str.isdigit, text))
    is_led = address[-1].text.rstrip().endswith((",", "-"))
    return (is_short or is_led) and ":" not in text and "(" not in text


def _joined(sheet: Sheet) -> list[Segment]:
    # Receipts space their letters as they like: a line is one piece.
    return [
        replace(
            line[0],
            words=tuple(word for segment in line for word in segment.words),
            seen=tuple(word for segment in line for word in segment.seen),
        )
        for line in sheet.lines
        if line
    ]
