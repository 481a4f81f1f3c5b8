"""Who signed, and who holds an office: a name above or before what somebody is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workers.local.extraction import found, labels, names, signatures
from workers.local.extraction.found import Leaf
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet
from workers.local.extraction.signatures import NAME, is_person
from workers.local.extraction.values import Values

# What the offices are called in full that names of properties shorten.
_OFFICES = {
    "ceo": "chief executive",
    "cfo": "chief financial",
    "coo": "chief operating",
    "cto": "chief technology",
    "geschaeftsfuehrer": "geschaftsfuhrer",
}
_HOLDERS = frozenset(
    re.findall(
        r"\w+",
        "ceo cfo coo cto director directora directeur directrice direttore direttrice president "
        "presidente chairman chairperson chairwoman principal headteacher head registrar secretary "
        "treasurer manager dean rector notary tutor coordinator supervisor geschaftsfuhrer leiter "
        "leiterin notar notaire notario instructor trainer surveyor auditor inspector",
    )
)
_OWNING = frozenset(("inhaber", "owner", "proprietor", "titular", "titolare", "gerant"))
_OWNER = re.compile(
    r"(?:inh\.|inhaber(?:in)?|prop\.|proprietor|owner|titular|titolare|gérant|tit\.)[:.]?", re.I
)
_BEFORE = re.compile(rf"(?P<name>{NAME.pattern}), (?P<office>[^\W\d_a-z][^,.;:\"\u201d]{{2,60}})")


def find(
    leaves: Sequence[Node], known: dict[Node, Leaf], sheets: Sequence[Sheet], values: Values
) -> dict[Node, Leaf]:
    """The names of who signed a letter, and of those of whom it says what they are.

    Args:
        leaves: all properties outside of arrays.
        known: what is found of them already.
        sheets: the document's pages.
        values: reads the names.
    """
    told: dict[Node, Leaf] = signatures.find(leaves, known, sheets, values)
    for node in leaves:
        if node in known or node in told or node.types != ("string",) or "enum" in node.schema:
            continue
        for name in _named(node, sheets):
            value = values.read(node, name.text.strip("()"))
            if value:
                told[node] = Leaf(value.value, value.text, found.place([name]))
                break
    return told


def _named(node: Node, sheets: Sequence[Sheet]) -> Iterator[Segment]:
    whom = [one for one in labels.tokens(node.name) if one not in names.VAGUE]
    if len(whom) != 1 or names.role(node) not in (None, "name"):
        return
    for sheet in sheets:
        if whom[0] in _OWNING:
            yield from _owning(sheet)
        elif whom[0] in _HOLDERS or whom[0] in _OFFICES:
            yield from _holding(sheet, _OFFICES.get(whom[0], whom[0]))


def _owning(sheet: Sheet) -> Iterator[Segment]:
    # `Inh. Ada Roe` under the name of her restaurant.
    for segment in sheet.segments:
        name = segment.part(1)
        if _OWNER.fullmatch(segment.words[0].text) and name.words and is_person(name.text):
            yield name


def _holding(sheet: Sheet, office: str) -> Iterator[Segment]:
    for segment in sheet.segments:
        if _says(segment.text, office) and len(segment.words) < 8:
            above = _above(sheet, segment)
            if above is not None and is_person(above.text):
                yield above
        for match in _BEFORE.finditer(segment.text):
            if _says(match["office"], office):
                start = len(segment.text[: match.start()].split())
                yield segment.part(start, start + len(match["name"].split()))


def _above(sheet: Sheet, segment: Segment) -> Segment | None:
    line = sheet.lines[segment.line - 1] if segment.line else []
    return next((one for one in line if one.is_over(segment)), None)


def _says(text: str, office: str) -> bool:
    return re.search(rf"\b{re.escape(office)}\b", labels.plain(text)) is not None
