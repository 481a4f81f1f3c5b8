"""Whether a property's name and a label in a document mean the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from workers.local.extraction import synonyms, tongues

Tokens = tuple[str, ...]

# Below this a label is another field's.
SIMILAR = 0.6
# What a digit in a label ("VAT 19 %") says against a name without one.
_STRAY_DIGIT = 0.2
_LONGEST_PHRASE = 5
_MIN_COMPOUND, _MIN_PART = 6, 3
_LINKS = ("", "s", "n", "es", "en")
# How alike words must be of which a letter may have been misread; short ones never are.
_MISREAD, _MIN_MISREAD = 80.0, 5
_ABBREVIATED = 0.95
_MAX_CHARACTERS = 200
# What a label such as `Order` need not say of a `purchase order number`.
_UNSAID = frozenset(("number", "purchase"))

_WORD = re.compile(r"n[°º]|№|#|[^\W\d_]+|\d+")
# A second language beside the first: `Total` with the Arabic or Hebrew word for it.
_SEMITIC = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+")
_RUN = re.compile(r"[^\W\d_]+")
# `1 Wages` or `c Employer's name`: the boxes of a form are numbered.
_BOX = re.compile(r"\(?(?:\d{1,2}[a-z]?|[a-z])(?:[.)] ?| )(?=[A-Z]\w)")
# Names of properties write umlauts in two letters, labels lose their dots: `pruefer`, `Prüfer`.
_UMLAUT = re.compile(r"([ao]|(?<![aegq])u)e(?=[^\Waeiouy\d_])")
_CAMEL = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@lru_cache(maxsize=100_000)
def tokens(text: str) -> Tokens:
    """What the words of a name or label mean, without those that mean nothing by themselves."""
    return _concepts(_words(text))


@lru_cache(maxsize=100_000)
def misread_tokens(text: str, known: frozenset[str]) -> Tokens:
    """As `tokens`, for text of which some letters may be wrong.

    Args:
        text: a label.
        known: words that it may hold, beside those that everybody knows.
    """
    found = _words(text)
    if " ".join(found) in tongues.labels():
        return _concepts(found)
    return _concepts([_corrected(word, known) for word in found])


def parts(name: str) -> list[str]:
    """The words of a property's name as labels write them: `pruefDatum` is `pruf` and `datum`."""
    return [_UMLAUT.sub(r"\1", word) for word in _words(name)]


def box(text: str) -> str:
    """The number of a form's box, before its label; empty if there is none."""
    match = _BOX.match(text)
    return match.group() if match else ""


def words(texts: Iterable[str]) -> frozenset[str]:
    """All the words of these texts, as `misread_tokens` takes them; also without their spaces."""
    found = [_words(text) for text in texts]
    return frozenset(word for listed in found for word in (*listed, "".join(listed)))


@lru_cache(maxsize=200_000)
def similarity(name: Tokens, label: Tokens) -> float:
    """How much of a name and a label is the same, from 0 to 1."""
    common = [token for token in dict.fromkeys(name) if token in label]
    unnamed = [token for token in dict.fromkeys(label) if token not in name]
    unlabelled = [token for token in dict.fromkeys(name) if token not in label]
    matched = sum(_weight(token) for token in common)
    against = 0.0
    for token in list(unlabelled):
        relation, other = _most_related(token, unnamed)
        if other is not None:
            unlabelled.remove(token)
            unnamed.remove(other)
            matched += relation * _weight(token)
            against += (1 - relation) * _weight(token)
    if not matched or (_digits(name) and _digits(label) and _digits(name) != _digits(label)):
        return 0.0
    if unlabelled[-1:] == ["number"] and set(unlabelled) <= _UNSAID and not unnamed:
        against = min(against, matched)  # "Invoice 4711"
        return max(SIMILAR, matched / (matched + against + sum(map(_weight, unlabelled))))
    against += sum(_weight(token) for token in unlabelled)
    against += sum(_STRAY_DIGIT if token.isdigit() else _weight(token) for token in unnamed)
    return matched / (matched + against)


def related(token: str) -> list[str]:
    """The concepts that a label may have in place of this one."""
    return [other for pair in synonyms.RELATED if token in pair for other in pair - {token}]


def is_common(text: str) -> bool:
    """Whether a text is made of words that are known from labels, and of nothing else."""
    found = tokens(text)
    return bool(found) and all(token in _known_concepts() for token in found)


def has_latin(text: str) -> bool:
    """Whether any letter of a text is one of Latin script."""
    return any(char.isalpha() and char < "\u0250" for char in text)


def is_second_language(text: str) -> bool:
    """Whether a text is Arabic or Hebrew alone, as labels are that stand under Latin ones."""
    return _SEMITIC.search(text) is not None and not has_latin(text)


def _digits(found: Tokens) -> list[str]:
    return [token for token in found if token.isdigit()]


def _words(text: str) -> list[str]:
    text = text[:_MAX_CHARACTERS]
    if not text.isascii() and has_latin(text):
        text = _SEMITIC.sub(" ", text)
    bare = plain(_RUN.sub(_spaced, text))
    # NFKD turns the numero signs into letters: "no", and a raised "o" behind its "n".
    found = _WORD.findall(bare.replace("\N{DEGREE SIGN}", "\N{DEGREE SIGN} "))
    return ["n#" if word in ("n\N{DEGREE SIGN}", "#") else word for word in found]


