"""Yes and no, in the words of some languages."""

from __future__ import annotations

import re

TICK, UNTICK = "true", "false"

_YES = re.compile(
    r"yes|y|true|x|on|1|checked|ticked|selected|marked|enabled|agreed|ok|[✓✔☑☒✗✘]"
    r"|ja|oui|s[íìi]|da|tak",
)
_NO = re.compile(
    r"no|n|false|off|0|unchecked|unticked|deselected|none|not|disabled|never|nein|non|nee|n[ãa]o"
)


def tick(text: str) -> str | None:
    """Whether a text says yes or no: TICK, UNTICK, or None where it says neither."""
    word = re.sub(r"^(?:is|be)\s+|[.!]+$", "", text.strip().casefold()).strip()
    return TICK if _YES.fullmatch(word) else UNTICK if _NO.fullmatch(word) else None
