"""What stands at a letter's or an order's end: who signed, and what he or she is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from workers.local.extraction import blocks, found, labels, names
from workers.local.extraction.found import Leaf
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet, has_digit
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
_SIGNED = frozenset(
    re.findall(
        r"\w+",
        "signatory signer signed author writer unterzeichner unterzeichnerin signataire firmante "
        "firmatario ondertekenaar",
    )
)
# The signature may be written into so many lines, beside the firm's name.
_LINES = 5
_FOR = re.compile(r"(?:for|für|pour|por|per pro|p\.p\.|i\. ?a\.)(?: and on behalf of)? \S", re.I)
# What somebody is, in properties of whoever signed.
_TITLES = frozenset(("title", "position", "role", "function", "funktion", "fonction", "cargo"))
_OF_TITLES = frozenset(("job", "name", "description"))
_FIRMS = frozenset(("organization", "organisation", "company", "firm"))
_MOST_TITLE_WORDS = 6


def find(
    leaves: Sequence[Node], known: dict[Node, Leaf], sheets: Sequence[Sheet], values: Values
) -> dict[Node, Leaf]:
    """Who signed a document, and as what.

    Args:
        leaves: all properties outside of arrays.
        known: what is found of them already.
        sheets: the document's pages.
        values: reads the texts.
    """
    told: dict[Node, Leaf] = {}
    asked = [leaf for leaf in leaves if leaf.types == ("string",) and "enum" not in leaf.schema]
    asked = [leaf for leaf in asked if leaf not in known and _is_of_signer(leaf, leaves)]
    signed = _signature(sheets) if asked else None
    for leaf in asked if signed else ():
        segment = signed[1 if _is_title(leaf) else 0] if signed else None
        value = values.read(leaf, segment.text.strip("()")) if segment else None
        if value and segment:
            told[leaf] = Leaf(value.value, value.text, found.place([segment]))
    return told


def is_person(text: str) -> bool:
    """Whether a text is a name as people have."""
    plain = text.strip("()")
    is_name = NAME.fullmatch(plain) is not None and len(plain.split()) < 6
    return is_name and not blocks.LEGAL_FORM.search(plain) and not labels.is_common(plain)


def _is_of_signer(leaf: Node, leaves: Sequence[Node]) -> bool:
    # `signatory`, `signer.name`; the `sender.name` of a letter where its firm is asked for as well.
    own, whose = labels.tokens(leaf.name), labels.tokens(" ".join(leaf.parents[-1:]))
    telling = [token for token in own if token not in names.VAGUE | _TITLES | _OF_TITLES]
    if telling:
        return len(telling) == 1 and telling[0] in _SIGNED and names.role(leaf) in (None, "name")
    if _is_title(leaf):
        return bool(set(whose) & (_SIGNED | {"sender"}))
    if own != ("name",):
        return False
    return bool(set(whose) & _SIGNED) or ("sender" in whose and has_firm(leaf, leaves))


def has_firm(leaf: Node, leaves: Sequence[Node]) -> bool:
    """Whether a schema asks for the firm beside a name, which is a person's then."""
    beside = [one for one in leaves if one.parents == leaf.parents and one is not leaf]
    return any(set(labels.tokens(one.name)) & _FIRMS for one in beside)


def _is_title(leaf: Node) -> bool:
    return bool(set(labels.tokens(leaf.name)) & _TITLES)


def _signature(sheets: Sequence[Sheet]) -> tuple[Segment, Segment | None] | None:
    # Below `Yours sincerely` or `For Okapi Ltd`, without the firm's name.
    for is_end in (_CLOSING.fullmatch, _is_for_firm):
        for sheet in sheets:
            for line in sheet.lines:
                for place, segment in enumerate(line if is_end(line[0].text) else line[-1:]):
                    if is_end(segment.text) and (place == 0 or len(line) > 1):
                        signed = _under(sheet, segment)
                        if signed:
                            return signed
    return None


def _is_for_firm(text: str) -> bool:
    return _FOR.match(text) is not None and blocks.LEGAL_FORM.search(text) is not None


def _under(sheet: Sheet, closing: Segment) -> tuple[Segment, Segment | None] | None:
    for below in sheet.lines[closing.line + 1 : closing.line + 1 + _LINES]:
        for segment in below:
            name, title = _parted(segment)
            if is_person(name.text) and not segment.text.startswith(("For ", "i. A.")):
                return name, title or _title_under(sheet, segment)
    return None


def _parted(segment: Segment) -> tuple[Segment, Segment | None]:
    # `Ada Roe, Head of Sales`
    for position, word in enumerate(segment.words[:-1]):
        if word.text.endswith(","):
            last = replace(word, text=word.text.rstrip(","))
            name = replace(segment.part(0, position + 1), words=(*segment.words[:position], last))
            return name, segment.part(position + 1)
    return segment, None


def _title_under(sheet: Sheet, name: Segment) -> Segment | None:
    under = sheet.below(name, 1)
    if under is None or has_digit(under.text) or len(under.words) > _MOST_TITLE_WORDS:
        return None
    is_office = under.text[:1].isupper() and ":" not in under.text and "@" not in under.text
    return under if is_office and not blocks.LEGAL_FORM.search(under.text) else None
