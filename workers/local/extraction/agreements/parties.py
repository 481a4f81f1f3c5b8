"""Who agrees: in the sentence that begins an agreement, each by a name and what it is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from workers.local.extraction.agreements import names
from workers.local.extraction.agreements.names import ENTITY, FORM
from workers.local.extraction.agreements.prose import Span, sentences

# How far from the beginning the sentence stands, how many are tried, how far it goes on, and how
# far labels stand.
_WITHIN, _MOST, _LONGEST, _HEAD = 12_000, 40, 4_000, 4_000
# How much may be said of one before the next is named, how long two names are at most, and
# the first sentences of a letter.
_MOST_SAID, _MOST_NAMES, _FIRST_SENTENCES = 700, 800, 1_500
_BETWEEN = re.compile(
    r"\b(?:by\s+and\s+)?(?:between|among(?:st)?)\b\s*:?|\bby\s+and\s+from\b", re.IGNORECASE
)
_OVER = re.compile(
    r"\b(?:WHEREAS|Whereas|RECITALS?|Recitals?|W\s?I\s?T\s?N\s?E\s?S\s?S\s?E\s?T\s?H|BACKGROUND|"
    r"Background|NOW,?\s+THEREFORE|Now,?\s+therefore|PREAMBLE|hereby\s+agree|agree\s+as\s+follows|"
    r"AGREE\s+AS|TABLE\s+OF\s+CONTENTS|Table\s+of\s+Contents)\b"
)
_QUOTES = r"\"\u201c\u201d\u2018"
_CLOSING = rf"[{_QUOTES}\u2019]"
# `("Rogers")`, `(the "Company")`, `(hereinafter referred to as "ATR" or the "Seller")`.
_ALIAS = re.compile(
    rf"[(\[]\s*(?P<lead>[^()\[\]{_QUOTES}]{{0,200}}?)[{_QUOTES}](?P<alias>[^{_QUOTES}\u2019()]{{1,60}})"
    rf"{_CLOSING}(?P<rest>[^()\[\]]{{0,160}})[)\]}}]"
    r"|[,(]?\s*(?:hereinafter|herein|hereafter)\s+(?:called|referred\s+to\s+as|known\s+as)\s*,?\s*"
    rf"(?:the\s+)?{_CLOSING}?(?P<called>[A-Z][\w&. -]{{1,40}}?){_CLOSING}?"
    r"(?:(?=[,.;])|\s*\)|(?=\s+and\b))"
)
_TOGETHER = re.compile(r"\b(?:collectively|jointly|each|both|either)\b", re.IGNORECASE)
# What is defined so, and is nobody.
_NOBODY = re.compile(
    r"(?:(?:this|the|original|master|prior|amended)\s+)?(?:agreements?|contract|part(?:y|ies)|term|"
    r"lease|territory|products?|services?|affiliates?|premises|website|site|merger|property|act)"
    r"|.*\b(?:date|agreement|contract|stock|shares|plan|act|term|notes?|program|parties|code|rules?)"
    r"|.*\bamendment",
    re.IGNORECASE | re.DOTALL,
)
_NEXT_SENTENCE = re.compile(
    r"[.;]\s+(?:The|This|These|In|Each|For|If|It|All|Any|Under|Subject|As|Such)\s|\n\d{1,2}\.\s"
)
_SEVERAL = re.compile(rf"(?P<first>{FORM}\.?),?\s+(?:and|AND)\s+(?=[A-Z])")
_AND = re.compile(r"(?<=[\s,])(?:and|AND|And)\s+(?=[A-Z])")
_LABELLED = re.compile(
    r"^\s*(?:The\s+|the\s+)?(?P<alias>Part(?:y|ei)\s+[A-D1-4]|[A-Z][\w-]{2,20})\s*"
    r"(?:\([^()]{0,40}\)\s*)?:\s*(?P<name>\S[^\n:]{2,90})$",
    re.MULTILINE,
)
_ROLES = re.compile(
    r"part(?:y|ei) [a-d1-4]|landlord|lessor|tenant|lessee|buyer|seller|purchaser|vendor|supplier|"
    r"licensor|licensee|employer|employee|client|customer|contractor|consultant|distributor|"
    r"franchisor|franchisee|borrower|lender|company|agent|principal|owner|manufacturer|provider",
    re.IGNORECASE,
)
_SALUTATION = re.compile(
    r"^(?:Ladies\s+and\s+Gentlemen|Gentlemen|Dear\s[^\n]{1,40}?)\s?[:,]$", re.MULTILINE
)
_HEADING = re.compile(r"^\s*(?:the\s+)?(?:parties|between)\b.{0,20}$", re.IGNORECASE | re.MULTILINE)
_NUMBERED = re.compile(r"^\s*\((?P<number>\d)\)\s+", re.MULTILINE)


@dataclass(frozen=True)
class Party:
    """One that agrees.

    Attributes:
        name: where its name stands.
        alias: where the word stands by which the agreement calls it; None where there is none.
    """

    name: Span
    alias: Span | None = None


@dataclass(frozen=True)
class Preamble:
    """The sentence that says who agrees: where it stands, and whom it names."""

    span: Span
    parties: tuple[Party, ...] = ()


def preamble(text: str) -> Preamble:
    """How an agreement begins."""
    head = 0, min(len(text), _HEAD)
    single = Preamble(head)
    salutation = _SALUTATION.search(text, *head)
    letter = _letter(text, salutation) if salutation else None
    tried = list(_sentences(text, salutation.start() if letter and salutation else _WITHIN))
    for read in (_named, _without_aliases):
        for start, end in tried:
            found = tuple(read(text, start, end))
            if len(found) > 1:
                return Preamble((start, end), found)
            if found and not single.parties:
                single = Preamble((start, end), found)
    if letter:
        return letter
    for read in (_numbered, _labelled, _named_surely):
        found = tuple(read(text, *head))
        if len(found) > 1:
            return Preamble(head, found)
    return single


def _sentences(text: str, within: int) -> Iterator[Span]:
    for match in islice(_BETWEEN.finditer(text, 0, within), _MOST):
        over = _OVER.search(text, match.end() + 20)
        yield match.end(), min(over.start() if over else len(text), match.end() + _LONGEST)


def _named(text: str, start: int, end: int) -> Iterator[Party]:
    # Before what a party is called stands its name, or what is said of it stands between.
    position, count = start, 0
    for match in _ALIAS.finditer(text, start, end):
        group = "called" if match["called"] else "alias"
        if _TOGETHER.search(match["lead"] or ""):
            continue
        if not _NOBODY.fullmatch(match[group].strip(' ,."')):
            said = text[position : match.start()]
            if count > 1 and (len(said) > _MOST_SAID or _NEXT_SENTENCE.search(said)):
                return
            name = names.find(text, position, match.start())
            if name:
                count += 1
                yield from _apart(text, name, match.span(group))
        position = match.end()


def _named_surely(text: str, start: int, end: int) -> Iterator[Party]:
    return (one for one in _named(text, start, end) if ENTITY.search(text[slice(*one.name)]))


def _apart(text: str, name: Span, alias: Span | None) -> Iterator[Party]:
    # `Okapi Inc. and Zebra Ltd. ("Zebra")`: the first is called nothing else.
    several = _SEVERAL.search(text, *name)
    if several:
        yield Party((name[0], several.end("first")))
        yield from _apart(text, (several.end(), name[1]), alias)
    else:
        yield Party(name, alias)


def _without_aliases(text: str, start: int, end: int) -> list[Party]:
    # `between Okapi Inc., a Delaware corporation, and Zebra Ltd.`
    end = min(end, start + _MOST_NAMES)
    joint = _AND.search(text, start, end)
    if joint is None:
        return []
    again = _AND.search(text, joint.end(), end)
    pieces = (start, joint.start()), (joint.end(), again.start() if again else end)
    found = [name for piece in pieces if (name := names.find(text, *piece))]
    are_sure = all(ENTITY.search(text[slice(*name)]) for name in found)
    return [Party(name) for name in found] if are_sure and len(found) > 1 else []


def _labelled(text: str, start: int, end: int) -> list[Party]:
    # `Party A: Okapi Ltd.`, each on a line of its own.
    found: dict[str, Party] = {}
    for match in _LABELLED.finditer(text, start, end):
        if _ROLES.fullmatch(match["alias"]):
            found.setdefault(match["alias"], Party(match.span("name"), match.span("alias")))
    return list(found.values())


def _numbered(text: str, start: int, end: int) -> Iterator[Party]:
    # `(1) Okapi Limited, ...`, `(2) Zebra Limited, ...` under `Parties`, as the British do.
    heading = _HEADING.search(text, start, end)
    for count, match in enumerate(_NUMBERED.finditer(text, heading.end(), end) if heading else ()):
        line_end = text.find("\n", match.end())
        name = names.find(text, match.end(), line_end if line_end > 0 else end)
        if int(match["number"]) != count + 1 or name is None:
            return
        alias = _ALIAS.search(text, name[1], name[1] + _MOST_SAID)
        yield Party(name, alias.span("alias") if alias and alias["alias"] else None)


def _letter(text: str, salutation: re.Match[str]) -> Preamble | None:
    # Whom it is to stands above its salutation, whom it is about in its first sentences.
    addressee = _addressee(text[: salutation.start()])
    if addressee is None:
        return None
    end = min(len(text), salutation.end() + _FIRST_SENTENCES)
    named = text[slice(*addressee)].casefold().rstrip(".")
    others = [
        party
        for party in _named_surely(text, salutation.end(), end)
        if text[slice(*party.name)].casefold().rstrip(".") != named
    ]
    if not others:
        return None
    # Whom later sentences name is not one of them.
    ends = (over for _, over in sentences(text, salutation.end()) if over > others[0].name[1])
    over = next(ends, end)
    told = [party for party in others if party.name[0] < over]
    return Preamble((salutation.start(), end), (Party(addressee), *told))


def _addressee(head: str) -> Span | None:
    # The last line that is the name of a firm.
    found = None
    start = 0
    for line in head.split("\n"):
        name = names.find(head, start, start + len(line))
        is_whole = name is not None and name[1] - name[0] >= len(line.rstrip(" ,."))
        if name and is_whole and ENTITY.search(head[slice(*name)]):
            found = name
        start += len(line) + 1
    return found
