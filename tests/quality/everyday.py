"""Everyday papers with known answers: `python -m tests.quality.everyday`.

Invoices of six countries, receipts, statements, orders, payslips, a CV, a bill, a lab report, each
with a schema of its own. In `everyday.json` a line that begins with `#` is a title, with `*` bold;
`|` parts its pieces, and `@300` or `@300r` says where one begins or ends.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.quality.measuring import Row
from workers.documents import reader
from workers.documents.source import Source
from workers.local import extraction

WIDTH, HEIGHT, MARGIN, SIZE = 595, 842, 50, 10


def papers() -> list[dict[str, Any]]:
    """All of them: `name`, `schema`, `truth` and `lines`."""
    path = Path(__file__).parent / "everyday.json"
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def pdf(lines: Sequence[str]) -> bytes:
    """A page of such lines."""
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(WIDTH, HEIGHT), invariant=True)
    top: float = HEIGHT - 42
    for line in lines:
        size = SIZE * 1.7 if line.startswith("#") else SIZE
        canvas.setFont("Helvetica-Bold" if line[:1] in ("#", "*") else "Helvetica", size)
        for piece in line.lstrip("#*").split("|"):
            where, _, text = piece.partition(" ") if piece.startswith("@") else ("", "", piece)
            if where.endswith("r"):
                canvas.drawRightString(int(where[1:-1]), top, text)
            else:
                canvas.drawString(int(where[1:] or MARGIN), top, text.strip())
        top -= size * 1.4
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def measure() -> Iterator[Row]:
    """What was measured, how many leaves were right, of how many."""
    right, every = 0, 0
    for paper in papers():
        wanted, got = dict(leaves(paper["truth"])), dict(leaves(output(paper)))
        right += sum(1 for pointer, value in wanted.items() if got.get(pointer) == value)
        every += len(wanted)
    yield "extraction, everyday papers, leaves", right, every


def output(paper: dict[str, Any]) -> Any:
    """What is extracted from a paper."""
    source = Source("paper.pdf", pdf(paper["lines"]), "pdf")
    pages = [page for page, _ in reader.laid_out(source, dpi=150)]
    return extraction.extract(paper["schema"], pages).output


def leaves(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """The scalars, and how many items each array has."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from leaves(part, f"{pointer}/{key}")
    elif isinstance(value, list):
        yield f"{pointer}/#", len(value)
        for number, part in enumerate(value):
            yield from leaves(part, f"{pointer}/{number}")
    else:
        yield pointer, " ".join(value.split()) if isinstance(value, str) else value


def main() -> None:
    """Print what is wrong, and how much is right."""
    for paper in papers():
        got = dict(leaves(output(paper)))
        for pointer, value in leaves(paper["truth"]):
            if got.get(pointer) != value:
                print(f"{paper['name']}{pointer}: {value!r}, not {got.get(pointer)!r}")
    for what, right, every in measure():
        print(f"{what} {right} of {every}  {right / every:6.1%}")


if __name__ == "__main__":
    main()
