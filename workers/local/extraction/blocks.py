"""Addresses as they stand on a page: a name, a street, a town, and what is close to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from workers.local.extraction import dates, labels, shapes, towns
from workers.local.extraction.names import PARTIES
from workers.local.extraction.segments import Segment
from workers.local.extraction.surroundings import Surroundings

# How many line heights may be between a name and its street, and between other lines.
NAME_GAP, LINE_GAP, HEADING_GAP = 2.6, 1.4, 6.0
# In so many lines above a line the next may be; those between are of other columns.
_LINES_ABOVE = 6
MOST_ABOVE, MOST_BELOW, _MOST_WORDS = 5, 6, 8
_LONG_COUNTRY = re.compile(r"(?:the )?(?:United States of America|United Kingdom of .*)", re.I)
_STREET = re.compile(
    r"\d+[\w/-]*,? (?:\d+(?:st|nd|rd|th) )?[^\W\d].*"
    r"|[^\W\d].*\s\d+\s?[a-zA-Z]?(?:\s?[/-]\s?\d+)?(?:,.*)?"
    r"|[^\W\d][^,\d]{1,40}, \d{1,4}[a-z]?,? [^\W\d].*"
    r"|P\.?\s?O\.? Box.*"
    r"|(?i:(?:(?:door|plot|house|flat|shop|unit|h|d)\.? ?)?no\.? ?\d[\w/-]*,.*)"
)
# Of letters and digits alone it is a code.
_WORD = re.compile(r"[^\W\d_]{3}")
_HONORIFIC = re.compile(
    r"(?:herrn?|frau|fa\.?|firma|an|familie|mr\.?|mrs\.?|ms\.?|m\.|mme|to|attn:?|à|monsieur|"
    r"madame|mademoiselle|mlle|señora?|signora?|sr\.?|sra\.?|dhr\.?|mevr\.?)",
    re.IGNORECASE,
)
_NUMBERS = frozenset(("number", "taxid", "tax"))
# What is before other numbers than a house's: `Account ending in 3306`.
_NUMBERED = frozenset(
    ["account", "invoice", "order", "quote", "phone", "fax", "date", "tax", "taxid"]
)
LEGAL_FORM = re.compile(
    r"(?:\b(?:ltd|limited|llc|llp|inc|corp|corporation|plc|gmbh|ag|kg|kgaa|ohg|ug|e\.?g|se|sa|sas|"
    r"sarl|sàrl|eurl|srl|spa|bv|nv|oy|ab|a/s|aps|co|pty|pvt|pte|wll|sro|doo|kft)|\b(?:s\.a\.|s\.l\.|s\.r\.l\.|s\.p\.a\.|b\.v\.|"
    r"n\.v\.|n\.a\.|w\.l\.l|d\.o\.o|s\.r\.o|z o\.o))\.?$",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(r"(?:[A-Z]{2,5}[-.]?|[^\W\d_][^:\d]{0,30}:) ?[\dA-Z][\w./ -]*\d.*")


@dataclass(frozen=True, eq=False)
class Block:
    """An address on a page.

    Attributes:
        lines: its lines, from the name on.
        heading: the label above it or beside it, or None.
        is_addressed: whether it begins as letters do: `Herrn`.
    """

    lines: tuple[Segment, ...]
    heading: Segment | None
    is_addressed: bool = False

    @property
    def name(self) -> str:
        """Whose it is."""
        return self.lines[0].text


# Several ask for a page's; what was found goes with the page.
_found: WeakKeyDictionary[Surroundings, list[Block]] = WeakKeyDictionary()


def is_above_town(town_line: str, text: str) -> bool:
    """Whether a line that looks like a town is a house and its street: `2558 Elm Row`.

    Args:
        town_line: the line under it.
        text: the line.
    """
    under = towns.of(town_line)
    is_town = under is not None and bool(under.state)
    return is_town and towns.of(text) is not None and text[:1].isdigit()


def is_street(text: str) -> bool:
    """Whether a line may be a street with a house's number."""
    if len(text) > towns.LONGEST:
        return False
    is_formed = _STREET.fullmatch(text) is not None and ":" not in text and towns.of(text) is None
    is_formed = is_formed and dates.find(text) is None and _WORD.search(text) is not None
    return is_formed and (
        shapes.WAY.search(text) is not None or not _NUMBERED & set(labels.tokens(text)[:1])
    )


def is_way(text: str) -> bool:
    """Whether a line is a house's number and its street, and so nobody's name."""
    return text[:1].isdigit() and is_street(text) and shapes.WAY_ANY_CASE.search(text) is not None


def is_line(text: str) -> bool:
    """Whether a text, though made of words of labels, is of an address: `Lieferant AG`."""
    if LEGAL_FORM.search(text):
        return True
    return "street" in labels.tokens(text) and is_street(text)


def is_identifier(text: str) -> bool:
    """Whether a line is a number that somebody is known by, with what it is called before it."""
    return len(text) <= towns.LONGEST and _IDENTIFIER.fullmatch(text) is not None


def find(near: Surroundings) -> list[Block]:
    """The addresses of a page, from the top."""
    if near not in _found:
        _found[near] = _find(near)
    return _found[near]


def _find(near: Surroundings) -> list[Block]:
    found: list[Block] = []
    used: set[Segment] = set()
    for segment in near.sheet.segments:
        is_postal = towns.POSTAL_ALONE.fullmatch(segment.text) is not None
        if segment in used or (towns.of(segment.text) is None and not is_postal):
            continue
        under = near.sheet.block(segment)[1:2]
        if under and is_above_town(under[0].text, segment.text):
            continue
        above, heading = _above(near, segment)
        name = without_titles(above)
        lines = (*name, segment, *_below(near, segment))
        is_whole = bool(name) and _is_name(name[0].text)
        is_sure = heading is not None or any(
            is_street(line.text) or is_above_town(segment.text, line.text) for line in name[1:]
        )
        if is_whole and is_sure and not used & set(lines):
            used.update(lines)
            is_addressed = is_title(above[0].text)
            found.append(Block(lines, heading, is_addressed))
    return found


