"""Documents of seven kinds in several layouts, digital or scanned, made from a seed."""

from __future__ import annotations

import io
import random
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field

from PIL import Image, ImageFilter
from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from tests.quality.sorting_parts import Form, Prose
from tests.quality.sorting_words import WORDS

WIDTH, HEIGHT, MARGIN = 595, 842, 55
DPI, MOST_TURNED = 150, 0.7
ROWS_A_PAGE, SENTENCES_A_PAGE = 14, 6
_COMPANIES = ("Northwind Trading", "Hansen & Söhne", "Maison Verte", "Talleres Robles", "Okapi Ltd")
_FIRST = ("Jane", "Otto", "Claire", "Luis", "Nora", "Karim", "Ewa", "Paul", "Ines", "Mats")
_LAST = ("Doe", "Keller", "Dubois", "Moreno", "Quist", "Haddad", "Nowak", "Irving", "Prado", "Berg")
_PAGE_OF = {"en": "Page {} of {}", "de": "Seite {} von {}", "fr": "Page {} sur {}"}
_CARRIED = {"en": "Carried forward", "de": "Übertrag", "fr": "Report", "es": "Suma anterior"}
Draw = Callable[[Canvas], None]


@dataclass(frozen=True)
class Paper:
    """A document, and what is true of it."""

    kind: str
    number: str
    person: str
    pages: tuple[Draw, ...]


@dataclass
class Style:
    """How a document looks, and what it tells of itself."""

    language: str
    company: str
    font: str
    fields: str
    numbers: str
    title_size: int
    count: int
    is_titled_again: bool
    values: dict[str, str] = field(default_factory=dict)


def paper(kind: str, language: str, seed: random.Random) -> Paper:
    """Make a document."""
    words = WORDS[language][kind]
    style = _style(language, seed)
    title = seed.choice(words.titles)
    if isinstance(words, Form):
        rows = [_row(words, seed) for _ in range(ROWS_A_PAGE * style.count - 5)]
        pages = [_form(words, style, title, rows, place) for place in range(style.count)]
    else:
        style.count = _prose_pages(words, style)
        pages = [_prose(words, style, title, place) for place in range(style.count)]
    return Paper(kind, style.values["number"], style.values["person"], tuple(pages))


