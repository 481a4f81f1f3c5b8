"""A form's values, as instructions give them; what they do not say stays empty."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from workers.forms import (
    addresses,
    asked,
    ends,
    fits,
    grids,
    leftovers,
    listed_rows,
    loose_lines,
    meanings,
    mentions,
    near_labels,
    paraphrases,
    people,
    periods,
    roles,
    statements,
    told,
    whose,
    wishes,
    wording,
)
from workers.forms.answers import TICK, UNTICK, tick
from workers.forms.fields import Field, Values
from workers.forms.matching import ENOUGH, Names, canonical, is_of_another, similarity
from workers.forms.roles import Ward
from workers.forms.said import Said, of_json
from workers.forms.twins import Twins

# What parts a number or a date: `123-45-6789`, `3 / 4 / 2024`. Places for fewer parts, or further
# apart than this share of the page, are as likely those of several people.
_PARTING = re.compile(r"\s*[-/.\u2013]\s*")
_LEAST_PARTS, _APART = 3, 0.06
_INITIAL = re.compile(r"\binitial|\bm\.?\s?i\b", re.I)
_NOTHING = frozenset(("", "blank", "empty", "left blank", "left empty", "null", "unknown"))


class _Names(Names):
    """The names of some fields, and which of one name are under which heading."""

    def __init__(self, fields: Sequence[Field]) -> None:
        super().__init__(fields)
        self.twins = Twins(fields)


def of_instructions(instructions: str, fields: Sequence[Field]) -> Values:
    """Take the fields' values from what somebody wrote.

    Args:
        instructions: lines of names and values, plain sentences, or JSON.
        fields: the form's.

    Returns:
        A value or None for each field's key; `true` or `false` for a checkbox.
    """
    names = _Names(fields)
    values: Values = {field.key: None for field in fields}
    given = of_json(instructions)
    if given is not None:
        return _with(given, names, fields, values)
    text = wording.without_recipients(instructions)
    ward = roles.ward(text)
    text = roles.with_pronouns(text, ward)
    signed = [
        Said(name, value, is_told=True) for name, value in paraphrases.signed(text, names.score)
    ]
    who = roles.told(text, names.score, ward)
    _with([*who, *statements.found(text, names), *signed], names, fields, values)
    values |= roles.sex(ward, fields, values)
    values |= _first_names(names, values)
    values |= periods.filled(text, fields, values)
    values |= _loosely_named(text, names, fields, values)
    for layer in (
        periods.today,
        grids.rated,
        near_labels.found,
        leftovers.shaped,
        listed_rows.filled,
        ends.of_way,
    ):
        values |= layer(text, fields, values)
    values |= _whose(text, names, fields, values, ward)
    values |= _told_of(text, fields, values)
    values |= addresses.parted(fields, values)
    rated = {box.key for boxes in grids.rows(fields).values() for box in boxes}
    others = [field for field in fields if field.key not in rated]
    values |= mentions.ticked(text, others, values)
    return values | wishes.ticked(text, others, values)


def _with(
    all_said: Sequence[Said], names: _Names, fields: Sequence[Field], values: Values
) -> Values:
    # The last word counts, but what somebody was told to have yields to what was named.
    for one in all_said:
        if one.value is not None and one.value.strip().casefold() in _NOTHING:
            one = replace(one, value=None)
        for key, value in _filled(one, names, fields, values).items():
            if not one.is_told or values[key] is None:
                values[key] = value
    return values


def put(fields: Iterable[Field], values: Mapping[str, object]) -> list[Field]:
    """The fields with these values by key; where one has none, what stands in it stays."""
    filled = []
    for field in fields:
        value = _fitting(field, values.get(field.key))
        filled.append(field if value is None else replace(field, value=value))
    return filled


def _filled(said: Said, names: _Names, fields: Sequence[Field], values: Values) -> Values:
    # The likeliest field that takes such a value; of several alike, the first that is empty.
    if answer := _answered(said, names, fields):
        return answer
    if said.is_told and (parts := _parts_of_name(said, names)):
        return parts
    meant = (
        [(1.0, box) for box in names.boxes(said.name)] if said.is_tick else names.meant(said.name)
    )
    if not meant and said.is_told:
        meant = [(1.0, field) for field in names.holding(said.name)]
    section = names.twins.told(said.name)[0]
    taking = [
        (score, field)
        for score, field in meant
        if not names.twins.is_other(field, section)
        if (said.value is None or _fitting(field, said.value) is not None)
        and not (said.is_told and is_of_another(field, said.name))
    ]
    if taking:
        alike = [field for score, field in taking if score == taking[0][0]]
        empty = [field for field in alike if values[field.key] is None]
        about = names.twins.last_told(said.about) if len(empty) > 1 else ""
        its = [field for field in empty if not names.twins.is_other(field, about)]
        field = (its or empty or alike[-1:])[0]
        parts = _in_parts(said, field, alike)
        return parts or {field.key: _fitting(field, _asked(field, said.value))}
    if said.value is None:
        return {}
    return (
        _chosen(said, names, fields)
        or _parts_of_name(said, names)
        or _of_section(said, names, values)
    )


def _loosely_named(text: str, names: _Names, fields: Sequence[Field], values: Values) -> Values:
    # Lines whose names no label's words know are together given to what they may mean.
    unplaced = [
        offer
        for offer in loose_lines.offers(text)
        if not _filled(Said(offer.names[0], offer.value), names, fields, values)
    ]
    found = meanings.placed(unplaced, fields, values, meanings.NAMED)
    found |= ends.named(unplaced, fields, values | found)
    return whose.by_line(unplaced, fields, values | found) | found


def _told_of(text: str, fields: Sequence[Field], values: Values) -> Values:
    # What stands in a field already is told of nothing else.
    known = " | ".join(filter(None, values.values()))
    offers = [offer for offer in told.offers(text) if not _is_in(offer.value, known)]
    found = meanings.placed(offers, fields, values, meanings.TOLD)
    return _with_parts(found, [field for field in fields if values[field.key] is None])


def _whose(
    text: str, names: _Names, fields: Sequence[Field], values: Values, ward: Ward | None
) -> Values:
    name = told.person(text)
    parts = _parts_of_name(Said("name", name), names) if name else {}
    if not name or any(name in value for value in values.values() if value):
        return {}
    is_open = parts and all(values[key] is None for key in parts)
    theirs = [one for one in fields if not (ward and roles.is_of_guardian(one))]
    return parts if is_open else whose.named(name, theirs, values)


def _with_parts(told_of: Values, empty: Sequence[Field]) -> Values:
    # A whole address is no town's name where there are places for its parts.
    towns = {field.key: addresses.of_town(field, told_of.get(field.key) or "") for field in empty}
    found = {key: towns.get(key, value) for key, value in told_of.items()}
    for key, value in told_of.items():
        parts = addresses.in_section(value or "", empty)
        if key in parts and len(set(parts.values())) == len(parts):
            found = parts | {other: told for other, told in found.items() if other != key}
    return found


def _is_in(value: str, known: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(value)}(?!\w)", known) is not None


def _first_names(names: _Names, values: Values) -> Values:
    fields = names.parts_of_name("name")
    first, last = fields.get("first name"), fields.get("last name")
    given, family = (values[field.key] if field else None for field in (first, last))
    if not first or not given or not family:
        return {}
    return {first.key: people.without_last(given, family)}


def _of_section(said: Said, names: _Names, values: Values) -> Values:
    # `New flat: 7 Mill Lane, LS1 5AB Leeds`, or `Emergency contact: Tom Roe`
    fields = names.section(said.name)
    address = addresses.in_section(said.value or "", fields)
    named = [field for field in fields if canonical(field.description) == "name"]
    if address or len(named) != 1 or values[named[0].key] is not None:
        return address
    return {named[0].key: said.value}


def _answered(said: Said, names: _Names, fields: Sequence[Field]) -> Values:
    # `Do you smoke: no`, where there is a box for yes and one for no.
    is_yes = tick(said.value or "")
    group = names.group(said.name) if is_yes else ""
    boxes = {tick(field.choice): field for field in fields if group and field.group == group}
    if not {TICK, UNTICK} <= boxes.keys():
        return {}
    return {box.key: TICK if answer == is_yes else None for answer, box in boxes.items() if answer}


def _asked(field: Field, value: str | None) -> str | None:
    if value is None or field.is_checkbox or field.options:
        return value
    return asked.part(field.printed or field.description, value)


def _in_parts(said: Said, first: Field, alike: Sequence[Field]) -> Values:
    # `123-45-6789` in three places beside one another with one name.
    row = [first, *(field for field in alike if field is not first and _is_beside(field, first))]
    parts = _PARTING.split((said.value or "").strip())
    is_each = len(parts) == len(row) >= _LEAST_PARTS and all(map(str.isdecimal, parts))
    is_text = not any(field.is_checkbox or field.options for field in row)
    if not is_each or not is_text:
        return {}
    row.sort(key=lambda field: field.place.left)
    if any(b.place.left - a.place.left - a.place.width > _APART for a, b in pairwise(row)):
        return {}
    return {field.key: part for field, part in zip(row, parts, strict=True)}


def _is_beside(field: Field, other: Field) -> bool:
    place, first = field.place, other.place
    middle = place.top + place.height / 2
    is_level = place.page == first.page and first.top <= middle <= first.top + first.height
    return is_level and field.description == other.description


def _fitting(field: Field, value: object) -> str | None:
    if isinstance(value, bool):
        value = TICK if value else UNTICK
    if value is None or not str(value).strip():
        return None
    text = str(value).strip()
    if field.is_checkbox:
        return tick(text)
    return fits.option(field.options, text) if field.options else text


def _chosen(said: Said, names: _Names, fields: Sequence[Field]) -> Values:
    # "Gender: female", where female is one of the boxes to be ticked under gender.
    group = names.group(said.name)
    choices = [field for field in fields if group and field.group == group]
    ticked: Values = {}
    for part in [said.value or "", *re.split(r",|;|\band\b|&", said.value or "")]:
        name = canonical(part)
        likely = [(similarity(name, canonical(field.choice)), field) for field in choices]
        score, field = max(likely, key=lambda each: each[0], default=(0.0, None))
        if field is not None and score >= ENOUGH:
            ticked[field.key] = TICK
    return ticked


def _parts_of_name(said: Said, names: _Names) -> Values:
    fields = names.parts_of_name(said.name)
    middle = fields.get("middle name")
    parts = people.parted(said.value or "", has_middle=middle is not None) if fields else ("",) * 3
    if not parts[0]:
        return {}
    by_part = dict(zip(("first name", "middle name", "last name"), parts, strict=True))
    if middle and _INITIAL.search(middle.printed or middle.description):
        by_part["middle name"] = people.initial(by_part["middle name"])
    return {field.key: by_part[part] or None for part, field in fields.items()}
