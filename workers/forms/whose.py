"""The name of whom a form is for, in the fields for it, whatever language they are in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workers.forms import fits, people
from workers.forms.fields import Field, Values
from workers.forms.likeness import Likeness
from workers.forms.matching import canonical, is_of_another
from workers.forms.meanings import Offer

_FIRST = ("first name", "given name", "Vorname", "pr\u00e9nom", "nombre", "nome", "voornaam")
_LAST = ("last name", "surname", "Nachname", "nom de famille", "apellidos", "cognome", "achternaam")
_MOST_FIELDS, _ENOUGH = 100, 0.7
_NAME_OF = re.compile(r"(?:full )?name of|name (?:de[rs]|von)|nom d|nombre del?|nome d", re.I)
_PERSON, _COMPANY, _APART = "name of a person", "name of a company", 0.08
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
    whole = whole or _of_a_person(empty)
    first, last = _parts([field for field in empty if field not in whole])
    if first and not last and len(whole) == 1 and whole[0].section == first.section:
        last = whole[0]  # `Name` beside `Vorname`
    if first and last:
        return _in_two(name, first, last)
    return {whole[0].key: name} if len(whole) == 1 else {}


def by_line(offers: Sequence[Offer], fields: Sequence[Field], values: Values) -> Values:
    """The name that a line gives as `Name`, where the form asks for somebody's in more words.

    Args:
        offers: lines of a name and a value, in the order of the text.
        fields: the form's.
        values: what is filled in already.
    """
    name = next((one.value for one in offers if canonical(one.names[0]) == "name"), "")
    is_used = any(name in value for value in values.values() if value)
    return named(name, fields, values) if name and not is_used else {}


def _of_a_person(fields: Sequence[Field]) -> list[Field]:
    # `Name of person moving`, and not `Name of your bank`.
    asked = [field for field in fields if _NAME_OF.match(fits.text_of(field))]
    if not asked:
        return []
    likeness = Likeness((_PERSON, _COMPANY), [((fits.text_of(one),), "") for one in asked])
    return [
        one
        for one in asked
        if _alike(likeness, _PERSON, one) - _alike(likeness, _COMPANY, one) >= _APART
    ]


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
