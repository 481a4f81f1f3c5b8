"""Numbers with what they are measured in, or an explanation: `630 kg / 8 persons`, `5 (five)`."""

from __future__ import annotations

import re

from workers.local.extraction import labels
from workers.local.extraction.labels import Tokens

_WORDS = (
    "kg g mg lb lbs oz t km m cm mm mi mile miles ft in sqm sqft qm m2 m3 cbm l ml kwh kw mwh v w "
    "h hr hrs hour hours std stunden heures horas ore min minutes minuten day days tag tage tagen "
    "jours dias giorni week weeks wochen month months monat monate monaten mois meses mesi year "
    "years jahr jahre jahren ans anos anni pc pcs stk stuck pieces pages seiten pct percent prozent"
)
UNITS = frozenset(_WORDS.split())
# What money is counted in, as names end: `amount_eur`.
_MONEY = frozenset(["eur", "usd", "gbp", "chf", "inr", "cad", "aud", "jpy", "millions"])
# In words of which a label may say nothing.
_SIGNS = "%\u2030\u00b0\u00b2\u00b3"
_NUMBER = r"[-+]?(?:[^\w\s()]|[A-Z]{3})?\s?\d[\d.,'\u2019\u202f]*(?: \d{3}(?!\d)[\d.,]*)*"
_LEADING = re.compile(
    rf"(?P<number>{_NUMBER})(?:/-)?"
    rf"(?:\s?(?P<sign>[{_SIGNS}])|\s?(?P<unit>[^\W\d_]{{1,8}}[\u00b2\u00b32]?)\b\.?|\s(?P<mark>[(-]))"
)


def unmeasured(found: Tokens) -> Tokens:
    """What a property's name means without the unit at its end: `capacity_kg`."""
    is_measured = len(found) > 1 and found[-1] in UNITS | _MONEY
    return found[:-1] if is_measured else ()


def number_in(text: str) -> str:
    """The number that a text begins with, where a unit or an explanation follows; "" if not."""
    match = _LEADING.match(text)
    if match is None:
        return ""
    unit = match["unit"]
    plain = labels.plain(unit).rstrip("\u00b2\u00b32") if unit else ""
    if unit and plain not in UNITS:
        return ""
    share = match["sign"] if match["sign"] == "%" else ""
    return match["number"].strip() + share


def is_positive(description: str) -> bool:
    """Whether a number is wanted without its sign: `Deposit, as a positive number`."""
    described = description.casefold()
    return "positi" in described and "negati" not in described
