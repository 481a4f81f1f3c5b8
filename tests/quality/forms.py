"""How many fields of forms are found: `python -m tests.quality.forms`.

A field counts as found if it lies where it should, is of the right kind, and has the right label.
What is found beside the real fields counts against precision.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.quality import form_papers as papers
from tests.quality import form_parts as parts
from tests.quality.form_parts import HEIGHT, WIDTH, Truth
from workers.documents import reader
from workers.documents.source import Source
from workers.endpoints.reading import Document
from workers.forms import form, matching
from workers.forms.fields import Field

FORMS_EACH = 4
_PARTS: dict[str, parts.Draw] = {
    "underscores": parts.underscores,
    "dotted leaders": parts.dots,
    "ruling lines": parts.rules,
    "boxes": parts.boxes,
    "cells beside labels": parts.labelled_cells,
    "cells under headers": parts.headed_cells,
    "cells with captions": parts.captioned_cells,
    "squares": parts.squares,
    "brackets": parts.brackets,
    "letter cells": parts.letters,
}
Made = tuple[bytes, list[Truth]]


def measure() -> list[tuple[str, int, int]]:
    """Of each kind of form: what it is, how many fields are found, and how many there are."""
    return [(kind, found, real) for kind, found, real, _ in results()]


def results() -> list[tuple[str, int, int, int]]:
    """As `measure`, and how many fields were reported at all."""
    counts: dict[str, list[int]] = {}
    for kind, content, truth in _forms():
        fields = read(content)
        total = counts.setdefault(kind, [0, 0, 0])
        total[0] += matched(fields, truth)
        total[1] += len(truth)
        total[2] += len(fields)
    return [(kind, *total) for kind, total in counts.items()]  # type: ignore[misc]


def scanned(count: int = 3) -> tuple[str, int, int, int]:
    """The same of forms that were printed and scanned, which takes OCR a while."""
    total = [0, 0, 0]
    for seed in range(count):
        drawing = [parts.rules, parts.boxes, parts.squares, parts.labelled_cells]
        content, truth = papers.drawn(500 + seed, drawing)
        fields = read(papers.scan(content), "jpeg")
        first = [real for real in truth if real.page == 1]
        total[0] += matched(fields, first)
        total[1] += len(first)
        total[2] += len(fields)
    return ("scanned", *total)  # type: ignore[return-value]


def read(content: bytes, kind: str = "pdf") -> tuple[Field, ...]:
    """The fields of a document."""
    source = Source(f"form.{kind}", content, kind)
    pages = tuple(page for page, _ in reader.laid_out(source, dpi=150))
    return form.read(Document(source, pages)).fields


def matched(fields: tuple[Field, ...], truth: list[Truth]) -> int:
    """How many of the real fields are among these."""
    left = list(fields)
    count = 0
    for real in truth:
        hit = next((one for one in left if _is_it(one, real)), None)
        if hit is not None:
            left.remove(hit)
            count += 1
    return count


def _is_it(one: Field, real: Truth) -> bool:
    if one.kind != real.kind or one.place.page != real.page:
        return False
    left, top, right, bottom = real.box
    x = (one.place.left + one.place.width / 2) * WIDTH
    y = (one.place.top + one.place.height / 2) * HEIGHT
    is_there = left <= x <= right and top - 4 <= y <= bottom + 4
    width = one.place.width * WIDTH
    is_wide = 0.6 * (right - left) <= width <= 1.6 * (right - left)
    same = matching.similarity(_plain(one.description), _plain(real.label)) >= 97
    return is_there and is_wide and same


def _plain(label: str) -> str:
    return " ".join(label.casefold().split())


def _forms() -> Iterator[tuple[str, bytes, list[Truth]]]:
    for seed in range(10):
        yield "AcroForm", *papers.acroform(seed)
    for kind, part in _PARTS.items():
        for seed in range(FORMS_EACH):
            yield kind, *papers.drawn(seed, [parts.prose, part, parts.filled_table, part])
    for seed in range(8):
        yield "mixed, several pages", *papers.drawn(200 + seed, _mixture(seed))
        yield "two columns", *papers.drawn(300 + seed, _mixture(seed), columns=2)
        content, truth = papers.drawn(400 + seed, _mixture(seed))
        angle = (0, 90, 180, 270)[seed % 4]
        yield "turned and cropped", papers.turned(content, angle, 20 * (seed % 3)), truth


def _mixture(seed: int) -> list[parts.Draw]:
    chance = random.Random(seed)  # noqa: S311
    some = chance.sample(list(_PARTS.values()), len(_PARTS))
    return [parts.prose, *some[:4], parts.filled_table, *some[4:]]


def main() -> None:
    """Print the table."""
    sums = [0, 0, 0]
    print(f"{'kind':32} {'fields':>7} {'recall':>8} {'precision':>10}")
    for kind, found, real, reported in [*results(), scanned()]:
        print(f"{kind:32} {real:7} {found / real:8.1%} {found / max(reported, 1):10.1%}")
        sums = [total + part for total, part in zip(sums, (found, real, reported), strict=True)]
    print(f"{'all':32} {sums[1]:7} {sums[0] / sums[1]:8.1%} {sums[0] / sums[2]:10.1%}")


if __name__ == "__main__":
    main()
