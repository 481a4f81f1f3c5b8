"""Write sample.pdf and sample_expected.txt: `python examples/make_sample.py`.

A small report of four pages: prose, a ruled table, two columns, and a page that is a picture of
text. What the parsed text must hold stands in sample_expected.txt, a phrase a line.
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import cm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, Paragraph, Spacer, Table

HERE = Path(__file__).parent
WIDTH, HEIGHT = A4
MARGIN = 2.2 * cm

TITLE = "Northwind Harbour Authority: Quarterly Report"
INTRODUCTION = (
    "This report sums up the third quarter of the harbour. Traffic grew by 7.4 percent against "
    "the same quarter of the year before, while the average time at berth fell to 31 hours. The "
    "new east quay was opened on 14 August and took its first container ship two days later.",
    "Two storms closed the outer basin for a total of five days. No damage was done to ships, and "
    "the repairs to the north mole will be finished before winter. The pilots deserve our thanks.",
)
TABLE = (
    ("Month", "Arrivals", "Containers", "Revenue (EUR)"),
    ("April", "212", "18,430", "1,204,500.00"),
    ("May", "231", "19,877", "1,311,250.50"),
    ("June", "224", "19,012", "1,287,940.75"),
    ("July", "248", "21,365", "1,402,118.20"),
    ("August", "262", "22,904", "1,498,006.10"),
    ("September", "239", "20,551", "1,356,730.00"),
)
LEFT = (
    "The left column speaks of the pilots. Forty pilots served the harbour in this quarter, six of "
    "them in training. Each of them boarded two ships a day on average, and nobody was hurt. The "
    "pilot boats were refitted in May and are faster than before, which shortened every transfer."
)
RIGHT = (
    "The right column speaks of the cranes. Nine cranes stand on the quays, two of them electric. "
    "An electric crane lifts thirty containers an hour and needs half the energy of an old one. "
    "Four more are on order and will be delivered by sea in the spring of the coming year."
)
SCANNED = ("Letter of the harbour master", "Received on 3 October", "Reference HM 4711")
EXPECTED = (
    TITLE,
    "The new east quay was opened",
    *(cell for row in TABLE for cell in row),
    "The left column speaks of the pilots.",
    "The right column speaks of the cranes.",
    *SCANNED,
)


def main() -> None:
    """Write both files beside this script."""
    (HERE / "sample.pdf").write_bytes(sample())
    (HERE / "sample_expected.txt").write_text("\n".join(EXPECTED) + "\n", encoding="utf-8")


def sample() -> bytes:
    """The sample, the same bytes every time."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=True)
    canvas.setTitle(TITLE)
    styles = getSampleStyleSheet()
    introduction = [
        Paragraph(TITLE, styles["Title"]),
        *(Paragraph(text, styles["BodyText"]) for text in INTRODUCTION),
    ]
    _page(canvas, [(introduction, MARGIN, WIDTH - 2 * MARGIN)])
    table = Table(TABLE, hAlign="LEFT", style=[("GRID", (0, 0), (-1, -1), 0.7, colors.black)])
    figures = [Paragraph("Figures by month", styles["Heading1"]), Spacer(0, 10), table]
    _page(canvas, [(figures, MARGIN, WIDTH - 2 * MARGIN)])
    column = (WIDTH - 2 * MARGIN - cm) / 2
    _page(
        canvas,
        [
            ([Paragraph(LEFT, styles["BodyText"])], MARGIN, column),
            ([Paragraph(RIGHT, styles["BodyText"])], MARGIN + column + cm, column),
        ],
    )
    canvas.drawImage(ImageReader(_scan()), 0, 0, WIDTH, HEIGHT)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _page(canvas: Canvas, columns: list[tuple[list[Flowable], float, float]]) -> None:
    for content, left, width in columns:
        Frame(left, MARGIN, width, HEIGHT - 2 * MARGIN, 0, 0, 0, 0).addFromList(content, canvas)
    canvas.showPage()


def _scan() -> Image.Image:
    image = Image.new("L", (1240, 1754), 250)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(44)
    for number, line in enumerate(SCANNED):
        draw.text((150, 200 + 110 * number), line, fill=20, font=font)
    return image


if __name__ == "__main__":
    main()
