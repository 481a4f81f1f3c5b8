"""Which label a key means where none is called so: `Aktenzeichen` for `case reference`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from workers.documents.page import Page
from workers.local import encoder, runs

# How alike in meaning a label and a key have to be; on so many pages at least a label stands.
ALIKE, LEAST_PAGES = 0.35, 2
# The likeliest labels, and of each page and of all pages the first texts that may be one.
MOST_LIKELY, MOST_OF_PAGE, MOST_TEXTS = 3, 80, 600
_MOST_WORDS, _LEAST_LETTERS = 5, 3


def meant(pages: Sequence[Page], key: str) -> list[str]:
    """The labels that a key may mean, the likeliest first.

    Args:
        pages: the document's; a label of values that part them stands on several.
        key: what tells the parts apart, in words.
    """
    counts = Counter(text for page in pages for text in set(_texts(page)))
    texts = [text for text, count in counts.items() if count >= LEAST_PAGES][:MOST_TEXTS]
    if not texts:
        return []
    [alike] = encoder.likenesses([key.casefold()], [*map(encoder.in_small_letters, texts)])
    ranked = sorted(zip(map(float, alike), texts, strict=True), key=lambda each: -each[0])
    return [text for score, text in ranked[:MOST_LIKELY] if score >= ALIKE]


def _texts(page: Page) -> Iterator[str]:
    for run in runs.of_page(page)[:MOST_OF_PAGE]:
        text = run.text.partition(":")[0].strip()
        is_short = len(text.split()) <= _MOST_WORDS and not any(map(str.isdigit, text))
        if is_short and sum(map(str.isalpha, text)) >= _LEAST_LETTERS:
            yield text
