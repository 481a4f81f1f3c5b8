"""Office files, text of all kinds, images, and the data: URLs that carry them."""

from __future__ import annotations

import base64
import datetime
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable

import docx
import openpyxl
import pytest
from docx.enum.text import WD_BREAK
from PIL import Image

from jobs_backend.errors import JobFailure
from tests.unit.documents.conftest import Parse, encoded, picture
from workers.documents import reader
from workers.documents.source import Source

Text = Callable[..., str]
SAMPLE_LINES = ("Harbour invoice 4711", "Total due: 1,234.56 EUR", "Payable by 31 March 2026")


def _saved(document: object) -> bytes:
    target = io.BytesIO()
    document.save(target)  # type: ignore[attr-defined]
    return target.getvalue()


def test_docx_keeps_the_order_of_paragraphs_lists_and_tables(text: Text) -> None:
    document = docx.Document()
    document.add_heading("A heading", 1)
    document.add_paragraph("Before the table.")
    table = document.add_table(2, 3)
    for row, texts in enumerate((("a", "b", "c"), ("d", "e", "f"))):
        for column, cell in enumerate(texts):
            table.cell(row, column).text = cell
    merged = table.cell(1, 0).merge(table.cell(1, 1))
    merged.text = "d and e"
    document.add_paragraph("first", style="List Bullet")
    document.sections[0].header.paragraphs[0].text = "Letterhead"
    assert text("a.docx", _saved(document), table_parsing_format="markdown") == (
        "Letterhead\n\nA heading\n\nBefore the table.\n\n"
        "| a | b | c |\n| --- | --- | --- |\n| d and e |  | f |\n\n- first"
    )


def test_docx_pages_end_at_page_breaks(parse: Parse) -> None:
    document = docx.Document()
    document.add_paragraph("One").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("Two")
    assert parse("a.docx", _saved(document))["output"]["pages"] == ["One", "Two"]


def test_xlsx_has_a_page_a_sheet_and_values_as_shown(parse: Parse) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Orders"
    sheet.append(["Name", "Count", "When", "Share", "Paid"])
    sheet.append(["Bolt", 3.0, datetime.datetime(2026, 3, 1), 0.125, True])
    book.create_sheet("Empty")
    pages = parse("a.xlsx", _saved(book), table_parsing_format="markdown")["output"]["pages"]
    assert pages == [
        "Orders\n\n| Name | Count | When | Share | Paid |\n| --- | --- | --- | --- | --- |\n"
        "| Bolt | 3 | 2026-03-01 | 0.125 | TRUE |",
        "Empty",
    ]


@pytest.mark.parametrize(
    "content",
    [
        "name;city\nJosé;Łódź\n".encode(),
        b"\xef\xbb\xbf" + "name;city\nJosé;Łódź\n".encode(),
        "name;city\nJosé;Łódź\n".encode("utf-16"),
        "name,city\r\nJosé,Łódź\r\n".encode(),
        "name\tcity\nJosé\tŁódź\n".encode(),
    ],
)
def test_csv_of_any_delimiter_and_encoding(text: Text, content: bytes) -> None:
    found = text("a.csv", content, "text/csv", table_parsing_format="json")
    assert found == '[{"name": "José", "city": "Łódź"}]'


def test_csv_in_windows_1252(text: Text) -> None:
    content = "a,b\ncaf\u00e9,\u20ac 5\n".encode("cp1252")
    assert text("a.csv", content, table_parsing_format="markdown").endswith("| café | € 5 |")


def test_html_keeps_what_is_seen(text: Text) -> None:
    page = """<!doctype html><html><head><title>no</title><style>p{}</style></head><body>
      <h1>Heading</h1><p>Some <b>bold</b>
      text.</p><script>alert(1)</script><ul><li>one</li><li>two</li></ul>
      <table><tr><th>a</th><th>b</th></tr><tr><td>1 &lt; 2</td><td>x<br>y</td></tr></table>
      <p>After<!-- no -->wards.</p></body></html>"""
    assert text("a.html", page.encode(), table_parsing_format="markdown") == (
        "Heading\n\nSome bold text.\n\n- one\n- two\n\n"
        "| a | b |\n| --- | --- |\n| 1 < 2 | x y |\n\nAfterwards."
    )


def test_html_nested_beyond_reason_ends_well(text: Text) -> None:
    deep = b"<html><body>" + b"<div>" * 50_000 + b"deep" + b"</div>" * 50_000
    assert isinstance(text("a.html", deep), str)


def test_markdown_and_text_stay_as_they_are(parse: Parse) -> None:
    assert parse("a.md", b"# Title\r\n\r\n* item\r\n")["output"]["text"] == "# Title\n\n* item"
    assert parse("a.txt", b"one\ftwo")["output"]["pages"] == ["one", "two"]
    assert parse("a.txt", "naïve".encode("latin-1"))["output"]["text"] == "naïve"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_images_are_read_by_ocr(text: Text, kind: str) -> None:
    found = text(f"scan.{kind.lower()}", encoded(picture(*SAMPLE_LINES), kind))
    assert [line for line in found.splitlines() if line] == list(SAMPLE_LINES)


