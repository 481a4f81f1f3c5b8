"""Rows of a table that are none of its own: sums, and balances brought forward."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workers.local.extraction import dates, labels

_SUMS = frozenset(("total", "subtotal", "payable", "balance", "due", "gross", "net"))
# What a currency has beside its number.
_MOST_LETTERS = 3
_CLOSING = _SUMS | {"tax", "shipping", "discount", "paid"}
# What a page's last line hands on to the next page's first: `Balance carried forward`. Not what is
# sold as well: `Transport`, `Report`, `Vortrag`.
_CARRIED = re.compile(
    r"(?:(?:opening |closing )?(?:balance|total|saldo|solde|summe|zwischensumme|totale?) )?"
    r"(?:(?:brought|carried) (?:forward|over|down)|[bc] ?/ ?f(?:wd)?|übertrag|saldovortrag"
    r"|à reporter|a riportare|riporto|reporté|suma y sigue|suma anterior"
    r"|a cuenta nueva|over te brengen)"
    r"(?: (?:from|to|von|auf|de|da|di|van|vom|zu) (?=.*\d).{0,20})?",  # a page or a day
    re.IGNORECASE,
)


def is_closing(texts: Sequence[str], width: int) -> bool:
    """Whether a row sums a table up, and so is none of its own.

    Args:
        texts: its filled cells.
        width: how many columns the table has.
    """
    if not texts:
        return False
    words = labels.tokens(texts[0].split(":")[0])
    # A balance is said with its date.
    start = [word for word in words if not word.isdigit()] or list(words)
    if "price" in start:
        return False  # `Gross price: 4.00` is one row's
    if any(_is_total(text) for text in texts[1:]) or _are_totals(texts):
        return True  # a remark stands before it
    if len(texts) > max(2, width / 2):
        # `Total` and nothing but numbers beside it.
        return set(start) <= _SUMS and not any(
            sum(map(str.isalpha, one)) > _MOST_LETTERS for one in texts[1:]
        )
    if not labels.is_common(texts[0]) and not any(any(map(str.isdigit, one)) for one in texts):
        return False
    # Of two columns, one of which is `Amount`, the other may list taxes and discounts.
    closing = _CLOSING if width > 2 else _SUMS
    return any(token in closing for token in start[:2]) and len(start) <= 5


def _are_totals(texts: Sequence[str]) -> bool:
    # `Total earnings  92.00  Total deductions  10.50`, below tables that stand side by side.
    named = [text for text in texts if any(map(str.isalpha, text))]
    is_each = all(labels.tokens(text)[:1] == ("total",) for text in named)
    return is_each and 1 < len(named) < len(texts)


def _is_total(text: str) -> bool:
    found = labels.tokens(text.split(":")[0])
    return bool({"total", "subtotal"} & set(found)) and labels.is_common(text) and " " in text


def is_minor(texts: Sequence[str]) -> bool:
    """Whether a closing row is a tax, a discount or the like, which may be one row's own."""
    if any(_is_total(text) for text in texts[1:]):
        return False  # a remark stands before it
    start = labels.tokens(texts[0].split(":")[0])[:2] if texts else ()
    return not _SUMS & set(start)


def is_opening(texts: Sequence[str]) -> bool:
    """Whether a row is a balance brought forward, which rows come after."""
    return bool(texts) and "balance" in labels.tokens(texts[0].split(":")[0])[:3]


def is_carried(texts: Sequence[str]) -> bool:
    """Whether a row carries a sum over from one page to another, wherever in the table it is."""
    named = [text for text in texts if any(map(str.isalpha, text)) and not _is_date(text)]
    return bool(named) and _CARRIED.fullmatch(named[0].strip(" :.")) is not None


def _is_date(text: str) -> bool:
    return dates.LEADING.fullmatch(text.strip()) is not None


def is_partial(texts: Sequence[str]) -> bool:
    """Whether a closing row is a subtotal."""
    return "subtotal" in labels.tokens(texts[0].split(":")[0])[:1] if texts else False
