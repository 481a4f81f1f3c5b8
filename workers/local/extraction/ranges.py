"""The two ends of a period, where a document names one: `1 March to 31 March 2024`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workers.local.extraction import dates, found, labels, names
from workers.local.extraction.found import Leaf
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet
from workers.local.extraction.values import Values

_PERIOD = re.compile(r"period|zeitraum|périod|\bdates\b|laufzeit|validity", re.IGNORECASE)
_WORD = re.compile(r"[A-Z]?[a-zà-ÿ]+|[A-Z]+(?![a-z])")
_STARTS = (
    "from effective start starts begin begins beginning commencement inception beginn anfang von "
    "de du debut début desde inicio da inizio"
)
_STOPS = (
    "to until till through thru end ends ending expiry expiration bis ende au fin hasta a al fine"
)
_ENDS = {"start": frozenset(_STARTS.split()), "end": frozenset(_STOPS.split())}
# What a name says beside whose period it is, and at which end.
_SAYING_NOTHING = frozenset(
    ("date", "dates", "datum", "fecha", "data", "day", "period", "on", "at", "of", "the")
)
# How many words more than a period's name a label may have.
_MOST_MORE = 2
_BETWEEN = re.compile(
    r"\s*(?:-|\N{EN DASH}|\N{EM DASH}|to|through|until|bis(?: zum)?|au|al|a|t/m)\s*", re.IGNORECASE
)
_AMOUNT = re.compile(r"\d[.,]\d{2}(?!\d)(?![./]\d)")
# What is left of a date whose year stands with the other end.
_BEFORE = re.compile(
    rf"(?<![\w.,/])(?:(?P<name>[^\W\d]{{3,9}})\.? (?P<day>\d\d?)(?:st|nd|rd|th)?,?"
    rf"|(?P<day2>\d\d?)(?P<dot>\.|st|nd|rd|th)?(?: (?P<name2>[^\W\d]{{3,9}})\.?)?"
    rf"|(?P<day3>\d\d?)[./](?P<second>\d\d?)\.?){_BETWEEN.pattern}$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Period:
    # In ISO 8601; with what stands before it, beside it or above it.
    start: str
    end: str
    segment: Segment
    label: str
    is_in_row: bool


def find(
    leaves: Sequence[Node], sheets: Sequence[Sheet], values: Values
) -> tuple[dict[Node, Leaf], dict[Node, Leaf]]:
    """The beginnings and the ends of the periods that a document names.

    Args:
        leaves: all properties outside of arrays.
        sheets: the document's pages.
        values: reads the dates.

    Returns:
        Those of which a label says that they are a period's, and those of the only period.
    """
    wanted = _wanted(leaves)
    every = [list(_periods(sheet, values)) for sheet in sheets] if wanted else []
    told: dict[Node, Leaf] = {}
    guessed: dict[Node, Leaf] = {}
    for whose, ends in wanted.items():
        period, is_told = _best(whose, every, is_only=len(wanted) == 1)
        for node, text in zip(ends, (period.start, period.end), strict=True) if period else ():
            value = values.read(node, text)
            if value and period:
                place = found.place([period.segment])
                (told if is_told else guessed)[node] = Leaf(value.value, period.segment.text, place)
    return told, guessed


def _wanted(leaves: Sequence[Node]) -> dict[tuple[str, ...], tuple[Node, Node]]:
    # By whose they are: `flight_from` and `flight_to` are the flight's.
    ends: dict[tuple[str, ...], dict[str, list[Node]]] = {}
    for leaf in leaves:
        words = [word.casefold() for word in _WORD.findall(leaf.name)]
        which = [what for what, names_of in _ENDS.items() if names_of & set(words)]
        if len(which) != 1 or names.role(leaf) not in ("date", None) or not _holds_date(leaf):
            continue
        rest = [word for word in words if word not in _ENDS[which[0]] | _SAYING_NOTHING]
        around = [word.casefold() for word in _WORD.findall(" ".join(leaf.parents[-1:]))]
        whose = tuple(rest or [word for word in around if word not in _SAYING_NOTHING])
        ends.setdefault(whose, {}).setdefault(which[0], []).append(leaf)
    return {
        whose: (found["start"][0], found["end"][0])
        for whose, found in ends.items()
        if [len(found.get(what, ())) for what in _ENDS] == [1, 1]
    }


def _holds_date(leaf: Node) -> bool:
    # `from` and `to` may be places; of a period, and where a format says so, they are dates.
    is_period = _PERIOD.search(" ".join((*leaf.parents[-1:], leaf.name))) is not None
    return names.role(leaf) == "date" or (is_period and "string" in leaf.types)


def _periods(sheet: Sheet, values: Values) -> Iterator[_Period]:
    for segment in sheet.segments:
        period = _of(segment, values)
        if period:
            line = sheet.lines[segment.line]
            others = [one for one in line if one is not segment]
            is_in_row = any(_AMOUNT.search(one.text) for one in others)
            yield _Period(*period, _label(sheet, segment), is_in_row)


def _label(sheet: Sheet, segment: Segment) -> str:
    first = dates.DATE.search(segment.text)
    before = segment.text[: first.start()].strip(" :") if first else ""
    place, line = sheet.at.get(segment, 0), sheet.lines[segment.line]
    beside = line[place - 1].text if place else ""
    above = [one for lines in sheet.lines[max(segment.line - 1, 0) : segment.line] for one in lines]
    over = [one.text for one in above if sheet.is_aligned(one, segment)]
    texts = [before] if _PERIOD.search(before) or len(before) > 3 else [before, beside, *over]
    return " ".join(text for text in texts if text and not dates.find(text))


def _best(
    whose: tuple[str, ...], every: Sequence[Sequence[_Period]], *, is_only: bool
) -> tuple[_Period | None, bool]:
    # That whose label has its name; or else the only one, on the first page if it is told there.
    flat = [period for one in every for period in one]
    named = [period for period in flat if whose and _is_named(whose, period.label)]
    if named:
        return _same(named) or named[0], True
    told = [period for period in flat if _PERIOD.search(period.label)]
    told = [period for period in told if not period.is_in_row] or told
    first = {id(period) for period in every[0]} if every else set()
    on_first = [period for period in told if id(period) in first]
    return (_same(on_first or told or flat), bool(told)) if is_only else (None, False)


def _is_named(whose: tuple[str, ...], label: str) -> bool:
    found, wanted = labels.tokens(label), labels.tokens(" ".join(whose))
    more = [token for token in found if token not in wanted and token not in _SAYING_NOTHING]
    return set(wanted) <= set(found) and len(more) <= _MOST_MORE


def _same(periods: Sequence[_Period]) -> _Period | None:
    is_same = len({(period.start, period.end) for period in periods}) == 1
    return periods[0] if is_same else None


def _of(segment: Segment, values: Values) -> tuple[str, str, Segment] | None:
    # In ISO 8601. `July 1 - July 31, 2024` says the year once, `1 - 31 July 2024` the month too.
    matches = list(dates.DATE.finditer(segment.text))
    told = [(match, values.date(match.group())) for match in matches]
    whole = [(match, date) for match, date in told if date]
    if len(whole) == 2 and len(matches) == 2:
        (first, start), (second, end) = whole
        between = segment.text[first.end() : second.start()]
        return (start, end, segment) if _BETWEEN.fullmatch(between) else None
    if len(whole) != 1:
        return None
    [(match, end)] = whole
    before = _BEFORE.search(segment.text[: match.start()])
    begun = _begun(before, match.group(), end, values) if before else None
    return (begun, end, segment) if begun and begun < end else None


def _begun(before: re.Match[str], last: str, end: str, values: Values) -> str | None:
    year, month, _ = end.split("-")
    name, day = before["name"] or before["name2"], before["day"] or before["day2"]
    if name:
        return values.date(f"{day} {name} {year}")
    if before["second"]:
        sign = "/" if "/" in last else "."
        return values.date(f"{before['day3']}{sign}{before['second']}{sign}{year}")
    # `12 - 31.07.2024` may be anything; `12 - 31 July 2024` is July's.
    is_day = before["dot"] or any(map(str.isalpha, last))
    return f"{year}-{month}-{int(day):02}" if is_day else None
