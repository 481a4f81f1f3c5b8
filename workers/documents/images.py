"""PNG, JPEG, TIFF and WebP by OCR: a page a frame of a TIFF; of an animation the first picture."""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Iterator
from typing import Any

from jobs_backend.errors import JobFailure
from workers.documents import ocr
from workers.documents.limits import Tally
from workers.documents.page import Page, words_of
from workers.documents.source import Source

MAX_FRAMES = 500
# An image this many times larger than what is read is refused before it is decoded.
MAX_SOURCE_PIXELS = 160_000_000
# All frames together: 230 pages of A4 at 300 dpi.
MAX_ALL_PIXELS = 2_000_000_000


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
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its remarks on odd metadata are nobody's concern here
            with Image.open(io.BytesIO(source.content), formats=[source.kind.upper()]) as image:
                count = _checked(source, image)
                for number in range(count):
                    image.seek(number)
                    yield _shrunk(ImageOps.exif_transpose(image)), count
    except Image.DecompressionBombError:
        raise _too_large(source) from None
    except (OSError, ValueError, SyntaxError, EOFError, Image.UnidentifiedImageError) as problem:
        raise JobFailure(
            "document_unreadable", f"{source.filename} is damaged and cannot be read."
        ) from problem


def _checked(source: Source, image: Any) -> int:
    # How many frames are read, none of which has been decoded yet.
    count = int(getattr(image, "n_frames", 1)) if source.kind == "tiff" else 1
    if count > MAX_FRAMES:
        raise _too_large(source)
    pixels = Tally(source.filename, MAX_ALL_PIXELS, "pixels in all its frames")
    for number in range(count):
        image.seek(number)
        if image.width * image.height > MAX_SOURCE_PIXELS:
            raise _too_large(source)
        pixels.add(image.width * image.height)
    # A JPEG can be decoded at a half of its size, or less.
    image.draft(None, _least_size(image))
    return count


def _shrunk(image: Any) -> Any:
    size = _least_size(image)
    return image if size == image.size else image.resize(size)


def _least_size(image: Any) -> tuple[int, int]:
    factor = min(1.0, math.sqrt(ocr.MAX_PIXELS / (image.width * image.height)))
    return max(1, int(image.width * factor)), max(1, int(image.height * factor))


def _too_large(source: Source) -> JobFailure:
    return JobFailure(
        "document_too_large",
        f"{source.filename} has more pixels or frames than are read "
        f"({MAX_SOURCE_PIXELS:,} pixels, {MAX_FRAMES} frames).",
    )
