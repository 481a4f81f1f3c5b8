"""PNG, JPEG, TIFF and WebP: one page a frame, by OCR."""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Iterator
from typing import Any

from jobs_backend.errors import JobFailure
from workers.documents import ocr
from workers.documents.page import Page, words_of
from workers.documents.source import Source

MAX_FRAMES = 500
# An image this many times larger than what is read is refused before it is decoded.
MAX_SOURCE_PIXELS = 4 * ocr.MAX_PIXELS


def pages(source: Source) -> Iterator[tuple[str, int]]:
    """Read an image.

    Yields:
        Each frame's text, and how many frames there are.

    Raises:
        JobFailure: it is broken, or larger than the limits.
    """
    for frame, count in frames(source):
        yield ocr.text(frame), count


def laid_out(source: Source) -> Iterator[tuple[Page, int]]:
    """Read an image, and keep where its words lie. Raises as `pages` does."""
    for number, (frame, count) in enumerate(frames(source), 1):
        boxes, (width, height) = ocr.boxes(frame)
        words = tuple(word for box in boxes for word in words_of(box))
        yield Page(number, width, height, words, is_recognized=True), count


def frames(source: Source) -> Iterator[tuple[Any, int]]:
    """Its frames as Pillow images, upright and no larger than is read. Raises as `pages` does."""
    from PIL import Image, ImageOps, ImageSequence

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its remarks on odd metadata are nobody's concern here
            with Image.open(io.BytesIO(source.content), formats=[source.kind.upper()]) as image:
                count = _checked(source, image)
                for frame in ImageSequence.Iterator(image):
                    _checked(source, image)
                    upright = ImageOps.exif_transpose(frame.copy())
                    yield _shrunk(upright), count
    except Image.DecompressionBombError:
        raise _too_large(source) from None
    except (OSError, ValueError, SyntaxError, EOFError, Image.UnidentifiedImageError) as problem:
        raise JobFailure(
            "document_unreadable", f"{source.filename} is damaged and cannot be read."
        ) from problem


def _checked(source: Source, image: Any) -> int:
    count = int(getattr(image, "n_frames", 1))
    if image.width * image.height > MAX_SOURCE_PIXELS or count > MAX_FRAMES:
        raise _too_large(source)
    return count


def _shrunk(image: Any) -> Any:
    factor = math.sqrt(ocr.MAX_PIXELS / (image.width * image.height))
    if factor >= 1:
        return image
    return image.resize((max(1, int(image.width * factor)), max(1, int(image.height * factor))))


def _too_large(source: Source) -> JobFailure:
    return JobFailure(
        "document_too_large",
        f"{source.filename} has more pixels or frames than are read "
        f"({MAX_SOURCE_PIXELS:,} pixels, {MAX_FRAMES} frames).",
    )
