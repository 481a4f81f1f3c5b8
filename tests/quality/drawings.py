"""Papers as files: PDF in several layouts, DOCX, XLSX, plain text, and noisy scans."""

from __future__ import annotations

import io
from collections.abc import Callable
from random import Random
from typing import Any

from reportlab.lib import colors
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from tests.quality.business import Paper

WIDTH, HEIGHT, MARGIN, STEP = 595, 842, 56, 14
META = ("number", "date", "due", "order", "email")
SUMS = ("subtotal", "tax", "total")
COLUMNS = ("description", "quantity", "price", "line")
_LEFTS, _RIGHTS = (MARGIN, 300, 380, 470), (0, 340, 450, WIDTH - MARGIN)
_ROWS_A_PAGE = 40

Draw = Callable[["Sheet", Paper, float], float]


class Sheet:
    """A canvas that is written on from the top."""

    def __init__(self) -> None:
        self._target = io.BytesIO()
        self.canvas = Canvas(self._target, pagesize=(WIDTH, HEIGHT), invariant=True)

    def write(self, text: str, left: float, top: float, *, bold: bool = False) -> None:
        """Write from a place to the right."""
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", 10)
        self.canvas.drawString(left, HEIGHT - top, text)

    def write_up_to(self, text: str, right: float, top: float) -> None:
        """Write so that the text ends at a place."""
        self.write(text, right - pdfmetrics.stringWidth(text, "Helvetica", 10), top)

    def end_page(self) -> None:
        """Begin another page."""
        self.canvas.showPage()

    def content(self) -> bytes:
        """The file."""
        self.canvas.showPage()
        self.canvas.save()
        return self._target.getvalue()


def pdf(paper: Paper, head: Draw, table: Draw) -> bytes:
    """A paper as a PDF: title, head, table, sums and a last line."""
    sheet = Sheet()
    sheet.write("Example Works", MARGIN, 50, bold=True)
    sheet.write("1 Factory Road, Oldtown", MARGIN, 64)
    sheet.write(paper.labels["title"], MARGIN, 96, bold=True)
    top = table(sheet, paper, head(sheet, paper, 125) + 24)
    for name in SUMS:
        sheet.write(paper.labels[name], 360, top)
        sheet.write_up_to(paper.texts[name], WIDTH - MARGIN, top)
        top += STEP
    sheet.write("Example Works, registered in Oldtown, page 1", MARGIN, HEIGHT - 30)
    return sheet.content()


def labels_left(sheet: Sheet, paper: Paper, top: float) -> float:
    """Labels with a colon, values in a column; the customer above them."""
    top = _customer(sheet, paper, top, MARGIN) + 10
    for name in META:
        sheet.write(f"{paper.labels[name]}:", MARGIN, top)
        sheet.write(paper.texts[name], 190, top)
        top += STEP
    return top


def labels_above(sheet: Sheet, paper: Paper, top: float) -> float:
    """Labels in a line, their values underneath."""
    top = _customer(sheet, paper, top, MARGIN) + 10
    for names in (META[:3], META[3:]):
        for place, name in enumerate(names):
            sheet.write(paper.labels[name], MARGIN + 165 * place, top, bold=True)
            sheet.write(paper.texts[name], MARGIN + 165 * place, top + STEP)
        top += 2.6 * STEP
    return top


def two_columns(sheet: Sheet, paper: Paper, top: float) -> float:
    """The customer on the left, labels and values on the right, without colons."""
    end = _customer(sheet, paper, top, MARGIN)
    for name in META:
        sheet.write(paper.labels[name], 330, top)
        sheet.write(paper.texts[name], 445, top)
        top += STEP
    return max(top, end)


def boxed(sheet: Sheet, paper: Paper, top: float) -> float:
    """Labels and values in the cells of a form."""
    top = _customer(sheet, paper, top, MARGIN)
    cells = [[f"{paper.labels[name]}\n{paper.texts[name]}" for name in META[:3]]]
    cells.append([f"{paper.labels[name]}\n{paper.texts[name]}" for name in META[3:]] + [""])
    return _grid(sheet, cells, top, [160, 160, 160])


def ruled(sheet: Sheet, paper: Paper, top: float) -> float:
    """The rows between ruling lines."""
    rows = [[paper.labels[name] for name in COLUMNS], *paper.rows]
    return _grid(sheet, rows, top, [220, 70, 95, 98]) + 10


