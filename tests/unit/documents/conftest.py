"""Documents made on the spot, so that the right answer is known; and the parser to read them."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from typing import Any

import pytest
import structlog
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas

from workers.context import Context
from workers.endpoints import parses

Parse = Callable[..., dict[str, Any]]
PROSE = (
    "The harbour was quiet that morning and the pilots waited for the fog to lift. Nobody spoke "
    "while the kettle boiled, and the radio gave the weather for the whole of the northern coast. "
    "At ten the first ship called from behind the mole, and the youngest of them put on his coat. "
)


@pytest.fixture
def parse(settings: Callable[..., None]) -> Parse:
    """Run `/v1/parses` on bytes, as the worker does, and on what its schema would refuse."""

    def run(filename: str, content: bytes | str, mime: str = "", **options: Any) -> dict[str, Any]:
        url = content
        if isinstance(content, bytes):
            url = f"data:{mime};base64,{base64.b64encode(content).decode()}"
        request = {
            "document": {"filename": filename, "url": url},
            "model": "retab-small",
            "table_parsing_format": "html",
            "image_resolution_dpi": 192,
            "instructions": None,
            **options,
        }
        body = parses.run(request, Context("job_1", 1, "org_1", structlog.get_logger()))
        assert isinstance(body, dict)
        return body

    return run


@pytest.fixture
def text(parse: Parse) -> Callable[..., str]:
    """The text of a document."""

    def read(*arguments: Any, **options: Any) -> str:
        return str(parse(*arguments, **options)["output"]["text"])

    return read


def pdf(*pages: Callable[[Canvas], None], **options: Any) -> bytes:
    """A PDF of the pages that these draw."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595, 842), invariant=True, **options)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def lines(*texts: str, left: float = 60, top: float = 780, step: float = 14) -> Any:
    """Draw lines under one another."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for number, line in enumerate(texts):
            canvas.drawString(left, top - step * number, line)

    return draw


def wrapped(prose: str, width: int) -> list[str]:
    """Prose in lines of about this many characters."""
    import textwrap

    return textwrap.wrap(prose, width)


def picture(*texts: str, size: tuple[int, int] = (1240, 700), height: int = 40) -> Image.Image:
    """Text as an image."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(texts):
        font = ImageFont.load_default(height)
        draw.text((80, 80 + 2 * height * number), line, fill="black", font=font)
    return image


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    """An image as a file."""
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()
