"""Finds in sentences the dates and numbers that no label tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from workers.local.extraction import labels, measures
from workers.local.extraction.found import Leaf
from workers.local.extraction.schemas import Node
from workers.local.extraction.segments import Segment, Sheet
from workers.local.extraction.statements import asking, figures, passages
from workers.local.extraction.statements.asking import Question
from workers.local.extraction.statements.figures import CODE, DATE, Figure
from workers.local.extraction.statements.passages import Passage
from workers.local.extraction.values import Value, Values

# What something is known by follows it at once: `order no. 4711-22`.
_NEXT = 2
# So many words may be between a figure and what it is of, before and behind it; and so many
# between the first of these and the figure.
_NEAR, _BEHIND, _FAR = 7, 4, 14
_LEAST_STEM = 4
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_UNTIL = re.compile(
    r"\b(?:by|until|till|before|up to|no later than|through|bis|bis zum|spätestens(?: am)?|"
    r"au plus tard le|jusqu'au|avant le|hasta|antes del?|entro il|fino al|"
    r"(?:expires?|end(?:s|ed|ing)?)(?: on)?)\s*$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?:start(?:s|ing)?|begin(?:s|ning)?|commenc(?:es|ing)|effective|from|as of|ab|ab dem|seit|"
    r"à partir du|à compter du|a partir del?|dal|desde el)(?: on)?\s*$",
    re.IGNORECASE,
)
_STARTS = re.compile(r"\b(?:start|begin|commenc|effective|ab\b|partir)", re.IGNORECASE)
# To pay until a day is what a due date is.
_PAY = re.compile(r"\b(?:pay|paid|due|überweis|zahl|begleich|régl|règl|pagar|pagare|betal)", re.I)
_INSTEAD = re.compile(
    r"\b(?:from|compared (?:with|to)|versus|vs\.?|against|gegenüber|contre|nach)\b", re.IGNORECASE
)
_LEADS = re.compile(
    r"no|nr|number|nummer|num|numéro|número|id|is|lautet|ref|reference", re.IGNORECASE
)
_SHORT_OF = 20


def find(
    root: Node,
    known: dict[Node, Leaf],
    sheets: Sequence[Sheet],
    values: Values,
    skipped: set[Segment],
) -> dict[Node, Leaf]:
    """What sentences say of dates and numbers that are not found yet.

    Args:
        root: the schema's tree.
        known: what is found by now.
        sheets: the document's pages.
        values: reads the figures.
        skipped: the segments of tables.
    """
    missing = [leaf for leaf in root.leaves() if leaf not in known and not leaf.is_fixed]
    asked = {node: question for node in missing if (question := asking.of(node, root))}
    texts = [one for sheet in sheets for one in passages.of(sheet, skipped)] if asked else []
    told: dict[Node, Leaf] = {}
    taken = {id(word) for leaf in known.values() for word in leaf.place.words}
    for node, question in asked.items():
        best: tuple[float, Leaf] | None = None
        for passage in texts:
            for distance, figure in _answers(question, passage):
                value = _value(node, figure, question, values)
                place = passage.place(figure.start, figure.end)
                is_taken = taken & {id(word) for word in place.words}
                if value and not is_taken and (best is None or distance < best[0]):
                    best = distance, Leaf(value.value, value.text, place)
        if best:
            told[node] = best[1]
    return told


def _answers(question: Question, passage: Passage) -> Iterator[tuple[float, Figure]]:
    # Each figure that a sentence says the question's words of, and how far it is from these.
    text = passage.text
    for start, end in passage.sentences():
        every = list(figures.of(text, start, end))
        for rank, kind in enumerate(question.kinds):
            same = [one for one in every if one.kind == kind]
            ends = [start, *(one.end for one in same)]
            starts = [*(one.start for one in same[1:]), end]
            for number, (figure, since, until) in enumerate(zip(same, ends, starts, strict=False)):
                whole = passage.text[start : figure.start]
                before, behind = (
                    passage.text[since : figure.start],
                    passage.text[figure.end : until],
                )
                if question.is_prior and not _INSTEAD.search(whole):
                    continue
                if question.is_prior and number == 1 and _is_right_after(before):
                    before = whole  # `rose to $14 million from $12 million`
                distance = _distance(question, before, behind, whole)
                if distance is not None and (kind != CODE or distance < _NEXT):
                    yield distance + _FAR * rank, figure


def _is_right_after(before: str) -> bool:
    # `from $12 million`, behind what it is compared with.
    return len(before) < _SHORT_OF and _INSTEAD.search(before) is not None


def _distance(question: Question, before: str, behind: str, whole: str) -> float | None:
    words = [match.group() for match in _WORD.finditer(before)][::-1]
    after = [match.group() for match in _WORD.finditer(re.split(r"[,.;:(]", behind)[0])][:_BEHIND]
    if question.unit and after and _is_other_unit(after[0], question.unit):
        return None
    if question.kinds == (CODE,) and not all(map(_LEADS.fullmatch, _until(question, words))):
        return None
    if question.edge and not _is_at(question, before, whole):
        return None
    near: list[int] = []
    for wanted in question.words:
        places = [at for at, word in enumerate(words) if _is_said(wanted, word)]
        places += [at + 1 for at, word in enumerate(after) if _is_said(wanted, word)]
        if not places:
            return None
        near.append(min(places))
    if near and (min(near) > _NEAR or max(near) > _FAR):
        return None
    return min(near, default=0) + max(near, default=0) / 100


def _is_other_unit(word: str, unit: str) -> bool:
    # A year is no number of months.
    plain = labels.plain(word)
    return plain in measures.UNITS and plain[:3] != unit[:3]


def _until(question: Question, words: Sequence[str]) -> Sequence[str]:
    # What stands between a code and the word that it is of, from the code backwards.
    said = (at for at, word in enumerate(words) if _is_said(question.words[-1], word))
    return words[: next(said, len(words))]


def _is_at(question: Question, before: str, whole: str) -> bool:
    # Whether a date is where something begins, or ends; with no other word it has to say so itself.
    if question.edge == "until":
        return bool(_UNTIL.search(before)) and bool(question.words or _PAY.search(whole))
    is_told = question.words or _STARTS.search(before[-_SHORT_OF:])
    return _FROM.search(before) is not None and bool(is_told)


def _is_said(wanted: str, word: str) -> bool:
    if wanted in (token.removesuffix("s") for token in labels.tokens(word)):
        return True
    plain = labels.plain(word)
    stem = max(_LEAST_STEM, len(wanted) - 3)
    return len(wanted) > _LEAST_STEM and plain[:stem] == wanted[:stem]


def _value(node: Node, figure: Figure, question: Question, values: Values) -> Value | None:
    if figure.kind in (DATE, CODE):
        return values.read(node, figure.text)
    number = values.number(figure.text)
    if number is None:
        return None
    scale = 0 if question.is_in_millions and figure.scale == 6 else figure.scale
    number *= Decimal(10) ** (scale - 6 if question.is_in_millions and figure.scale > 6 else scale)
    is_whole = number == number.to_integral_value()
    value = int(number) if is_whole else float(number)
    return Value(value, figure.text) if node.fits(value) else None
