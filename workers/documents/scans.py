"""Which pages of a PDF have to be recognized, since their text layer does not say what they say."""

from __future__ import annotations

from typing import Any

# Fewer characters than this beside a picture are a stamp or a page number on a scan. What stands in
# the margins counts for none: a fax, a browser or a scanning program has added it.
MIN_TEXT_CHARACTERS, MARGIN = 16, 0.08
# Characters that the font could not name: above this share the text layer is of no use.
MAX_UNNAMED = 0.3
# So many curves and not one character: the letters are drawn as shapes. Beside characters they are
# if there are many more of them, as high as letters are.
MIN_OUTLINES, MANY_OUTLINES, MORE_OUTLINES = 20, 500, 3
LETTER_HEIGHTS, LEAST_SHAPES = (2.0, 20.0), 4
# An image that covers this share of the page is the page; and this one, where no other text is.
SCAN_COVERAGE, LONE_COVERAGE = 0.5, 0.1


def is_scan(page: Any) -> bool:
    """Whether a page of pdfplumber's says what it says by pictures or by drawn letters."""
    text = "".join(char["text"] for char in page.chars if not char["text"].isspace())
    if page.images and _is_picture(page):
        return True
    if _is_outlined(page, len(text)):
        return True
    unnamed = text.count("\ufffd") + text.count("(cid:") * len("(cid:0)")
    return bool(text) and unnamed > MAX_UNNAMED * len(text)


def pixels(page: Any) -> int:
    """How many pixels the pictures of a page have, each as often as it lies in the document."""
    sizes = {image["stream"].objid: image["srcsize"] for image in page.images}
    return sum(
        int(width * height)
        for width, height in sizes.values()
        if isinstance(width, (int, float)) and isinstance(height, (int, float))
    )


def _is_outlined(page: Any, characters_there: int) -> bool:
    if not characters_there:
        return len(page.curves) >= MIN_OUTLINES
    least, most = LETTER_HEIGHTS
    letters = [
        one
        for one in page.curves
        if one["fill"] and not one["stroke"] and least < one["height"] < most
    ]
    # The points of a chart are alike.
    shapes = {(round(one["width"]), round(one["height"]), len(one["pts"])) for one in letters}
    is_many = len(letters) >= max(MANY_OUTLINES, MORE_OUTLINES * characters_there)
    return is_many and len(shapes) >= LEAST_SHAPES


def _is_picture(page: Any) -> bool:
    printed = [char for char in page.chars if not char["text"].isspace()]
    body = sum(not _is_in_margin(page, char) for char in printed)
    covered = sum(_area(image) for image in page.images) / float(page.width * page.height)
    is_covered = covered >= (SCAN_COVERAGE if body else LONE_COVERAGE)
    return not printed or (body < MIN_TEXT_CHARACTERS and is_covered)


def _is_in_margin(page: Any, char: dict[str, Any]) -> bool:
    height = float(page.height)
    return bool(char["bottom"] < MARGIN * height or char["top"] > (1 - MARGIN) * height)


def _area(image: dict[str, Any]) -> float:
    return abs(float(image["x1"] - image["x0"]) * float(image["bottom"] - image["top"]))
