"""What sentences state: `The tuition fee is £9,250, and we ask for a deposit by 30 May 2025.`"""

from __future__ import annotations

from workers.local.extraction.statements.reading import find

__all__ = ["find"]
