"""What is printed where an amount is to be written: its currency or its cents."""

from __future__ import annotations

import re

CURRENCIES = ("$", "€", "£", "¥")
_AFFIX = re.compile(r"[.,]?0{2,3}(?:[.,]00)?|[$€£¥%]")


def is_affix(text: str) -> bool:
    """Whether a text is a part of an amount that is still to be written beside it."""
    return _AFFIX.fullmatch(text) is not None
