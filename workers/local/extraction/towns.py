"""Lines of addresses that say a town, with its postcode: `88212 Ravensburg`, `York YO1 7HH`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workers.local.extraction import shapes
from workers.local.extraction.segments import Segment

# No line of an address has more characters.
LONGEST = 120
POSTCODE = (
    r"\d{5}(?:-\d{4})?|\d{4} ?[A-Z]{2}(?![a-z])|\d{2}-\d{3}|\d{4}|\d{3} \d{2}"
    r"|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d"
)
_BEFORE = re.compile(
    rf"(?:[A-Z]{{1,3}}[- ])?(?P<postal>{POSTCODE})\s*(?P<city>[^\W\d][^\d|:]{{1,39}})"
)
_AFTER = re.compile(
    rf"(?P<city>[^\W\d][^\d|:]{{1,39}}?),? (?:(?P<state>[A-Z]{{2,3}}),? )?(?P<postal>{POSTCODE})"
    r"(?:, ?[A-Z]{2,3})?"
)
# Postcodes of six digits look like other numbers, but for what is before them.
_SIX = re.compile(
    r"(?P<city>[^\W\d][^\d|:,]{1,39}?)(?:, ?(?P<state>[^\W\d][^\d|:,]{1,39}?))?"
    r"(?:, ?|\s?[-\N{EN DASH}]\s?|(?i:(?<=india)|(?<=singapore)) )(?P<postal>\d{3} ?\d{3})"
    r"(?:, ?[A-Z]{2,3}\b|,? \(?[Ii]ndia\)?)?\.?"
)
# In a line of its own, below its town, it stands on British and Irish papers alone.
POSTAL_ALONE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[\dW] ?[A-Z\d]{4}")
_BOX = re.compile(r"(?:P\.?\s?O\.? ?Box|Postfach|Postbus|Apartado|BP)\b.*", re.IGNORECASE)
_PROVINCE = re.compile(r"(?P<city>[^()]{2,40}?) \((?P<province>[^()]{2,40})\)")
# A house's number may have as many digits as the shortest postcode.
_SHORT_CODE = 4


@dataclass(frozen=True)
class Town:
    """A line of an address that says a town."""

    postal: str
    city: str
    state: str


def of(text: str) -> Town | None:
    """The town that a line says, or None."""
    if len(text) > LONGEST:
        return None
    match = _BEFORE.fullmatch(text) or _AFTER.fullmatch(text) or _SIX.fullmatch(text)
    if not match or match["city"][0].islower() or shapes.WAY.search(text) or _BOX.match(text):
        return None
    found = match.groupdict()
    if match.re is _BEFORE and found["postal"].isdigit() and _is_house(found["postal"], text):
        return None
    if match.re is _AFTER and re.fullmatch(r"\d{4}", found["postal"]) and not found["state"]:
        return None
    city, state = _without_province(found["city"].strip(" ,"))
    return Town(found["postal"], city, found.get("state") or state)


def parted(line: Segment) -> list[Segment]:
    """A line, or its street and its town where it says both: `Mill Lane 3, 88212 Ravensburg`."""
    for position, word in enumerate(line.words[:-1] if of(line.text) is None else ()):
        if word.text.endswith(",") and of(line.part(position + 1).text):
            return [line.before(position, len(word.text) - 1), line.part(position + 1)]
    return [line]


def _is_house(number: str, text: str) -> bool:
    # `2901 N LAMAR BLVD`
    return len(number) == _SHORT_CODE and shapes.WAY_ANY_CASE.search(text) is not None


def _without_province(city: str) -> tuple[str, str]:
    # `Albino (BG)`, `Haro (La Rioja)`
    match = _PROVINCE.fullmatch(city)
    return (match["city"], match["province"]) if match else (city, "")
