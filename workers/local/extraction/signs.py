"""Whose paper it is, where neither a label nor an address says it: the name with the most signs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from workers.local.extraction import blocks, labels, people, shapes, titles, towns
from workers.local.extraction.segments import Segment, has_digit
from workers.local.extraction.surroundings import Surroundings

# In which share of a page a letterhead stands, and how long a name is.
_UPPER, _LEAST_LETTERS, _MOST_WORDS = 0.3, 4, 7
# So many signs are enough, and so many more than the next name's.
_ENOUGH, _MORE = 3, 1
# How much larger than the page's text a name is that is printed large.
_LARGE = 1.25
# Two lines of one name are as high as one another, but for this share.
_SAME = 0.1
_TRADE = re.compile(
    r"\b(?:bank|banque|banco|banca|sparkasse|credit union|restaurant|hotel|services|solutions|"
    r"consulting|associates|partners|studios?|industries|enterprises|logistics|builders|roofing|"
    r"plumbing|landscaping|catering|cleaners|stadtwerke|gasthaus|gasthof|caf[eé]|bakery|bäckerei|"
    r"clinic|praxis|apotheke|pharmacy|university|school|academy|trust|council)\b",
    re.I,
)
# What ends a firm's name, and no part of `GmbH & Co. KG`.
_FORM = re.compile(r"(?:gmbh|ag|ltd|llc|inc|plc|sas|sarl|srl|spa|bv|b\.v|s\.l|w\.l\.l)\.?,?", re.I)
# So many first letters of a name are those of its address in the web.
_ALIKE = 5
# In so many lines under a name is what shows that it is somebody's.
_UNDER = 4
_FIRST_FORM = re.compile(r"(?:sarl|sas|sasu|eurl|sa|sci|snc|pt|cv|ooo)\.? \S", re.IGNORECASE)
# What a document is called, where it stands behind the name: `Holm Co. Invoice 23536`.
_TITLE = frozenset(("invoice", "receipt", "quote", "order", "statement", "credit", "estimate"))
_PUBLIC = frozenset(
    ("gmail", "yahoo", "hotmail", "outlook", "icloud", "aol", "orange", "web", "gmx")
)


def sender(near: Surroundings) -> list[Segment]:
    """The name of whom a page is from, and the lines of its address; none where it is in doubt.

    Args:
        near: the page.
    """
    signs = [(_signs(near, name), name) for name in _names(near)]
    first = next((name for count, name in signs if count > 0), None)
    rated = sorted(
        (
            (count + (name is first), -position, name)
            for position, (count, name) in enumerate(signs)
        ),
        key=lambda rating: rating[:2],
        reverse=True,
    )
    if not rated or rated[0][0] < _ENOUGH:
        return []
    best = rated[0][2]
    rivals = [count for count, _, name in rated if _plain(name.text) != _plain(best.text)]
    if rivals and rated[0][0] - rivals[0] < _MORE:
        return []
    return [best, *_address(near, best)]


def _names(near: Surroundings) -> Iterator[Segment]:
    height = near.sheet.page.height
    heading = next((one.top for one in near.sheet.segments if _is_partys(near, one)), height)
    inner = {line for block in blocks.find(near) for line in block.lines[1:]}
    joined: set[Segment] = set()
    for segment in near.sheet.segments:
        if segment.top > min(_UPPER * height, heading - 1):
            return
        if segment in inner or segment in joined:
            continue
        more = _rest_of_name(near, segment)
        joined.update(more)
        words = tuple(word for one in (segment, *more) for word in one.words)
        whole = replace(segment, words=words, line=[segment, *more][-1].line)
        name = _without_title(whole)
        if name is not None and _may_be_name(near, name):
            yield name


def _rest_of_name(near: Surroundings, segment: Segment) -> list[Segment]:
    # A name in large letters may take two lines.
    high, typical = segment.bottom - segment.top, _typical(near)
    below = near.sheet.lines[segment.line + 1 : segment.line + 2]
    alone = len(near.sheet.lines[segment.line]) == 1 and below and len(below[0]) == 1
    if not alone or high < _LARGE * typical or near.is_label(segment):
        return []
    under = below[0][0]
    is_as_high = abs((under.bottom - under.top) - high) <= _SAME * high
    return [under] if is_as_high and under.top - segment.bottom <= high else []


def _typical(near: Surroundings) -> float:
    return median(one.bottom - one.top for one in near.sheet.segments)


def _is_partys(near: Surroundings, segment: Segment) -> bool:
    # From there on names are those of others: `Bill to`.
    tokens = set(labels.tokens(segment.text))
    return (
        len(segment.words) < 5 and bool(tokens & {"customer", "shipto"}) and near.is_label(segment)
    )


def _without_title(segment: Segment) -> Segment | None:
    form = next((n for n, w in enumerate(segment.words) if n and _FORM.fullmatch(w.text)), None)
    if form is not None:
        segment = segment.part(0, form + 1)  # `Okapi AG Accounting`
    for position, word in enumerate(segment.words):
        if set(labels.tokens(word.text)) & _TITLE and not word.text.islower():
            return segment.part(0, position) if position else None
    return segment


def _may_be_name(near: Surroundings, name: Segment) -> bool:
    text = name.text
    letters = sum(map(str.isalpha, text))
    return (
        letters >= _LEAST_LETTERS
        and text[:1].isalnum()
        and ":" not in text
        and len(name.words) <= _MOST_WORDS
        and not (has_digit(text) and blocks.is_street(text))
        and 3 * sum(map(str.isdigit, text)) < letters
        and towns.of(text) is None
        and not titles.is_title(name, near)
        and not any(shapes.find(shape, text) for shape in ("email", "website", "phone"))
        and not blocks.is_title(text)
    )


def _signs(near: Surroundings, name: Segment) -> int:
    text = name.text
    typical = _typical(near)
    under = _under(near, name)
    return (
        3 * _is_in_web(near, text)
        + 2 * bool(blocks.LEGAL_FORM.search(text) or _FIRST_FORM.match(text))
        + 2 * _is_repeated(near, name)
        + 2 * bool(_TRADE.search(text))
        + (name.bottom - name.top >= _LARGE * typical)
        + any(map(_is_reachable, under))
        + any(block.lines[0].words[:1] == name.words[:1] for block in blocks.find(near))
        - people.is_person(text)
    )


def _is_in_web(near: Surroundings, text: str) -> bool:
    plain = _plain(text)
    return any(
        host not in _PUBLIC
        and len(host) >= _LEAST_LETTERS
        and (plain.startswith(host) or host.startswith(plain) or plain[:_ALIKE] == host[:_ALIKE])
        for host in _hosts(near)
    )


def _hosts(near: Surroundings) -> Iterator[str]:
    # What somebody is called there: `okapi` of `https://www.okapi.example`.
    for host in near.hosts:
        yield _plain(host.rpartition("//")[2].removeprefix("www.").split(".")[0])


def _is_repeated(near: Surroundings, name: Segment) -> bool:
    plain = _plain(name.text)
    others = (one for one in near.sheet.segments if not set(one.words) & set(name.words))
    return len(plain) > _LEAST_LETTERS and any(plain in _plain(one.text) for one in others)


def _under(near: Surroundings, name: Segment) -> Sequence[Segment]:
    under = near.sheet.below(name, 2)
    return near.lines_from(under)[:_UNDER] if under is not None else ()


def _is_reachable(line: Segment) -> bool:
    text = line.text.rpartition(": ")[2]  # `Address: 7 Mill Lane`
    is_place = towns.of(text) is not None or blocks.is_street(text)
    return is_place or any(shapes.find(shape, text) for shape in ("email", "phone", "website"))


def _address(near: Surroundings, name: Segment) -> list[Segment]:
    # The lines under it; what says how the firm is registered may stand between.
    lines = _under(near, name)
    if any(towns.of(line.text) for line in lines):
        return [line for line in lines if ":" not in line.text]
    return []


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
