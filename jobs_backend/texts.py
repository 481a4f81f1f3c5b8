"""Texts of unknown origin, in a form that Postgres keeps and clients can bear."""

from __future__ import annotations

from typing import Any


def storable(text: Any, longest: int) -> str:
    """A text of so many characters at most; an ellipsis at its end says that there was more.

    Postgres keeps neither NUL, which is left out, nor half a character, which is replaced.
    """
    whole = str(text)
    kept = whole if len(whole) <= longest else f"{whole[: longest - 1]}…"
    return kept.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
