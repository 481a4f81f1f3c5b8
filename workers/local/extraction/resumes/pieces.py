"""What the pieces of a résumé's entry are: what somebody was, and at whose place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workers.local.extraction import blocks
from workers.local.extraction.resumes.sections import WORK, Line

_BETWEEN = re.compile(r"\s+[|\u2022\u00b7\u2013\u2014-]\s+|\s{2,}")
_AT = re.compile(r" (?:at|bei|chez) (?=[A-Z])")
_FIRM = re.compile(
    r"\b(?:inc|llc|ltd|llp|plc|corp|corporation|company|co|gmbh|ag|kg|hospital|cent(?:er|re)|"
    r"university|college|school|bank|group|institute|agency|services|solutions|systems|"
    r"technologies|clinic|hotel|restaurant|foundation|council|association|partners|consulting|"
    r"labs?|laboratories|studios?|industries|international|holdings|department of|ministry|"
    r"klinikum|krankenhaus|verein|stadt|société|hôpital|banque|empresa|banco|azienda)\b",
    re.IGNORECASE,
)
_JOB = re.compile(
    r"\b(?:manager|engineer|nurse|director|assistant|analyst|developer|consultant|officer|intern|"
    r"lead|specialist|coordinator|technician|supervisor|clerk|teacher|professor|lecturer|chef|cook|"
    r"driver|designer|architect|accountant|administrator|representative|associate|president|head|"
    r"chief|executive|secretary|operator|mechanic|electrician|cashier|trainee|apprentice|adviser|"
    r"advisor|controller|editor|writer|scientist|researcher|programmer|buyer|planner|leiter(?:in)?|"
    r"ingenieur(?:in)?|entwickler(?:in)?|berater(?:in)?|sachbearbeiter(?:in)?|praktikant(?:in)?|"
    r"werkstudent(?:in)?|ingénieure?|directeur|directrice|responsable|chargée?|stagiaire)\b",
    re.IGNORECASE,
)
_SCHOOL = re.compile(
    r"universit|college|school|institut|hochschule|école|lycée|gymnasium|academy|akademie|"
    r"polytechni|conservator|facult|fachschule|instituto",
    re.IGNORECASE,
)
_PLACE = re.compile(r"[^\W\d_][\w .'-]{1,30}, (?:[A-Z]{2}|[^\W\d_][\w .'-]{2,20})")


def of(lines: Sequence[Line], when: re.Pattern[str], kind: str) -> list[str]:
    """The pieces of an entry's lines, without what says when; of work also those around `at`."""
    texts = [when.sub("  ", line.text, count=1) for line in lines]
    texts = [_AT.sub("  ", text) for text in texts] if kind == WORK else texts
    pieces = [piece.strip(" ,;|") for text in texts for piece in _BETWEEN.split(text)]
    return [piece for piece in pieces if any(map(str.isalpha, piece))]


def work(pieces: Sequence[str]) -> tuple[str, str]:
    """What somebody was, and for whom: the first two pieces, by what their words are."""
    if len(pieces) == 1:
        title, _, firm = pieces[0].partition(", ")
        pieces = [title, firm] if firm else [title]
    if len(pieces) < 2:
        return (pieces[0], "") if pieces and not _is_firm(pieces[0]) else ("", "".join(pieces))
    first, second = pieces[:2]
    if _PLACE.fullmatch(second) and len(pieces) > 2 and not _JOB.search(second):
        second = pieces[2]  # `Okapi Ltd   Leeds, UK`, and below it what she was
    return (first, second) if _rank(first) >= _rank(second) else (second, first)


def school(pieces: Sequence[str]) -> tuple[str, str]:
    """What somebody learned, and where."""
    parts = [part for piece in pieces for part in re.split(r",\s+", piece)]
    at = next((number for number, part in enumerate(parts) if _SCHOOL.search(part)), None)
    if at is None:
        return "", ""
    degree = parts[:at] or parts[at + 1 :]
    return ", ".join(degree), parts[at]


def _rank(text: str) -> int:
    # How much rather it is what somebody was than a firm.
    return bool(_JOB.search(text)) - _is_firm(text)


def _is_firm(text: str) -> bool:
    return _FIRM.search(text) is not None or blocks.LEGAL_FORM.search(text) is not None
