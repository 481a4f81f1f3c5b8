"""What instructions say: which values belong to which names, in lists and in plain sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from workers.forms import paraphrases, wording
from workers.forms.answers import TICK, UNTICK
from workers.forms.said import Said

# Quoted texts beyond this are left as they are.
MAX_QUOTES = 6_000
# Clauses beyond this are read for names alone, and not for what they tell.
MAX_CLAUSES = 1_500
# So much of what is told before a name may say of whom it is.
MAX_BEFORE = 600
# Unicode's area for what everybody likes begins here.
_PRIVATE = 0xE000


class Judge(Protocol):
    """Who knows the form, and so what is a name in it."""

    def score(self, said: str) -> float:
        """How sure it is, of 100, that this names something that can be filled in."""

    def boxes(self, said: str) -> Sequence[object]:
        """The boxes to be ticked that this may mean."""

    def knows(self, said: str) -> bool:
        """Whether what is told by this name, without naming it, has a place."""


def found(instructions: str, judge: Judge) -> list[Said]:
    """What instructions say, in their order.

    Args:
        instructions: lines of names and values, or sentences.
        judge: tells what is a name.
    """
    return _Reader(judge).read(instructions)


def _without_lead(said: Said) -> Said:
    # `The doctor is at Caversham Surgery`
    value = wording.LEAD.sub("", said.value or "")
    if value[:1].isupper() or value[:1].isdigit():
        value = wording.TRAILING.split(value, maxsplit=1)[0]
    return replace(said, value=wording.OF_ANOTHER_KIND.split(value, maxsplit=1)[0])


class _Reader:
    def __init__(self, judge: Judge) -> None:
        self._score = judge.score
        self._boxes = judge.boxes
        self._knows = judge.knows
        self._quotes: list[str] = []
        self._clauses_left = MAX_CLAUSES
        self._before = ""  # what was told last, which may say of whom

    def read(self, text: str) -> list[Said]:
        said: list[Said] = []
        waiting = ""  # a name whose value stands on the next line
        for line in wording.QUOTED.sub(self._hidden, text).splitlines():
            plain = wording.BULLET.sub("", line).replace("**", "").replace("__", "").strip()
            if not plain:
                continue
            listed = list(self._listed(plain))
            if not listed and waiting:
                said.append(Said(waiting, self._shown(plain)))
                waiting = ""
                continue
            waiting = ""
            if listed and not listed[-1].value:
                waiting = listed.pop().name
            said += listed or self._told(plain)
        return said

    def _listed(self, line: str) -> Iterator[Said]:
        # Names with a colon or the like behind them; each value goes on until the next name.
        anchors = list(self._anchors(line))
        if anchors and wording.SENTENCE_END.search(line[: anchors[0][0]]):
            # In running text a value ends with its sentence.
            for sentence in wording.SENTENCE_END.split(line):
                plain = wording.FULL_STOP.sub("", sentence)
                yield from list(self._listed(plain)) or self._told(plain)
            return
        if anchors:
            yield from self._told(line[: anchors[0][0]])
        for number, (_, end, name) in enumerate(anchors):
            following = anchors[number + 1][0] if number + 1 < len(anchors) else len(line)
            value, *clauses = self._clauses(line[end:following])
            plain = wording.END_OF_NUMBER.sub("", wording.END_OF_ITEM.sub("", value))
            yield Said(self._shown(name), self._shown(plain))
            for clause in clauses:
                yield from self._one(clause)

    def _anchors(self, line: str) -> Iterator[tuple[int, int, str]]:
        start = 0
        for separator in wording.SEPARATOR.finditer(line):
            starts = [start]
            starts += [
                start + found.end()
                for found in wording.BOUNDARY.finditer(line[start : separator.start()])
            ]
            names = [(at, line[at : separator.start()]) for at in starts]
            at, name = max(names, key=lambda each: self._score(self._shown(each[1])))
            if self._score(self._shown(name)):
                yield at, separator.end(), name
                start = separator.end()

    def _told(self, text: str) -> list[Said]:
        return [
            said
            for sentence in wording.SENTENCE_END.split(text)
            for said in self._of_row(self._of_sentence(sentence))
        ]

    def _of_sentence(self, sentence: str) -> list[Said]:
        told: list[Said] = []
        for clause in self._whole(sentence) or self._clauses(sentence):
            self._before = f"{self._before} {clause}"[-MAX_BEFORE:]
            told += [replace(said, about=self._before) for said in self._one(clause)]
        return told

    def _of_row(self, said: list[Said]) -> list[Said]:
        # `Item 2 is a tripod, serial number 4711`: that is the second serial number.
        row = wording.ROW.search(said[0].name) if said else None
        if not row:
            return said
        named = [(one, f"{one.name} {row.group()}") for one in said[1:]]
        return [
            said[0],
            *(replace(one, name=name) if self._score(name) else one for one, name in named),
        ]

    def _whole(self, sentence: str) -> list[str]:
        # A sentence about somebody else is not taken apart.
        text = sentence.strip().rstrip(".!?")
        return [sentence] if paraphrases.is_of_another(text) else []

    def _clauses(self, text: str) -> list[str]:
        # A comma or an "and" parts two clauses only where something is said after it.
        clauses: list[str] = []
        start = 0
        noted = [found.span() for found in wording.IN_BRACKETS.finditer(text)]
        boundaries = [
            found
            for found in wording.BOUNDARY.finditer(text)
            if not any(first < found.start() < last for first, last in noted)
        ]
        for number, boundary in enumerate(boundaries):
            is_last = number + 1 == len(boundaries)
            end = len(text) if is_last else boundaries[number + 1].start()
            following = text[boundary.end() : end]
            is_own = wording.ends_in_name(text[start : boundary.start()])
            if (is_own and wording.OWN.match(following)) or self._one(following):
                clauses.append(text[start : boundary.start()])
                start = boundary.end()
        return [*clauses, text[start:]]

    def _one(self, clause: str) -> list[Said]:
        text = wording.END_OF_ITEM.sub("", clause.rstrip().rstrip(".!?")).strip()
        noted = wording.NOTED.fullmatch(text)
        main = self._read_one(noted["main"]) if noted else []
        if not noted or not main:
            return self._read_one(text)
        notes = [self._of(main[-1].name, part) for part in noted["notes"].split(",")]
        return [
            *main,
            *(said for listed in notes for said in listed),
            *self._one(noted["rest"] or ""),
        ]

    def _of(self, name: str, note: str) -> list[Said]:
        # `My landlord is Tom Roe (020 7946 0018)`: that is the landlord's phone, if anybody's.
        found: list[Said] = []
        for said in self._read_one(note.strip()):
            theirs = f"{name} {said.name}"
            if self._score(theirs):
                found.append(replace(said, name=theirs))
            elif not said.is_told:
                found.append(said)
        return found

    def _read_one(self, text: str) -> list[Said]:
        while polite := wording.POLITE.match(text):
            text = text[polite.end() :]
        for reading in (
            self._unticked,
            self._ticked,
            self._agreed,
            self._paraphrased,
            self._set,
            self._put,
            self._stated,
            self._bare,
        ):
            said = reading(text)
            if said:
                return said
        # `Costs: travel 240`, where nothing is called costs.
        _, colon, rest = text.partition(": ")
        return self._read_one(rest) if colon else []

    def _unticked(self, text: str) -> list[Said]:
        empty = wording.LEFT_EMPTY.match(text)
        if empty:
            return [Said(name, None) for name in self._names(empty["name"], self._score)]
        found = wording.UNTICKED.match(text)
        names = self._names(text[found.end() :], self._boxes) if found else []
        return [Said(name, UNTICK, is_tick=True) for name in names]

    def _ticked(self, text: str) -> list[Said]:
        found = wording.TICKED.match(text)
        names = self._names(text[found.end() :], self._boxes) if found else []
        return [Said(name, TICK, is_tick=True) for name in names]

    def _agreed(self, text: str) -> list[Said]:
        found = wording.AGREED.match(text)
        if not found:
            return []
        value = UNTICK if found["no"] else TICK
        for name in (text, found["name"]):
            if self._boxes(self._shown(name)):
                return [Said(self._shown(name), value, is_tick=True)]
        return []

    def _paraphrased(self, text: str) -> list[Said]:
        self._clauses_left -= 1
        told = paraphrases.told(text, self._knows) if self._clauses_left > 0 else []
        return [Said(name, self._shown(value), is_told=True) for name, value in told]

    def _set(self, text: str) -> list[Said]:
        verb = wording.SET.match(text)
        return self._parted(text[verb.end() :], wording.TO) if verb else []

    def _put(self, text: str) -> list[Said]:
        verb = wording.PUT.match(text)
        return self._parted(text[verb.end() :], wording.INTO, value_first=True) if verb else []

    def _stated(self, text: str) -> list[Said]:
        by_to = self._parted(text, wording.TO)
        # `Pay by transfer to ...` sets nothing.
        sure = [said for said in by_to if self._score(said.name) >= wording.SURE]
        stated = self._parted(text, wording.IS)
        return [_without_lead(said) for said in stated] or sure

    def _bare(self, text: str) -> list[Said]:
        # "Email ada@example.org": a name word by word, and then what looks like a value.
        spaces = [space.start() for space in re.finditer(" ", text[: wording.MAX_NAME])]
        for space in reversed(spaces[: wording.MAX_BARE_WORDS]):
            name, value = text[:space], text[space + 1 :]
            if wording.splits_date(name, value):
                continue
            least = wording.LIKELY if wording.CODE.fullmatch(value) else wording.SURE
            if self._score(self._shown(name)) >= least and wording.VALUE.match(value):
                before = wording.BEFORE_DATE.fullmatch(value)
                return [Said(self._shown(name), self._shown(before["value"] if before else value))]
        return []

    def _parted(
        self, text: str, connector: re.Pattern[str], *, value_first: bool = False
    ) -> list[Said]:
        # Where a connector stands several times, the one beside what is most surely a name.
        best, sure = Said("", None), 0.0
        for found in connector.finditer(text):
            before, after = text[: found.start()], text[found.end() :]
            name, value = (after, before) if value_first else (before, after)
            score = self._score(self._shown(name)) if len(name) <= wording.MAX_NAME else 0
            if value and score > sure:
                best, sure = Said(self._shown(name), self._shown(value)), score
        return [best] if sure else []

    def _names(self, text: str, is_known: Callable[[str], object]) -> list[str]:
        whole = self._shown(text)
        if is_known(whole):
            return [whole]
        parts = [self._shown(part) for part in wording.LISTED.split(text)]
        return parts if all(map(is_known, parts)) else []

    # Quoted values may hold anything; while sentences are taken apart a single letter stands for
    # each, from the area that Unicode leaves to everybody.

    def _hidden(self, quoted: re.Match[str]) -> str:
        if len(self._quotes) >= MAX_QUOTES:
            return quoted.group()
        self._quotes.append(next(part for part in quoted.groups() if part is not None))
        return chr(_PRIVATE + len(self._quotes) - 1)

    def _shown(self, text: str) -> str:
        last = _PRIVATE + len(self._quotes)
        return "".join(
            self._quotes[ord(c) - _PRIVATE] if _PRIVATE <= ord(c) < last else c for c in text
        ).strip()
