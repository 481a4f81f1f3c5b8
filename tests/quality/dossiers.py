"""Dossiers as people scan them together: statements, payslips, contracts, bills of several senders.

`python -m tests.quality.dossiers`. A page is right if it is in a part of its kind that begins where
its document does; a cover sheet, if it is in none; an empty page, if it is with what is before it.
"""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.quality.measuring import Row
from workers.documents import reader
from workers.documents.page import Page
from workers.documents.source import Source
from workers.local import splits
from workers.local.kinds import Kind

BUNDLES = 40
KINDS = (
    Kind("bank_statement", "Account statement with transactions and balances"),
    Kind("payslip", "Salary slip of an employee"),
    Kind("contract", "Signed agreement: employment, tenancy, services"),
    Kind("id_document", "Passport, identity card or driving licence"),
    Kind("invoice", "Bill of a supplier, energy bills too"),
    Kind("letter", "Correspondence"),
)
WIDTH, HEIGHT = 595, 842
_FONTS = ("Helvetica", "Times-Roman", "Courier")
_PEOPLE = ("Anna Maria Smith", "Jonas Weber", "Chloé Martin", "Daniel O. Reyes")
_PAGES = {
    "en": ("Page {} of {}", "{} / {}", "- {} -", "Page {}", ""),
    "de": ("Seite {} von {}", "Seite {}/{}", "- {} -", "Seite {}", "", ""),
    "fr": ("Page {} sur {}", "{}/{}", "Page {}", "p. {}", "", ""),
}
Wanted = tuple[str, int] | None
Document = tuple[str, str, list[str]]


def dossier(seed: int) -> tuple[bytes, list[Wanted]]:
    """A bundle, and for each page the kind and the first page of its document; None for none."""
    from reportlab.pdfgen.canvas import Canvas

    chance = random.Random(f"dossier {seed}")  # noqa: S311 - no secret
    target = io.BytesIO()
    canvas = Canvas(target, invariant=True)
    wanted: list[Wanted] = []
    stamp = "Exhibit bundle {}" if chance.random() < 0.2 else ""
    for document in _chosen(chance):
        first = len(wanted) + 1
        size = (612, 792) if "NY" in document[2][0] else (WIDTH, HEIGHT)
        for draw in _pages(document, chance):
            canvas.setPageSize(size)
            draw(canvas, size[1])
            canvas.setFont("Helvetica", 7)
            canvas.drawRightString(size[0] - 20, 12, stamp.format(len(wanted) + 1))
            canvas.showPage()
            wanted.append((document[0], first) if document[0] else None)
        if document[0] and chance.random() < 0.15:
            canvas.showPage()
            wanted.append(wanted[-1])
    canvas.save()
    return target.getvalue(), wanted


def documents() -> list[Document]:
    """What there is to choose from: the kind, empty if none, the language and each page's text."""
    text = (Path(__file__).parent / "dossiers.txt").read_text(encoding="utf-8")
    found = []
    for block in text.split("\n= ")[1:]:
        head, _, body = block.rstrip("\n").partition("\n")
        kind, language = head.split(", ")
        kind = "" if kind == "none" else kind.replace(" ", "_")
        found.append((kind, language, body.split("\n~~~\n")))
    return found


def read(content: bytes) -> list[Page]:
    """Its pages."""
    return [page for page, _ in reader.laid_out(Source("dossier.pdf", content, "pdf"), dpi=150)]


def measure() -> Iterator[Row]:
    """What was measured, how many pages were right, of how many."""
    right, every = 0, 0
    for seed in range(BUNDLES):
        content, wanted = dossier(seed)
        for own, found in zip(wanted, found_in(read(content)), strict=True):
            right += own == found
            every += 1
    yield "split, dossiers, pages", right, every


def found_in(pages: list[Page]) -> list[Wanted]:
    """For each page the kind and the first page of the part that it is in."""
    parts = splits.split(pages, KINDS, None)
    found = {page: (KINDS[part.kind].name, part.pages[0]) for part in parts for page in part.pages}
    return [found.get(page.number) for page in pages]


def _chosen(chance: random.Random) -> list[Document]:
    real = [document for document in documents() if document[0]]
    covers = [document for document in documents() if not document[0]]
    chosen = [chance.choice(real) for _ in range(chance.randrange(4, 8))]
    if chance.random() < 0.4:
        chosen.insert(chance.choice((0, 0, 2)), chance.choice(covers))
    return chosen


def _pages(document: Document, chance: random.Random) -> list[Callable[..., None]]:
    _, language, texts = document
    told = {
        "n": f"{chance.choice(('', 'R-', '24/'))}{chance.randrange(100_000, 9_999_999)}",
        "p": chance.choice(_PEOPLE),
        "d": f"{chance.randrange(13, 29)}/0{chance.randrange(1, 5)}/2024",
    }
    font, size = chance.choice(_FONTS), chance.choice((9, 10, 11))
    form = chance.choice(_PAGES[language])
    is_above = chance.random() < 0.3
    count = len(texts)

    def drawn(place: int) -> Callable[..., None]:
        text = re.sub(r"\{([npd])\}", lambda match: told[match.group(1)], texts[place])
        text = re.sub(r"\{a\}", lambda _: _amount(chance, language), text)
        number = form.format(place + 1, count) if form else ""

        def draw(canvas: Any, height: float) -> None:
            _draw(canvas, text, font, size, height)
            canvas.setFont(font, 8)
            top = height - 22 if is_above else 30
            canvas.drawCentredString(WIDTH / 2, top, number)

        return draw

    return [drawn(place) for place in range(count)]


def _draw(canvas: Any, text: str, font: str, size: int, height: float) -> None:
    bold = {"Times-Roman": "Times-Bold"}.get(font, f"{font}-Bold")
    top = height - 60
    for line in text.split("\n"):
        body = line.lstrip("#*>")
        large = size * 1.7 if line.startswith("#") else size
        canvas.setFont(bold if line[:1] in ("#", "*") else font, large)
        parts = [part.strip() for part in body.split("|")]
        step = 480 / max(len(parts), 1)
        for column, part in enumerate(parts):
            left = 330 if line.startswith(">") else 55 + step * column
            canvas.drawString(left, top, part)
        top -= large * 1.35


def _amount(chance: random.Random, language: str) -> str:
    plain = f"{chance.randrange(5, 4000):,}.{chance.randrange(100):02}"
    return plain if language == "en" else plain.translate(str.maketrans(",.", ".,"))


def main() -> None:
    """Print what was measured."""
    for what, right, every in measure():
        print(f"{what:28} {right:4} of {every:4}  {right / every:6.1%}")


if __name__ == "__main__":
    main()
