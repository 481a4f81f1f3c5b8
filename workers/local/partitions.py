"""The pages that belong to each value of a key, such as an invoice number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from workers.documents.page import Page
from workers.local import beginnings, key_labels, mentions, senders
from workers.local.concepts import Key
from workers.local.evidence import Sorter
from workers.local.labels import Finder, Labelled
from workers.local.mentions import shape
from workers.local.sheets import Sheet

# Of a page's values those are meant that are nearly as sure as its best; less sure than that of the
# document's best, a value has to look like a sure one.
NEARLY, ENOUGH = 0.8, 0.65
# What begins below this share of a page, and these lines, leaves room for the end of another part.
LOWER, LINES_BEFORE = 0.5, 5
# How much has to speak for a page's beginning a document, or going on with one.
BEGINS, GOES_ON = 1.0, -2.0
# And how much for its beginning one that has no value of the key, and so is of no part.
ANOTHER = 3.0
# What else an invoice's number is called.
DOCUMENT_NUMBER, LIKELY, LEAST = "document number", 0.45, 5
# Of OCR's readings of a name, how alike two have to be.
SAME_NAME = 90
_QUOTED = re.compile(r"[\"\u201c\u201e\u00ab]([^\"\u201c\u201d\u00bb]{2,60})[\"\u201d\u201c\u00bb]")
_SENTENCE = re.compile(r"[.;()\n]")
_SAID = frozenset(("name", "number"))
# The two parts of a name, as forms ask for them.
_NAME_PARTS = (
    ("surname", "first name"),
    ("last name", "first name"),
    ("family name", "given name"),
    ("surname", "forename"),
    ("Nachname", "Vorname"),
    ("Familienname", "Vorname"),
    ("Nom", "Prénom"),
    ("Apellidos", "Nombre"),
    ("Cognome", "Nome"),
    ("Achternaam", "Voornaam"),
)
# Letters that OCR takes for digits.
_ALIKE = str.maketrans("oilsbz", "011582")


@dataclass(frozen=True)
class Part:
    """A value of the key, and its pages, from 1."""

    value: str
    pages: tuple[int, ...]


def partition(
    pages: Sequence[Page], key: str, instructions: str = "", *, allow_overlap: bool = True
) -> list[Part]:
    """Find the pages of each value of a key.

    Args:
        pages: the document's, in order.
        key: what tells the parts apart, in words, as its label has it.
        instructions: the user's own; a label that they quote is looked for, too.
        allow_overlap: whether a page with several values belongs to each of them, or to the first.

    Returns:
        Each value in the order in which they come. A page without one goes on with the part before
        it, unless it clearly begins another document: that is in none, as is what comes before the
        first value. Nothing if there is no value at all.
    """
    sorter = Sorter([])
    begins = beginnings.weights(pages, [sorter.scores(page) for page in pages])
    values = _sent(pages, key, begins)
    if values is None:
        values = _values(pages, [_described(key, instructions), *_QUOTED.findall(instructions)])
        if not any(values):
            values = _by_meaning(pages, key)
        values = _by_document(pages, key, begins, values)
        if Key.of(_described(key, instructions)).is_name:
            values = _of_two_parts(pages, values)
        values = mentions.filled(pages, values, begins)
    values = _from_later_pages(values, begins)
    gathered: dict[str, list[int]] = {}
    shown: dict[str, str] = {}
    current: str | None = None
    for page, found, begin in zip(pages, values, begins, strict=True):
        own = [_known_as(value.value, shown, page.is_recognized) for value in found]
        if not own and begin >= ANOTHER:
            current = None
        belong = own or ([current] if current else [])
        if own and current and begin < BEGINS and _leaves_room(page, found[0]):
            belong = [current, *own] if allow_overlap else own
        for value in list(dict.fromkeys(belong))[: None if allow_overlap else 1]:
            gathered.setdefault(value, []).append(page.number)
        current = own[-1] if own else current
    return [Part(shown[value], tuple(numbers)) for value, numbers in gathered.items()]


def _sent(pages: Sequence[Page], key: str, begins: Sequence[float]) -> list[list[Labelled]] | None:
    # No label says who wrote a letter, but its head does.
    if not senders.is_sender(key):
        return None
    found = senders.values(pages, begins)
    return found if any(found) else None


def _described(key: str, instructions: str) -> str:
    # `Name of the patient` says that the values of `patient` are names.
    asked = Key.of(key)
    for sentence in _SENTENCE.split(instructions):
        said = Key.of(sentence).parts
        more = [kind for kind in _SAID if kind in said]
        if asked.parts & said and len(more) == 1 and not asked.parts & _SAID:
            return f"{key} {more[0]}"
    return key


def _values(pages: Sequence[Page], labels: Sequence[str]) -> list[list[Labelled]]:
    finders = [Finder(key) for label in labels if (key := Key.of(label)).parts]
    sheets = (Sheet.of(page) for page in pages)
    found = [
        [
            value
            for finder in finders
            for value in finder.values(sheet)
            if not senders.is_no_name(value.value)
        ]
        for sheet in sheets
    ]
    best = max((value.score for values in found for value in values), default=0.0)
    enough = min(NEARLY * best, ENOUGH)
    sure = {shape(value.value) for values in found for value in values if value.score >= enough}
    return [_meant(values, enough, sure) for values in found]


def _by_meaning(pages: Sequence[Page], key: str) -> list[list[Labelled]]:
    # By the label that means the key most, if its values part the pages.
    for label in key_labels.meant(pages, key):
        found = _values(pages, [label])
        if len({value.value for values in found for value in values}) > 1:
            return found
    return [[] for _ in pages]


def _of_two_parts(pages: Sequence[Page], values: list[list[Labelled]]) -> list[list[Labelled]]:
    # `Surname: Roe` and `First names: Ann Mary` are one name.
    pairs = [[Finder(Key.of(label)) for label in pair] for pair in _NAME_PARTS]
    filled = list(values)
    for place, page in enumerate(pages):
        sheet = Sheet.of(page)
        for pair in pairs if not values[place] else ():
            last, first = (finder.values(sheet)[:1] for finder in pair)
            if last and first and first[0].value != last[0].value:
                name = f"{first[0].value} {last[0].value}"
                filled[place] = [replace(last[0], value=name)]
                break
    return filled


def _by_document(
    pages: Sequence[Page], key: str, begins: Sequence[float], values: list[list[Labelled]]
) -> list[list[Labelled]]:
    # Beside invoices with such a number, `Document no.` at another's beginning is its own.
    if not any(values) or not {"invoice", "number"} <= Key.of(key).parts:
        return values
    finder = Finder(Key.of(DOCUMENT_NUMBER))
    return [
        own or ([] if begin < BEGINS else _document_number(finder, page))
        for page, begin, own in zip(pages, begins, values, strict=True)
    ]


def _document_number(finder: Finder, page: Page) -> list[Labelled]:
    found = finder.values(Sheet.of(page))
    likely = (value for value in found if value.score >= LIKELY and len(value.value) >= LEAST)
    return list(likely)[:1]


def _meant(values: list[Labelled], enough: float, sure: set[str]) -> list[Labelled]:
    likely = [value for value in values if value.score >= enough or shape(value.value) in sure]
    best = max((value.score for value in likely), default=0.0)
    nearly = [value for value in likely if value.score >= NEARLY * best]
    return sorted(nearly, key=lambda value: value.top)


def _from_later_pages(
    values: list[list[Labelled]], begins: Sequence[float]
) -> list[list[Labelled]]:
    # A document's first page may not have the value yet that its next ones have.
    filled = list(values)
    for place, begin in enumerate(begins):
        if values[place] or begin < BEGINS:
            continue
        for later in range(place + 1, len(values)):
            if begins[later] > GOES_ON:
                break
            if values[later]:
                filled[place] = values[later][:1]
                break
    return filled


def _known_as(value: str, shown: dict[str, str], is_recognized: bool) -> str:
    # What the value was called where it came first, which is what its part is known as.
    own = mentions.identity(value)
    is_number = any(map(str.isdigit, own))
    if is_number:
        own = own.translate(_ALIKE)
    elif is_recognized:
        own = _likest(own, shown) or own
    own = own or value
    shown.setdefault(own, value)
    return own


def _likest(own: str, shown: dict[str, str]) -> str | None:
    from rapidfuzz import fuzz, process

    names = [name for name in shown if not any(map(str.isdigit, name))]
    best = process.extractOne(own, names, scorer=fuzz.ratio, score_cutoff=SAME_NAME)
    return str(best[0]) if best else None


def _leaves_room(page: Page, first: Labelled) -> bool:
    above = sum(1 for line in page.lines if line[0].bottom <= first.top)
    return first.top >= LOWER * page.height and above >= LINES_BEFORE
