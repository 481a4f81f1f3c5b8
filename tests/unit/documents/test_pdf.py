"""PDF: text in reading order, tables in place, scans by OCR, and what cannot be read."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from pypdf import PdfWriter
from reportlab.lib import colors
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from jobs_backend.errors import JobFailure
from tests.unit.documents.conftest import PROSE, Parse, lines, pdf, picture, wrapped

Text = Callable[..., str]
ROWS = [["Item", "Qty", "Price"], ["Bolt", "10", "1.50"], ["Nut & washer", "7", "0.25"]]


def _ruled(canvas: Canvas, left: float = 60, top: float = 600) -> None:
    table = Table(ROWS, style=[("GRID", (0, 0), (-1, -1), 0.7, colors.black)])
    _, height = table.wrapOn(canvas, 400, 400)
    table.drawOn(canvas, left, top - height)


def test_pages_come_in_order_each_with_its_text(parse: Parse) -> None:
    body = parse("a.pdf", pdf(lines("First page"), lines("Second page"), lines()))
    assert body["output"]["pages"] == ["First page", "Second page", ""]
    assert body["output"]["text"].startswith("First page\n\nSecond page")
    assert body["usage"]["page_count"] == 3
    assert body["file"]["mime_type"] == "application/pdf"
    assert body["id"].startswith("parse_")


def test_lines_keep_their_spaces_and_paragraphs_their_gap(text: Text) -> None:
    def draw(canvas: Canvas) -> None:
        lines("One line of text", "and the next one")(canvas)
        lines("A new paragraph", top=720)(canvas)

    assert text("a.pdf", pdf(draw)) == "One line of text\nand the next one\n\nA new paragraph"


def test_columns_are_read_one_after_the_other_under_their_heading(text: Text) -> None:
    left = wrapped("Left starts here. " + PROSE + "Left ends here.", 42)
    right = wrapped("Right starts here. " + PROSE + "Right ends here.", 42)

    def draw(canvas: Canvas) -> None:
        heading = "A heading that spans the whole width of the page, over both of its columns"
        lines(heading, top=800)(canvas)
        lines(*left, left=60, top=770)(canvas)
        lines(*right, left=320, top=766)(canvas)  # baselines that do not line up

    found = text("a.pdf", pdf(draw))
    marks = ["A heading", "Left starts", "Left ends", "Right starts", "Right ends"]
    assert sorted(marks, key=found.index) == marks
    assert "\n".join(left) in found
    assert "\n".join(right) in found


def test_labels_and_values_stay_on_their_lines(text: Text) -> None:
    def draw(canvas: Canvas) -> None:
        lines("Invoice", "Date", "Customer", "Total")(canvas)
        lines("4711", "2026-03-01", "Northwind", "99.00", left=300)(canvas)

    expected = "Invoice 4711\nDate 2026-03-01\nCustomer Northwind\nTotal 99.00"
    assert text("a.pdf", pdf(draw)) == expected


@pytest.mark.parametrize("table_format", ["html", "markdown", "yaml", "json"])
def test_a_table_stands_in_its_place_once(text: Text, table_format: str) -> None:
    def draw(canvas: Canvas) -> None:
        lines("Before the table", top=640)(canvas)
        _ruled(canvas)
        lines("After the table", top=500)(canvas)

    found = text("a.pdf", pdf(draw), table_parsing_format=table_format)
    before, _, rest = found.partition("\n\n")
    table, _, after = rest.rpartition("\n\n")
    assert (before, after) == ("Before the table", "After the table")
    records = [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]
    expected: dict[str, Any] = {
        "html": "<table>\n<tr><th>Item</th><th>Qty</th><th>Price</th></tr>\n"
        "<tr><td>Bolt</td><td>10</td><td>1.50</td></tr>\n"
        "<tr><td>Nut &amp; washer</td><td>7</td><td>0.25</td></tr>\n</table>",
        "markdown": "| Item | Qty | Price |\n| --- | --- | --- |\n"
        "| Bolt | 10 | 1.50 |\n| Nut & washer | 7 | 0.25 |",
        "yaml": records,
        "json": records,
    }
    loaded = {"yaml": yaml.safe_load, "json": json.loads}.get(table_format, str)(table)
    assert loaded == expected[table_format]


def test_prose_in_a_frame_is_no_table(text: Text) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(50, 600, 480, 200)
        canvas.line(50, 700, 530, 700)
        lines(*wrapped(PROSE, 80))(canvas)

    found = text("a.pdf", pdf(draw))
    assert "<table>" not in found
    assert found == "\n".join(wrapped(PROSE, 80))


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_text_that_is_turned_is_read_all_the_same(text: Text, angle: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(300, 420)
        canvas.rotate(angle)
        lines("Turned text on a page", "that lies on its side", left=-80, top=0)(canvas)

    assert text("a.pdf", pdf(draw)) == "Turned text on a page\nthat lies on its side"


def test_a_page_with_a_rotation_flag_is_read_as_it_is_shown(text: Text) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.rotate(90)
        lines("Shown upright", "by a flag", left=100, top=-300)(canvas)

    assert text("a.pdf", pdf(draw)) == "Shown upright\nby a flag"


def test_text_printed_twice_for_boldness_is_read_once(text: Text) -> None:
    def draw(canvas: Canvas) -> None:
        lines("Total amount")(canvas)
        lines("Total amount", left=60.3)(canvas)

    assert text("a.pdf", pdf(draw)) == "Total amount"


def _without_spaces(canvas: Canvas, words: list[str], left: float, top: float) -> None:
    for word in words:
        canvas.drawString(left, top, word)
        left += canvas.stringWidth(word) + 2  # a fifth of the letters' size, as TeX justifies


def test_words_that_a_producer_parts_by_moving_on_stay_apart(text: Text) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        _without_spaces(canvas, ["Results", "of", "a", "trial"], 60, 700)

    assert text("a.pdf", pdf(draw)) == "Results of a trial"


def test_words_without_spaces_stay_apart_in_a_table(text: Text) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for row, place in enumerate((["Unit", "price"], ["Last", "year"])):
            for column in (0, 1):
                canvas.rect(60 + 120 * column, 600 - 20 * row, 120, 20)
                _without_spaces(canvas, place, 64 + 120 * column, 606 - 20 * row)

    found = text("a.pdf", pdf(draw), table_parsing_format="markdown")
    assert "| Unit price | Unit price |" in found


def test_a_scanned_page_among_others_goes_through_ocr(parse: Parse) -> None:
    def scan(canvas: Canvas) -> None:
        image = picture("Scanned page number two", "Total due 1,234.56", size=(1240, 1754))
        canvas.drawImage(ImageReader(image), 0, 0, 595, 842)

    pages = parse("a.pdf", pdf(lines("Digital page"), scan))["output"]["pages"]
    assert pages[0] == "Digital page"
    assert "Scanned page number two" in pages[1]
    assert "Total due 1,234.56" in pages[1]


@pytest.mark.parametrize(
    ("height", "body", "is_read"),
    [(842, "", True), (300, "", True), (842, "A text of its own beside it", False)],
    ids=["scan", "photo", "background"],
)
def test_what_a_program_printed_into_the_margins_keeps_no_picture_from_being_read(
    parse: Parse, height: int, body: str, is_read: bool
) -> None:
    def printed(canvas: Canvas) -> None:
        image = picture("Scanned page", "Total due 1,234.56", size=(1240, 2 * height))
        canvas.drawImage(ImageReader(image), 0, (842 - height) / 2, 595, height)
        canvas.drawString(40, 820, "7/8/2021 Gallery of pictures")
        canvas.drawString(40, 20, "chrome://media-app 1/1")
        canvas.drawString(200, 500, body)

    found = parse("a.pdf", pdf(printed))["output"]["pages"][0]
    assert ("Total due 1,234.56" in found) == is_read


# Outlines of letters on a grid of 3 by 5, the corners from the top.
LETTERS = {
    "T": "05 35 34 24 20 10 14 04",
    "L": "05 15 11 31 30 00",
    "I": "15 25 22 20 10 12",
    "H": "05 15 13 23 25 35 30 20 22 12 10 00",
    "F": "05 35 34 14 13 23 22 12 10 00",
    "E": "05 35 34 14 13 33 32 12 11 31 30 00",
}


def _draw_as_shapes(canvas: Canvas, *lines: str, size: float = 5, step: float = 60) -> None:
    for line, words in enumerate(lines):
        for place, letter in enumerate(words):
            if letter == " ":
                continue
            path = canvas.beginPath()
            for number, (across, up) in enumerate(LETTERS[letter].split()):
                left, bottom = 60 + 4.4 * size * place, 700 - step * line
                point = (left + size * int(across), bottom + size * int(up))
                (path.lineTo if number else path.moveTo)(*point)
            path.close()
            canvas.drawPath(path, stroke=0, fill=1)


def test_letters_that_are_drawn_as_shapes_go_through_ocr(text: Text) -> None:
    def draw(canvas: Canvas) -> None:
        _draw_as_shapes(canvas, "THE LITTLE HILL", "LET HIT TELL")

    read = text("a.pdf", pdf(draw)).replace(" ", "")
    assert "THELITTLEHILL" in read
    assert "LETHITTELL" in read


@pytest.mark.slow
@pytest.mark.parametrize(("titles", "is_recognized"), [(1, True), (12, False)])
def test_many_letters_that_are_drawn_beside_few_that_are_not(
    text: Text, titles: int, is_recognized: bool
) -> None:
    def draw(canvas: Canvas) -> None:
        for number in range(titles):
            canvas.drawString(60, 800 - 8 * number, "An application form of 2020")
        _draw_as_shapes(canvas, *["THE LITTLE HILL LET HIT TELL"] * 24, size=2.5, step=24)

    read = text("a.pdf", pdf(draw)).replace(" ", "")
    assert ("THELITTLEHILL" in read) is is_recognized
    assert "2020" in read


def test_the_points_of_a_chart_are_no_letters(text: Text) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 800, "Rain by month")
        for number in range(700):
            canvas.circle(60 + number % 30 * 16, 60 + number // 30 * 20, 3, stroke=0, fill=1)

    assert text("a.pdf", pdf(draw)).strip() == "Rain by month"


def test_an_empty_user_password_opens_as_in_any_viewer(text: Text) -> None:
    encryption = StandardEncryption("", ownerPassword="owner", strength=128)
    assert text("a.pdf", pdf(lines("Readable"), encrypt=encryption)) == "Readable"


WHOLE = pdf(lines("Some text"), lines(*wrapped(PROSE, 70)))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (
            pdf(lines("x"), encrypt=StandardEncryption("secret", strength=128)),
            "document_encrypted",
        ),
        (WHOLE[: len(WHOLE) // 2], "document_unreadable"),
        (b"%PDF-1.7\n" + b"\x93garbage" * 99, "document_unreadable"),
        (b"%PDF-1.4\n", "document_unreadable"),
        (b"\x00\x01\x02" * 99, "document_unreadable"),
        (b"just text", "document_type_mismatch"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "document_type_mismatch"),
        (b"", "document_empty"),
    ],
)
def test_a_pdf_that_cannot_be_read_says_why(parse: Parse, content: bytes, code: str) -> None:
    with pytest.raises(JobFailure) as raised:
        parse("report.pdf", content, "application/pdf")
    assert raised.value.code == code
    assert "report.pdf" in raised.value.message


def _twice_the_first(content: bytes) -> bytes:
    # pdfminer goes by each page once, viewers show it twice.
    return content.replace(b"/Kids [ 3 0 R 4 0 R ]", b"/Kids [ 3 0 R 3 0 R ]")


def test_a_pdf_that_lost_its_end_is_read_as_viewers_read_it(text: Text) -> None:
    content = pdf(lines("First page"))
    assert text("a.pdf", content.replace(b"startxref", b"startxerf")) == "First page"


def test_pages_that_a_reader_does_not_see_are_looked_for(
    parse: Parse, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = pdf(lines("First page"), lines("Second page"))
    monkeypatch.setattr("workers.documents.mending.mended", lambda _: content)
    body = parse("a.pdf", _twice_the_first(content))
    assert body["output"]["pages"] == ["First page", "Second page"]


def test_a_pdf_of_which_pages_stay_missing_is_no_success(parse: Parse) -> None:
    with pytest.raises(JobFailure) as failure:
        parse("a.pdf", _twice_the_first(pdf(lines("First page"), lines("Second page"))))
    assert failure.value.code == "document_unreadable"


def test_a_pdf_none_of_whose_pages_can_be_shown_is_unreadable(
    parse: Parse, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = pdf(lines("First page")).replace(b"startxref", b"startxerf")
    target = io.BytesIO()
    PdfWriter().write(target)
    monkeypatch.setattr("workers.documents.mending.mended", lambda _: target.getvalue())
    monkeypatch.setattr("workers.documents.mending._shown", lambda _: 0)
    with pytest.raises(JobFailure) as failure:
        parse("a.pdf", content)
    assert failure.value.code == "document_unreadable"


def test_pages_that_no_viewer_shows_are_not_missed(parse: Parse) -> None:
    content = pdf(lines("First page"), lines("Second page"))
    body = parse("a.pdf", content.replace(b"4 0 R ] /Type /Pages", b"99 0 R ] /Type /Pages"))
    assert body["output"]["pages"] == ["First page"]


def test_a_pdf_without_pages_is_empty(parse: Parse) -> None:
    target = io.BytesIO()
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    document.save(target)
    with pytest.raises(JobFailure) as raised:
        parse("none.pdf", target.getvalue())
    assert raised.value.code in ("document_empty", "document_unreadable")


def test_more_pages_than_the_limit_are_refused_at_once(
    parse: Parse, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workers.documents import limits

    monkeypatch.setattr(limits, "MAX_PAGES", 2)
    with pytest.raises(JobFailure) as raised:
        parse("a.pdf", pdf(lines("1"), lines("2"), lines("3")))
    assert raised.value.code == "document_too_large"


def test_an_interruption_goes_through_the_reader(
    parse: Parse, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workers.documents import layout
    from workers.interruption import Interrupted

    def interrupted(_boxes: Any) -> str:
        raise Interrupted

    monkeypatch.setattr(layout, "as_text", interrupted)
    with pytest.raises(Interrupted):
        parse("a.pdf", pdf(lines("1")))
