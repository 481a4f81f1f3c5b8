"""The pages of each value of a key, which stands beside, below or in a column under its label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from workers.documents.layout import Line
from workers.documents.page import Page
from workers.local import words

# What a label may be called instead, so that "No." is a number.
_SAME = {
    **dict.fromkeys(("no", "nr", "num", "nummer", "numero", "n", "#", "id", "ref"), "number"),
    **dict.fromkeys(("rechnung", "facture", "factura", "fattura", "factuur", "bill"), "invoice"),
    **dict.fromkeys(("kunde", "kunden", "client", "cliente", "klant"), "customer"),
    **dict.fromkeys(("datum", "fecha", "data"), "date"),
    **dict.fromkeys(("bestell", "bestellung", "commande", "pedido", "bestelling"), "order"),
    **dict.fromkeys(("mitarbeiter", "employe", "empleado", "werknemer", "personal"), "employee"),
    **dict.fromkeys(("vertrag", "contrat", "contrato", "contratto"), "contract"),
    **dict.fromkeys(("konto", "compte", "cuenta", "rekening"), "account"),
    **dict.fromkeys(("nom", "nombre", "naam"), "name"),
}
# Compounds of German and Dutch are two words of a label.
_COMPOUND = re.compile(r"(\w{4,}?)s?(nummer|datum|nr|name|id)$")
LABEL_MATCH = 88
# A gap of so many line heights ends a value.
GAP = 3.0
MAX_VALUE_WORDS = 8
MARKS = " \t:#.-\u2013|=\u00b7\u2026_"
# What stands in quotes, of any kind.
_QUOTED = re.compile(
    "[\"'\u201c\u2018\u00ab]([^\"'\u201d\u2019\u00bb]{2,60})[\"'\u201d\u2019\u00bb]"
)


def partition(
    pages: Sequence[Page], key: str, instructions: str, allow_overlap: bool
) -> list[dict[str, Any]]:
    """Find the pages of each value of a key.

    Args:
        pages: of the document.
        key: what the parts are told apart by, such as "invoice number".
        instructions: where the key is not a label itself, words that may be.
        allow_overlap: whether a page may belong to several values.

    Returns:
        The values by their first page, each as `key` with its `pages`, from 1. A page without a
        value goes on with the one before. Empty where the key is found nowhere.
    """
    for label in _labels(key, instructions):
        parts = _parts(pages, label, allow_overlap)
        if parts:
            return parts
    return []


def _parts(pages: Sequence[Page], label: list[str], allow_overlap: bool) -> list[dict[str, Any]]:
    parts: dict[str, dict[str, Any]] = {}
    current: list[str] = []
    for page in pages:
        found = list(dict.fromkeys(_values(page, label)))
        if found:
            current = found if allow_overlap else found[:1]
        for value in current[:1] if not found else current:
            part = parts.setdefault(words.plain(value), {"key": value, "pages": []})
            part["pages"].append(page.number)
    return list(parts.values())


def _labels(key: str, instructions: str) -> Iterator[list[str]]:
    # The key itself, what usually names such a thing, and what the instructions put in quotes.
    named = _meaning(key.replace("_", " "))
    yield named
    for more in ("number", "name", "date"):
        if more not in named:
            yield [*named, more]
    for quoted in _QUOTED.findall(instructions):
        yield _meaning(quoted)
    for phrase in re.findall(r"(?:each|every|per|by|the)\s+([\w ]{3,40})", instructions.casefold()):
        yield _meaning(" ".join(phrase.split()[:2]))


def _meaning(text: str) -> list[str]:
    found: list[str] = []
    for word in re.findall(r"[^\W\d_]+|#", words.plain(text)):
        compound = _COMPOUND.fullmatch(word)
        found += [_same(part) for part in (compound.groups() if compound else (word,))]
    return [word for word in found if word not in ("the", "of", "de", "der", "du")]


def _same(word: str) -> str:
    return _SAME.get(word) or _SAME.get(words.stem(word), word)


def _values(page: Page, label: list[str]) -> Iterator[str]:
    yield from _in_columns(page, label)
    lines = page.lines
    for number, line in enumerate(lines):
        for start, end in _places(line, label):
            below = lines[number + 1] if number + 1 < len(lines) else []
            found = (_beside(line, start, end), _below(line[start:end], below))
            value = next((value for value in found if _fits(value, label)), None)
            if value:
                yield value


def _in_columns(page: Page, label: list[str]) -> Iterator[str]:
    for table in page.tables:
        texts = table.texts
        for column, title in enumerate(texts[0] if texts else []):
            if title and _is_label(_meaning(title), label):
                yield from (row[column] for row in texts[1:] if len(row) > column and row[column])


def _places(line: Line, label: list[str]) -> Iterator[tuple[int, int]]:
    # Where in a line the label stands: first and last word.
    taken = 0
    for start in range(len(line)):
        if start < taken:
            continue
        for end in range(start + 1, min(start + len(label) + 1, len(line)) + 1):
            text = " ".join(box.text for box in line[start:end])
            if _is_label(_meaning(text), label):
                taken = end
                yield start, end
                break
            if text.endswith(":"):
                break


def _is_label(found: list[str], label: list[str]) -> bool:
    from rapidfuzz import fuzz

    if not found or len(found) != len(label):
        return False
    return all(
        fuzz.ratio(mine, wanted) >= LABEL_MATCH for mine, wanted in zip(found, label, strict=True)
    )


def _fits(value: str, label: list[str]) -> bool:
    # Prose speaks of numbers and dates without giving one.
    if not value or value.endswith(":"):
        return False
    return not {"number", "date"} & set(label) or any(map(str.isdigit, value.split()[0]))


def _beside(line: Line, start: int, end: int) -> str:
    height = max(box.bottom - box.top for box in line)
    value: list[str] = []
    right = line[end - 1].right
    is_marked = start == 0 or line[end - 1].text[-1:] in MARKS
    if not is_marked and end < len(line) and line[end].left - right < GAP * height / 2:
        return ""  # amid a sentence
    for number, box in enumerate(line[end:]):
        text = box.text.strip(MARKS)
        if not value and not text:
            right = box.right
            continue
        is_far = box.left - right > GAP * height and bool(value)
        if is_far or len(value) == MAX_VALUE_WORDS or (number and box.text.endswith(":")):
            break
        value.append(box.text)
        right = box.right
    found = " ".join(value).strip(MARKS)
    return found if re.search(r"\w", found) else ""


def _below(label: Line, below: Line) -> str:
    left, right = min(box.left for box in label), max(box.right for box in label)
    under = [box.text for box in below if box.left < right and box.right > left]
    found = " ".join(under[:MAX_VALUE_WORDS]).strip(MARKS)
    return found if re.search(r"\w", found) else ""
