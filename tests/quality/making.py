"""Documents with known content, drawn and worn."""

from __future__ import annotations

import base64
import io
import random
from collections.abc import Callable, Sequence
from typing import Any

WIDTH, HEIGHT = 595, 842
Draw = Callable[[Any], None]


def page(
    lines: Sequence[str],
    *,
    title: str = "",
    header: str = "",
    footer: str = "",
    turned: bool = False,
) -> Draw:
    """Draws a page of lines; `turned` has it lie on its side, as scanners leave them."""

    def draw(canvas: Any) -> None:
        if turned:
            canvas.setPageRotation(90)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, 810, header)
        canvas.drawCentredString(WIDTH / 2, 30, footer)
        top = 770
        if title:
            canvas.setFont("Helvetica-Bold", 18)
            canvas.drawString(60, top, title)
            top -= 40
        canvas.setFont("Helvetica", 11)
        for line in lines:
            canvas.drawString(60, top, line)
            top -= 24

    return draw


def pdf(pages: Sequence[Draw]) -> bytes:
    """A PDF of these pages."""
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(WIDTH, HEIGHT), invariant=True)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def scanned(content: bytes, seed: int = 1, dpi: int = 150) -> bytes:
    """The same PDF as a scanner makes it: pictures, a little askew, with noise."""
    import numpy
    from PIL import Image

    noise = numpy.random.default_rng(seed)
    chance = random.Random(seed)  # noqa: S311 - no secret

    def wear(image: Any) -> Any:
        image = image.rotate(chance.uniform(-0.7, 0.7), fillcolor=255, resample=Image.BICUBIC)
        grey = numpy.asarray(image, dtype=float) + noise.normal(0, 18, (image.height, image.width))
        return Image.fromarray(numpy.clip(grey, 0, 255).astype("uint8"))

    return pictured(content, dpi, wear)


def pictured(content: bytes, dpi: int, wear: Callable[[Any], Any] = lambda image: image) -> bytes:
    """The same PDF as pictures of its pages, each of which may be worn."""
    import pypdfium2

    source = pypdfium2.PdfDocument(content)
    images = [wear(page.render(scale=dpi / 72).to_pil().convert("L")) for page in source]
    source.close()
    target = io.BytesIO()
    images[0].save(target, "PDF", save_all=True, append_images=images[1:], resolution=dpi)
    return target.getvalue()


def document(content: bytes, filename: str = "document.pdf") -> dict[str, str]:
    """A PDF as a request has it."""
    encoded = base64.b64encode(content).decode()
    return {"filename": filename, "url": f"data:application/pdf;base64,{encoded}"}
