"""DOCX and XLSX: what their author wrote, never what a macro or link would do."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from jobs_backend.errors import JobFailure
from workers.documents.limits import MAX_PARAGRAPHS, Tally, check_pages
from workers.documents.source import Source
from workers.documents.tables import Tables

MAX_DECOMPRESSED_BYTES = 300 * 1024 * 1024
# Office text packs ten- or twentyfold; a bomb a thousandfold.
MAX_RATIO = 200
PAGE_BREAK = "\f"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def docx_pages(source: Source, *, table_format: str) -> Iterator[tuple[str, int]]:
    """Read a DOCX: paragraphs and tables in their order, split at its page breaks.

    Yields:
        Each page's text, and how many pages there are. Where Word noted no page ends, all is one.

    Raises:
        JobFailure: it is broken or unpacks to more than the limits.
    """
    import docx

    _check_archive(source)
    try:
        document = docx.Document(io.BytesIO(source.content))
        paragraphs = int(document.element.xpath("count(//w:p)"))
        Tally(source.filename, MAX_PARAGRAPHS, "paragraphs").add(paragraphs)
        tables = Tables(source.filename, table_format)
        blocks = [*_margin(document, "header"), *_blocks(document, tables)]
        blocks += _margin(document, "footer")
    except _broken() as problem:
        raise _unreadable(source) from problem
    pages = [page.strip("\n") for page in "\n".join(blocks).split(PAGE_BREAK)]
    while len(pages) > 1 and not pages[-1]:
        pages.pop()
    for page in pages:
        yield re.sub(r"\n{3,}", "\n\n", page), len(pages)


def xlsx_pages(source: Source, *, table_format: str) -> Iterator[tuple[str, int]]:
    """Read an XLSX: a page a sheet, its name and its cells' last computed values.

    Yields:
        Each sheet's text, and how many sheets there are.

    Raises:
        JobFailure: it is broken, or has more sheets or cells than the limits.
    """
    import openpyxl

    _check_archive(source)
    tables = Tables(source.filename, table_format)
    try:
        check_pages(source.filename, _sheet_count(source))
        book = openpyxl.load_workbook(
            io.BytesIO(source.content), read_only=True, data_only=True, keep_links=False
        )
        try:
            for sheet in book.worksheets:
                rows = _sheet_rows(sheet, tables.cells)
                table = tables.render(rows) if rows else ""
                yield f"{sheet.title}\n\n{table}".strip(), len(book.worksheets)
        finally:
            book.close()
    except (KeyError, ValueError, TypeError, OSError, zipfile.BadZipFile, SyntaxError) as problem:
        raise _unreadable(source) from problem


def _blocks(document: Any, tables: Tables) -> Iterator[str]:
    from docx.table import Table

    styles: dict[str | None, str] = {}
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            yield f"\n{tables.render(_table_rows(item, tables.cells))}\n"
            continue
        name = item._p.style
        if name not in styles:  # python-docx looks through all of them each time
            styles[name] = item.style.name or ""
        text = _paragraph_text(item, styles[name])
        if text.strip(" "):
            yield text
        if styles[name].startswith(("Heading", "Title")):
            yield ""


def _paragraph_text(paragraph: Any, style: str) -> str:
    parts: list[str] = []
    for element in paragraph._p.iter():
        if element.tag == f"{_W}t":
            parts.append(element.text or "")
        elif element.tag == f"{_W}tab":
            # Tab stops of the paragraph's format have the same name, and are no text.
            parts.append("\t" if element.getparent().tag == f"{_W}r" else "")
        elif element.tag == f"{_W}lastRenderedPageBreak":
            parts.append(PAGE_BREAK)
        elif element.tag in (f"{_W}br", f"{_W}cr"):
            is_page = element.get(f"{_W}type") == "page"
            parts.append(PAGE_BREAK if is_page else "\n")
    # A break that was set and then rendered is noted twice.
    text = re.sub(f"{PAGE_BREAK}+", PAGE_BREAK, "".join(parts))
    return f"- {text}" if text and _is_list_item(paragraph, style) else text


def _is_list_item(paragraph: Any, style: str) -> bool:
    properties = paragraph._p.pPr
    is_numbered = properties is not None and properties.numPr is not None
    return is_numbered or style.startswith("List")


def _table_rows(table: Any, cells: Tally) -> list[list[str]]:
    # A merged cell is given once for every place that it covers; its text belongs to the first.
    seen: set[Any] = set()
    rows: list[list[str]] = []
    for row in table.rows:
        texts: list[str] = []
        cells.add(sum(cell.grid_span for cell in row._tr.tc_lst))
        for cell in row.cells:
            is_new = cell._tc not in seen
            seen.add(cell._tc)
            texts.append(cell.text.replace(PAGE_BREAK, "").strip() if is_new else "")
        rows.append(texts)
    return rows


def _margin(document: Any, name: str) -> list[str]:
    found: list[str] = []
    for section in document.sections:
        part = getattr(section, name)
        if not part.is_linked_to_previous:
            found += [text for p in part.paragraphs if (text := p.text.strip()) not in ("", *found)]
    return [*found, ""] if name == "header" and found else ["", *found] if found else []


def _sheet_count(source: Source) -> int:
    # openpyxl opens every one of them to begin with.
    with zipfile.ZipFile(io.BytesIO(source.content)) as archive:
        return len(re.findall(rb"<(?:\w+:)?sheet\s", archive.read("xl/workbook.xml")))


def _sheet_rows(sheet: Any, cells: Tally) -> list[list[str]]:
    rows: list[list[str]] = []
    for row in sheet.iter_rows(values_only=True):
        texts = [_cell_text(value) for value in row]
        while texts and not texts[-1]:
            texts.pop()
        cells.add(len(texts) or 1)
        rows.append(texts)
    while rows and not rows[-1]:
        rows.pop()
    first = next((number for number, row in enumerate(rows) if row), 0)
    return [row for row in rows[first:] if row]


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        is_date = value.time() == datetime.time()
        return value.date().isoformat() if is_date else value.isoformat(sep=" ")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return str(value).strip()


def _check_archive(source: Source) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(source.content)) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as problem:
        raise _unreadable(source) from problem
    limit = min(MAX_DECOMPRESSED_BYTES, max(MAX_RATIO * len(source.content), 1024 * 1024))
    if size > limit:
        raise JobFailure(
            "document_too_large",
            f"{source.filename} unpacks to {size:,} bytes; {limit:,} are read at the most.",
        )


def _broken() -> tuple[type[Exception], ...]:
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    return OpcError, LxmlError, KeyError, ValueError, OSError, zipfile.BadZipFile


def _unreadable(source: Source) -> JobFailure:
    return JobFailure("document_unreadable", f"{source.filename} is damaged and cannot be read.")
