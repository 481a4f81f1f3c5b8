"""Words as they are compared: without case, accents and endings, and despite OCR's errors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

# Words that say nothing of what a text is about.
_STOP_WORDS = """
a an and any are as at be been by can do does for from has have if in into is it its may not of
on or other our shall should such than that the their them these this those to was we were
which who will with without you your up down put somebody someone something anybody nobody else
just what when where how why there here also any all each every
am auf aus bei das dem den der des die dies diese dieser ein eine einem einen einer eines fur
hat im ist mit nach nicht oder sie sind uber und unser vom von was wenn wer wie wird wo zu zum zur
au aux avec ce ces cette dans de del des du en est et il la le les leur ou par pas pour quand que
qui sa se ses son sont sur un une vos votre
al con cual da dal dei della delle di e el i las lo los gli nel per por su sul sus una uno y
een het met na niet te van voor op zijn
ao aos dos das na nas no nos o os um uma
"""
# Words of any text, which say little where a description happens to have them.
_COMMON_WORDS = """
able about above according account across act action activity add additional address after again
age ago all allow along already although always amount another anyone anything apply area
around article ask available away back base based become before begin behalf being below best
better between body both brief bring business call carry case certain change check city
clear close come common company complete concern condition consider contain content copy correct
cost count country cover covers create current customer daily date day deal decide deliver depend
describe description design detail detailed detailing details develop different direct document
done down due during early easy effect either end enough enter entry etc even event ever every
example except explain fact few field file find first fixed follow following form formal found
full further general get give given go good great group grow half hand happen hard
head help here high history hold home hour however human idea identify include including increase
indicate individual information instead issue issued issuing item itself job keep kind know large
last late later lay lead learn least leave less let level life like line list listing
little live local location long look lot low made main make many mark matter mean measure
mention merely might minor minute moment month more most move much must name national
natural near need never new next night note now number object offer office official often old once
one only open option order organization original others out over own page paid paper
particular past pay pays people per period person personal place plan plus
point position possible power present presented print printed private probably problem proceed
process produce product program project promise prove provide provided providing public purpose
put question quick rate rather read real really reason receive receives received recent record
refer related remain report reported request require required result return review right rule run
same save say see seem send sent series serve service set several ship short show shows
side similar simple since single site size small so some someone something sometimes
sort speak special specific stand standard start state stated statement states status stay step
still stop story student subject submit such sum sure system table take taken takes tell text
thing think third though three through thus time title together told too top toward travel true
try turn type under understand unit until upon us use used user using usual usually value
various very visit walk want way week well whether while whole why wide within without word work
works world worth write written year yes yet young
abgeben abschnitt allgemein angaben angabe art beginn beispiel beschreibt bestimmt datei datum
dokument eigen einfach einige enthalt ergebnis erhalt erstellt form ganz gegeben gross gut inhalt
jahr kann kunde liste monat muss name neu nummer ort person punkt seite stellt tag teil text
verschieden viel weitere wert zeigt zeit ziel
afin ainsi autre avant bien cas chaque comme contenant contient date demande dernier document
donne entre exemple faire fait fin forme indique jour liste mois moyen nombre nouveau
periode personne peut plus plusieurs point premier selon service suite texte tout type utilise
ano caso cada como contiene cosa desde despues dia documento donde entre fecha forma general hacer
hasta lista lugar mes mismo mostrar nombre numero otro persona primero puede servicio sobre
tiempo tipo todo uso valor
"""
# Where something is to be written or ticked.
BLANK = "____"
_BLANK = re.compile(r"_{4}|\.{6}|\u2026{3}|[\u2610\u25a1]")
_WORD = re.compile(r"[^\W_]+|[#№]")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]{2,}")
_ENDING = re.compile(r"(?:ies|es|en|as|os|[aeiosy])$")
# `Rechnungs-Korrektur` is one word.
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u2011](?=[^\W\d_])")
_STEM_LENGTH = 4
_JOINTS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})
# A word may be made of two; shorter ones are found in too many by chance.
_PART_LENGTH, _LONGEST_ENDING = 5, 3
# `Contractor` is no contract, and `reception` no recipe.
_OF_OTHER_NOUNS = frozenset(("or", "ion", "ist", "ial", "ity"))
# What is longer is no word of people's.
_WORD_LENGTH = 60
_FUZZY_LENGTH, _FUZZY_LETTERS_EACH = 5, 5


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """A text without case and accents."""
    spread = unicodedata.normalize("NFKD", text.casefold().translate(_JOINTS))
    return "".join(char for char in spread if not unicodedata.combining(char))


@lru_cache(maxsize=50_000)
def terms(text: str) -> tuple[str, ...]:
    """The terms of a text in order: stems of words, and pairs of characters of unspaced scripts."""
    found: list[str] = [BLANK] if _BLANK.search(text) else []
    for word in _WORD.findall(folded(text)):
        if _UNSPACED.fullmatch(word):
            found += [word[start : start + 2] for start in range(len(word) - 1)]
        else:
            found.append(_stem(word))
    return tuple(found)


def telling(text: str) -> tuple[str, ...]:
    """The terms of a text that say what it is about, each once."""
    return tuple(dict.fromkeys(term for term in terms(text) if not is_idle(term)))


def is_idle(term: str) -> bool:
    """Whether a term says nothing of what a text is about."""
    return term in _stop_terms() or len(term) < 2 or term.isdigit()


def is_common(term: str) -> bool:
    """Whether a term is a word that any text may have, whatever it is about."""
    return term in _common_terms()


def spaced(name: str) -> str:
    """A name as words: `bankStatement_2` is `bank Statement 2`."""
    parted = re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])", " ", name)
    return re.sub(r"[_\s]+", " ", parted).strip()


def _stem(word: str) -> str:
    # Light on purpose: plurals and genders of some languages, and no two words made one.
    if word.isdigit() or word.endswith("ss"):
        return word
    stem = _ENDING.sub("", word)
    return stem if len(stem) >= _STEM_LENGTH else word


@cache
def _stop_terms() -> frozenset[str]:
    return frozenset(term for word in _STOP_WORDS.split() for term in (word, _stem(word)))


@cache
def _common_terms() -> frozenset[str]:
    return frozenset(map(_stem, _COMMON_WORDS.split()))


class Lexicon:
    """The terms that somebody looks for, found in words that hold or misspell them.

    Args:
        known: the terms.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._parts = frozenset(term for term in self._known if len(term) >= _PART_LENGTH)
        self._long = sorted(term for term in self._known if len(term) >= _FUZZY_LENGTH)
        self._read: dict[tuple[str, bool], tuple[str, ...]] = {}

    def read(self, word: str, is_recognized: bool) -> tuple[str, ...]:
        """The terms of a word: its own, or those known ones that it is made of or stands for.

        Args:
            word: as it is written.
            is_recognized: whether OCR has read it, so that letters may be wrong.
        """
        key = (word, is_recognized)
        if key not in self._read:
            whole = terms(_HYPHEN.sub("", word)) if _HYPHEN.search(word) else ()
            own = whole if len(whole) == 1 and whole[0] in self._known else terms(word)
            self._read[key] = tuple(
                known for term in own for known in self._known_terms(term, is_recognized)
            )
        return self._read[key]

    def _known_terms(self, term: str, is_recognized: bool) -> tuple[str, ...]:
        if term in self._known or not _PART_LENGTH <= len(term) <= _WORD_LENGTH or term.isdigit():
            return (term,)
        found = self._parts_of(term)
        if not found and is_recognized:
            found = self._misspelt(term)
        return found or (term,)

    def _parts_of(self, term: str) -> tuple[str, ...]:
        # German builds words of words, and OCR loses the space between them. Short ones are parts
        # only where all of a word is made of known ones.
        for start in range(_STEM_LENGTH, len(term) - _STEM_LENGTH + 1):
            head, tail = _stem(term[:start]), term[start:]
            if head in self._known and tail in self._known:
                return (head, tail)
        for length in range(len(term) - 1, _PART_LENGTH - 1, -1):
            if term[:length] in self._parts:
                rest = term[length:].removeprefix("s")
                return (term[:length], *(self._parts_of(rest) or self._remainder(rest)))
        for start in range(1, len(term) - _PART_LENGTH + 1):
            if term[start:] in self._parts:
                return (*self._remainder(term[:start]), term[start:])
        return ()

    def _remainder(self, part: str) -> tuple[str, ...]:
        # An ending is none; what is longer makes another word of it, and so does a noun's ending.
        is_word = part in self._known or part in _OF_OTHER_NOUNS
        return (part,) if is_word or len(part) > _LONGEST_ENDING else ()

    def _misspelt(self, term: str) -> tuple[str, ...]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        most = len(term) // _FUZZY_LETTERS_EACH
        # The first letter is seldom misread: `refund` is no `Befund`.
        alike = [known for known in self._long if known[0] == term[0]]
        best = process.extractOne(term, alike, scorer=OSA.distance, score_cutoff=most)
        return (best[0],) if best else ()
