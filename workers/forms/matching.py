"""Which field of a form is meant by what somebody calls it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from workers.forms import asked
from workers.forms.fields import Field, snake_case

# From here on, of 100, two names mean the same.
ENOUGH = 80.0
# Words that tell no field from another: whose it is, what kind of thing a field is.
_IDLE = frozenset(
    re.findall(
        r"\w+",
        "a an and are by field fields for full his her if in is its line my of on or our out "
        "please print the their this to value your complete current here insert write enter legal "
        "applicant applicants box boxes checkbox checkboxes option options blank entry section s",
    )
)
# What is called by several names; the first is how they are compared.
_SAME = (
    ("email", "e mail address", "email address", "e mail", "mail address", "mail"),
    ("mobile", "mobile phone number", "mobile phone", "mobile number", "cell phone", "cell"),
    ("phone", "telephone number", "phone number", "telephone no", "phone no", "telephone", "tel"),
    ("zip", "zip code", "postal code", "post code", "postcode", "zipcode"),
    ("date of birth", "birth date", "birthdate", "birthday", "dob", "born on"),
    ("place of birth", "birthplace", "birth place", "born in"),
    ("last name", "family name", "surname", "lastname", "second name"),
    ("first name", "given name", "given names", "forename", "firstname", "christian name"),
    ("middle name", "middlename", "middle initial", "m i", "middle"),
    ("address", "street address", "mailing address", "postal address", "home address", "addr"),
    ("city", "town", "city town"),
    ("gender", "sex"),
    ("occupation", "profession", "job title", "job"),
    ("company", "company name", "organisation", "organization"),
    ("nationality", "citizenship"),
    ("quantity", "qty"),
    ("amount", "amt"),
    ("number", "no", "nr", "num"),
    ("social security number", "ssn"),
    (
        "name",
        "names",
        "full name",
        "name and surname",
        "nome e cognome",
        "cognome e nome",
        "nombre y apellidos",
        "apellidos y nombre",
        "nom et prenom",
        "nom prenom",
        "vor und nachname",
        "vorname und nachname",
        "vor und zuname",
    ),
)
# So many names of fields are compared with what is said; it takes some ten seconds.
MAX_COMPARED = 400_000
_PARTS = ("first name", "middle name", "last name")
_CANONICAL = {other: same[0] for same in _SAME for other in same}
_SYNONYMS = re.compile(
    r"\b(" + "|".join(sorted(_CANONICAL, key=lambda name: (-len(name), name))) + r")\b"
)
# Some words name a thing, others only say more of it; how much of a longer name has to be said.
_SAID_OF_LABEL, _LABEL_OF_SAID = 60.0, 50.0
_BY_SHARE, _BUT_NUMBER = 38.0, 95.0
# So many words are enough if they are half of a label's.
_MANY_WORDS, _HALF = 3, 0.5
_MIN_TYPO_LENGTH, _MIN_TELLING = 5, 6
# The number of a box, and where what explains a label begins; what is called so is less sure.
_NOTES = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NUMBER = re.compile(r"^\s*(?:(?:\d{1,3}[a-z]?|[a-zA-Z])[.)]\s+|\d{1,3}[a-z]?\s+(?=[A-Z]))")
_HEAD = re.compile(r"[.;:,([]|\s(?:if|as|see)\s", re.IGNORECASE)
# `Name, address and phone of your employer` is about somebody else from its first word on.
_ABOUT = re.compile(
    r"\b(?:of|for|from|de|du|des|von|der|di|van)\b(?!\s+(?:birth|above|this)\b)", re.I
)
# What people call a row of a table before its number.
_ROWS = ("row", "item", "line", "")
_IN_EMERGENCY = re.compile(r"^in (?:case of )?(?:an )?emergency\b.*", re.I)
_SIGNED = re.compile(r"signature|signed|unterschrift|firma\b", re.I)
_MOST_HEAD_WORDS, _BY_HEAD = 6, 96.0
# What is told of somebody is not told of these, unless they are named.
_OTHERS = re.compile(
    r"emergency|approv|manager|supervis|employer's|landlord|referee|witness|office use|"
    # `Invoice reference` and `Reference number` are no persons.
    r"(?<!\w )references?\b(?! (?:no|number|nr|code)\b)|(?:personal|character|work) reference|"
    r"staff only|(?:office|staff|desk|official|internal) use|intern(?:er|e)? vermerk|uso interno|"
    r"physician|doctor|agent|guarantor|beneficiar|spouse|next of kin",
    re.I,
)


class Names:
    """The names of some fields."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self._fields = [(field, _names_of(field)) for field in fields]
        self._heads = {field.key: _heads_of(field) for field in fields}
        self._groups = {
            name: field.group
            for field in fields
            for label in (field.group, _NUMBER.sub("", _NOTES.sub(" ", field.group)))
            if (name := canonical(label))
        }
        self._sections = {field.key: _section_names(field) for field in fields if field.section}
        self._left = MAX_COMPARED
        self._exact: dict[str, list[tuple[Field, tuple[str, ...]]]] = {}
        for field, names in self._fields:
            for name in names:
                self._exact.setdefault(name, []).append((field, names))
        self._found: dict[str, list[tuple[float, Field]]] = {}
        self._held: dict[str, list[Field]] = {}

    def meant(self, said: str) -> list[tuple[float, Field]]:
        """The fields that may be meant, each with how likely it is, from the likeliest on."""
        name = canonical(said)
        if name not in self._found:
            scored = [
                (
                    max(_best(name, names, self._heads[field.key]), self._in_section(name, field)),
                    field,
                )
                for field, names in self._compared(name)
            ]
            likely = [(score, field) for score, field in scored if score >= ENOUGH]
            self._found[name] = sorted(likely, key=lambda each: -each[0])
        return self._found[name]

    def _compared(self, name: str) -> Sequence[tuple[Field, tuple[str, ...]]]:
        # Of more names than can be compared with so many fields the very same alone are found.
        self._left -= len(self._fields)
        if self._left >= 0 or not name:
            return self._fields if name else ()
        return self._exact.get(name, ())

    def _in_section(self, name: str, field: Field) -> float:
        # `Emergency contact phone` says more than the section's name, or it is the section's.
        section, names = self._sections.get(field.key, ("", ()))
        is_more = bool(section) and name.startswith(f"{section} ")
        return max((similarity(name, each) for each in names), default=0.0) if is_more else 0.0

    def section(self, said: str) -> list[Field]:
        """The fields under the heading that may be meant."""
        name = canonical(said)
        known = self._sections if self._left >= 0 else {}
        alike = {key for key, names in known.items() if similarity(name, names[0]) >= ENOUGH}
        return [field for field, _ in self._fields if field.key in alike]

    def holding(self, said: str) -> list[Field]:
        """The only field whose label has a telling word, where one was told of and not named."""
        name = canonical(said)
        if name not in self._held:
            words = set(name.split())
            is_telling = self._left >= 0 and any(len(word) >= _MIN_TELLING for word in words)
            held = [
                field
                for field, names in self._fields
                if is_telling and not (field.is_checkbox or _SIGNED.search(field.description))
                if any(words <= set(known.split()) for known in names)
            ]
            self._held[name] = held if len(held) == 1 else []
        return self._held[name]

    def knows(self, said: str) -> bool:
        """Whether what is told by this name has a place."""
        return bool(self.score(said) or self.holding(said))

    def boxes(self, said: str) -> list[Field]:
        """The checkboxes that may be meant; one alone that has all the words is meant by a few."""
        meant = [field for _, field in self.meant(said) if field.is_checkbox]
        words = set(canonical(said).split())
        if meant or not words or self._left < 0:
            return meant
        having = [
            field
            for field, names in self._fields
            if field.is_checkbox and any(words <= set(name.split()) for name in names)
        ]
        return having if len(having) == 1 else []

    def group(self, said: str) -> str:
        """The question to be answered by ticking that may be meant, or an empty text."""
        name = canonical(said)
        if self._left < 0:
            return self._groups.get(name, "")
        best = max(self._groups, key=lambda group: similarity(name, group), default="")
        return self._groups[best] if best and similarity(name, best) >= ENOUGH else ""

    def parts_of_name(self, said: str) -> dict[str, Field]:
        """The fields for the parts of a name, where a whole one is said and not asked for."""
        parts = {part: self.meant(part)[:1] for part in _PARTS if canonical(said) == "name"}
        found = {part: meant[0][1] for part, meant in parts.items() if meant}
        return found if {"first name", "last name"} <= found.keys() else {}

    def score(self, said: str) -> float:
        """How sure it is that this is the name of anything here, of 100."""
        meant = self.meant(said)
        if meant:
            return meant[0][0]
        is_known = self.group(said) or self.parts_of_name(said) or self.section(said)
        return ENOUGH if is_known else 0.0