def borderless(sheet: Sheet, paper: Paper, top: float) -> float:
    """The rows without any line; on to the next page where one is full, with the header again."""
    for number, row in enumerate(paper.rows):
        if number % _ROWS_A_PAGE == 0:
            if number:
                sheet.end_page()
                top = 60
            _columns(sheet, [paper.labels[name] for name in COLUMNS], top)
            top += 18
        _columns(sheet, row, top)
        top += STEP
    return top + 10


def ruled_pages(sheet: Sheet, paper: Paper, top: float) -> float:
    """Ruled rows that go on over pages, with the header again."""
    header = [paper.labels[name] for name in COLUMNS]
    for first in range(0, len(paper.rows), 28):
        if first:
            sheet.end_page()
            top = 60
        top = _grid(sheet, [header, *paper.rows[first : first + 28]], top, [220, 70, 95, 98])
    return top + 10


def text(paper: Paper) -> bytes:
    """A paper as plain text."""
    lines = ["Example Works", paper.labels["title"], ""]
    lines += [f"{paper.labels['customer']}:", *paper.address, ""]
    lines += [f"{paper.labels[name]}: {paper.texts[name]}" for name in META]
    lines += ["", _text_row([paper.labels[name] for name in COLUMNS])]
    lines += [_text_row(row) for row in paper.rows]
    lines += [f"{'':34}{paper.labels[name]:<20}{paper.texts[name]:>16}" for name in SUMS]
    return "\n".join(lines).encode()


def docx(paper: Paper) -> bytes:
    """A paper as Word has it: paragraphs, and a table."""
    import docx as word

    document = word.Document()
    document.add_heading(paper.labels["title"])
    document.add_paragraph("\n".join([f"{paper.labels['customer']}:", *paper.address]))
    for name in META:
        document.add_paragraph(f"{paper.labels[name]}: {paper.texts[name]}")
    rows = [[paper.labels[name] for name in COLUMNS], *paper.rows]
    table = document.add_table(len(rows), len(COLUMNS))
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            table.cell(number, place).text = cell
    for name in SUMS:
        document.add_paragraph(f"{paper.labels[name]}\t{paper.texts[name]}")
    return _saved(document)


def xlsx(paper: Paper) -> bytes:
    """A paper as a sheet: pairs, then rows of true numbers."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append([paper.labels["title"]])
    sheet.append([paper.labels["customer"], paper.address[0]])
    for line in paper.address[1:]:
        sheet.append([None, line])
    for name in META:
        sheet.append([paper.labels[name], paper.texts[name]])
    sheet.append([paper.labels[name] for name in COLUMNS])
    for item in paper.truth["line_items"]:
        sheet.append(list(item.values()))
    for name, key in zip(SUMS, ("subtotal", "tax_amount", "total"), strict=True):
        sheet.append([None, None, paper.labels[name], paper.truth[key]])
    return _saved(book)


def scan(content: bytes, seed: int) -> bytes:
    """A PDF as a scanner sees it: 150 dpi, a little askew, with noise."""
    import numpy
    import pypdfium2
    from PIL import Image

    random = Random(seed)  # noqa: S311
    image = pypdfium2.PdfDocument(content)[0].render(scale=150 / 72).to_pil().convert("L")
    turned = image.rotate(random.uniform(-0.8, 0.8), expand=True, fillcolor=255)
    noise = numpy.random.default_rng(seed).normal(0, 14, (turned.height, turned.width))
    pixels = numpy.clip(numpy.asarray(turned) + noise, 0, 255).astype("uint8")
    target = io.BytesIO()
    Image.fromarray(pixels).save(target, "PNG")
    return target.getvalue()


def _customer(sheet: Sheet, paper: Paper, top: float, left: float) -> float:
    sheet.write(paper.labels["customer"], left, top, bold=True)
    for line in paper.address:
        top += 12
        sheet.write(line, left, top)
    return top + STEP


def _grid(sheet: Sheet, rows: list[list[str]], top: float, widths: list[float]) -> float:
    table = Table(rows, colWidths=widths, style=[("GRID", (0, 0), (-1, -1), 0.6, colors.black)])
    _, height = table.wrapOn(sheet.canvas, WIDTH, HEIGHT)
    table.drawOn(sheet.canvas, MARGIN, HEIGHT - top - height)
    return top + float(height) + 12


def _columns(sheet: Sheet, cells: list[str], top: float) -> None:
    sheet.write(cells[0], _LEFTS[0], top)
    for cell, right in zip(cells[1:], _RIGHTS[1:], strict=True):
        sheet.write_up_to(cell, right, top)


def _text_row(cells: list[str]) -> str:
    return f"{cells[0]:<28}{cells[1]:>12}{cells[2]:>15}{cells[3]:>15}"


def _saved(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
