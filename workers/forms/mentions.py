"""Boxes and options that a text mentions without naming the question: `married, and by train`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from workers.forms import wording
from workers.forms.answers import TICK, UNTICK, tick
from workers.forms.fields import Field, Values, words_of

# Longer texts are no instructions for a form's boxes, and large forms have no few.
_MOST_CLAUSES, _MOST_CHOICES = 400, 600
_CLAUSE = re.compile(
    r"[,;:()\n]|\s[-\u2013\u2014]\s|\b(?:but|however|because|coz|cos|since|although|though|unless|"
    r"except|who|whom|which|aber|weil|mais|car)\b"
    # A clause with a verb of its own may be denied, or not, by itself.
    r"|\band\s+(?=(?:i|he|she|they|we|it|am|is|are|was|were|has|have|had|do|does|did|will|would|"
    r"can|never|not|no|\w{2,6}n['\u2019]t)\b)",
    re.I,
)
_NOT = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|without|neither|nor|cannot|skip\w*|declin\w*|refus\w*|nein|kein\w*|nicht|ohne|pas|sans|jamais|non|sin|nunca|senza|n\u00e3o|sem|niet|geen|zonder)\b|n['\u2019]t\b",
    re.I,
)
_WILLING = re.compile(
    r"\b(?:agree|accept|consent|want|like|need|request|requir|authori[sz]|yes|subscrib|confirm|wish|"
    r"permit|allow|opt|fine|okay|ok|happy|tick|check|certif|einverstanden|accepte|autorise)",
    re.I,
)
_IDLE_WORDS = (
    "a an and any are as at be been by can did do does ever for from had has have he her his i if "
    "in is it its me my no not of on or our please requested required she that the their they this "
    "to us was we were which will with would yes you your need needed want wanted other none "
    "following receive receiving get send tick attend attending attended call called inform "
    "informed involved bring child applicant patient anybody anyone people person der die das "
    "und oder im am mit von zu di de del della du des el la le les los las "
    "il lo un une una et e o y"
)
_IDLE = frozenset(_IDLE_WORDS.split())
# Words of every form: as an option they count where the question is mentioned, too.
_COMMON_WORDS = "phone email mail post letter sms fax name address date home work mobile card new"
_EVERYWHERE = frozenset(_COMMON_WORDS.split())
_ALSO = {
    "m": "male", "f": "female", "man": "male", "woman": "female", "w": "weiblich", "h": "homme",
}  # fmt: skip
# `Standard - 35.00 a month` is called so.
_HEAD = re.compile(r"(?<=\w)(?:\s[-\u2013\u2014:]\s|:\s|\s\()")
# `I'm` has no M, and `Ada's` no S.
_ENDING = re.compile(r"['\u2019](?:s|m|d|re|ve|ll|t)\b", re.I)
# `Delay or cancellation`, and `Soltero/a`, `Verheiratete(r)` or `Freund/in`
_EITHER = re.compile(r"\s+(?:or|oder|ou|o)\s+|\s+/\s+|(?<=\w{3})/(?=\w{3})")
_GENDERED = re.compile(r"(\w{2,20}?)[/(]-?(\w{1,2})\)?")
_NOTES = re.compile(r"\([^)]*\)")
# So much of a long option has to be said, so much of a long question, and at least so many words.
_ENOUGH, _HALF, _LEAST = 0.6, 0.5, 2


@dataclass(frozen=True)
class _Clause:
    stems: frozenset[str]
    is_denied: bool
    is_willing: bool


@dataclass(frozen=True)
class _Choice:
    field: Field
    value: str
    stems: frozenset[str]
    # What it is called as well, of which all has to be said: `delay` of `Delay or cancellation`.
    others: tuple[frozenset[str], ...] = ()

    def is_said(self, clause: _Clause) -> bool:
        is_other = any(other and other <= clause.stems for other in self.others)
        return is_other or _is_said(self.stems, clause)


def ticked(text: str, fields: Sequence[Field], values: Values) -> Values:
    """The boxes to tick and the options to choose that a text mentions.

    Args:
        text: sentences.
        fields: the form's.
        values: what is filled in already, which nothing here changes.

    Returns:
        Values of keys that have none yet.
    """
    clauses = list(_clauses(text))
    found: Values = {}
    for question, choices in _questions(fields).items():
        if any(values[choice.field.key] not in (None, UNTICK) for choice in choices):
            continue
        told = _answer(question, choices, clauses)
        found |= {key: value for key, value in told.items() if values[key] is None}
    return found


def _questions(fields: Sequence[Field]) -> dict[tuple[str, str], list[_Choice]]:
    # By their words: a group of boxes, a list to choose from, or a box by itself.
    found: dict[tuple[str, str], list[_Choice]] = defaultdict(list)
    for field in fields:
        if field.is_checkbox:
            alone = "" if field.group else field.key
            choice = _choice(field, TICK, field.choice)
            found[field.group, alone or field.section].append(choice)
        for option in field.options:
            label = field.printed or field.description
            found[label, field.key].append(_choice(field, option, option))
    return {asked: _without_days(found[asked]) for asked in list(found)[:_MOST_CHOICES]}


def _choice(field: Field, value: str, text: str) -> _Choice:
    name = _HEAD.split(text)[0]
    either = _EITHER.split(name)
    others = [*either] if len(either) > 1 else []
    if gendered := _GENDERED.fullmatch(text.strip()):
        word, ending = gendered.groups()
        others += [word, f"{word}{ending}", f"{word[:-1]}{ending}"]
    return _Choice(field, value, stems(name), tuple(dict.fromkeys(map(stems, others))))


def _without_days(choices: list[_Choice]) -> list[_Choice]:
    # Who comes on `Thursday 18` says Thursday; of `14 days` the number tells.
    short = [frozenset(stem for stem in one.stems if not stem.isdigit()) for one in choices]
    is_telling = all(short) and len(set(short)) == len(short)
    if not is_telling:
        return choices
    return [replace(one, stems=stem) for one, stem in zip(choices, short, strict=True)]


def _clauses(text: str) -> Iterator[_Clause]:
    count = 0
    for line in text.splitlines():
        for sentence in wording.SENTENCE_END.split(line):
            is_willing = _WILLING.search(sentence) is not None
            for part in _CLAUSE.split(sentence):
                if part and part.strip() and count < _MOST_CLAUSES:
                    count += 1
                    yield _Clause(stems(part), is_denied(part), is_willing)


def _answer(
    question: tuple[str, str], choices: Sequence[_Choice], clauses: Sequence[_Clause]
) -> Values:
    asked = stems(question[0])
    answers = {answer: choice for choice in choices if (answer := tick(_said(choice)))}
    if {TICK, UNTICK} <= answers.keys():
        about = [clause for clause in clauses if _is_said(asked, clause, _HALF)]
        said = [answers[UNTICK if clause.is_denied else TICK] for clause in about[:1]]
        return {choice.field.key: choice.value for choice in said}
    if len(choices) == 1 and choices[0].field.is_checkbox:
        return _agreed(choices[0], asked, clauses)
    return _mentioned(choices, asked, clauses)


def _said(choice: _Choice) -> str:
    return choice.field.choice if choice.value == TICK else choice.value


def _agreed(choice: _Choice, asked: frozenset[str], clauses: Sequence[_Clause]) -> Values:
    wanted = asked | choice.stems
    about = [clause for clause in clauses if clause.is_willing and _is_said(wanted, clause)]
    is_agreed = bool(about) and not any(clause.is_denied for clause in about)
    return {choice.field.key: TICK} if is_agreed else {}


def _mentioned(
    choices: Sequence[_Choice], asked: frozenset[str], clauses: Sequence[_Clause]
) -> Values:
    found: dict[str, _Choice] = {}
    for clause in clauses if len(choices) > 1 else ():
        said = [] if clause.is_denied else [one for one in choices if one.is_said(clause)]
        said = [one for one in said if not _is_of_others(one, said, clause)]
        for one in said:
            is_part = any(one.stems < other.stems for other in said)
            is_plain = not one.stems <= _EVERYWHERE or asked & clause.stems
            if is_plain and not is_part:
                found[f"{one.field.key} {one.value}"] = one
    is_list = len({choice.field.key for choice in choices}) == 1
    if is_list and len(found) != 1:
        return {}
    return {choice.field.key: choice.value for choice in found.values()}


def _is_of_others(choice: _Choice, said: Sequence[_Choice], clause: _Clause) -> bool:
    # Said in part, by words with which others are said as a whole.
    whole = [one.stems for one in said if one is not choice and one.stems <= clause.stems]
    of_others = frozenset[str]().union(*whole)
    is_whole = choice.stems <= clause.stems or any(one <= clause.stems for one in choice.others)
    return not is_whole and choice.stems & clause.stems <= of_others


def _is_said(wanted: frozenset[str], clause: _Clause, enough: float = _ENOUGH) -> bool:
    shared = wanted & clause.stems
    if not wanted or not shared:
        return False
    return shared == wanted or (len(shared) >= _LEAST and len(shared) >= enough * len(wanted))


def is_denied(text: str) -> bool:
    """Whether a clause says no to something."""
    return _NOT.search(text) is not None


@lru_cache(maxsize=10_000)
def stems(text: str) -> frozenset[str]:
    """The telling words of a text, without their endings."""
    words = words_of(_ENDING.sub(" ", _NOTES.sub(" ", text[:500])))
    plain = [_ALSO.get(word, word) for word in words if word and word not in _IDLE]
    return frozenset(_stemmer().stemWords(plain))


def without_endings(words: Iterable[str]) -> frozenset[str]:
    """Words without their endings, be they telling or not."""
    return frozenset(_stemmer().stemWords([word.casefold() for word in words]))


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")
