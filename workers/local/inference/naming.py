"""What properties are called, by the labels that they are made of."""

from __future__ import annotations

import re
import unicodedata

MAX_LABEL_WORDS = 5
_LONGEST = 60
# `VAT 20 %`, `VAT at 5%`, `Tax (8.5%)`: the share is this document's, and no part of the name.
_SHARE = re.compile(r"(?:\b(?:at|of|zu|à) |@ ?)?\(?\d{1,3}(?:[.,]\d{1,3})? ?%\)?")
_NUMBER_SIGN = re.compile(r"\bn[°º]|№|#", re.IGNORECASE)
_SHARP_S = str.maketrans({"\N{LATIN SMALL LETTER SHARP S}": "ss"})


def snake_case(label: str) -> str:
    """A property's name for a label: `invoice_no` for "Invoice No."."""
    plain = unicodedata.normalize("NFKD", _NUMBER_SIGN.sub(" no ", label).translate(_SHARP_S))
    bare = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    words = re.findall(r"[^\W_]+", re.sub(r"['\u2019]", " ", bare))
    return "_".join(words)[:_LONGEST].rstrip("_")


def bare(label: str) -> str:
    """A label without its colon, and without the share that a tax is."""
    return " ".join(_SHARE.sub(" ", label.strip(" :")).split())


def is_label(text: str) -> bool:
    """Whether a text may be a label."""
    return (
        0 < len(text.split()) <= MAX_LABEL_WORDS
        and text[0].isalpha()
        and sum(map(str.isdigit, text)) <= 1
        and not text.endswith((".com", ";", "!", "?"))
        and "@" not in text
    )
