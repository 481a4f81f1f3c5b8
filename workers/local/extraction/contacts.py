"""Mail addresses and telephone numbers of several parties: each is whose name stands above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workers.local.extraction import found, labels, names, parties, shapes
from workers.local.extraction.found import Leaf, Place
from workers.local.extraction.labels import Tokens
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet
from workers.local.extraction.values import Values
from workers.local.terms import spaced

_KINDS = ("email", "phone")
# So many line heights under a party's lines its contacts may stand, and as far to their side.
_BELOW, _BESIDE = 9.0, 12.0
# `support@` is whom a `support_email` reaches; shorter words are in too many names.
_LEAST_LETTERS = 4


@dataclass(frozen=True)
class _Spot:
    text: str
    segment: Segment
    sheet: Sheet


def find(
    leaves: Sequence[Node], known: dict[Node, Leaf], sheets: Sequence[Sheet], values: Values
) -> dict[Node, Leaf]:
    """Whose mail address or telephone number is whose, as far as their places tell.

    Args:
        leaves: all properties outside of arrays.
        known: what is found of them already.
        sheets: the document's pages.
        values: reads the texts.
    """
    leaves_found: dict[Node, Leaf] = {}
    for kind in _KINDS:
        missing = [leaf for leaf in leaves if names.role(leaf) == kind and leaf not in known]
        taken = {_plain(str(known[leaf].value)) for leaf in known if names.role(leaf) == kind}
        spots = [spot for spot in _spots(kind, sheets) if _plain(spot.text) not in taken]
        told = _called(missing, spots) if kind == "email" else {}
        rest = [leaf for leaf in missing if leaf not in told]
        for node, spot in (told | _near(rest, spots, leaves, known)).items():
            if value := values.read(node, spot.text):
                leaves_found[node] = Leaf(value.value, value.text, found.place([spot.segment]))
    return leaves_found


def _spots(kind: str, sheets: Sequence[Sheet]) -> Iterator[_Spot]:
    for sheet in sheets:
        for segment in sheet.segments:
            match = shapes.find(kind, segment.text)
            if match and (kind == "email" or _is_called(sheet, segment, match)):
                yield _Spot(match.group(), segment, sheet)


def _is_called(sheet: Sheet, segment: Segment, match: re.Match[str]) -> bool:
    # Other numbers look like a telephone's.
    before = segment.text[: match.start()]
    if not before.strip():
        line = sheet.lines[segment.line]
        before = next((one.text for one in reversed(line) if one.right <= segment.left), "")
    return "phone" in labels.tokens(before) or match.group().startswith("+")


def _called(missing: Sequence[Node], spots: Sequence[_Spot]) -> dict[Node, _Spot]:
    told: dict[Node, _Spot] = {}
    for node in missing:
        own = [word for word in re.split(r"\W+", spaced(node.name).casefold()) if _may_be_in(word)]
        fitting = {
            spot.text: spot
            for spot in spots
            if any(word in spot.text.casefold().partition("@")[0] for word in own)
        }
        if len(fitting) == 1:
            told[node] = next(iter(fitting.values()))
    return told


def _may_be_in(word: str) -> bool:
    return len(word) >= _LEAST_LETTERS and labels.tokens(word) != ("email",)


def _near(
    missing: Sequence[Node],
    spots: Sequence[_Spot],
    leaves: Sequence[Node],
    known: dict[Node, Leaf],
) -> dict[Node, _Spot]:
    # Each belongs to the party whose lines are the nearest above it.
    grouped = parties.parties(leaves)
    anchors = {
        who: [known[leaf].place for leaf in party.values() if leaf in known]
        for who, party in grouped.items()
    }
    told: dict[Node, _Spot] = {}
    for spot in spots:
        distances = [
            (distance, who)
            for who, places in anchors.items()
            for place in places
            if (distance := _distance(place, spot)) is not None
        ]
        who: Tokens | None = min(distances)[1] if distances else None
        node = (
            next((leaf for leaf in grouped[who].values() if leaf in missing), None) if who else None
        )
        if node and node not in told:
            told[node] = spot
    return told


def _distance(place: Place, spot: _Spot) -> float | None:
    if place.page is not spot.sheet.page:
        return None
    down = (spot.segment.top - max(word.bottom for word in place.words)) / spot.sheet.height
    aside = abs(spot.segment.left - min(word.left for word in place.words)) / spot.sheet.character
    return down + aside if -1 <= down <= _BELOW and aside <= _BESIDE else None


def _plain(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()
