"""Documents of few bytes and many pages, cells, paragraphs or pixels, whatever their kind."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import docx
import openpyxl
import pytest
from PIL import Image

from jobs_backend.errors import JobFailure
from tests.unit.documents.conftest import Parse, encoded, picture
from workers.documents import images, limits, ocr, tables

SPAN = b"<td colspan=1000 rowspan=1000>x</td>"
ROW = b"<tr><td>y</td></tr>"


def _saved(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _changed(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for member in before.namelist():
            found = before.read(member)
            if member == name:
                assert old in found
                found = found.replace(old, new, 1)
            after.writestr(member, found)
    return target.getvalue()


def _docx(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return _saved(document)


def _spanned_docx(span: int) -> bytes:
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "x"
    wide = b'<w:tcPr><w:gridSpan w:val="%d"/>' % span
    return _changed(_saved(document), "word/document.xml", b"<w:tcPr>", wide)


def _book(sheets: int, rows: int) -> bytes:
    book = openpyxl.Workbook()
    for number in range(sheets):
        sheet = book.create_sheet(f"Sheet {number}")
        for _ in range(rows):
            sheet.append([1, 2])
    book.remove(book.worksheets[0])
    return _saved(book)


def _crowded(count: int, quote: bytes = b'"') -> bytes:
    return b"<p " + b" ".join(b"a%d=%b>%b" % (n, quote, quote) for n in range(count)) + b">text"


def _many_sheets() -> bytes:
    one = b'<sheet xmlns:r="x" name="S" sheetId="1" state="visible" r:id="rId1"/>'
    return _changed(_book(1, 1), "xl/workbook.xml", b"<sheets>", b"<sheets>" + one * 2_000)


def _refused(parse: Parse, filename: str, content: bytes) -> str:
    with pytest.raises(JobFailure) as raised:
        parse(filename, content)
    assert raised.value.code == "document_too_large"
    assert filename in raised.value.message
    return raised.value.message


@pytest.mark.parametrize(
    ("filename", "content", "what"),
    [
        ("a.txt", b"x\f" * 2_000, "2,000 pages"),
        ("a.xlsx", _many_sheets(), "2,000 pages"),
        ("a.html", b"<table><tr>" + SPAN * 50 + b"</tr>" + ROW * 50, "500,000 cells"),
        ("a.html", (b"<table><tr>" + SPAN + b"</table>") * 501, "500,000 cells"),
        ("a.docx", _spanned_docx(3_000_000), "500,000 cells"),
        ("a.csv", b"1," * 2_000 + b"\n" + b"1\n" * 2_000, "2,000,000 cells"),
        ("a.html", _crowded(6_000), "5,000 attributes"),
        ("a.html", _crowded(6_000, b"'").decode().encode("utf-16"), "5,000 attributes"),
        ("a.html", b"<p" + b"/b" * 6_000 + b">text", "5,000 attributes"),
    ],
)
def test_more_of_anything_than_the_limit_is_refused(
    parse: Parse, filename: str, content: bytes, what: str
) -> None:
    assert what in _refused(parse, filename, content)


def test_the_limits_are_of_the_whole_document(
    parse: Parse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "MAX_CELLS", 100)
    assert parse("a.xlsx", _book(5, 10))["usage"]["page_count"] == 5
    assert "100 cells" in _refused(parse, "a.xlsx", _book(6, 10))


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_paragraphs_have_a_limit(parse: Parse, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    from workers.documents import office, text

    def made(count: int) -> bytes:
        return _docx(*["x"] * count) if kind == "docx" else b"<p>x</p>" * count

    for reader in (office, text):
        monkeypatch.setattr(reader, "MAX_PARAGRAPHS", 2_000)
    filename = f"a.{kind}"
    assert parse(filename, made(1_900))["output"]["text"].split() == ["x"] * 1_900
    assert "2,000 paragraphs" in _refused(parse, filename, made(2_001))


def test_a_style_of_a_docx_is_looked_up_once(parse: Parse, monkeypatch: pytest.MonkeyPatch) -> None:
    from docx.styles.styles import Styles

    looked_up: list[Any] = []
    by_id = Styles.get_by_id

    def counted(styles: Any, style_id: Any, kind: Any) -> Any:
        looked_up.append(style_id)
        return by_id(styles, style_id, kind)

    monkeypatch.setattr(Styles, "get_by_id", counted)
    content = _docx(*["x"] * 50)
    looked_up.clear()
    parse("a.docx", content)
    assert len(looked_up) == 1


def test_a_tag_of_many_attributes_and_a_page_of_many_tags_are_read(
    text: Callable[..., str],
) -> None:
    assert text("a.html", _crowded(1_000)) == "text"
    assert text("a.html", _crowded(90) * 100).split() == ["text"] * 100


def _frames(kind: str, sizes: Sequence[tuple[int, int]], **options: Any) -> bytes:
    first, *more = [Image.new("L", size, number) for number, size in enumerate(sizes)]
    return encoded(first, kind, save_all=True, append_images=more, **options)


@pytest.fixture
def unrecognized(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """No OCR; the sizes of what it would read."""
    sizes: list[tuple[int, int]] = []

    def recognize(image: Any) -> str:
        sizes.append(image.size)
        return ""

    monkeypatch.setattr(ocr, "text", recognize)
    return sizes


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_of_an_animation_the_first_picture_is_read(
    parse: Parse, unrecognized: list[Any], kind: str
) -> None:
    parse(f"a.{kind.lower()}", _frames(kind, [(90, 60)] * 3))
    assert unrecognized == [(90, 60)]


def test_the_frames_of_a_tiff_have_a_limit_together(
    parse: Parse, unrecognized: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "MAX_ALL_PIXELS", 20_000)
    parse("a.tif", _frames("TIFF", [(100, 100)] * 2))
    assert unrecognized == [(100, 100)] * 2
    unrecognized.clear()
    assert "20,000 pixels" in _refused(parse, "a.tif", _frames("TIFF", [(100, 100)] * 3))
    assert unrecognized == []


def test_fifty_scanned_pages_are_within_the_limit() -> None:
    page = 2_480 * 3_508
    assert 50 * page <= images.MAX_ALL_PIXELS
    assert page <= ocr.MAX_PIXELS
    assert limits.MAX_PAGES >= images.MAX_FRAMES


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_large_picture_is_read_at_a_size_that_fits(
    parse: Parse, unrecognized: list[Any], kind: str
) -> None:
    parse("a.png", encoded(Image.new("L", (6_000, 4_500)), kind))
    [(width, height)] = unrecognized
    assert 0.95 * ocr.MAX_PIXELS < width * height <= ocr.MAX_PIXELS
    assert abs(width / height - 4 / 3) < 0.01


@pytest.mark.parametrize("message", ["std::bad_alloc", "OpenCV(4) Insufficient memory", None])
def test_an_engine_without_memory_is_no_damage(
    parse: Parse, monkeypatch: pytest.MonkeyPatch, message: str | None
) -> None:
    def greedy(_image: Any) -> str:
        raise RuntimeError(f"Traceback: {message}") if message else MemoryError

    monkeypatch.setattr(ocr, "text", greedy)
    assert "memory" in _refused(parse, "a.png", encoded(picture(), "PNG"))