def _spaced(match: re.Match[str]) -> str:
    # "invoiceNumber" is two words, "MwSt" is one.
    word = match.group()
    bare = plain(word)
    is_one = bare in _vocabulary() or bare in _phrases()
    return word if is_one else _CAMEL.sub(" ", word)


def plain(text: str) -> str:
    """A text in small letters without accents."""
    bare = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in bare if not unicodedata.combining(char))


def _concepts(found: list[str]) -> Tokens:
    # In further languages whole labels are known: of their short words some are words elsewhere.
    digits = tuple(word for word in found if word.isdigit())
    plain = [word for word in found if word not in digits and word not in synonyms.FILLERS]
    for label in (" ".join(found), " ".join(plain)):
        if label in tongues.labels() and label not in _vocabulary() and label not in _phrases():
            return tongues.labels()[label] + digits
    concepts: list[str] = []
    position = 0
    while position < len(found):
        for length in range(min(_LONGEST_PHRASE, len(found) - position), 0, -1):
            phrase = _phrases().get(" ".join(found[position : position + length]))
            if phrase:
                concepts += phrase
                position += length
                break
        else:
            concepts += _meaning(found[position])
            position += 1
    telling = [concept for concept in concepts if concept not in synonyms.FILLERS]
    return _sums(tuple(telling or concepts))


def _sums(found: Tokens) -> Tokens:
    # A total without tax is the subtotal, one with it is the total, and one of it is the tax.
    if set(found) == {"total", "tax"}:
        return ("tax", "amount")
    if "total" not in found or not {"net", "gross"} & set(found):
        return found
    if "gross" in found:
        return tuple(token for token in found if token not in ("gross", "net"))
    return tuple(
        {"total": "subtotal"}.get(token, token) for token in found if token not in ("net",)
    )


@lru_cache(maxsize=100_000)
def _meaning(word: str) -> Tokens:
    for form in (word, word.removesuffix("s")):
        if form in _vocabulary():
            return (_vocabulary()[form],)
        if form in _phrases():
            return _phrases()[form]
    return _parts(word) or _of_head(word) or (_UMLAUT.sub(r"\1", word),)


def _of_head(word: str) -> Tokens | None:
    # `Stromrechnung` is an invoice, `Abrechnung` is none.
    for head, others in synonyms.HEADS.items():
        before = word.removesuffix(head)
        if word.endswith(head) and len(before) >= _MIN_PART and not before.endswith(others):
            return (_vocabulary()[head],)
    return None


@lru_cache(maxsize=100_000)
def _parts(word: str) -> Tokens | None:
    # A compound: "Rechnungsnummer", or words between which OCR has seen no space.
    if not _MIN_COMPOUND <= len(word) <= 40:
        return None
    for end in range(len(word) - len("nr"), _MIN_PART - 1, -1):
        head = _vocabulary().get(word[:end])
        for link in _LINKS if head else ():
            tail = word[end:].removeprefix(link) if word[end:].startswith(link) else ""
            if len(tail) < _MIN_PART and tail not in ("no", "nr", "id"):
                continue
            rest = _tail(tail)
            if head and rest:
                return (head, *rest)
    return None


def _tail(word: str) -> Tokens | None:
    # A `Kostenart` is a type, and no `Art.` of an item.
    if word in synonyms.TAILS:
        return (synonyms.TAILS[word],)
    return (_vocabulary()[word],) if word in _vocabulary() else _parts(word)


def _corrected(word: str, known: frozenset[str]) -> str:
    if len(word) < _MIN_MISREAD or word in known or word in _vocabulary() or _parts(word):
        return word
    return _nearest(word, known) or _nearest(word, _long_words()) or word


@lru_cache(maxsize=100_000)
def _nearest(word: str, known: frozenset[str]) -> str | None:
    from rapidfuzz import process
    from rapidfuzz.fuzz import ratio

    best = process.extractOne(word, sorted(known), scorer=ratio, score_cutoff=_MISREAD)
    return str(best[0]) if best and len(best[0]) >= _MIN_MISREAD else None


def _most_related(token: str, others: list[str]) -> tuple[float, str | None]:
    relations = [(relation, other) for other in others if (relation := _relation(token, other))]
    return max(relations, default=(0.0, None))


def _relation(token: str, other: str) -> float:
    known = synonyms.RELATED.get(frozenset((token, other)), 0.0)
    if known or token in _known_concepts() or other in _known_concepts():
        return known
    # "Ext. price", or "reported" for a report's date.
    short, long = sorted((token, other), key=len)
    return _ABBREVIATED if len(short) >= _MIN_PART and long.startswith(short) else 0.0


def _weight(token: str) -> float:
    return synonyms.WEIGHTS.get(token, 1.0)


@cache
def _vocabulary() -> dict[str, str]:
    # What a word means in the languages that most documents are in comes before all others.
    every = (*tongues.CONCEPTS.items(), *synonyms.CONCEPTS.items())
    return {word: concept for concept, listed in every for word in listed.split()}


@cache
def _long_words() -> frozenset[str]:
    return frozenset(word for word in _vocabulary() if len(word) >= _MIN_MISREAD)


@cache
def _phrases() -> dict[str, Tokens]:
    return {
        phrase: tuple(concepts.split())
        for concepts, listed in (*tongues.PHRASES.items(), *synonyms.PHRASES.items())
        for phrase in listed.split("|")
    }


@cache
def _known_concepts() -> frozenset[str]:
    of_phrases = (concept for phrase in _phrases().values() for concept in phrase)
    return frozenset((*synonyms.CONCEPTS, *of_phrases))
