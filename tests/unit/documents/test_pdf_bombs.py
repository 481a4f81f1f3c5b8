"""Small PDFs that become large: each fails by a limit, and those that are merely rich are read."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from jobs_backend.errors import JobFailure
from tests.unit.documents.conftest import Parse, pdf
from workers.documents import miner

TEXT = b"BT /F1 12 Tf 72 700 Td (Invoice 123) Tj ET "
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"


def _stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%b>>stream\n%b\nendstream" % (len(content), entries, content)


def _one_page(content: bytes, filters: bytes = b"", xobject: bytes = b"") -> bytes:
    # XObject /X0, of which there may be more, is object 6 and draws whatever is given for it.
    resources = b"<</Font<</F1 5 0 R>>/XObject<</X0 6 0 R>>>>"
    objects = [
        CATALOG,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources%b>>" % resources,
        _stream(content, filters),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        xobject or b"null",
    ]
    found, places = b"%PDF-1.7\n", list[int]()
    for number, one in enumerate(objects, 1):
        places.append(len(found))
        found += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Size %d/Root 1 0 R>>\n" % (
        size,
        rows,
        size,
    )
    return found + table + b"startxref\n%d\n%%%%EOF" % len(found)


def _flate(content: bytes, times: int = 1) -> tuple[bytes, bytes]:
    for _ in range(times):
        content = zlib.compress(content, 9)
    return content, b"/Filter[" + b"/FlateDecode" * times + b"]"


def _runs(content: bytes) -> bytes:
    return b"".join(b"\x81" + content for _ in range(200_000)) + b"\x80"


PREDICTOR = b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 100000000/Colors 30>>"
PICTURE = (
    b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceGray/BitsPerComponent 8"
)
BOMBS = {
    "spaces": (_one_page(*_flate(TEXT + b" " * 100_000_000, 2)), "bytes in a stream"),
    "wrong checksum": (
        _one_page(zlib.compress(TEXT + b" " * 100_000_000, 9)[:-1] + b"?", _flate(b"")[1]),
        "bytes in a stream",
    ),
    "runs": (_one_page(_runs(b" "), b"/Filter/RunLengthDecode"), "bytes in a stream"),
    "LZW": (
        _one_page(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85" * 200_000, b"/Filter/LZWDecode"),
        "bytes in a stream",
    ),
    "fax": (
        _one_page(b"\xff" * 1000, b"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 9999999>>"),
        "bytes in a stream",
    ),
    "predictor": (_one_page(zlib.compress(b"\2" * 9_000), PREDICTOR), "bytes in a row"),
    "picture": (
        _one_page(b"q 600 0 0 700 0 0 cm /X0 Do Q", xobject=_stream(b"\0", PICTURE)),
        "pixels in the pictures",
    ),
}


def _failure(parse: Parse, content: bytes) -> str:
    with pytest.raises(JobFailure) as raised:
        parse("bomb.pdf", content, "application/pdf")
    assert raised.value.code == "document_too_large"
    assert "bomb.pdf" in raised.value.message
    assert re.search(r"\d,\d{3}", raised.value.message)
    return raised.value.message


@pytest.mark.parametrize("name", BOMBS)
def test_what_unpacks_to_too_much_is_refused(parse: Parse, name: str) -> None:
    content, what = BOMBS[name]
    assert len(content) < 2_000_000
    assert what in _failure(parse, content)


def test_all_streams_together_have_a_limit(parse: Parse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(miner, "MAX_UNPACKED", 150_000)
    page = b"n " * 500 + b" " * 69_000
    form = _stream(zlib.compress(page), b"/Subtype/Form/BBox[0 0 9 9]/Filter/FlateDecode")
    assert parse("a.pdf", _one_page(*_flate(TEXT + page)))["output"]["text"] == "Invoice 123"
    content, filters = _flate(TEXT + page + page + b"/X0 Do ")
    monkeypatch.setattr(miner, "MAX_UNPACKED", 170_000)
    assert "unpacked" in _failure(parse, _one_page(content, filters, form))


FORM = _stream(b"0 0 m 9 9 l S", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")


@pytest.mark.parametrize(
    ("content", "form"),
    [(b"q Q " * 30_000, b""), (b"0 0 m " + b"1 1 2 2 3 3 c " * 9_000, b""), (b"() " * 60_000, b"")],
    ids=["operators", "paths", "operands"],
)
def test_what_a_page_says_has_a_limit(
    parse: Parse, monkeypatch: pytest.MonkeyPatch, content: bytes, form: bytes
) -> None:
    monkeypatch.setattr(miner, "MAX_TOKENS", 50_000)
    assert "operators" in _failure(parse, _one_page(*_flate(TEXT + content)))


def test_what_is_drawn_over_and_over_has_a_limit(
    parse: Parse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(miner, "MAX_TOKENS", 20_000)
    drawn = parse("a.pdf", _one_page(TEXT + b"/X0 Do " * 500, xobject=FORM))
    assert drawn["output"]["text"] == "Invoice 123"
    assert "operators" in _failure(parse, _one_page(TEXT + b"/X0 Do " * 900, xobject=FORM))


def test_the_characters_of_a_page_have_a_limit(
    parse: Parse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(miner, "MAX_OBJECTS", 5_000)
    content = TEXT + b"BT /F1 1 Tf 1 1 Td (" + b"a" * 6_000 + b") Tj ET"
    assert "characters" in _failure(parse, _one_page(*_flate(content)))


def test_a_dense_drawing_and_a_large_stream_are_read(text: Callable[..., str]) -> None:
    lines = b"".join(b"%d %d m %d 9 l S\n" % (n % 600, n % 790, n % 500) for n in range(5_000))
    content = TEXT + lines + b" " * 30_000_000
    assert text("map.pdf", _one_page(*_flate(content))) == "Invoice 123"


@pytest.mark.parametrize("damage", [-1, -3])
def test_a_wrong_checksum_costs_no_text(text: Callable[..., str], damage: int) -> None:
    content = bytearray(zlib.compress(TEXT))
    content[damage] ^= 255
    assert text("a.pdf", _one_page(bytes(content), _flate(b"")[1])) == "Invoice 123"


def test_streams_of_every_old_filter_are_read(text: Callable[..., str]) -> None:
    runs = bytes([len(TEXT) - 1]) + TEXT + b"\x80"
    assert text("a.pdf", _one_page(runs, b"/Filter/RunLengthDecode")) == "Invoice 123"
    codes = "".join(f"{code:09b}" for code in (256, *TEXT, 257))
    packed = int(codes.ljust(-len(codes) % 8 + len(codes), "0"), 2).to_bytes(
        -(-len(codes) // 8), "big"
    )
    assert text("a.pdf", _one_page(packed, b"/Filter/LZWDecode")) == "Invoice 123"
    row = b"\0" + TEXT
    predicted = b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns %d>>" % len(TEXT)
    assert text("a.pdf", _one_page(zlib.compress(row), predicted)) == "Invoice 123"


def test_no_page_is_unpacked_to_see_whether_there_is_one(
    parse: Parse, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pypdfium2

    def loaded(*_: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(pypdfium2.PdfDocument, "get_page", loaded)
    monkeypatch.setattr(pypdfium2.PdfDocument, "__getitem__", loaded)
    content = _one_page(TEXT).replace(b"/Count 1>>", b"/Count 9>>")
    assert parse("a.pdf", content)["output"]["text"] == "Invoice 123"


def test_memory_that_runs_out_is_no_damage(parse: Parse, monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(*_: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(miner._Interpreter, "process_page", greedy)
    with pytest.raises(JobFailure) as raised:
        parse("a.pdf", pdf(lambda canvas: canvas.drawString(9, 9, "x")))
    assert raised.value.code == "document_too_large"
