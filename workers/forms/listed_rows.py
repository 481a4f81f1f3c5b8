"""Rows of a form's table, as people list them: a line each, with a comma between the cells."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from workers.forms import asked, wording
from workers.forms.fields import Field, Values

_BETWEEN = re.compile(r"\s*(?:[;|\t]|,(?!\d{3}(?!\d)))\s*")
# A list of fewer parts is a sentence's.
_NOTES = re.compile(r"\([^)]*\)")
_LEAST_CELLS, _MOST_LINES, _LONGEST, _LONGEST_TEXT = 3, 200, 300, 20_000
_ORDINALS = tuple(
    frozenset(words.split())
    for words in (
        "first erstens erster erste erstes premier première primero primera primo prima",
        "second secondly zweitens zweiter zweite zweites deuxième segundo segunda secondo seconda",
        "third thirdly drittens dritter dritte drittes troisième tercero tercera terzo terza",
        "fourth vierter vierte viertes quatrième cuarto cuarta quarto quarta",
        "fifth fünfter fünfte fünftes cinquième quinto quinta",
    )
)
_ORDINAL = re.compile(
    r"(?:the )?(?:(?:item|row|line|zeile|ligne|fila|riga)\s(?P<digit>\d{1,2})|"
    rf"(?P<word>{'|'.join(sorted(frozenset[str]().union(*_ORDINALS)))})(?:\s\w{{1,20}})?)"
    r"\s?[:,]\s(?P<rest>[^\n]{1,300})",
    re.I,
)


def filled(text: str, fields: Sequence[Field], values: Values) -> Values:
    """The cells of the only table, from lines that have as many parts as it has columns.

    Args:
        text: the instructions.
        fields: the form's.
        values: what is filled in already; a table of which any cell is, is left alone.
    """
    table = _table(fields)
    width = max(map(len, table), default=0)
    if width >= _LEAST_CELLS and (told := _numbered(text, table, values)):
        return told
    is_begun = any(values[field.key] is not None for row in table for field in row)
    if width < _LEAST_CELLS or is_begun or any(len(row) != width for row in table):
        return {}
    lines = [parts for parts in _lines(text) if len(parts) == width]
    is_fitting = all(_fits(parts, row) for parts, row in zip(lines, table, strict=False))
    if not is_fitting or len(lines) > len(table):
        return {}
    return {
        field.key: asked.part(field.printed or field.description, part)
        for parts, row in zip(lines, table, strict=False)
        for part, field in zip(parts, row, strict=True)
    }


def _numbered(text: str, table: Sequence[Sequence[Field]], values: Values) -> Values:
    # `First item: 3 May 2025, taxi, receipt no. 7, 12.50`, with what is empty of the row.
    found: Values = {}
    for sentence in wording.SENTENCE_END.split(text[:_LONGEST_TEXT]):
        lead = _ORDINAL.match(sentence.strip())
        number = _number(lead) if lead else 0
        parts = _BETWEEN.split(lead["rest"].rstrip(".")) if lead else []
        if not 0 < number <= len(table) or len(parts) != len(table[number - 1]):
            continue
        row = table[number - 1]
        cells = [_bare(part, field) for part, field in zip(parts, row, strict=True)]
        if _fits(cells, row):
            found |= {
                field.key: asked.part(field.printed or field.description, cell)
                for cell, field in zip(cells, row, strict=True)
                if values[field.key] is None
            }
    return found


def _number(lead: re.Match[str]) -> int:
    if lead["digit"]:
        return int(lead["digit"])
    word = lead["word"].casefold()
    return next(row for row, words in enumerate(_ORDINALS, 1) if word in words)


def _bare(part: str, field: Field) -> str:
    # `receipt no. R1` in a column `Receipt no`
    label = _NOTES.sub("", field.printed or field.description).strip(" .:")
    name = re.match(rf"(?:the )?{re.escape(label)}\b[.:]?\s+(?:is |was )?", part, re.I)
    return part[name.end() :] if name else part


def _table(fields: Sequence[Field]) -> list[list[Field]]:
    rows: dict[int, list[Field]] = defaultdict(list)
    for field in fields:
        if field.row and not field.is_checkbox:
            rows[field.row].append(field)
    return [rows[number] for number in sorted(rows)]


def _lines(text: str) -> Iterator[list[str]]:
    for line in text.splitlines()[:_MOST_LINES]:
        plain = wording.BULLET.sub("", line).strip().rstrip(".")
        if len(plain) <= _LONGEST:
            yield _BETWEEN.split(plain)


def _fits(parts: Sequence[str], row: Sequence[Field]) -> bool:
    # A date and an amount stand where they are asked for.
    kinds = [asked.kind(field.printed or field.description) for field in row]
    return all(
        any(map(str.isdigit, part))
        for part, kind in zip(parts, kinds, strict=True)
        if kind in ("date", "amount", "count", "phone")
    )
