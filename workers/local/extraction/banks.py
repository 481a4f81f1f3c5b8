"""The bank that a sentence names: `Please pay to Okapi Bank, sort code 30-98-12`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workers.local.extraction import found, labels
from workers.local.extraction.found import Leaf
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet
from workers.local.extraction.values import Values

_WORD = re.compile(r"[^\W\d_a-z][\w&'\u2019.-]*")
_ENDING = re.compile(r"(?:Bank|Banque|Banco|Banca|[A-Z][a-zäöü]+bank|Sparkasse)")
_FORM = re.compile(r"(?:plc|PLC|AG|eG|N\.?A\.?|Ltd|SA|NV)\.?")
_MOST_BEFORE, _LONGEST = 4, 400


def find(
    leaves: Sequence[Node], known: dict[Node, Leaf], sheets: Sequence[Sheet], values: Values
) -> dict[Node, Leaf]:
    """The name of the only bank of which a document speaks.

    Args:
        leaves: all properties outside of arrays.
        known: what is found of them already.
        sheets: the document's pages.
        values: reads texts.
    """
    asked = [leaf for leaf in leaves if leaf not in known and _is_bank(leaf)]
    if len(asked) != 1:
        return {}
    seen = [name for sheet in sheets for one in sheet.segments for name in _names(one)]
    if len({name.text.strip(",.") for name in seen}) != 1:
        return {}
    value = values.read(asked[0], seen[0].text.strip(",."))
    return {asked[0]: Leaf(value.value, value.text, found.place(seen[:1]))} if value else {}


def _is_bank(leaf: Node) -> bool:
    own = labels.tokens(leaf.name)
    whose = labels.tokens(" ".join(leaf.parents[-1:]))
    is_name = own in (("bank", "name"), ("bank",)) or (own == ("name",) and whose[:1] == ("bank",))
    return is_name and leaf.types == ("string",)


def _names(segment: Segment) -> Iterator[Segment]:
    if len(segment.text) > _LONGEST:
        return
    texts = [word.text for word in segment.words]
    for position, text in enumerate(texts):
        if not _ENDING.fullmatch(text.rstrip(",.")):
            continue
        start = position
        while position - start < _MOST_BEFORE and start and _is_of_name(texts[start - 1]):
            start -= 1
        is_ended = text != text.rstrip(",.")
        end = position + 1
        if not is_ended and end < len(texts) and _FORM.fullmatch(texts[end].rstrip(",")):
            end += 1
        if start < position:
            yield segment.part(start, end)


def _is_of_name(text: str) -> bool:
    return _WORD.fullmatch(text) is not None and not labels.is_common(text)
