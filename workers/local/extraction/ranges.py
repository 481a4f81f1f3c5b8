"""The two ends of a period, where a document names one: `1 March to 31 March 2024`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workers.local.extraction import dates, found, labels, names
from workers.local.extraction.found import Leaf
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet
from workers.local.extraction.values import Values

_PERIOD = re.compile(r"period|zeitraum|périod", re.IGNORECASE)
_ENDS = {
    "start": ("from", "start", "begin", "von", "de", "du", "desde", "da"),
    "end": ("to", "until", "end", "bis", "au", "hasta", "a"),
}
_BETWEEN = re.compile(
    r"\s*(?:-|\N{EN DASH}|\N{EM DASH}|to|through|until|bis(?: zum)?|au|al|a|t/m)\s*", re.IGNORECASE
)
# What is left of a date whose year stands with the other end.
_BEFORE = re.compile(
    rf"(?<![\w.,/])(?:(?P<name>[^\W\d]{{3,9}})\.? (?P<day>\d\d?)(?:st|nd|rd|th)?,?"
    rf"|(?P<day2>\d\d?)(?P<dot>\.|st|nd|rd|th)?(?: (?P<name2>[^\W\d]{{3,9}})\.?)?"
    rf"|(?P<day3>\d\d?)[./](?P<second>\d\d?)\.?){_BETWEEN.pattern}$",
    re.IGNORECASE,
)


def find(
    leaves: Sequence[Node], sheets: Sequence[Sheet], values: Values
) -> tuple[dict[Node, Leaf], bool]:
    """The beginning and the end of the only period that a document names.

    Args:
        leaves: all properties outside of arrays.
        sheets: the document's pages.
        values: reads the dates.

    Returns:
        The two; and whether a label says that they are a period's.
    """
    starts, ends = ([leaf for leaf in leaves if _is(leaf, what)] for what in ("start", "end"))
    if len(starts) != 1 or len(ends) != 1:
        return {}, False
    every = [
        (sheet, period)
        for sheet in sheets
        for one in sheet.segments
        if (period := _of(one, values))
    ]
    told = [(sheet, period) for sheet, period in every if _is_told(sheet, period[2])]
    on_first = [(sheet, period) for sheet, period in told if sheet is sheets[0]]
    named = [period for _, period in on_first or told or every]
    if len({(start, end) for start, end, _ in named}) != 1:
        return {}, False
    start, end, segment = named[0]
    leaves_found: dict[Node, Leaf] = {}
    for node, text in ((starts[0], start), (ends[0], end)):
        value = values.read(node, text)
        if value:
            leaves_found[node] = Leaf(value.value, segment.text, found.place([segment]))
    return leaves_found, bool(told)


def _is(leaf: Node, what: str) -> bool:
    if names.role(leaf) != "date":
        return False
    # `from` and `to` in a `period`
    is_of_period = _PERIOD.search(" ".join(leaf.parents[-1:])) is not None
    return what in labels.tokens(leaf.name) or (
        is_of_period and leaf.name.casefold() in _ENDS[what]
    )


def _is_told(sheet: Sheet, segment: Segment) -> bool:
    # `Period:` stands before it, beside it or above it.
    place, line = sheet.at.get(segment, 0), sheet.lines[segment.line]
    above = [one for lines in sheet.lines[max(segment.line - 1, 0) : segment.line] for one in lines]
    labelling = [segment, *line[max(place - 1, 0) : place]]
    labelling += [
        one for one in above if sheet.is_aligned(one, segment) and not dates.find(one.text)
    ]
    return any(_PERIOD.search(one.text) for one in labelling)


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
