"""What the sentences of an agreement say: who agreed, on what date, for how long, by whose law."""

from __future__ import annotations

from workers.local.extraction.agreements.reading import find

__all__ = ["find"]
