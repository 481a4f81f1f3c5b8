"""Lines at the top of a page that say what it is, and not whose it is."""

from __future__ import annotations

import re

from workers.local.extraction import labels
from workers.local.extraction.segments import Segment
from workers.local.extraction.surroundings import Surroundings

_MOST_WORDS = 8
# What a document is, in words that are in no label.
_KIND = re.compile(
    r"(?:pro ?-?forma|sales|tax|utility|electricity|gas|water|energy|cash|packing|pick|pay|salary|"
    r"credit|debit|delivery|payment|official|customer|your|account|purchase|work|\W)*"
    r"(?:receipt|invoice|pay ?slip|slip|note|memo|bill|estimate|statement|order|quotation|voucher|"
    r"advice|quittung|lieferschein|gutschrift|lohnabrechnung|gehaltsabrechnung|ricevuta|recibo|"
    r"bulletin de (?:paie|salaire)|bon de livraison|avoir|albar[aá]n|n[oó]mina|pakbon|list)",
    re.IGNORECASE,
)
_PAGE = re.compile(r"\D{0,8}\d+ ?(?:/|of|von|de|sur|di|van) ?\d+", re.IGNORECASE)


def is_kind(text: str) -> bool:
    """Whether a text says nothing but what kind of document it is on."""
    found = set(labels.tokens(text))
    is_order = "order" in found and found <= {"order", "purchase", "work"}
    return (
        is_order or _KIND.fullmatch(text) is not None or found == {"quote"} or found == {"invoice"}
    )


def is_title(segment: Segment, near: Surroundings) -> bool:
    """Whether a line is a document's title, a label, the number of a page or a sentence."""
    return (
        labels.is_common(segment.text)
        or _KIND.fullmatch(segment.text) is not None
        or _PAGE.fullmatch(segment.text) is not None
        or near.is_label(segment)
        or len(segment.words) > _MOST_WORDS
    )
