"""Forms drawn at random: of several pages, in columns, turned, declared, scanned."""

from __future__ import annotations

import io
import random

import pypdfium2
from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.generic import RectangleObject
from reportlab.pdfgen.canvas import Canvas

from tests.quality.form_parts import CHOICES, HEIGHT, WIDTH, Draw, Paper, Truth


def drawn(seed: int, parts: list[Draw], columns: int = 1) -> tuple[bytes, list[Truth]]:
    """A form of these parts, on as many pages as it takes."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(WIDTH, HEIGHT), invariant=True)
    chance = random.Random(seed)  # noqa: S311 - what is wanted is the same form each time
    width = 480 if columns == 1 else 225
    paper = Paper(canvas, chance, chance.choice([9, 10, 11]), width=width)
    paper.font()
    for part in parts:
        if paper.y < 330:
            _turn_page(paper, columns)
        part(paper)
    canvas.showPage()
    canvas.save()
    return target.getvalue(), paper.truth


def _turn_page(paper: Paper, columns: int) -> None:
    paper.y = 780
    if columns == 2 and paper.left < 200:
        paper.left += 258
        return
    paper.canvas.drawCentredString(WIDTH / 2, 30, f"Page {paper.page}")
    paper.canvas.showPage()
    paper.page += 1
    paper.left = 56
    paper.font()


def turned(content: bytes, angle: int, inset: float = 0) -> bytes:
    """The same to the eye, but its pages are turned, and larger than what is shown of them."""
    writer = PdfWriter()
    for original in PdfReader(io.BytesIO(content)).pages:
        page = writer.add_page(original)
        turn = Transformation().rotate(angle)
        width, height = (HEIGHT, WIDTH) if angle in (90, 270) else (WIDTH, HEIGHT)
        shift = {0: (0, 0), 90: (HEIGHT, 0), 180: (WIDTH, HEIGHT), 270: (0, WIDTH)}[angle]
        page.add_transformation(turn.translate(shift[0] + inset, shift[1] + inset))
        page.mediabox = RectangleObject((0, 0, width + 2 * inset, height + 3 * inset))
        page.cropbox = RectangleObject((inset, inset, inset + width, inset + height))
        page.rotate(angle)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def acroform(seed: int) -> tuple[bytes, list[Truth]]:
    """A form whose fields the PDF declares; some have tooltips, others text beside them alone."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(WIDTH, HEIGHT), invariant=True)
    chance = random.Random(seed)  # noqa: S311
    paper = Paper(canvas, chance)
    paper.font()
    form = canvas.acroForm
    for number in range(chance.randint(6, 10)):
        label = paper.label()
        paper.say(paper.left, paper.y, label)
        x, y = paper.left + 140, paper.y - 5
        tooltip = label if chance.random() < 0.5 else None
        if number % 4 == 3:
            options = ["Red", "Green", "Blue"]
            form.choice(
                x=x, y=y, width=160, height=18, name=f"c{number}", tooltip=tooltip,
                value="Red", options=options,
            )  # fmt: skip
        else:
            form.textfield(x=x, y=y, width=220, height=18, name=f"t{number}", tooltip=tooltip)
        paper.expect(label, "text", x, y, 160 if number % 4 == 3 else 220, 18)
        paper.y -= 30
    for number, name in enumerate(chance.sample(CHOICES, 4)):
        x, y = paper.left + 120 * number, paper.y
        if number < 2:
            form.checkbox(x=x, y=y, size=12, name=f"b{number}", buttonStyle="cross")
        else:
            form.radio(x=x, y=y, size=12, name="r", value=f"v{number}", selected=False)
        paper.say(x + 17, y + 2, name)
        paper.expect(name, "checkbox", x, y, 12, 12)
    canvas.showPage()
    canvas.save()
    return target.getvalue(), paper.truth


def scan(content: bytes) -> bytes:
    """A picture of the first page, as JPEG, a little grey."""
    document = pypdfium2.PdfDocument(content)
    image = document[0].render(scale=200 / 72).to_pil().convert("L")
    document.close()
    target = io.BytesIO()
    image.point(lambda light: 30 + light * 210 // 255).save(target, "JPEG", quality=80)
    return target.getvalue()
