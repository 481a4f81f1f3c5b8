"""PDFs by pdfplumber, within bounds: what pdfminer unpacks, and what it makes of a page.

A few hundred bytes of a PDF can unpack to gigabytes, or say the same thing a billion times, and
pdfminer has no limits of its own. So its streams and its parser of pages are replaced here by ones
that count.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from pdfminer import pdfinterp, pdfparser
from pdfminer.pdfinterp import PDFContentParser, PDFPageInterpreter
from pdfminer.pdftypes import PDFStream
from pdfplumber.page import PDFPageAggregatorWithMarkedContent
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from jobs_backend.errors import JobFailure
from workers.documents import unpacking
from workers.documents.limits import Tally

# All that is unpacked stays in memory until the document is closed. Pictures are not unpacked.
MAX_UNPACKED = 1024 * 1024 * 1024
# The numbers, names and operators of a page. The densest maps have half as many, which take half a
# minute. What is drawn over and over takes as long as so many of them each time.
MAX_TOKENS, FORM_TOKENS = 2_000_000, 20
# A full page has some 5,000 characters; each takes two kilobytes.
MAX_OBJECTS = 300_000


class Document(PDF):
    """A PDF as pdfplumber has it, of which no more is taken in than there is room for."""

    def __init__(self, content: bytes, filename: str) -> None:
        """Open a PDF, and find its pages.

        Raises:
            PdfminerException: it cannot be opened, or lacks its password.
            JobFailure: it unpacks to too much.
        """
        self.filename = filename
        self.unpacked = Tally(filename, MAX_UNPACKED, "bytes, unpacked")
        self.tokens = _UNLIMITED
        with self._bounded():
            super().__init__(io.BytesIO(content), stream_is_external=True)
            list(self.pages)

    def lay_out(self, page: Any) -> None:
        """Find what lies on a page of it; pdfplumber would do so without a limit.

        Raises:
            PdfminerException: it is broken.
            JobFailure: it has too much on it.
        """
        self.tokens = Tally(self.filename, MAX_TOKENS, "operators and operands on a page")
        device = _Device(self.rsrcmgr, pageno=page.page_number, laparams=self.laparams)
        device.objects = Tally(self.filename, MAX_OBJECTS, "characters and lines on a page")
        with self._bounded():
            try:
                _Interpreter(self.rsrcmgr, device).process_page(page.page_obj)
            except Exception as problem:
                raise PdfminerException(problem) from problem
        page._layout = device.get_result()

    @contextmanager
    def _bounded(self) -> Iterator[None]:
        before = _reading.set(self)
        try:
            yield
        except PdfminerException as problem:
            # Which is pdfplumber's word for whatever happens.
            cause = problem.args[0] if problem.args else None
            if isinstance(cause, (JobFailure, MemoryError)):
                raise cause from None
            raise
        finally:
            _reading.reset(before)


_UNLIMITED = Tally("", sys.maxsize, "")
_reading: ContextVar[Document | None] = ContextVar("reading", default=None)


class _Device(PDFPageAggregatorWithMarkedContent):
    objects = _UNLIMITED

    def render_string(self, textstate: Any, seq: Any, *more: Any) -> None:
        # As many characters as it has bytes, or a half of these.
        self.objects.add(sum(len(piece) for piece in seq if isinstance(piece, bytes)))
        super().render_string(textstate, seq, *more)

    def paint_path(self, *arguments: Any) -> None:  # calls itself for each part
        self.objects.add()
        super().paint_path(*arguments)

    def render_image(self, *arguments: Any) -> None:
        self.objects.add()
        super().render_image(*arguments)


class _Interpreter(PDFPageInterpreter):
    def subinterp(self) -> PDFPageInterpreter:  # called for each form that is drawn
        _tokens().add(FORM_TOKENS)
        return super().subinterp()


class _Content(PDFContentParser):
    def __init__(self, streams: Sequence[object]) -> None:
        self._tally = _tokens()
        super().__init__(streams)

    def nexttoken(self) -> Any:
        self._tally.add()
        return super().nexttoken()


class _Stream(PDFStream):
    def decode(self) -> None:
        document = _reading.get()
        if document is None:
            super().decode()
            return
        data = self.rawdata or b""
        if self.decipher:
            data = self.decipher(self.objid or 0, self.genno or 0, data, self.attrs)
        for name, parameters in self.get_filters():
            data = unpacking.unpacked(data, name, parameters, document.filename)
        document.unpacked.add(len(data))
        self.data, self.rawdata = data, None


def _tokens() -> Tally:
    document = _reading.get()
    return document.tokens if document else _UNLIMITED


pdfparser.PDFStream = _Stream  # type: ignore[misc]
pdfinterp.PDFContentParser = _Content  # type: ignore[misc]
