"""How well documents are classified, split and parted: `python -m tests.quality.sorting`.

A page of a bundle is right if it is in a part of its kind that begins where its document does. A
page of a partition is right if it is in the part of its value, and in no other.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.quality import sorting_papers as papers
from tests.quality.sorting_papers import Paper
from tests.quality.sorting_words import KINDS, WORDS
from workers.documents import reader
from workers.documents.page import Page
from workers.documents.source import Source
from workers.local import partitions, sorting, splits
from workers.local.kinds import Kind

SINGLES, BUNDLES, SERIES = 28, 16, 20
SCANNED_SINGLES, SCANNED_BUNDLES, SCANNED_SERIES = 7, 4, 3
# Of bundles with documents that nobody asked for, the kinds that are asked for.
_SOME = ("invoice", "contract", "CV")
_LANGUAGES = tuple(WORDS)
_KEYS = {
    "invoice": "invoice number",
    "delivery note": "delivery note number",
    "payslip": "employee name",
    "bank statement": "account number",
    "contract": "contract number",
}
Counts = tuple[str, int, int]


def measure() -> list[Counts]:
    """What was measured, how many answers were right, and how many there were."""
    return [
        _total("classification", _classified(_singles(SINGLES))),
        _total("classification, scanned", _classified(_singles(SCANNED_SINGLES, is_scan=True))),
        _total("split", _split(_bundles(BUNDLES))),
        _total("split, languages mixed", _split(_bundles(BUNDLES // 2, is_mixed=True))),
        _total("split, others left out", _split(_bundles(BUNDLES // 2, is_mixed=True), _SOME)),
        _total("split, rotated pages", _split(_bundles(BUNDLES // 4, turned=90))),
        _total("split, scanned", _split(_bundles(SCANNED_BUNDLES, is_scan=True))),
        _total("partition", _parted(_series(SERIES))),
        _total("partition, rotated pages", _parted(_series(SERIES // 5, turned=270))),
        _total("partition, scanned", _parted(_series(SCANNED_SERIES, is_scan=True))),
    ]


_Seed = random.Random
Bundle = tuple[list[Paper], tuple[Page, ...]]


def _singles(count: int, is_scan: bool = False) -> Iterator[Bundle]:
    for number in range(count):
        seed = _Seed(f"single {number}")
        language = _LANGUAGES[number // len(KINDS) % len(_LANGUAGES)]
        yield _read([papers.paper(KINDS[number % len(KINDS)], language, seed)], seed, is_scan)


def _bundles(
    count: int, turned: int = 0, is_scan: bool = False, is_mixed: bool = False
) -> Iterator[Bundle]:
    for number in range(count):
        seed = _Seed(f"bundle {number} {is_mixed}")
        own = [_LANGUAGES[number % len(_LANGUAGES)]]
        languages = list(_LANGUAGES) if is_mixed else own
        made = [
            papers.paper(seed.choice(KINDS), seed.choice(languages), seed)
            for _ in range(3 if is_scan else seed.randrange(3, 8))
        ]
        yield _read(made, seed, is_scan, turned)


def _series(count: int, turned: int = 0, is_scan: bool = False) -> Iterator[Bundle]:
    for number in range(count):
        seed = _Seed(f"series {number}")
        kind = list(_KEYS)[number % len(_KEYS)]
        language = _LANGUAGES[number % len(_LANGUAGES)]
        size = 3 if is_scan else seed.randrange(3, 7)
        made = [papers.paper(kind, language, seed) for _ in range(size)]
        yield _read(made, seed, is_scan, turned)


def _read(made: list[Paper], seed: random.Random, is_scan: bool, turned: int = 0) -> Bundle:
    content = papers.digital(made, turned)
    if is_scan:
        content = papers.scanned(content, seed)
    source = Source("bundle.pdf", content, "pdf")
    return made, tuple(page for page, _ in reader.laid_out(source, dpi=papers.DPI))


def _classified(documents: Iterator[Bundle]) -> Iterator[bool]:
    kinds = [Kind(name) for name in KINDS]
    for [made], pages in documents:
        yield KINDS[sorting.classify(pages, kinds).kind] == made.kind


def _split(bundles: Iterator[Bundle], asked: tuple[str, ...] = KINDS) -> Iterator[bool]:
    for made, pages in bundles:
        parts = splits.split(pages, [Kind(name) for name in asked], None)
        found = {page: (asked[part.kind], part.pages[0]) for part in parts for page in part.pages}
        for page, (paper, first) in enumerate(_owners(made), 1):
            wanted = (paper.kind, first) if paper.kind in asked else None
            yield found.get(page) == wanted


def _parted(series: Iterator[Bundle]) -> Iterator[bool]:
    for made, pages in series:
        kind = made[0].kind
        parts = partitions.partition(pages, _KEYS[kind])
        for page, (paper, _) in enumerate(_owners(made), 1):
            value = paper.person if _KEYS[kind].endswith("name") else paper.number
            yield [part.value for part in parts if page in part.pages] == [value]


def _owners(made: list[Paper]) -> Iterator[tuple[Paper, int]]:
    first = 1
    for paper in made:
        yield from [(paper, first)] * len(paper.pages)
        first += len(paper.pages)


def _total(what: str, answers: Iterator[bool]) -> Counts:
    given = list(answers)
    return what, sum(given), len(given)


if __name__ == "__main__":
    for what, right, of in measure():
        print(f"{what:28} {right:4} of {of:4}  {right / of:6.1%}")
