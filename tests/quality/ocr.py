"""How many letters of scans are misread: `python -m tests.quality.ocr`."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from tests.quality import making, measuring

WORDS = re.findall(
    r"\S+",
    "harbour pilot fog kettle radio weather northern coast ship mole coat invoice number total "
    "payment Zürich Straße façade señor über naïve Gebühr 1,234.50 12.03.2026 EUR ACME-17 (24h)",
)
PAGES, LINES = 30, 14


def measure() -> Iterator[measuring.Row]:
    """Letters that are read right, of all: of pages as they are, and of noisy scans."""
    for name, wear in (("scan, clean", _rendered), ("scan, noisy", making.scanned)):
        counts = (_read(seed, wear(_page(seed), seed)) for seed in range(PAGES))
        yield measuring.total(f"OCR, {name}: letters", counts)


def _lines(seed: int) -> list[str]:
    chance = random.Random(seed)  # noqa: S311 - no secret
    return [" ".join(chance.choices(WORDS, k=6)) for _ in range(LINES)]


def _page(seed: int) -> bytes:
    return making.pdf([making.page(_lines(seed))])


def _rendered(content: bytes, _seed: int) -> bytes:
    return making.pictured(content, dpi=200)


def _read(seed: int, content: bytes) -> tuple[int, int]:
    body = measuring.run("/v1/parses", document=making.document(content))
    wanted = " ".join(_lines(seed))
    found = " ".join(body["output"]["text"].split()) if body else ""
    wrong = Levenshtein.distance(wanted, found)
    return max(0, len(wanted) - wrong), len(wanted)


if __name__ == "__main__":
    measuring.print_table(measure())