@lru_cache(maxsize=20_000)
def canonical(text: str) -> str:
    """A name without what makes no difference: accents, idle words, which synonym it is."""
    words = snake_case(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text[:200])).replace("_", " ")
    same = _SYNONYMS.sub(lambda found: _CANONICAL[found.group()], words)
    kept = [word for word in same.split() if word not in _IDLE]
    if len(kept) > 1 and kept[-1] == "1":
        kept.pop()
    return " ".join(kept) or same


@lru_cache(maxsize=20_000)
def _words(name: str) -> frozenset[str]:
    return frozenset(name.split())


def similarity(said: str, label: str) -> float:
    """How sure it is, of 100, that two canonical names mean the same."""
    if said == label:
        return 100.0
    words, of_label = _words(said), _words(label)
    if not words or not of_label:
        return 0.0
    if words == of_label:
        return 97.0
    differing = words ^ of_label
    if any(map(str.isdecimal, differing)):
        return 0.0
    if differing == {"number"} or differing == {"name"} == differing & of_label:
        return _BUT_NUMBER
    if words < of_label:
        share = len(words) / len(of_label)
        least = ENOUGH if len(words) >= _MANY_WORDS and share >= _HALF else 0.0
        return max(least, _SAID_OF_LABEL + _BY_SHARE * share)
    if of_label < words:
        return _LABEL_OF_SAID + _BY_SHARE * len(of_label) / len(words)
    is_long = min(len(said), len(label)) >= _MIN_TYPO_LENGTH
    return _alike(said, label) if is_long and len(words) == len(of_label) else 0.0


