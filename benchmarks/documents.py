"""What a page costs to read: `python -m benchmarks.documents`.

Each document is made here and read in a process of its own, which tells its time and by how much
its memory grew at the most, the libraries included.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.servers import ROOT
from jobs_backend import config

ROUNDS = 3
READ = """
import json, resource, sys, time
from workers.documents import reader, source
content = open(sys.argv[1], "rb").read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
started = time.perf_counter()
found = source.Source(sys.argv[1], content, sys.argv[2])
pages = sum(1 for _ in reader.pages(found, table_format="markdown", dpi=192))
took = time.perf_counter() - started
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(json.dumps({"pages": pages, "seconds": took, "megabytes": grown / 1024}))
"""
PROSE = "The harbour was quiet that morning and the pilots waited for the fog to lift. " * 2


def main() -> None:
    """Measure, and print a Markdown table."""
    print("| document | pages | seconds | ms a page | memory |\n|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as name:
        for title, kind, make in DOCUMENTS:
            path = Path(name) / f"document.{kind}"
            path.write_bytes(make())
            runs = [_read(path, kind) for _ in range(ROUNDS)]
            run = sorted(runs, key=lambda run: run["seconds"])[ROUNDS // 2]
            print(
                f"| {title} | {run['pages']} | {run['seconds']:.1f} "
                f"| {run['seconds'] / run['pages'] * 1000:.0f} | {run['megabytes']:.0f} MB |",
                flush=True,
            )


def _read(path: Path, kind: str) -> dict[str, Any]:
    environment = config.environment(
        PYTHONPATH=ROOT, JOBS_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none"
    )
    command = [sys.executable, "-c", READ, str(path), "png" if kind == "png" else kind]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def prose(pages: int, lines: int = 50) -> bytes:
    """A PDF of running text, with so many lines a page."""
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595, 842), invariant=True)
    for number in range(pages):
        canvas.setFont("Helvetica", 9)
        canvas.drawString(60, 800, f"Page {number + 1}")
        for line in range(lines):
            canvas.drawString(60, 780 - 14 * line, PROSE[line : line + 100])
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _tables(pages: int) -> bytes:
    from reportlab.lib import colors
    from reportlab.platypus import SimpleDocTemplate, Table, TableStyle

    target = io.BytesIO()
    grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
    rows = [["No", "Item", "Quantity", "Price"]]
    rows += [[str(n), f"Item {n}", str(n % 7), f"{n}.50"] for n in range(35 * pages)]
    SimpleDocTemplate(target).build([Table(rows, style=grid, repeatRows=1)])
    return target.getvalue()


def _scan() -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (1587, 2245), "white")
    draw = ImageDraw.Draw(image)
    for number in range(40):
        line = PROSE[number : number + 70]
        draw.text((100, 100 + 50 * number), line, fill="black", font=ImageFont.load_default(28))
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


def _sheet() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in range(20_000):
        book.active.append([row, f"Item {row}", row * 1.5, "text", "more text"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


DOCUMENTS: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
    ("PDF of running text", "pdf", lambda: prose(200)),
    ("PDF of ruled tables", "pdf", lambda: _tables(50)),
    ("a scanned page, OCR", "png", _scan),
    ("XLSX of 100,000 cells", "xlsx", _sheet),
)

if __name__ == "__main__":
    main()