def digital(papers: list[Paper], turned: int = 0) -> bytes:
    """A bundle as a PDF, each third page of it turned by so many degrees."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(WIDTH, HEIGHT), invariant=True)
    for number, draw in enumerate(draw for paper in papers for draw in paper.pages):
        if turned and number % 3 == 1:
            canvas.setPageRotation(turned)
        draw(canvas)
        canvas.showPage()
        canvas.setPageRotation(0)
    canvas.save()
    return target.getvalue()


def scanned(content: bytes, seed: random.Random) -> bytes:
    """A PDF as a scanner would make it: a little crooked, blurred and speckled."""
    import numpy
    import pypdfium2

    noise = numpy.random.default_rng(seed.randrange(1 << 30))
    images = []
    document = pypdfium2.PdfDocument(content)
    for page in document:
        image = page.render(scale=DPI / 72).to_pil().convert("L")
        image = image.rotate(seed.uniform(-MOST_TURNED, MOST_TURNED), fillcolor=255)
        image = image.filter(ImageFilter.GaussianBlur(0.6))
        speckled = numpy.asarray(image, dtype=float) + noise.normal(0, 14, image.size[::-1])
        images.append(Image.fromarray(speckled.clip(0, 255).astype("uint8")))
    document.close()
    target = io.BytesIO()
    images[0].save(
        target, "PDF", save_all=True, append_images=images[1:], resolution=DPI, quality=60
    )
    return target.getvalue()


def _style(language: str, seed: random.Random) -> Style:
    number = f"{seed.choice(('', 'A-', 'RE', '2024/'))}{seed.randrange(10_000, 99_999)}"
    person = f"{seed.choice(_FIRST)} {seed.choice(_LAST)}"
    date = f"{seed.randrange(10, 28)}.{seed.randrange(10, 12)}.2024"
    return Style(
        language,
        seed.choice(_COMPANIES),
        seed.choice(("Helvetica", "Times-Roman", "Courier")),
        seed.choice(("inline", "columns", "above", "boxed")),
        seed.choice(("of", "slash", "dashed", "none")),
        seed.choice((11, 16, 22)),
        seed.choice((1, 1, 2, 3)),
        seed.random() < 0.5,
        {"number": number, "date": date, "person": person},
    )


def _row(words: Form, seed: random.Random) -> list[str]:
    amounts = [f"{seed.randrange(1, 900)}.{seed.randrange(10, 99)}" for _ in words.header[1:]]
    return [seed.choice(words.rows), *amounts]


def _form(words: Form, style: Style, title: str, rows: list[list[str]], place: int) -> Draw:
    def draw(canvas: Canvas) -> None:
        top = _head(canvas, words, style, title, place)
        first = ROWS_A_PAGE * place - (5 if place else 0)
        count = ROWS_A_PAGE - (0 if place else 5)
        table = [list(words.header), *rows[first : first + count]]
        if place and not style.is_titled_again:
            carried = [_CARRIED[style.language], *[""] * (len(words.header) - 2), "812.40"]
            table.insert(1, carried)
        top = _table(canvas, table, style, top - 20)
        if place == style.count - 1:
            lines = [line.format(amount="1,284.15") for line in words.closing]
            _lines(canvas, lines, style, MARGIN, top - 24)
        _foot(canvas, style, place)

    return draw


def _prose(words: Prose, style: Style, title: str, place: int) -> Draw:
    def draw(canvas: Canvas) -> None:
        top = _head(canvas, words, style, title, place) - 16
        start, end = SENTENCES_A_PAGE * place, SENTENCES_A_PAGE * (place + 1)
        if style.count == 1:
            end = len(words.sentences)
        for number, sentence in list(enumerate(words.sentences))[start:end]:
            text = sentence
            if sentence.startswith("#"):
                heading = sentence[2:]
                is_clause = len(words.sentences) > SENTENCES_A_PAGE * 1.7
                text = f"{number // 2 + 1}. {heading}" if is_clause else heading
                top -= 10
            else:
                text = f"{sentence} " * (3 if style.count > 1 else 1)
            top = _lines(canvas, textwrap.wrap(text, 75), style, MARGIN, top) - 6
        if place == style.count - 1:
            _lines(canvas, list(words.closing), style, MARGIN, top - 20, step=26)
        _foot(canvas, style, place)

    return draw


def _prose_pages(words: Prose, style: Style) -> int:
    return -(-len(words.sentences) // SENTENCES_A_PAGE) if len(words.sentences) > 10 else 1


def _head(canvas: Canvas, words: Form | Prose, style: Style, title: str, place: int) -> float:
    canvas.setFont(style.font, 13)
    canvas.drawString(MARGIN, HEIGHT - 50, style.company)
    if place:
        if style.is_titled_again:
            label = words.fields[0][0] if words.fields[0][1] == "number" else ""
            number = style.values["number"] if label else ""
            canvas.setFont(style.font, 9)
            canvas.drawRightString(WIDTH - MARGIN, HEIGHT - 50, f"{label} {number}".strip())
        return HEIGHT - 80
    canvas.setFont(style.font, style.title_size)
    canvas.drawString(MARGIN, HEIGHT - 120, title)
    fields = [(label, style.values.get(value, value)) for label, value in words.fields]
    return _FIELDS[style.fields](canvas, fields, style, HEIGHT - 160)


def _inline(canvas: Canvas, fields: list[tuple[str, str]], style: Style, top: float) -> float:
    texts = [f"{label}: {value}" if label else value for label, value in fields]
    return _lines(canvas, texts, style, MARGIN, top)


def _columns(canvas: Canvas, fields: list[tuple[str, str]], style: Style, top: float) -> float:
    _lines(canvas, [label for label, _ in fields], style, 320, top)
    return _lines(canvas, [value for _, value in fields], style, 450, top)


def _above(canvas: Canvas, fields: list[tuple[str, str]], style: Style, top: float) -> float:
    for place, (label, value) in enumerate(fields):
        _lines(canvas, [label, value], style, MARGIN + 165 * place, top)
    return top - 30


def _boxed(canvas: Canvas, fields: list[tuple[str, str]], style: Style, top: float) -> float:
    return _table(canvas, [list(pair) for pair in fields], style, top + 12)


_FIELDS = {"inline": _inline, "columns": _columns, "above": _above, "boxed": _boxed}


def _table(canvas: Canvas, rows: list[list[str]], style: Style, top: float) -> float:
    is_ruled = style.fields in ("boxed", "inline")
    grid = [("GRID", (0, 0), (-1, -1), 0.6, colors.black)] if is_ruled else []
    widths = [(WIDTH - 2 * MARGIN) / len(rows[0])] * len(rows[0])
    table = Table(rows, colWidths=widths, style=[("FONT", (0, 0), (-1, -1), style.font, 9), *grid])
    _, height = table.wrapOn(canvas, WIDTH, HEIGHT)
    table.drawOn(canvas, MARGIN, top - height)
    return float(top - height)


def _lines(
    canvas: Canvas, texts: list[str], style: Style, left: float, top: float, step: float = 14
) -> float:
    canvas.setFont(style.font, 10)
    for text in texts:
        canvas.drawString(left, top, text)
        top -= step
    return top


def _foot(canvas: Canvas, style: Style, place: int) -> None:
    of = _PAGE_OF.get(style.language, "Página {} de {}").format(place + 1, style.count)
    texts = {"of": of, "slash": f"{place + 1} / {style.count}", "dashed": f"- {place + 1} -"}
    canvas.setFont(style.font, 8)
    canvas.drawCentredString(WIDTH / 2, 30, texts.get(style.numbers, ""))
    canvas.drawCentredString(WIDTH / 2, 44, f"{style.company} - www.example.com")
