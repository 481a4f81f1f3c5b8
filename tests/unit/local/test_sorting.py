"""What speaks for a kind of document, on paper as on scans, and words as they are compared."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.quality import sorting_papers as papers
from tests.quality.sorting_words import KINDS, WORDS
from workers.documents import reader
from workers.documents.page import Page
from workers.documents.source import Source
from workers.local import partitions, sorting, splits
from workers.local.kinds import Kind
from workers.local.terms import Lexicon, spaced, terms


def pages(content: bytes, kind: str = "pdf") -> tuple[Page, ...]:
    return tuple(page for page, _ in reader.laid_out(Source("a", content, kind), dpi=150))


def seeded(seed: object) -> random.Random:
    return random.Random(str(seed))  # noqa: S311 - the same documents each time


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", WORDS)
def test_bare_names_are_enough_in_any_language(kind: str, language: str) -> None:
    paper = papers.paper(kind, language, seeded(f"{kind} {language}"))
    found = sorting.classify(pages(papers.digital([paper])), [Kind(name) for name in KINDS])
    assert KINDS[found.kind] == kind


@pytest.mark.slow
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_bundle_is_split_and_parted_whichever_way_its_pages_lie(turned: int) -> None:
    made = [papers.paper("invoice", "en", seeded(number)) for number in range(3)]
    made.insert(2, papers.paper("letter", "en", seeded("letter")))
    read = pages(papers.digital(made, turned))
    kinds = [Kind("letter"), Kind("invoice")]
    found = splits.split(read, kinds, None)
    assert [part.kind for part in found] == [1, 1, 0, 1]
    assert [len(part.pages) for part in found] == [len(paper.pages) for paper in made]
    parts = partitions.partition(read, "invoice number")
    assert [part.value for part in parts] == [
        paper.number for paper in made if paper.kind == "invoice"
    ]


@pytest.mark.slow
def test_a_scan_is_read_despite_its_errors() -> None:
    made = [papers.paper(kind, "en", seeded(kind)) for kind in ("invoice", "letter")]
    read = pages(papers.scanned(papers.digital(made), seeded("scan")))
    found = splits.split(read, [Kind("letter"), Kind("invoice")], None)
    assert [part.kind for part in found] == [1, 0]
    assert [len(part.pages) for part in found] == [len(paper.pages) for paper in made]


def test_a_title_weighs_more_than_a_mention() -> None:
    image = Image.new("RGB", (1000, 500), "white")
    draw = ImageDraw.Draw(image)
    draw.text((80, 60), "Delivery note", fill="black", font=ImageFont.load_default(60))
    for place, text in enumerate(("The invoice follows by mail.", "Invoice address: Mill Lane 1")):
        draw.text((80, 200 + 80 * place), text, fill="black", font=ImageFont.load_default(30))
    target = io.BytesIO()
    image.save(target, "PNG")
    found = sorting.classify(pages(target.getvalue(), "png"), [Kind("invoice"), Kind("delivery")])
    assert found.kind == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Invoices", "invoice"),
        ("Policies", "policy"),
        ("Rechnungen", "Rechnung"),
        ("Verträge", "VERTRAG"),
        ("factures", "facture"),
        ("albaranes", "albarán"),
    ],
)
def test_plurals_cases_and_accents_are_the_same_word(one: str, other: str) -> None:
    assert terms(one) == terms(other)


def test_words_are_found_in_what_is_made_of_them() -> None:
    lexicon = Lexicon(["rechnung", "nummer", "nr", "invoic", "number"])
    assert lexicon.read("Rechnungsnummer", is_recognized=False) == ("rechnung", "nummer")
    assert lexicon.read("Rechnungsnr.", is_recognized=False) == ("rechnung", "nr")
    assert Lexicon(["kont", "nummer"]).read("Kontonummer", False) == ("kont", "nummer")
    assert lexicon.read("Invoicenumber", is_recognized=True) == ("invoic", "number")


def test_words_are_found_despite_wrong_letters_where_ocr_has_read_them() -> None:
    lexicon = Lexicon(["statement"])
    assert lexicon.read("Staternent", is_recognized=False) == ("staternent",)
    assert lexicon.read("Statment", is_recognized=True) == ("statement",)


def test_names_are_read_as_words() -> None:
    assert spaced("bankStatement_page") == "bank Statement page"
    assert terms("銀行口座") == ("銀行", "行口", "口座")
