"""What a till printed: whether a page is a receipt, and what was paid, by its sums and payments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from workers.local.extraction.segments import Segment, Sheet
from workers.local.terms import folded

# What the words of a line say that is printed by a till.
_WORDS = {
    "total": "total totale totaal summe gesamt gesamtbetrag gesamtsumme endbetrag totals jumlah",
    "due": "payable zahlbetrag",
    "part": "sub subtotal zwischensumme soustotal subtotale subtotaal excl excl. excluding "
    "exclusive exc netto ht before",
    "whole": "incl inclusive including inc included ttc brutto grand final nett rounded",
    "count": "qty qtys quantity item items pcs pieces stuck artikel articles articulos articoli "
    "stuks points pax",
    "tax": "gst vat tax mwst ust tva iva btw sst",
    "less": "discount saving savings saved rabatt remise descuento sconto korting coupon ersparnis",
    "rounding": "rounding round rundung arrondi redondeo adjustment",
    "given": "cash visa master mastercard maestro amex tender tendered payment bar gegeben "
    "girocard ec karte especes carte efectivo tarjeta contanti carta pin received",
    "fee": "charge charges",
    "change": "change ruckgeld wechselgeld zuruck rendu cambio resto wisselgeld",
}
_MEANING = {word: meaning for meaning, words in _WORDS.items() for word in words.split()}
_LONG = sorted(word for word in _MEANING if len(word) >= 5)
# A word of OCR may have one letter wrong for each five.
_LETTERS_EACH = 5
_AMOUNT = re.compile(
    r"(?<![\w.,/:-])(?:[^\W\d]{1,3}|[$€£¥] ?)?((?:\d{1,3}(?:[., ]\d{3})+|\d+)[.,]\d{2})"
    r"(?![\d.,/:]\d|\d|\s?%)"
)
_NUMBER = re.compile(r"(?<![\w.@])\d[\d.,]*\b(?!\s?%)")
_CURRENCY = re.compile(r"(?<=[^\W\d_]{3})(?:rm|eur|usd|gbp|chf|sgd)$")
_PHRASE = re.compile(
    r"amount (?:to be paid|due|payable)|(?:balance|total) (?:due|payable)|to pay\b|zu zahlen|"
    r"\ba (?:payer|pagar)\b|da pagare|te betalen"
)
# A strip of paper is taller than so many of its widths; a picture may show more than it.
_STRIP, _TALL = 1.6, 1.3
_MOST_PAGES = 2
# By how much a sum may be rounded where the smallest coins are not in use.
_ROUNDED = Decimal("0.10")
_SUMMARY = ("summary", "analysis")


@dataclass(frozen=True)
class Entry:
    """A line that ends with an amount.

    Attributes:
        meanings: what the words before it say, in their order.
        amount: the last on the line.
        segment: where that stands.
    """

    meanings: tuple[str, ...]
    amount: Decimal
    segment: Segment


def is_receipt(sheets: Sequence[Sheet]) -> bool:
    """Whether a till printed this: a strip, or a picture of one, with a sum and how it was paid."""
    if not 1 <= len(sheets) <= _MOST_PAGES:
        return False
    page = sheets[0].page
    if not page.is_recognized and page.height < _TALL * page.width:
        return False
    entries = [entry for sheet in sheets for entry in _of_sheet(sheet, None)]
    said = {meaning for entry in entries for meaning in entry.meanings}
    if not {"total", "due", "part"} & said:
        return False
    is_strip = page.height >= _STRIP * page.width
    if not page.is_recognized and not is_strip and "given" not in said:
        return False  # a sheet of paper that speaks of a change of something
    return "change" in said or (is_strip and ("given" in said or page.is_recognized))


def paid(sheets: Sequence[Sheet]) -> Segment | None:
    """Where the sum that was paid stands; None where no line says it."""
    entries = _above_summary(sheets)
    handed, change = _handed_over(entries)
    if handed:
        same = [entry for entry in entries if entry.amount == handed and _is_sum(entry)]
        if not same and change == 0:
            same = [entry for entry in entries if entry.amount == handed]
        if same:
            return max(same, key=lambda entry: _is_total(entry.meanings)).segment
    sums = [entry for entry in entries if _is_total(entry.meanings)]
    if not sums:
        return None
    return _rounded(sums[-1], entries).segment


def _rounded(total: Entry, entries: Sequence[Entry]) -> Entry:
    # `Rounding 72.75` after a total of 72.74 is what was paid.
    after = entries[entries.index(total) + 1 :]
    near = (entry for entry in after if abs(entry.amount - total.amount) <= _ROUNDED)
    return next((entry for entry in near if "rounding" in entry.meanings), total)


def _handed_over(entries: Sequence[Entry]) -> tuple[Decimal | None, Decimal | None]:
    # What was given less the change, and the change.
    given = [e.amount for e in entries if "given" in e.meanings and "change" not in e.meanings]
    change = [entry.amount for entry in entries if "change" in entry.meanings]
    if not given or (change and change[-1] >= given[-1]):
        return None, None
    return (given[-1] - change[-1], change[-1]) if change else (given[-1], None)


def _is_total(meanings: Sequence[str]) -> bool:
    if not {"total", "due"} & set(meanings) or "given" in meanings or "change" in meanings:
        return False
    if {"part", "count", "less"} & set(meanings):
        return False
    # `GST included in total` is the tax; `Total incl. GST` is not.
    return "tax" not in meanings or (meanings[0] != "tax" and "whole" in meanings)


def _is_sum(entry: Entry) -> bool:
    return bool({"total", "due", "rounding", "part"} & set(entry.meanings))


def _above_summary(sheets: Sequence[Sheet]) -> list[Entry]:
    # Under `Tax summary` the sums are those of the tax rates.
    found: list[Entry] = []
    for sheet in sheets:
        end = next((n for n, line in enumerate(sheet.lines) if _is_summary(line)), None)
        found += _of_sheet(sheet, end)
    return found


def _is_summary(line: Sequence[Segment]) -> bool:
    words = folded(" ".join(segment.text for segment in line)).split()
    has_tax = any("tax" in _meanings(word) for word in words)
    return has_tax and any(word.startswith(_SUMMARY) for word in words)


def _of_sheet(sheet: Sheet, end: int | None) -> Iterator[Entry]:
    above = ""
    for line in sheet.lines[:end]:
        text = " ".join(segment.text for segment in line)
        places = list(_AMOUNT.finditer(text))
        if not places:
            above = text
            continue
        said = _said(text[: places[0].start()], above)
        segment = _holding(line, places[-1].group(1))
        if said and segment is not None:
            yield Entry(said, _decimal(places[-1].group(1)), segment)
        above = ""


def _said(before: str, above: str) -> tuple[str, ...]:
    # Of `Qty: 2 Total` it is what stands behind the number; an amount alone has its label above it.
    if not any(map(str.isalnum, before)):
        return _meanings(above)
    return _meanings(_NUMBER.split(before)[-1]) or _meanings(before)


def _decimal(text: str) -> Decimal:
    return Decimal(f"{re.sub('[^0-9]', '', text[:-3])}.{text[-2:]}")


def _holding(line: Sequence[Segment], text: str) -> Segment | None:
    for segment in reversed(line):
        for start in range(len(segment.words) - 1, -1, -1):
            part = segment.part(start)
            if text in part.text:
                count = len(text.split())
                return replace(part, words=part.words[:count], seen=part.seen[:count])
    return None


@lru_cache(maxsize=10_000)
def _meanings(text: str) -> tuple[str, ...]:
    words = re.findall(r"[^\W\d_]+", folded(text))
    found = tuple(meaning for word in words if (meaning := _meaning(word)))
    return ("due", *found) if _PHRASE.search(" ".join(words)) else found


@lru_cache(maxsize=10_000)
def _meaning(read: str) -> str | None:
    word = _CURRENCY.sub("", read)  # OCR loses the space between `Cash` and its currency
    if word in _MEANING or len(word) < _LETTERS_EACH:
        return _MEANING.get(word)
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    most = len(word) // _LETTERS_EACH
    best = process.extractOne(word, _LONG, scorer=OSA.distance, score_cutoff=most)
    return _MEANING[best[0]] if best else None
