"""What sentences may say of a form's fields: values, each with the clause that it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from workers.forms import clauses, mentions
from workers.forms.clauses import Word
from workers.forms.meanings import Offer
from workers.local.extraction import blocks

_MOST_OFFERS, _NEAR, _FEW = 200, 4, 2
# Behind these something is said of what stands before, in the languages of many forms.
_IS_WORDS = (
    "is are was were ist sind war lautet hei\u00dft est sont \u00e9tait es son fue era \u00e8 sono "
    "\u00e9 s\u00e3o has have hat haben tiene ha"
)
_CONNECTING_WORDS = (
    "be am at for by because as in of from to on with since until under called named into no "
    "number bei als von f\u00fcr seit bis ab zum zur im am an mit weil wegen chez comme \u00e0 au "
    "de du des pour depuis par dans en como desde hasta por para a presso come di del della da dal "
    "per zijn bij voor van uit em"
)
_ARTICLE_WORDS = (
    "a an the der die das den dem ein eine einen einem einer le la les un une el los las una il lo "
    "gli i uno de het een o os as um uma my his her their our your"
)
_NAME_WORDS = "of de del della di da la van von der den du des y e the and & le les"
# Words that begin a sentence, and no name.
_FIRST_WORDS = (
    "i he she it we they you my his her our their your its the a an please in on at to for by as "
    "this that there ich er sie es wir mein meine sein seine ihr ihre bitte der die das den mit am "
    "im je il elle nous mon ma mes son sa ses le la les merci su sus mi mis el los las por en io "
    "lui lei mio mia suo sua per"
)
_IS = frozenset(_IS_WORDS.split())
_CONNECTING = _IS | frozenset(_CONNECTING_WORDS.split())
_ARTICLES = frozenset(_ARTICLE_WORDS.split())
_LEADING = _CONNECTING | _ARTICLES
_IN_NAMES = frozenset(_NAME_WORDS.split())
_FIRST = frozenset(_FIRST_WORDS.split())
_CHILD_WORDS = (
    "son daughter child sohn tochter kind fils fille hijo hija figlio figlia mother father sister "
    "brother mutter vater schwester bruder m\u00e8re p\u00e8re s\u0153ur fr\u00e8re madre padre "
    "hermana hermano sorella fratello"
)
_CHILD = frozenset(_CHILD_WORDS.split())
_OPENING, _MOST_ABOUT = 2, 600
_TITLE = re.compile(
    r"^(?:(?:Frau|Herrn?|Mr|Mrs|Ms|Miss|Mme|Madame|Monsieur|Sra?|Sig|Sig\.ra|Dr|Prof)\.?\s)+", re.I
)
_NAME = re.compile(r"[^\d_,;:@/&]+")
# Whom somebody speaks of, which says no name.
_PRONOUNS = frozenset(("me", "you", "him", "us", "them", "it", "her", "mich", "mir", "uns", "moi"))
_BOUND = frozenset(("for", "f\u00fcr", "pour", "para", "per"))


def offers(text: str) -> list[Offer]:
    """The values that sentences may tell, in their order.

    Args:
        text: sentences.
    """
    found: dict[tuple[int, int], Offer] = {}
    for sentence in clauses.of(text):
        for offer in _of_sentence(text, sentence):
            found.setdefault((offer.start, offer.end), offer)
        if len(found) >= _MOST_OFFERS:
            break
    return list(found.values())[:_MOST_OFFERS]


def person(text: str) -> str:
    """Whom the first sentences are about: `the form for Ada Roe`, `my daughter Ada Roe`.

    Args:
        text: sentences.

    Returns:
        A name of two words to four, or an empty text.
    """
    for sentence in islice(clauses.of(text), _OPENING):
        for clause in sentence:
            for first, last in _runs(clause, is_first=False):
                words = clause[first:last]
                is_whose = first > 0 and _plain(clause[first - 1]) in _BOUND | _CHILD
                name = text[words[0].start : words[-1].end]
                is_plain = _NAME.fullmatch(name) and not blocks.LEGAL_FORM.search(name)
                if is_whose and is_plain and _FEW <= len(words) <= _NEAR:
                    return _TITLE.sub("", name)
    return ""


def _of_sentence(text: str, sentence: Sequence[Sequence[Word]]) -> Iterator[Offer]:
    for number, clause in enumerate(sentence):
        about = text[max(0, clause[0].start - _MOST_ABOUT) : clause[-1].end]
        before, after = sentence[number - 1] if number else (), sentence[number + 1 :]
        if number and ":" in text[before[-1].end : clause[0].start]:
            end = sentence[-1][-1].end
            name = " ".join(word.text for word in before)
            yield Offer((name,), text[clause[0].start : end], True, clause[0].start, end, about)
        if mentions.is_denied(" ".join(word.text for word in clause)):
            continue
        runs = [run for run in _runs(clause, is_first=number == 0) if not _is_subject(clause, run)]
        more = [*_numbers(clause, runs), *_titles(clause, runs), *_complements(clause)]
        for first, last in [*runs, *more]:
            start, end = clause[first].start, clause[last - 1].end
            if last == len(clause) and any(word.has_digit for word in clause[first:last]):
                end = _going_on(after, end)
            names = tuple(dict.fromkeys(_names(clause, (first, last), runs, before)))
            if names:
                yield Offer(names, text[start:end], True, start, end, about)


def _runs(clause: Sequence[Word], *, is_first: bool) -> Iterator[tuple[int, int]]:
    # Names and numbers: words with capitals and digits beside one another.
    start = 0
    while start < len(clause):
        end = start + 1 if clause[start].is_shaped else start
        while end < len(clause) and _is_of_run(clause, start, end, is_first):
            end += 1
        while end > start and not clause[end - 1].is_capital:
            end -= 1
        if end > start:
            yield start, end
        start = max(end, start + 1)


def _titles(clause: Sequence[Word], runs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    # `Spreadsheets for Beginners`
    for (first, last), (begin, end) in pairwise(runs):
        if last - first == 1 and begin - last == 1 and _plain(clause[last]) in _BOUND:
            yield first, end


def _is_of_run(clause: Sequence[Word], start: int, place: int, is_first: bool) -> bool:
    word = clause[place]
    if word.is_shaped or clause[start].is_shaped or word.text == "I":
        return False
    if word.text[0].isupper() and word.text.casefold() in _FIRST:
        return False
    if place == 0 and is_first and not word.has_digit:
        return len(clause) > 1 and _is_of_run(clause, 1, 1, is_first)
    return word.is_capital or (place > start and word.text.casefold() in _IN_NAMES)


def _numbers(clause: Sequence[Word], runs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    # `Year 3`
    for first, last in runs:
        # `BA 778` is one.
        numbers = [
            place
            for place in range(first + 1, last)
            if clause[place].has_digit and not clause[place - 1].text.isupper()
        ]
        if numbers:
            yield numbers[0], last


def _complements(clause: Sequence[Word]) -> Iterator[tuple[int, int]]:
    for place, word in enumerate(clause[:-1]):
        start = place + 1
        while start < len(clause) - 1 and clause[start].text.casefold() in _LEADING:
            start += 1
        if _plain(word) in _CONNECTING and _plain(clause[start]) not in _LEADING:
            end = _end_of(clause, start)
            more = clause[start + 1 :]
            is_pronoun = _plain(clause[start]) in _PRONOUNS
            if not is_pronoun and not any(_plain(one) in _IS or one.is_shaped for one in more):
                yield start, end


def _end_of(clause: Sequence[Word], start: int) -> int:
    # Where something else is named behind another connecting word, the value ends before that.
    for place in range(start + 1, len(clause) - 1):
        is_other = _plain(clause[place]) in _CONNECTING - _IN_NAMES
        if is_other and any(word.is_capital for word in clause[place + 1 :]):
            return place
    return len(clause)


def _going_on(after: Sequence[Sequence[Word]], end: int) -> int:
    # `12 Market Place, Durham DH1 3NE`
    for clause in after:
        is_name = all(word.is_capital and not word.is_shaped for word in clause)
        if not is_name or clause[0].start > end + 2:
            break
        end = clause[-1].end
    return end


def _names(
    clause: Sequence[Word],
    span: tuple[int, int],
    runs: Sequence[tuple[int, int]],
    before: Sequence[Word],
) -> Iterator[str]:
    # The words around it that are around no other name or number.
    first, last = span
    others = [run for run in runs if not _is_noun(clause, run)]
    start = max((end for _, end in others if end <= first), default=0)
    is_last = not any(begin >= last for begin, _ in others)
    ahead, behind = clause[start:first], clause[last:] if is_last else ()
    around = [*ahead, *behind]
    if len(around) < _FEW and not start:
        around = [*before[:1], *(word for word in before[1:] if not word.is_capital), *around]
        around = [word for word in around if not word.has_digit]
    bare = [word for word in ahead if _plain(word) not in _LEADING | _FIRST]
    for words in (around, ahead[-_NEAR:], bare[-_NEAR:]):
        if any(_is_telling(word) for word in words):
            yield " ".join(word.text for word in words)


def _is_noun(clause: Sequence[Word], run: tuple[int, int]) -> bool:
    # `die Telefonnummer`
    first, last = run
    before = _plain(clause[first - 1]) if first else ""
    is_word = last - first == 1 and not clause[first].has_digit and not clause[first].is_shaped
    return is_word and before in _ARTICLES | _FIRST


def _is_subject(clause: Sequence[Word], run: tuple[int, int]) -> bool:
    # `die IBAN lautet ...`
    following = clause[run[1] : run[1] + 1]
    return _is_noun(clause, run) and any(_plain(word) in _IS for word in following)


def _is_telling(word: Word) -> bool:
    plain = _plain(word)
    return len(plain) > _FEW and plain not in _LEADING | _FIRST


def _plain(word: Word) -> str:
    return word.text.casefold()
