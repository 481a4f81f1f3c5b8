"""How much of everything a document may have: what has more fails, and is not read for hours."""

from __future__ import annotations

from jobs_backend.errors import JobFailure

# Far more than anybody reads; a document of text has a paragraph or an element a line.
MAX_PAGES = 2_000
MAX_PARAGRAPHS = 500_000


class Tally:
    """Counts something of a document, as far as it is read."""

    def __init__(self, filename: str, most: int, what: str) -> None:
        self._filename = filename
        self._most = most
        self._what = what
        self.count = 0

    def add(self, number: int = 1) -> None:
        """Count more of it.

        Raises:
            JobFailure: these are too many.
        """
        self.count += number
        if self.count > self._most:
            raise JobFailure(
                "document_too_large",
                f"{self._filename} has more than {self._most:,} {self._what}.",
            )


def check_pages(filename: str, count: int) -> None:
    """Refuse a document of too many pages, whatever its kind calls one.

    Raises:
        JobFailure: it has more than MAX_PAGES.
    """
    Tally(filename, MAX_PAGES, "pages").add(count)
