"""Whole addresses in forms that ask for their parts: a street, a town, a postcode."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workers.forms import asked
from workers.forms.fields import Field, Values
from workers.forms.matching import canonical
from workers.local.extraction import one_line

_CITIES = (
    "city", "town", "ort", "stadt", "wohnort", "ville", "commune", "ciudad", "localidad",
    "municipio", "citta", "localita", "comune", "gemeinde",
)  # fmt: skip
_STREETS = (
    "address", "street", "street and number", "house number and street", "strasse",
    "strasse und hausnummer", "rue", "rue et numero", "via", "via e numero civico", "calle",
    "calle y numero",
)  # fmt: skip
_PARTS = {
    "city": _CITIES,
    "postal": ("zip", "plz", "postleitzahl", "code postal", "codigo postal", "cap"),
    "state": ("state", "province", "state province", "bundesland", "provincia"),
    "country": ("country", "land", "pays", "pais", "paese"),
}
_WHOLE = re.compile(
    r"address|adresse|anschrift|street|stra(?:ß|ss)e|\brue\b|direcci|indirizzo|via\b|domicili|residen",
    re.I,
)
_ORDER = ("street", "city", "state", "postal", "country")
# How far after a street its town is asked for, in fields.
_NEAR = 6
# `Straße, Hausnummer`, `Gemeinde / Ort`
_EITHER = re.compile(r"\s*[,/]\s*")
_IN = re.compile(r"\s+in\s+(?=[A-Z\u00c0-\u00de])")


def parted(fields: Sequence[Field], values: Values) -> Values:
    """The parts of addresses that are written where a street is asked for.

    Args:
        fields: the form's, in reading order.
        values: what is filled in already.

    Returns:
        Values of the street and of those parts that are asked for near it and are empty.
    """
    found: Values = {}
    for number, field in enumerate(fields):
        value = values[field.key]
        if field.is_checkbox or not value or not _WHOLE.search(field.printed or field.description):
            continue
        told = _split(value)
        near = fields[number + 1 : number + 1 + _NEAR]
        parts = {
            one.key: told[role]
            for role, names in _PARTS.items()
            for one in near
            if role in told and values[one.key] in (None, told[role]) and _is_called(one, names)
            if not one.options or told[role] in one.options
        }
        if parts:
            left = [
                told[role] for role in _ORDER if role in told and told[role] not in parts.values()
            ]
            found |= {field.key: ", ".join(left), **parts}
    return found


def in_section(address: str, fields: Sequence[Field]) -> Values:
    """An address in the places of the section that is its own, such as `Old address`."""
    told = _split(address)
    parts = {"street": _STREETS, **_PARTS}
    found = {
        field.key: told[role]
        for role, names in parts.items()
        for field in fields
        if role in told and _is_called(field, names)
    }
    return {**found} if len(found) > 1 else {}


def _split(address: str) -> dict[str, str]:
    told = one_line.split(_IN.sub(", ", address))
    street, *rest = address.split(", ")
    if told or not 1 <= len(rest) <= 2 or any(map(str.isdigit, "".join(rest))):
        return told
    # `Yliopistonmäki 3, Turku, Finland`
    return dict(zip(("street", "city", "country"), (street, *rest), strict=False))


def of_town(field: Field, address: str) -> str:
    """What of a whole address is written where no more than its town is asked for.

    Args:
        field: the field.
        address: what was said, which is left as it is where the field asks for more.
    """
    is_town = _is_called(field, _CITIES) and not _WHOLE.search(field.printed or field.description)
    return _split(address).get("city", address) if is_town else address


def _is_called(field: Field, names: Sequence[str]) -> bool:
    # `Ort, Datum` is where and when one signs.
    if asked.kind(field.printed or field.description) == "date":
        return False
    said = {
        canonical(part)
        for label in (field.printed, field.description)
        for part in (label, *_EITHER.split(label))
        if part.strip()
    }
    return not field.is_checkbox and bool(said & set(map(canonical, names)))
