"""Plain text, Markdown, CSV and HTML."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from jobs_backend.errors import JobFailure
from workers.documents import arranging
from workers.documents.limits import MAX_PARAGRAPHS, Tally
from workers.documents.source import Source
from workers.documents.tables import Tables

SNIFFED_CHARACTERS = 16_384
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_SPACED = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "blockquote", "pre"))
# What a table of one column holds where it arranges a page, and no list of lines.
_PARAGRAPHS = _SPACED | {"div", "section", "article"}
_UNSEEN = frozenset(("script", "style", "head", "noscript", "template", "svg", "iframe", "object"))

# libxml2 compares each attribute of a tag with all before it. What one is says the HTML standard.
MAX_ATTRIBUTES = 5_000
_ATTRIBUTE = (
    rb"[\s/]*[^\s/>][^\s/>=]*(?=[\s/>=])"
    rb"(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"'][^\s>]*(?=[\s>]))?)?"
)
_TAG = re.compile(rb"<[A-Za-z][^\s/>]*(?:%b){0,%d}(%b)?" % (_ATTRIBUTE, MAX_ATTRIBUTES, _ATTRIBUTE))


def decoded(source: Source) -> str:
    """The document as text, by its byte order mark, its sender, UTF-8, or else Windows-1252."""
    for mark, encoding in _BOMS:
        if source.content.startswith(mark):
            return source.content.decode(encoding, "replace")
    for encoding in filter(None, (source.charset, "utf-8")):
        try:
            return source.content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return source.content.decode("cp1252", "replace")


def text_pages(source: Source) -> Iterator[tuple[str, int]]:
    """Plain text and Markdown as they are; a form feed ends a page."""
    pages = _with_newlines(decoded(source)).split("\f")
    for page in pages:
        yield page.strip("\n"), len(pages)


def csv_pages(source: Source, *, table_format: str) -> Iterator[tuple[str, int]]:
    """A CSV or TSV as one page with one table.

    Raises:
        JobFailure: it has more than `tables.MAX_CELLS` cells.
    """
    text = _with_newlines(decoded(source))
    tables = Tables(source.filename, table_format)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text), _dialect(source, text)):
            tables.cells.add(len(row))
            if any(cell.strip() for cell in row):
                rows.append([cell.strip() for cell in row])
    except csv.Error as problem:
        raise JobFailure(
            "document_unreadable", f"{source.filename} cannot be read as a table."
        ) from problem
    yield (tables.render(rows) if rows else ""), 1


def html_pages(source: Source, *, table_format: str) -> Iterator[tuple[str, int]]:
    """The visible text of an HTML page, its tables in their place.

    Raises:
        JobFailure: it holds nothing that can be parsed, or more than the limits.
    """
    from lxml import etree, html

    _check_attributes(source)
    parser = html.HTMLParser(encoding=_html_encoding(source), no_network=True)
    try:
        root = html.document_fromstring(source.content, parser=parser)
    except (etree.LxmlError, ValueError) as problem:
        raise JobFailure("document_empty", f"{source.filename} holds no text.") from problem
    tables = Tables(source.filename, table_format)
    blocks = Tally(source.filename, MAX_PARAGRAPHS, "paragraphs")
    yield _tidied("".join(_written(root, tables, blocks))), 1


def _check_attributes(source: Source) -> None:
    # The letters of UTF-16 and UTF-32 are those of ASCII, but for the zeros.
    for tag in _TAG.finditer(source.content.replace(b"\0", b"")):
        if tag.group(1):
            Tally(source.filename, MAX_ATTRIBUTES, "attributes in a tag").add(MAX_ATTRIBUTES + 1)


def _written(root: Any, tables: Tables, blocks: Tally) -> list[str]:
    from lxml import etree

    parts: list[str] = []
    arranged = arranging.tables(root, _PARAGRAPHS)
    # Start and end events instead of recursion: how deep a page nests is its author's affair.
    hidden: Any = None
    for event, element in etree.iterwalk(root, events=("start", "end", "comment")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start" and hidden is None:
            if tag in _UNSEEN or (tag == "table" and element not in arranged):
                hidden = element
                if tag == "table":
                    parts.append(f"\n\n{_TABLE_MARK}{_html_table(element, tables)}")
                    parts.append(f"{_TABLE_MARK}\n\n")
                continue
            blocks.add(tag in _BLOCKS)
            parts.append(_break(tag))
            parts.append("- " if tag == "li" else "")
            parts.append(_squeezed(element.text, tag))
        elif event == "end":
            if hidden is element:
                hidden = None
            elif hidden is None:
                parts.append(_break(tag))
            if hidden is None and element is not root:
                parts.append(_squeezed(element.tail, ""))
        elif event == "comment" and hidden is None:
            parts.append(_squeezed(element.tail, ""))
    return parts


MAX_SPAN = 1000  # as browsers have it

# Any number of these beside one another end one line; it takes a paragraph to make a gap.
_LINE_END = "\v"
# Stands between the lines of a cell, where an element's text may have no control characters.
_CELL_LINE = "\N{LINE SEPARATOR}"
# Stands around a table while white space is tidied, so that the table's own stays.
_TABLE_MARK = "\0"


def _html_table(table: Any, tables: Tables) -> str:
    for block in table.iter(*_BLOCKS):
        # A line of a cell's own, which has no space before it or behind it.
        block.text = f"{_CELL_LINE}{block.text or ''}"
        block.tail = f"{_CELL_LINE}{block.tail or ''}"
    rows: list[list[str]] = []
    covered: dict[int, int] = {}  # column: how many rows a cell from above still reaches into it
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is table:  # else it is text of the cell that it is in
            rows.append([_cell_text(text, tables) for text in _row(row, covered, tables.cells)])
    return tables.render([row for row in rows if row])


def _cell_text(text: str, tables: Tables) -> str:
    # Lines are kept for those who read them; whoever asked for the text gets a cell in one.
    lines = (" ".join(line.split()) for line in text.split(_CELL_LINE))
    return ("\n" if tables.keeps_lines else " ").join(filter(None, lines))


def _row(row: Any, covered: dict[int, int], cells: Tally) -> list[str]:
    # A cell that spans several places is written in its first, and leaves the others empty.
    texts: list[str] = []
    for cell in row:
        if cell.tag not in ("td", "th"):
            continue
        _skip_covered(texts, covered, cells)
        down, across = _span(cell, "rowspan"), _span(cell, "colspan")
        cells.add(across)
        covered.update({len(texts) + n: down - 1 for n in range(across) if down > 1})
        texts.append("".join(cell.itertext()))
        texts.extend([""] * (across - 1))
    _skip_covered(texts, covered, cells)
    return texts


def _skip_covered(texts: list[str], covered: dict[int, int], cells: Tally) -> None:
    while covered.get(len(texts), 0) > 0:
        cells.add()
        covered[len(texts)] -= 1
        texts.append("")


def _span(cell: Any, name: str) -> int:
    text = cell.get(name, "1").strip()
    return min(max(int(text), 1), MAX_SPAN) if re.fullmatch(r"[0-9]{1,6}", text) else 1


def _break(tag: str) -> str:
    if tag in _SPACED:
        return "\n\n"
    return _LINE_END if tag in _BLOCKS else ""


def _squeezed(text: str | None, tag: str) -> str:
    if text is None:
        return ""
    return text if tag == "pre" else re.sub(r"\s+", " ", text)


def _tidied(text: str) -> str:
    pieces = text.split(_TABLE_MARK)
    for number in range(0, len(pieces), 2):
        lines = re.sub(r"[ \t]*\v[ \t\v]*", "\v", re.sub(r"[ \t]{2,}", " ", pieces[number]))
        lines = re.sub(r"[ \t]*\v?\n[ \t\v]*", "\n", lines).replace("\v", "\n")
        pieces[number] = re.sub(r"\n{3,}", "\n\n", lines)
    return re.sub(r"\n{3,}", "\n\n", "".join(pieces)).strip(" \t\n\v")


def _html_encoding(source: Source) -> str | None:
    for mark, encoding in _BOMS:
        if source.content.startswith(mark):
            return encoding.removesuffix("-sig")
    if source.charset or re.search(rb"<meta[^>]+charset", source.content[:4096], re.IGNORECASE):
        return source.charset
    try:
        source.content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _dialect(source: Source, text: str) -> Any:
    if source.kind == "tsv":
        return csv.excel_tab
    try:
        return csv.Sniffer().sniff(text[:SNIFFED_CHARACTERS], delimiters=",;\t|")
    except csv.Error:
        return csv.excel


def _with_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
