"""The name of whom a form is for, in the fields for it, whatever language they are in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workers.forms import fits, people
from workers.forms.fields import Field, Values
from workers.forms.likeness import Likeness
from workers.forms.matching import canonical, is_of_another

_FIRST = ("first name", "given name", "Vorname", "pr\u00e9nom", "nombre", "nome", "voornaam")
_LAST = ("last name", "surname", "Nachname", "nom de famille", "apellidos", "cognome", "achternaam")
_MOST_FIELDS, _ENOUGH = 100, 0.7
# Both last names of a Spaniard, behind one first name.
_BOTH, _SEVERAL = re.compile(r"\bapellidos\b", re.I), 2


def named(name: str, fields: Sequence[Field], values: Values) -> Values:
    """Somebody's name, whole or in its two parts, where these are asked for.

    Args:
        name: the whole name.
        fields: the form's.
        values: what is filled in already.
    """
    empty = [
        field
        for field in fields[:_MOST_FIELDS]
        if not (field.is_checkbox or field.options or is_of_another(field))
        if values[field.key] is None
    ]
    whole = [field for field in empty if canonical(fits.text_of(field)) == "name"]
    first, last = _parts([field for field in empty if field not in whole])
    if first and last:
        return _in_two(name, first, last)
    return {whole[0].key: name} if len(whole) == 1 else {}


def _in_two(name: str, first: Field, last: Field) -> Values:
    given, _, family = people.parted(name, has_middle=False)
    words = given.split()
    if _BOTH.search(last.description) and len(words) == _SEVERAL:
        given, family = words[0], f"{words[1]} {family}"
    return {first.key: given, last.key: family} if given else {}


def _parts(fields: Sequence[Field]) -> tuple[Field | None, Field | None]:
    if not fields:
        return None, None
    likeness = Likeness((*_FIRST, *_LAST), [((fits.text_of(field),), "") for field in fields])
    found: list[Field | None] = []
    for names in (_FIRST, _LAST):
        scored = [
            (max(_alike(likeness, name, field) for name in names), -number)
            for number, field in enumerate(fields)
        ]
        best, number = max(scored)
        found.append(fields[-number] if best >= _ENOUGH else None)
    first, last = found
    return (first, last) if first is not last else (None, None)


def _alike(likeness: Likeness, name: str, field: Field) -> float:
    return likeness.of(name, (fits.text_of(field),), "", is_told=False, least=0.0)
