"""Who signed, and who holds an office: a name above or before what somebody is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workers.local.extraction import blocks, found, labels, names
from workers.local.extraction.found import Leaf
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet
from workers.local.extraction.values import Values

_CLOSING = re.compile(
    r"(?:yours (?:sincerely|faithfully|truly)|sincerely(?: yours)?|(?:(?:kind|best|warm) )?regards|"
    r"(?:mit )?(?:freundlichen|freundlichem|besten|herzlichen) gr(?:ü|ue)(?:ß|ss)en?|"
    r"hochachtungsvoll|"
    r"cordialement|bien à vous|atentamente|un saludo|saludos|distinti saluti|cordiali saluti|"
    r"met vriendelijke groet(?:en)?)[,.]?",
    re.IGNORECASE,
)
_TITLED = r"(?:(?:Dr|Prof|Mr|Mrs|Ms|Miss|Mx|Ing|Dipl\.-Ing|M|Mme|Sr|Sra)\.? )*"
_WORD = r"[^\W\d_a-z](?:[\w'\u2019-]*[^\W_]|\.)?"
_LINK = r"(?:de|da|van|von|der|la|del|di|al|bin)"
NAME = re.compile(rf"{_TITLED}{_WORD}(?: (?:{_LINK} )?(?:{_LINK} )?{_WORD}){{1,4}}")
_SIGNED = frozenset(("signatory", "signer", "signed", "author", "writer"))
# The signature may be written into so many lines, beside the firm's name.
_LINES = 5
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
    told: dict[Node, Leaf] = {}
    for node in leaves:
        if node in known or node.types != ("string",) or "enum" in node.schema:
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
        if whom[0] in _SIGNED:
            yield from _signed(sheet)
        elif whom[0] in _HOLDERS or whom[0] in _OFFICES:
            yield from _holding(sheet, _OFFICES.get(whom[0], whom[0]))


def _signed(sheet: Sheet) -> Iterator[Segment]:
    # Below `Yours sincerely`, without the firm's name.
    for line in sheet.lines:
        if _CLOSING.fullmatch(line[0].text):
            for below in sheet.lines[line[0].line + 1 : line[0].line + 1 + _LINES]:
                first = below[0]
                if _is_person(first.text) and not first.text.startswith(("For ", "i. A.")):
                    yield first


def _holding(sheet: Sheet, office: str) -> Iterator[Segment]:
    for segment in sheet.segments:
        if _says(segment.text, office) and len(segment.words) < 8:
            above = _above(sheet, segment)
            if above is not None and _is_person(above.text):
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


def _is_person(text: str) -> bool:
    plain = text.strip("()")
    is_name = NAME.fullmatch(plain) is not None and len(plain.split()) < 6
    return is_name and not blocks.LEGAL_FORM.search(plain) and not labels.is_common(plain)
