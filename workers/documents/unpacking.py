"""One filter of a PDF's stream undone, as pdfminer does it, but no further than a limit."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from pdfminer.lzw import LZWDecoder
from pdfminer.pdftypes import (
    LITERALS_CCITTFAX_DECODE,
    LITERALS_DCT_DECODE,
    LITERALS_FLATE_DECODE,
    LITERALS_LZW_DECODE,
    LITERALS_RUNLENGTH_DECODE,
    PDFStream,
    resolve1,
)

from workers.documents.limits import Tally

# Twice what the largest drawings have. A predictor's row is as wide as a picture.
MAX_STREAM = 64 * 1024 * 1024
MAX_ROW = 1024 * 1024
# What takes pdfminer a microsecond a byte and more is of old and small documents.
MAX_SLOW = 8 * 1024 * 1024
_CHUNK, _ZLIB_HEADER = 1024 * 1024, 2
# So many bytes a byte of run lengths may stand for; and one of LZW costs as much time.
_LONGEST_RUN, _LZW_RATIO = 64, 8
_WHAT = "bytes in a stream, unpacked"


def unpacked(data: bytes, name: Any, parameters: Any, filename: str) -> bytes:
    """Undo one filter and its predictor.

    Args:
        data: what is packed.
        name: the filter's, as pdfminer has it.
        parameters: the filter's, or None.
        filename: the document's, for messages.

    Raises:
        JobFailure: it unpacks to more than is read.
    """
    if name in LITERALS_FLATE_DECODE:
        data, name = _inflated(data, filename), LITERALS_DCT_DECODE[0]
    elif name in LITERALS_LZW_DECODE:
        Tally(filename, MAX_SLOW, _WHAT).add(_LZW_RATIO * len(data))
        pieces = LZWDecoder(io.BytesIO(data)).run()
        data, name = _joined(pieces, MAX_SLOW, filename), LITERALS_DCT_DECODE[0]
    elif name in LITERALS_RUNLENGTH_DECODE:
        Tally(filename, MAX_SLOW, _WHAT).add(_LONGEST_RUN * len(data))
    elif name in LITERALS_CCITTFAX_DECODE:
        Tally(filename, MAX_SLOW, _WHAT).add(_number(parameters, "Columns", 1728) * len(data))
    if _number(parameters, "Predictor", 1) > 1:
        colors, columns = (_number(parameters, name, 1) for name in ("Colors", "Columns"))
        Tally(filename, MAX_ROW, "bytes in a row of a stream").add(colors * columns)
        Tally(filename, MAX_SLOW, _WHAT).add(len(data))
    # What pdfminer takes for a JPEG it leaves as it is, but for the predictor.
    return PDFStream({"Filter": name, "DecodeParms": parameters}, data).get_data()


def _joined(pieces: Iterable[bytes], most: int, filename: str) -> bytes:
    tally, found = Tally(filename, most, _WHAT), []
    for piece in pieces:
        tally.add(len(piece))
        found.append(piece)
    return b"".join(found)


def _inflated(data: bytes, filename: str) -> bytes:
    # Of what is damaged pdfminer takes nothing, unless it is the checksum alone.
    try:
        return _joined(_pieces(zlib.decompressobj(), data), MAX_STREAM, filename)
    except zlib.error as problem:
        if "incorrect data check" not in str(problem):
            return b""
    unchecked = zlib.decompressobj(-zlib.MAX_WBITS)
    return _joined(_pieces(unchecked, data[_ZLIB_HEADER:]), MAX_STREAM, filename)


def _pieces(inflater: Any, data: bytes) -> Iterator[bytes]:
    while not inflater.eof:
        piece = inflater.decompress(data, _CHUNK)
        yield piece
        data = inflater.unconsumed_tail
        if not data and len(piece) < _CHUNK:
            return


def _number(parameters: Any, name: str, otherwise: int) -> int:
    value = resolve1(parameters.get(name, otherwise)) if isinstance(parameters, dict) else otherwise
    return abs(value) if isinstance(value, int) else otherwise
