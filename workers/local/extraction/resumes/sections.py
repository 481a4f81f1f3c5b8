"""The parts of a résumé under their headings, and the entries of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workers.local.extraction import labels
from workers.local.extraction.segments import Segment, Sheet, has_digit

WORK = "work"
SCHOOL = "school"
_OTHER = "other"
_WORDS = {
    WORK: "experience employment career jobs work positions berufserfahrung berufspraxis werdegang "
    "experiences emploi emplois parcours experiencia esperienze esperienza werkervaring",
    SCHOOL: "education academic qualifications studies ausbildung bildung studium formation "
    "formations diplomes etudes educacion formacion formazione istruzione opleiding opleidingen",
    _OTHER: "skills competencies summary profile objective licenses certifications certificates "
    "languages interests references awards publications projects volunteer kenntnisse sprachen "
    "hobbys interessen zertifikate competences langues loisirs idiomas habilidades competenze "
    "lingue vaardigheden talen contact about",
}
_KIND_OF = {word: kind for kind, listed in _WORDS.items() for word in listed.split()}
_MOST_HEADING_WORDS = 4
# A résumé has two of these parts at least.
_LEAST_PARTS = 2
_BULLET = re.compile(r"[-*\u2022\u00b7\u2013\u25cf\u25aa\u25e6\uf0b7]\s?")
_MONTH = (
    r"(?:jan|feb|mar|mär|apr|avr|may|mai|maj|jun|jui|jul|aug|aoû|sep|oct|okt|nov|dec|dez|déc|fév|"
    r"ene|abr|ago|dic|gen|mag|giu|lug|set|ott|mei|mrt)[^\W\d_]{0,7}\.?"
)
_POINT = rf"(?:{_MONTH}\s\d{{4}}|\d{{1,2}}[/.]\d{{4}}|\d{{4}}-\d{{2}}|(?:19|20)\d\d)"
_NOW = (
    r"present|current|now|today|ongoing|heute|aktuell|dato|aujourd'hui|présent|actualidad|actual|"
    r"oggi|heden"
)
PERIOD = re.compile(
    rf"\(?(?P<start>\b{_POINT})\s?(?:-|\N{{EN DASH}}|\N{{EM DASH}}|to|until|bis|au|à|a|al|tot)\s?"
    rf"(?P<end>{_POINT}|(?P<now>{_NOW}))(?!\w)\)?",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/.])")


@dataclass(frozen=True)
class Line:
    """A line of a part: its pieces, and its text."""

    pieces: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """Its pieces together."""
        return "  ".join(piece.text for piece in self.pieces)

    @property
    def is_bullet(self) -> bool:
        """Whether it tells what somebody did, below what he or she was."""
        return _BULLET.match(self.text) is not None


def parts(sheets: Sequence[Sheet]) -> list[tuple[str, list[Line]]]:
    """The parts of a résumé, each with its kind; none of another document."""
    found: list[tuple[str, list[Line]]] = [("top", [])]
    for sheet in sheets:
        for segments in sheet.lines:
            line = Line(tuple(segments))
            kind = _kind(line)
            if kind:
                found.append((kind, []))
            else:
                found[-1][1].append(line)
    kinds = {kind for kind, _ in found[1:]}
    is_resume = len(found) > _LEAST_PARTS and bool(kinds & {WORK, SCHOOL})
    return found if is_resume and len(found[0][1]) else []


def entries(lines: Sequence[Line], when: re.Pattern[str]) -> Iterator[list[Line]]:
    """The entries of a part: the lines around each that says when, without what they tell.

    Args:
        lines: the part's.
        when: finds what says when.
    """
    group: list[Line] = []
    for line in (*lines, None):
        if line is not None and not line.is_bullet:
            group.append(line)
            continue
        yield from _of_group(group, when)
        group = []


def _of_group(group: Sequence[Line], when: re.Pattern[str]) -> Iterator[list[Line]]:
    # Entries may follow one another with nothing between; all begin as the first does.
    at = [number for number, line in enumerate(group) if when.search(line.text)]
    if not at:
        return
    lead = min(at[0], 1)
    starts = [number - lead for number in at]
    for start, end in zip(starts, [*starts[1:], len(group)], strict=True):
        yield list(group[max(start, 0) : min(end, start + lead + 2)])


def _kind(line: Line) -> str:
    text = line.text.rstrip(" :")
    words = text.split()
    is_short = len(line.pieces) == 1 and len(words) <= _MOST_HEADING_WORDS
    if not is_short or has_digit(text) or "," in text or not text[:1].isupper():
        return ""
    return next((kind for word in words if (kind := _KIND_OF.get(labels.plain(word)))), "")