def test_a_tiff_has_a_page_a_frame(parse: Parse) -> None:
    frames = [picture(f"Frame number {number}") for number in (1, 2)]
    content = encoded(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    assert parse("a.tif", content)["output"]["pages"] == ["Frame number 1", "Frame number 2"]


def test_exif_orientation_is_honoured(text: Text) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be shown turned by 90 degrees clockwise
    content = encoded(picture(*SAMPLE_LINES).rotate(90, expand=True), "JPEG", exif=exif)
    assert SAMPLE_LINES[1] in text("a.jpg", content)


def test_an_image_under_the_name_of_another_kind_of_image_is_read(parse: Parse) -> None:
    for filename, kind in (("a.jpg", "PNG"), ("a.png", "WEBP"), ("a.tif", "JPEG")):
        content = encoded(picture("Some words"), kind)
        assert parse(filename, content)["output"]["pages"] == ["Some words"]


def test_an_image_without_text_is_an_empty_page(parse: Parse) -> None:
    assert parse("a.png", encoded(picture(), "PNG"))["output"]["pages"] == [""]


@pytest.mark.parametrize(
    "url",
    [
        "data:text/plain;base64,SGVsbG8gdGhlcmU=",
        "data:text/plain;base64,SGVsbG8gdGhlcmU",
        "data:text/plain;base64,SGVs\nbG8g dGhlcmU=",
        "data:text/plain;charset=utf-8;base64,SGVsbG8gdGhlcmU%3D",
        "data:text/plain,Hello%20there",
        "data:,Hello%20there",
        "DATA:text/plain,Hello%20there",
    ],
)
def test_data_urls_of_every_form(text: Text, url: str) -> None:
    assert text("a.txt", url) == "Hello there"


def test_a_charset_in_the_url_is_believed(text: Text) -> None:
    assert text("a.txt", "data:text/plain;charset=iso-8859-2,%A3%F3d%BC") == "Łódź"


def _zip(name: str, content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500
BOMB = _zip("word/document.xml", b"\0" * 60_000_000)


@pytest.mark.parametrize(
    ("filename", "url", "code"),
    [
        ("a.txt", "data:text/plain;base64,!!!!", "document_url_invalid"),
        ("a.txt", "data:text/plain;base64", "document_url_invalid"),
        ("a.pdf", "https://127.0.0.1/a.pdf", "document_url_forbidden"),
        ("a.txt", "data:text/plain,", "document_empty"),
        ("a.doc", OLE, "unsupported_document_type"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "document_encrypted"),
        ("a.zip", _zip("x.txt", b"x"), "unsupported_document_type"),
        ("a.docx", _zip("word/document.xml", b"<broken"), "document_unreadable"),
        ("a.xlsx", _zip("xl/workbook.xml", b"<broken"), "document_unreadable"),
        ("a.docx", BOMB, "document_too_large"),
        ("a.docx", BOMB[:-30], "document_unreadable"),
        ("a.bin", b"\0\1\2\3" * 99, "unsupported_document_type"),
        ("a.xyz", b"who knows what this is", "unsupported_document_type"),
        ("a.txt", b"\0\1\2\3" * 99, "document_type_mismatch"),
        ("a.pdf", encoded(picture(), "PNG"), "document_type_mismatch"),
        ("a.png", encoded(picture(), "PNG")[:300], "document_unreadable"),
    ],
)
def test_what_cannot_be_read_says_why(
    parse: Parse, filename: str, url: bytes | str, code: str
) -> None:
    with pytest.raises(JobFailure) as raised:
        parse(filename, url)
    assert raised.value.code == code
    assert filename in raised.value.message


def test_an_image_of_too_many_pixels_is_refused_before_it_is_decoded(parse: Parse) -> None:
    bomb = encoded(Image.new("1", (30_000, 30_000)), "PNG")
    assert len(bomb) < 1_000_000
    with pytest.raises(JobFailure) as raised:
        parse("bomb.png", bomb)
    assert raised.value.code == "document_too_large"


def test_xml_entities_are_not_expanded(parse: Parse) -> None:
    document = _saved(docx.Document())
    target = io.BytesIO()
    bomb = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = content.replace(b"<w:document", bomb + b"<w:document", 1)
                used = b"<w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p>"
                content = content.replace(b"<w:body>", used)
            new.writestr(name, content)
    try:
        found = parse("a.docx", target.getvalue())["output"]["text"]
    except JobFailure as failure:
        found = failure.message
    assert "root" not in found


def test_reading_text_loads_no_heavy_library(settings: Callable[..., None]) -> None:
    program = (
        "import sys, structlog; from workers.context import Context;"
        "from workers.endpoints.parses import run;"
        "run({'document': {'filename': 'a.txt', 'url': 'data:,hi'}, 'model': 'm',"
        " 'table_parsing_format': 'html', 'image_resolution_dpi': 96, 'instructions': None},"
        " Context('j', 1, 'o', structlog.get_logger()));"
        "heavy = {'onnxruntime', 'rapidocr', 'pdfplumber', 'docx', 'openpyxl', 'PIL', 'cv2'};"
        "sys.exit(len(heavy & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_same_bytes_have_the_same_file_id(parse: Parse) -> None:
    first, second = parse("a.txt", b"same"), parse("b.txt", b"same")
    assert first["file"]["id"] == second["file"]["id"]
    assert first["id"] != second["id"]
    assert base64.b64encode(b"x")


def test_html_cells_that_span_keep_their_neighbours_in_place(text: Text) -> None:
    page = (
        "<table><tr><th colspan=2>Wide</th><th>C</th></tr>"
        "<tr><td rowspan=2>r</td><td>1</td><td>2</td></tr>"
        "<tr><td>3</td><td><table><tr><td>in</td></tr></table></td></tr></table>"
    )
    table = text("a.html", page.encode(), table_parsing_format="markdown")
    assert table.splitlines() == [
        "| Wide |  | C |",
        "| --- | --- | --- |",
        "| r | 1 | 2 |",
        "|  | 3 | in |",
    ]


def test_html_tables_that_arrange_a_page_hold_lines_and_the_tables_within(text: Text) -> None:
    page = """
      <table><tr><td>
        <h1>Thanks, Ada</h1><p>August 22, 2025</p>
        <table><tr><td>Fare</td><td>24.18</td></tr><tr><td>Tip</td><td>4.00</td></tr></table>
        <p>Plate: 8KLR204</p><p>Comfort, 21 min</p>
      </td></tr></table>"""
    assert text("mail.html", page.encode(), table_parsing_format="markdown") == (
        "Thanks, Ada\n\nAugust 22, 2025\n\n"
        "| Fare | 24.18 |\n| --- | --- |\n| Tip | 4.00 |\n\n"
        "Plate: 8KLR204\n\nComfort, 21 min"
    )


def test_html_lines_in_a_cell_are_apart(text: Text) -> None:
    page = "<table><tr><td><div>Ada Roe</div><div>7 Mill Lane</div></td><td>2</td></tr></table>"
    found = text("a.html", page.encode(), table_parsing_format="markdown")
    assert found.splitlines()[0] == "| Ada Roe 7 Mill Lane | 2 |"


def _lines(name: str, kind: str, content: bytes) -> list[list[tuple[str, float, float]]]:
    # The words of each line of the first page, each with where it begins and stands.
    [(page, _)] = reader.laid_out(Source(name, content, kind), dpi=72)
    return [[(word.text, word.left, word.top) for word in line] for line in page.lines]


@pytest.mark.parametrize("kind", ["html", "docx"])
def test_the_lines_of_a_cell_stay_lines_where_a_page_is_laid_out(kind: str) -> None:
    if kind == "html":
        rows = "<tr><td>Ada Roe<br>7 Mill Lane</td><td>2</td></tr><tr><td>Ida</td><td>3</td></tr>"
        content = f"<table>{rows}</table>".encode()
    else:
        document = docx.Document()
        table = document.add_table(2, 2)
        for row, texts in enumerate((("Ada Roe\n7 Mill Lane", "2"), ("Ida", "3"))):
            for column, cell in enumerate(texts):
                table.cell(row, column).text = cell
        content = _saved(document)
    assert _lines(f"a.{kind}", kind, content) == [
        [("Ada", 0, 0), ("Roe", 4, 0), ("2", 13, 0)],
        [("7", 0, 1), ("Mill", 2, 1), ("Lane", 7, 1)],
        [("Ida", 0, 2), ("3", 13, 2)],
    ]


def test_html_tables_nested_beyond_reason_end_well(text: Text) -> None:
    def nested(depth: int) -> bytes:
        return b"<table><tr><td>" * depth + b"deep" + b"</td></tr></table>" * depth

    assert "deep" in text("a.html", nested(50))
    assert isinstance(text("a.html", nested(50_000)), str)


@pytest.mark.parametrize(
    "angle",
    [90, pytest.param(180, marks=pytest.mark.slow), pytest.param(270, marks=pytest.mark.slow)],
)
def test_a_picture_that_lies_wrongly_is_read_line_by_line(text: Text, angle: int) -> None:
    lines = ["The first line of the page", "The second line of the page", "And the third one"]
    turned = picture(*lines).rotate(angle, expand=True)
    assert text("scan.png", encoded(turned, "PNG")).splitlines() == lines
