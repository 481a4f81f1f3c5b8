"""What a résumé says: who it is of, where that person worked and learned."""

from __future__ import annotations

from workers.local.extraction.resumes.reading import find

__all__ = ["find"]
