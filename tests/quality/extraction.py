"""How much of made-up papers is extracted rightly: `python -m tests.quality.extraction`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from jobs_backend.errors import JobFailure
from tests.quality import drawings, letters
from tests.quality.business import Paper, paper
from workers.documents import reader
from workers.documents.source import Source
from workers.local import extraction

LOCALES = ("en", "de", "fr")
HEADS = (drawings.labels_left, drawings.labels_above, drawings.two_columns, drawings.boxed)
TABLES = (drawings.ruled, drawings.borderless)

_DATE = {"type": ["string", "null"], "format": "date"}
_TEXT, _NUMBER = {"type": ["string", "null"]}, {"type": ["number", "null"]}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "invoice_number": _TEXT,
        "invoice_date": _DATE,
        "due_date": _DATE,
        "order_number": _TEXT,
        "customer_name": _TEXT,
        "customer_address": _TEXT,
        "email": _TEXT,
        "line_items": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "description": _TEXT,
                    "quantity": {"type": ["integer", "null"]},
                    "unit_price": _NUMBER,
                    "total": _NUMBER,
                },
            },
        },
        "subtotal": _NUMBER,
        "tax_amount": _NUMBER,
        "total": _NUMBER,
        # None of the papers says these: whatever is found for them is wrong.
        "contract_number": _TEXT,
        "delivery_date": _DATE,
        "discount": _NUMBER,
        "vendor_tax_id": _TEXT,
        "ship_to": {
            "type": "object",
            "properties": {"name": _TEXT, "address": _TEXT},
            "required": ["name", "address"],
        },
    },
}
ABSENT = {
    **dict.fromkeys(("contract_number", "delivery_date", "discount", "vendor_tax_id")),
    "ship_to": {"name": None, "address": None},
}

Case = tuple[str, str, bytes, str, dict[str, Any], dict[str, Any]]


def measure() -> list[tuple[str, int, int]]:
    """What was extracted of each kind of paper: what, right leaves, all leaves."""
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for what, name, content, kind, schema, truth in cases():
        found = _extracted(name, content, kind, schema)
        same = "letters" if kind == "png" else "all"
        wanted = dict(_leaves(truth, same))
        got = dict(_leaves(found, same))
        every[what] += len(wanted)
        right[what] += sum(1 for pointer, leaf in wanted.items() if got.get(pointer) == leaf)
    return [(what, right[what], every[what]) for what in every]


def cases(first_seed: int = 0) -> Iterator[Case]:
    """Every paper: what it is, its name, its bytes and their kind, its schema, and the truth.

    Args:
        first_seed: papers of another one are others, made in the same way.
    """
    seed = first_seed
    for head in HEADS:
        for table in TABLES:
            for locale in LOCALES:
                seed += 1
                made = paper(seed, locale)
                content = drawings.pdf(made, head, table)
                what = f"PDF, {head.__name__}, {table.__name__}"
                yield _case(what, f"{seed}-{locale}", content, "pdf", made)
                if seed % 3 == 0 or head is drawings.labels_left:
                    scanned = drawings.scan(content, seed)
                    yield _case(f"scan, {head.__name__}", f"{seed}-{locale}", scanned, "png", made)
    for locale in LOCALES:
        seed += 1
        long = paper(seed, locale, row_count=90)
        for table in (drawings.borderless, drawings.ruled_pages):
            content = drawings.pdf(long, drawings.labels_left, table)
            yield _case(
                f"PDF of many pages, {table.__name__}", f"{seed}-{locale}", content, "pdf", long
            )
        made = paper(seed + 100, locale)
        yield _case("DOCX", f"{seed}-{locale}", drawings.docx(made), "docx", made)
        yield _case("XLSX", f"{seed}-{locale}", drawings.xlsx(made), "xlsx", made)
        yield _case("plain text", f"{seed}-{locale}", drawings.text(made), "text", made)
    for name, text, schema, truth in letters.all_of_them():
        yield "letters and forms", name, text.encode(), "text", schema, truth


def _case(what: str, name: str, content: bytes, kind: str, made: Paper) -> Case:
    return what, name, content, kind, SCHEMA, {**made.truth, **ABSENT}


def _extracted(name: str, content: bytes, kind: str, schema: dict[str, Any]) -> Any:
    source = Source(name, content, kind)
    pages = [page for page, _ in reader.laid_out(source, dpi=192)]
    try:
        return extraction.extract(schema, pages).output
    except JobFailure:
        return {}


def _leaves(value: Any, same: str, pointer: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _leaves(part, same, f"{pointer}/{key}")
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _leaves(part, same, f"{pointer}/{number}")
    elif isinstance(value, str):
        # OCR loses spaces; a letter that it gets wrong counts.
        yield pointer, re.sub(r"[\W_]+" if same == "letters" else r"\s+", "", value)
    else:
        yield pointer, value


def main() -> None:
    """Print what was measured."""
    measured = measure()
    for what, right, every in measured:
        print(f"{what:<40} {right:>6} of {every:>6}  {right / every:7.1%}")
    for kind in ("scan", ""):
        some = [row for row in measured if row[0].startswith("scan") == bool(kind)]
        right, every = sum(row[1] for row in some), sum(row[2] for row in some)
        print(
            f"{'all scans' if kind else 'all that is not scanned':<40} "
            f"{right:>6} of {every:>6}  {right / every:7.1%}"
        )


if __name__ == "__main__":
    main()
