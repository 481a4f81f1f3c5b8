"""Text of images, by an engine whose models lie in its wheel: nothing is fetched."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from workers.documents import layout
from workers.documents.layout import Box

# About A3 at 300 dpi. More would cost gigabytes and tell the engine nothing, which itself scales
# everything down to 2,000 pixels a side.
MAX_PIXELS = 18_000_000
THREADS = 2
# Below this mean confidence the page may lie on its side, or on its head.
DOUBTFUL = 0.85


def text(image: Any) -> str:
    """The text of a Pillow image in reading order, whichever way up it lies."""
    return layout.as_text(boxes(image)[0])


def boxes(image: Any) -> tuple[list[Box], tuple[int, int]]:
    """The lines of a Pillow image, turned upright, and that image's width and height."""
    best, size = _boxes(image), image.size
    if _confidence(best) < DOUBTFUL:
        views = [image.rotate(angle, expand=True) for angle in (180, 90, 270)]
        best, size = max(
            ((best, size), *((_boxes(view), view.size) for view in views)),
            key=lambda found: _weight(found[0]),
        )
    return [box for box, _ in best], size


def _boxes(image: Any) -> list[tuple[Box, float]]:
    import numpy

    # The engine takes its colours in the order of OpenCV.
    pixels = numpy.asarray(image.convert("RGB"))[:, :, ::-1]
    result = _engine()(numpy.ascontiguousarray(pixels))
    if result.boxes is None or result.txts is None:
        return []
    return [
        (_box(corners, found), float(score))
        for corners, found, score in zip(result.boxes, result.txts, result.scores, strict=True)
    ]


def _box(corners: Any, found: str) -> Box:
    across, down = [float(x) for x, _ in corners], [float(y) for _, y in corners]
    return Box(found, min(across), min(down), max(across), max(down))


def _confidence(boxes: Sequence[tuple[Box, float]]) -> float:
    characters = sum(len(box.text) for box, _ in boxes)
    return _weight(boxes) / characters if characters else 0.0


def _weight(boxes: Sequence[tuple[Box, float]]) -> float:
    # The engine turns a tall box by itself and reads it well, but then the lines stand side by
    # side, out of order: such a view is the wrong one.
    return sum(score * len(box.text) for box, score in boxes if not _is_tall(box))


def _is_tall(box: Box) -> bool:
    return box.bottom - box.top > 1.5 * (box.right - box.left)


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            # It judges each line on its own whether it stands on its head, and is often wrong.
            "Global.use_cls": False,
            "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
