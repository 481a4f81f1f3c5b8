"""What labels shorten, in full: `S/N` is a serial number."""

from __future__ import annotations

import re
from functools import lru_cache

from workers.local import encoder

_SHORT = {
    "s/n": "serial number",
    "p/n": "part number",
    "rev": "revision",
    "mfg": "manufacturing",
    "mfr": "manufacturer",
    "exp": "expiry",
    "acct": "account",
    "a/c": "account",
    "amt": "amount",
    "dept": "department",
    "ref": "reference",
    "req": "requisition",
    "assy": "assembly",
    "qty": "quantity",
    "approx": "approximate",
    "max": "maximum",
    "min": "minimum",
    "temp": "temperature",
    "wt": "weight",
    "vol": "volume",
    "addr": "address",
    "cust": "customer",
    "inv": "invoice",
    "desc": "description",
    "yr": "year",
    "hrs": "hours",
    "mgr": "manager",
    "reg": "registration",
    "cert": "certificate",
    "orig": "original",
    "dest": "destination",
    "conf": "confirmation",
    "info": "information",
    "org": "organization",
    "veh": "vehicle",
    "lic": "licence",
    "emp": "employee",
    "pos": "position",
    "std": "standard",
    "dob": "date of birth",
    "eta": "arrival time",
    "etd": "departure time",
    "tel": "telephone",
}
_WORD = re.compile(
    r"(?<![\w/])(?:" + "|".join(re.escape(short) for short in _SHORT) + r")(?![\w/])\.?",
    re.IGNORECASE,
)


@lru_cache(maxsize=20_000)
def in_full(text: str) -> str:
    """A label or a name with the words that it shortens written out, and no capitals alone."""
    plain = encoder.in_small_letters(text)
    return _WORD.sub(lambda found: _SHORT[found.group().rstrip(".").casefold()], plain)
