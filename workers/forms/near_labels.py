"""Dates, counts and amounts in a clause that has the words of a field's label."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workers.forms import asked, wording
from workers.forms.fields import Field, Values
from workers.forms.mentions import stems
from workers.local.extraction import dates

_CLAUSE = re.compile(r"[;\n]|\s[-\u2013\u2014]\s|\bbut\b|,\s+and\s|\bwho\b|\bwhich\b")
_FOUND = {
    "date": dates.DATE,
    "count": re.compile(
        rf"(?<![\w.,/-])(?:\d{{1,3}}|{'|'.join(asked.COUNTS)})(?![\w/-]|[.,]\d)", re.I
    ),
    "amount": re.compile(
        r"(?:[$€£]\s?\d[\d.,]*\d|\d[\d.,]*\d? ?(?:[$€£]|euros?\b|pounds?\b|dollars?\b))", re.I
    ),
}
# What a label says of the kind of its value, and not of what.
_OF_KIND = stems(
    "date dates number amount total day month year value sum gross net expected approximate many "
    "fecha fechas datum betrag summe anzahl montant nombre importe importo numero data de "
    "del der die des du di la el le les lo il"
)
_LONGEST, _MOST_CLAUSES, _HALF = 20_000, 400, 0.5


def found(text: str, fields: Sequence[Field], values: Values) -> Values:
    """Values of the kind that a label asks for, where one clause alone has both.

    Args:
        text: the instructions.
        fields: the form's.
        values: what is filled in already.
    """
    clauses = [
        clause
        for sentence in wording.SENTENCE_END.split(text[:_LONGEST])
        for clause in _CLAUSE.split(sentence)
    ][:_MOST_CLAUSES]
    taken = {value for value in values.values() if value}
    told: Values = {}
    for field in fields:
        label = field.printed or field.description
        kind = asked.kind(label)
        if field.is_checkbox or field.options or field.row or kind not in _FOUND:
            continue
        wanted = stems(label) - _OF_KIND
        if values[field.key] is not None or not wanted:
            continue
        each = {_only(kind, clause) for clause in clauses if _is_about(wanted, clause)} - {None}
        if len(each) == 1 and not each & taken:
            told[field.key] = asked.part(label, each.pop() or "")
    return told


def _is_about(wanted: frozenset[str], clause: str) -> bool:
    return len(wanted & stems(clause)) >= max(1, _HALF * len(wanted))


def _only(kind: str, clause: str) -> str | None:
    matches = [match.group() for match in _FOUND[kind].finditer(clause)]
    return matches[0] if len(matches) == 1 else None