def is_title(text: str) -> bool:
    """Whether a line is what stands before a name: `Herrn`."""
    return _HONORIFIC.fullmatch(text) is not None


def without_titles(lines: Sequence[Segment]) -> list[Segment]:
    """Lines of an address without what stands before a name: `Herrn`, a number."""
    for position, line in enumerate(lines[:4]):
        is_name = (
            not line.text.startswith("(")
            and not is_title(line.text)
            and not LEGAL_FORM.fullmatch(line.text)
            and not is_identifier(line.text)
        )
        if is_name:
            return list(lines[position:])
    return list(lines)


def _above(near: Surroundings, last: Segment) -> tuple[list[Segment], Segment | None]:
    # The lines up to the name, and the label above them.
    lines: list[Segment] = []
    below = last
    while len(lines) < MOST_ABOVE:
        over = _over(near, below, last)
        if over is None:
            break
        gap = (below.top - over.bottom) / near.sheet.height
        if gap <= HEADING_GAP and lines and _is_partys(over):
            return lines[::-1], over
        if gap > NAME_GAP or (gap > LINE_GAP and lines and not is_street(below.text)):
            break
        if set(labels.tokens(over.text)) <= _NUMBERS:
            below = over  # what stands beside it is one
            continue
        is_called = is_title(over.text) and not _is_partys(over)  # `Firma` above its name
        if _is_heading(near, over) and not is_called:
            return lines[::-1], over
        is_end = _ends(over) and not is_above_town(below.text, over.text)
        if is_end or _is_number(over.text):
            break
        lines.append(over)
        below = over
        if is_title(over.text):
            break
    lines = lines[::-1]
    first = next(iter(without_titles(lines)), last)
    beside = [one for one in near.sheet.lines[first.line] if one.right <= first.left]
    heading = beside[-1] if beside and _is_heading(near, beside[-1]) else None
    return lines, heading or _of_column(near, first)


def _of_column(near: Surroundings, name: Segment) -> Segment | None:
    # Headings over the middles of wide columns, one for each of the names under them.
    names = near.sheet.lines[name.line]
    above = near.sheet.lines[name.line - 1] if name.line else []
    is_row = len(above) == len(names) > 1 and all(map(_is_partys, above))
    is_close = is_row and name.top - above[0].bottom <= NAME_GAP * near.sheet.height
    return above[names.index(name)] if is_close else None


def _over(near: Surroundings, segment: Segment, last: Segment) -> Segment | None:
    # What stands right above: aligned with it, on its left or on its right.
    for line in near.sheet.lines[max(segment.line - _LINES_ABOVE, 0) : segment.line][::-1]:
        over = [one for one in line if one.is_over(segment)]
        aligned = [
            one
            for one in over
            if near.sheet.is_aligned(one, last)
            or abs(one.right - last.right) <= near.sheet.character
        ]
        if over:
            # A heading may stand over the middle of its column.
            return next(iter(aligned), next(filter(_is_partys, over), None))
    return None


def _is_partys(segment: Segment) -> bool:
    tokens = {(token,) for token in labels.tokens(segment.text)}
    is_label = segment.text.endswith(":") or labels.is_common(segment.text)
    return bool(tokens & (PARTIES | {("payee",)})) and is_label and len(segment.words) < 5


def _is_heading(near: Surroundings, segment: Segment) -> bool:
    return near.is_label(segment) or segment.text.endswith(":") or labels.is_common(segment.text)


def _ends(segment: Segment) -> bool:
    # What is no line of an address.
    pieces = re.split(r"\s[\u00b7\u2022\u25cf|*\u2013-]\s", segment.text)
    is_long = len(pieces) > 2 or len(segment.words) > _MOST_WORDS
    return is_long or towns.of(segment.text) is not None or dates.is_written(segment.text)


def _is_number(text: str) -> bool:
    is_mostly = sum(map(str.isdigit, text)) > sum(map(str.isalpha, text))
    return is_mostly and not is_identifier(text) and not is_street(text)


def _is_name(text: str) -> bool:
    return any(map(str.isalpha, text)) and not is_street(text) and not is_identifier(text)


def _below(near: Surroundings, last: Segment) -> list[Segment]:
    # The country, and how somebody is reached.
    lines: list[Segment] = []
    for line in _block_below(near, last)[:MOST_BELOW]:
        is_short = len(line.words) < 4 or _LONG_COUNTRY.fullmatch(line.text) is not None
        is_country = not any(map(str.isdigit, line.text)) and is_short
        is_reached = any(shapes.find(shape, line.text) for shape in ("email", "phone", "website"))
        is_label = near.is_label(line) and not is_reached
        if is_label or not (is_reached or (is_country and not lines)):
            break
        lines.append(line)
    return lines


def _block_below(near: Surroundings, last: Segment) -> list[Segment]:
    lines = near.sheet.block(last)[1:]
    under = near.sheet.below(last, 1) if not lines else None
    is_flush = under is not None and abs(under.right - last.right) <= near.sheet.character
    if under is None or not (is_flush or near.sheet.is_aligned(under, last)):
        return lines
    # Its country may have a cell of its own, or end where the address does.
    is_close = under.top - last.bottom <= LINE_GAP * near.sheet.height
    is_country = under.text.isupper() and under.text.isalpha()
    return [under] if is_close and is_country else lines
