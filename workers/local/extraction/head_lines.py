"""Who a page is from where one line says that and more: an address, a title, what was done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from workers.local.extraction import blocks, found, one_line, shapes, titles, unlabelled
from workers.local.extraction.found import Leaf
from workers.local.extraction.parties import Party
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import COLON, Segment, has_digit
from workers.local.extraction.surroundings import Surroundings
from workers.local.extraction.values import Values

_BETWEEN = frozenset("-\N{EN DASH}\N{EM DASH}|\N{MIDDLE DOT}\N{BULLET}")
_BY = frozenset(("by", "durch", "von", "par", "por", "da", "door"))
# In which share of a page it says who did what the page is about; so long is a firm's name.
_UPPER, _MOST_WORDS = 0.3, 7
# A name and what the document is have no more words together.
_LONGEST_LINE = 16
# In so many lines under a name is how somebody is reached.
_UNDER = 2
_REACHED = frozenset(("phone", "email", "website", "taxid"))
# How many characters may be between two pieces of a line.
_APART = 4
_PARTING = re.compile("[|\N{MIDDLE DOT}\N{BULLET}]")
# So many lines of an address and a date may be before the words that begin a letter.
_SALUTED = 10
_SALUTATION = re.compile(
    r"(?:dear|sehr geehrte|liebe|hallo|guten tag|(?:cher|chère|madame|monsieur)\b.*,$|estimad[oa]|"
    r"gentile|egregio|geachte|beste)\b",
    re.IGNORECASE,
)


def with_address(line: Segment) -> list[Segment]:
    """A firm's name and the address behind it: `Okapi Ltd, 7 Mill Lane, York YO1 7HH`.

    Args:
        line: any.

    Returns:
        The two; none where a line is anything else.
    """
    name, address = one_line.without_address(line.text)
    if not address or not blocks.LEGAL_FORM.search(name):
        return []
    count = len(name.split())
    return [_without_comma(line.part(0, count)), line.part(count)]


def beside_title(line: Segment, near: Surroundings) -> list[Segment]:
    """A name that a dash parts from what the document is: `OKAPI TRUST - PURCHASE ORDER`.

    Args:
        line: one of the first of the page.
        near: the page.
    """
    if len(line.words) > _LONGEST_LINE or has_digit(line.text):
        return []
    for position, word in enumerate(line.words):
        if word.text not in _BETWEEN or not 0 < position < len(line.words) - 1:
            continue
        before, behind = line.part(0, position), line.part(position + 1)
        if titles.is_kind(behind.text) and not titles.is_title(before, near):
            return [before]
        if titles.is_kind(before.text) and blocks.LEGAL_FORM.search(behind.text):
            return [behind]
    return []


def behind_by(near: Surroundings) -> list[Segment]:
    """The one firm that did what a page is about: `Examined under law 7 by Okapi Ltd, York`.

    Args:
        near: the page.
    """
    upper = _UPPER * near.sheet.page.height
    found = [name for one in near.sheet.segments if one.top < upper for name in _done_by(one)]
    return found if len(found) == 1 else []


def reached(
    near: Surroundings, lines: Sequence[Segment], party: Party, values: Values
) -> dict[Node, Leaf]:
    """How a sender is reached, in a line under the name: `Est. 1990 | 541-555-0187 | a@b.example`.

    Args:
        near: the page.
        lines: the sender's.
        party: the properties, by what they say.
        values: reads the lines.
    """
    told: dict[Node, Leaf] = {}
    first = lines[0].line + 1 if lines else 0
    under = near.sheet.lines[first : first + _UNDER] if lines else ()
    for segment in (one for line in under for one in _run(near, line)):
        for role in party.keys() & _REACHED:
            match = shapes.find(role, segment.text)
            own = match.group() if match and _is_own(role, segment.text, match) else ""
            value = values.read(party[role], own) if own else None
            if value:
                told.setdefault(party[role], Leaf(value.value, value.text, found.place([segment])))
    return told


def _run(near: Surroundings, line: Sequence[Segment]) -> Iterator[Segment]:
    # The pieces of a line that bars part, and nothing of another column.
    for place, segment in enumerate(line):
        if place and segment.left - line[place - 1].right > _APART * near.sheet.character:
            return
        yield segment


def _is_own(role: str, text: str, match: re.Match[str]) -> bool:
    # What a label is before is told by that.
    if COLON.search(text[: match.start()]):
        return False
    is_piece = match.group() in [piece.strip() for piece in _PARTING.split(text)]
    return role != "phone" or is_piece or unlabelled.is_called(text, match)


def is_saluted(first: Segment, near: Surroundings) -> bool:
    """Whether an address has the words under it that begin a letter: `Dear Ms Roe`.

    Args:
        first: the address's first line.
        near: the page.
    """
    under = near.sheet.lines[first.line : first.line + _SALUTED]
    return any(_SALUTATION.match(line[0].text) for line in under)


def _done_by(line: Segment) -> Iterator[Segment]:
    for position, word in enumerate(line.words):
        if word.text in _BY and position:
            name = _firm(line.part(position + 1))
            if name is not None:
                yield name


def _firm(words: Segment) -> Segment | None:
    # The words up to the firm's legal form, which all begin as names do.
    for position, word in enumerate(words.words[:_MOST_WORDS]):
        if not word.text[:1].isupper() and word.text != "&":
            return None
        if position and blocks.LEGAL_FORM.fullmatch(word.text.rstrip(",")):
            return _without_comma(words.part(0, position + 1))
        if word.text.endswith(","):
            return None
    return None


def _without_comma(segment: Segment) -> Segment:
    last = segment.words[-1]
    return replace(segment, words=(*segment.words[:-1], replace(last, text=last.text.rstrip(","))))
