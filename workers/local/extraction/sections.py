"""The sections of a CV, in six languages: a heading that stands alone, and the lines under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workers.local.extraction import labels
from workers.local.extraction.segments import Segment, Sheet

# What tells that a heading is one of a CV.
_TELLING = (
    "experience employment career education qualification skill language interest hobby hobbies "
    "profile summary publication certification certificate award volunteering training "
    "berufserfahrung berufspraxis ausbildung bildung weiterbildung kenntnisse fahigkeiten sprachen "
    "sprachkenntnisse interessen profil formation competence langue loisir "
    "experiencia formacion educacion habilidades idiomas esperienza esperienze formazione "
    "istruzione competenze lingue werkervaring opleiding opleidingen vaardigheden talen"
)
_SCHOOL = (
    "education qualification training certification certificate ausbildung bildung weiterbildung "
    "formation formacion educacion formazione istruzione opleiding opleidingen"
)
# What else may stand in one.
_BESIDE = (
    "work working professional relevant previous history key technical other and of the personal "
    "laboral professionnelle professionnel beruflicher beruflicher berufliche und et e y en "
    "lavorativa lavorative professionale professionali it"
)
_MOST_WORDS = 4
# So many sections make a CV.
_LEAST = 2
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, eq=False)
class Section:
    """A section of a CV.

    Attributes:
        heading: what stands above it.
        lines: its lines, each in its pieces from the left.
    """

    heading: Segment
    lines: list[list[Segment]]

    @property
    def is_of_schools(self) -> bool:
        """Whether it says where somebody learned, rather than worked."""
        return bool(set(_words(self.heading.text)) & _SCHOOLS)


def find(sheets: Sequence[Sheet]) -> list[Section]:
    """The sections of a CV; none, if a document is something else.

    Args:
        sheets: the document's pages.
    """
    found: list[Section] = []
    for sheet in sheets:
        for line in sheet.lines:
            if len(line) == 1 and _is_heading(line[0].text):
                found.append(Section(line[0], []))
            elif found:
                found[-1].lines.append(line)
    kinds = {tuple(_words(section.heading.text)) for section in found}
    return found if len(kinds) >= _LEAST else []


def _is_heading(text: str) -> bool:
    words = _words(text)
    is_plain = len(text.split()) <= _MOST_WORDS and not re.search(r"[\d.,;]", text)
    is_all = all(word in _HEADINGS or word in _OTHERS for word in words)
    return is_plain and is_all and any(word in _HEADINGS for word in words)


def _words(text: str) -> list[str]:
    plain = labels.plain(text)
    return [word if word in _HEADINGS else word.removesuffix("s") for word in _WORD.findall(plain)]


_HEADINGS, _SCHOOLS, _OTHERS = (
    frozenset(listed.split()) for listed in (_TELLING, _SCHOOL, _BESIDE)
)
