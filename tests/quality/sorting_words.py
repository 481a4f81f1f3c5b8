"""What the documents of `tests.quality.sorting` say, in four languages."""

from __future__ import annotations

from tests.quality import sorting_words_north as north
from tests.quality import sorting_words_south as south
from tests.quality.sorting_parts import Form, Prose

WORDS: dict[str, dict[str, Form | Prose]] = {**north.WORDS, **south.WORDS}
KINDS = tuple(WORDS["en"])
