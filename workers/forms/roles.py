"""Who is who: `my daughter Ada Roe`, `I am her mother, Eve Roe`, `Tom Roe is my deputy`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from workers.forms import people, wording
from workers.forms.answers import TICK
from workers.forms.called import GUARDIAN, GUARDIAN_KIN
from workers.forms.fields import Field, Values
from workers.forms.paraphrases import KIN, NAME, WORD
from workers.forms.said import Said

_LONGEST, _MOST = 20_000, 60
_FEMALE_KIN, _MALE_KIN = "daughter granddaughter stepdaughter niece", "son grandson stepson nephew"
_CHILD_KIN = f"child kid baby {_FEMALE_KIN} {_MALE_KIN}"
_PETS = "dog cat puppy kitten horse pony rabbit pet"
_FEMALE = frozenset(
    ("girl", "female", "f", "woman", "m\u00e4dchen", "weiblich", "fille", "f\u00e9minin")
)
_MALE = frozenset(("boy", "male", "m", "man", "junge", "m\u00e4nnlich", "gar\u00e7on", "masculin"))
_ANY_NAME = rf"(?:{NAME}|(?-i:{WORD}))"
_WARD = re.compile(
    rf"\b(?:my|our)\s(?:[a-z]+\s){{0,2}}(?P<kin>{'|'.join(f'{_CHILD_KIN} {_PETS}'.split())})"
    r"(?:['\u2019]s\s(?:full\s)?name\sis|\s(?:is\s)?(?:called|named))?,?\s"
    rf"(?P<name>{_ANY_NAME})",
    re.I,
)
_ME = r"\b(?:i\sam|i['\u2019]m|my\sname\sis|this\sis)\s"
_WHOSE = r"(?:his|her|their|its|(?:the\s)?[\w-]{1,30}['\u2019]s?)\s"
_GUARDIANS = (
    re.compile(rf"{_ME}(?:also\s)?{_WHOSE}(?P<kin>{KIN}),?\s(?P<name>{NAME})", re.I),
    re.compile(
        rf"{_ME}(?P<name>{NAME}),?\s(?:and\s)?(?:i\sam\s|i['\u2019]m\s)?"
        rf"(?:{_WHOSE}(?P<kin>{KIN})\b|(?:the\s)?(?P<kin_of>{KIN})\sof\s)",
        re.I,
    ),
)
_WRITER = re.compile(rf"{_ME}(?P<name>{NAME})", re.I)
# Neither a verb nor a small word is part of what somebody is called.
_NO_ROLE = (
    r"(?!(?:is|are|was|were|has|have|had|will|would|and|or|but|to|of|at|in|on|for|from|with|by|as|"
    r"called|named|who|that|please|since|until)\b)"
)
_ROLE = rf"(?-i:{_NO_ROLE}[a-z]{{2,20}}(?:\s{_NO_ROLE}[a-z]{{2,20}}){{0,3}})"
_IS = r"(?:\sis|['\u2019]s|\swill\sbe|\sacts\sas)\s(?:also\s)?"
_CALLED = (
    re.compile(
        rf"(?P<name>{NAME})(?:,?\s(?:who|she|he)){_IS}(?:the|my|our|his|her)\s"
        rf"(?P<role>{_ROLE}(?:\sand\s{_ROLE})?)",
        re.I,
    ),
    re.compile(rf"(?P<name>{NAME}){_IS}(?:the|my|our)\s(?P<role>{_ROLE})", re.I),
    re.compile(rf"\b(?:my|our)\s(?P<role>{_ROLE}),?\s(?P<name>{NAME})", re.I),
)
# What a form may call somebody for whom a parent or an owner writes.
_WARD_NAMES = ("child", "pupil", "student", "participant", "camper", "player")
_PET_NAMES = ("pet", "animal", "dog", "cat", "horse")
_OF_GUARDIAN = re.compile(
    r"parent|guardian|mother|father|owner|erziehung|\bp\u00e8re|\bm\u00e8re|tutor|genitor|madre|padre"
    r"|responsable",
    re.I,
)
_DOES = (
    r"(?=\s(?:is|was|has|had|can|cannot|may|will|would|does|takes|speaks|goes|lives|likes|needs|wears|"
    r"suffers|attends)\b)"
)


@dataclass(frozen=True)
class Ward:
    """Somebody, or an animal, for whom another writes.

    Attributes:
        name: whole, or the first name alone.
        kin: what the writer calls them, such as `daughter`.
    """

    name: str
    kin: str

    @property
    def is_pet(self) -> bool:
        """Whether it is an animal."""
        return self.kin in _PETS.split()

    @property
    def sexes(self) -> frozenset[str]:
        """What a form may call their sex, where that is told."""
        if self.kin in _FEMALE_KIN.split():
            return _FEMALE
        return _MALE if self.kin in _MALE_KIN.split() else frozenset()


def ward(text: str) -> Ward | None:
    """The only child or animal that a text tells of by name.

    Args:
        text: sentences.
    """
    found: dict[str, Ward] = {}
    for match in _few(_WARD, text):
        name = _plain(match["name"])
        known = next((one for one in found if _is_same(one, name)), name)
        longest = max(known, name, key=len)
        found[longest] = Ward(longest, found.pop(known, Ward(name, match["kin"].casefold())).kin)
    return next(iter(found.values())) if len(found) == 1 else None


def with_pronouns(text: str, somebody: Ward | None) -> str:
    """A text in which sentences about somebody begin as others do: `She is allergic to nuts`.

    Args:
        text: the instructions; lines that name a field are left as they are.
        somebody: whose first name the sentences begin with.
    """
    if somebody is None:
        return text
    first = re.escape(somebody.name.split()[0])
    sentence = re.compile(rf"(?:(?<=[.!?;]\s)|^){first}{_DOES}")
    pronoun = "She" if somebody.sexes == _FEMALE else "He"
    return "".join(
        line if ":" in line else sentence.sub(pronoun, line)
        for line in text.splitlines(keepends=True)
    )


def told(text: str, is_known: Callable[[str], object], somebody: Ward | None) -> list[Said]:
    """Names by what a form calls those who have them.

    Args:
        text: sentences.
        is_known: whether the form has a field of a name.
        somebody: for whom the writer writes, if anybody.
    """
    found = list(_of_ward(somebody, is_known)) if somebody else []
    found += _of_writer(text, is_known, somebody)
    for pattern in _CALLED:
        for match in _few(pattern, text):
            for role in match["role"].split(" and "):
                if is_known(role):
                    found.append(Said(role, _plain(match["name"]), is_told=True))
    return found


def is_of_guardian(field: Field) -> bool:
    """Whether a field is about whoever writes for a child or an animal."""
    return _OF_GUARDIAN.search(f"{field.section}; {field.description}") is not None


def sex(somebody: Ward | None, fields: Sequence[Field], values: Values) -> Values:
    """The box for the sex that `my daughter` tells, in the only question for it.

    Args:
        somebody: for whom the writer writes, if anybody.
        fields: the form's.
        values: what is filled in already.
    """
    groups: dict[tuple[str, str], list[Field]] = defaultdict(list)
    for field in fields if somebody else ():
        if field.is_checkbox and field.choice.casefold() in _FEMALE | _MALE:
            groups[field.section, field.group].append(field)
    questions = [boxes for boxes in groups.values() if _tells_sexes(boxes)]
    if not somebody or len(questions) != 1 or any(values[box.key] for box in questions[0]):
        return {}
    boxes = [box for box in questions[0] if box.choice.casefold() in somebody.sexes]
    return {boxes[0].key: TICK} if len(boxes) == 1 else {}


def _tells_sexes(boxes: Sequence[Field]) -> bool:
    choices = {box.choice.casefold() for box in boxes}
    return bool(choices & _FEMALE) and bool(choices & _MALE)


def _of_ward(somebody: Ward, is_known: Callable[[str], object]) -> Iterator[Said]:
    for whose in _PET_NAMES if somebody.is_pet else _WARD_NAMES:
        whole = next(filter(is_known, (f"{whose} name", f"name of {whose}")), None)
        if whole:
            yield Said(whole, somebody.name, is_told=True)
            return
        parts = (f"{whose} first name", f"{whose} last name")
        first, _, last = people.parted(somebody.name, has_middle=False)
        if first and all(map(is_known, parts)):
            yield from (
                Said(part, name, is_told=True)
                for part, name in zip(parts, (first, last), strict=True)
            )
            return


def _of_writer(
    text: str, is_known: Callable[[str], object], somebody: Ward | None
) -> Iterator[Said]:
    name = next(filter(is_known, GUARDIAN), None)
    kin = next(filter(is_known, GUARDIAN_KIN), None)
    for pattern in _GUARDIANS:
        for match in _few(pattern, text):
            groups = match.groupdict()
            if name:
                yield Said(name, _plain(match["name"]), is_told=True)
            if kin:
                yield Said(kin, groups["kin"] or groups["kin_of"], is_told=True)
    if name and somebody and not somebody.is_pet:
        yield from (Said(name, _plain(one["name"]), is_told=True) for one in _few(_WRITER, text))


def _few(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    # A name may have a full stop in it, but does not go on behind its sentence.
    sentences = wording.SENTENCE_END.split(text[:_LONGEST])
    return islice((one for each in sentences for one in pattern.finditer(each)), _MOST)


def _plain(name: str) -> str:
    return re.sub(r"(?:['\u2019]s|[.'\u2019-]+)$", "", name)


def _is_same(name: str, other: str) -> bool:
    return name.split()[0] == other.split()[0]