def _alike(said: str, label: str) -> float:
    from rapidfuzz import fuzz

    return float(fuzz.ratio(said, label))


def is_about_something(label: str) -> bool:
    """Whether a label says of whom or of what it asks a name or the like.

    Args:
        label: as it is written, such as `Name of your employer`.
    """
    return _ABOUT.search(label) is not None


def is_of_another(field: Field, name: str = "") -> bool:
    """Whether a field is about somebody beside the person that the form is about.

    Args:
        field: the field.
        name: what was said, which may be of that one.
    """
    whose = _OTHERS.search(f"{field.section}; {field.description}")
    return whose is not None and whose.group().casefold() not in name.casefold()


def _names_of(field: Field) -> tuple[str, ...]:
    # A key that begins with the section is said by who names that.
    is_of_section = field.section and field.key.startswith(snake_case(field.section))
    names = [] if is_of_section else [field.key]
    for label in filter(None, (field.description, field.printed)):
        without_notes = _NOTES.sub(" ", label)
        plain = _NUMBER.sub("", without_notes)
        names += [label, without_notes, plain, f"{field.group} {label}"]
        names += [f"{what} {field.row} {plain}" for what in _ROWS if field.row]
        names += [f"{plain} {field.row}"] if field.row else []
    return tuple(dict.fromkeys(filter(None, map(canonical, names))))


def _section_names(field: Field) -> tuple[str, tuple[str, ...]]:
    section = canonical(_IN_EMERGENCY.sub("emergency", _NUMBER.sub("", field.section)))
    return section, tuple(f"{section} {label}" for label in _names_of(field))


def _heads_of(field: Field) -> tuple[str, ...]:
    # `Business name/disregarded entity name, if different` is what comes first in it.
    head = _HEAD.split(_NUMBER.sub("", field.description.strip()), maxsplit=1)[0]
    is_short = 0 < len(head.split()) <= _MOST_HEAD_WORDS
    # `Place, date` is for both.
    is_dated = asked.kind(field.description) == "date" != asked.kind(head)
    if not is_short or is_dated or _ABOUT.search(_NOTES.sub(" ", field.description)):
        return ()
    # `Bank/building society account number` is no bank.
    others = [
        one for one in head.split("/") if len(head.split("/")[-1].split()) - len(one.split()) <= 1
    ]
    return tuple(dict.fromkeys(filter(None, map(canonical, (head, *others)))))


def _best(said: str, names: Iterable[str], heads: Iterable[str]) -> float:
    known = max((similarity(said, name) for name in names), default=0.0)
    return max([known, *(min(similarity(said, head), _BY_HEAD) for head in heads)])
