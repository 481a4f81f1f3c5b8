"""Words as they are compared: without case, accents and endings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# What says nothing about what a document is.
COMMON = frozenset(
    re.findall(
        r"\w+",
        "a an and any are as at be by can das de del den der des die du ein eine el en est et "
        "for from il im in is it la las le les los mit no nor of on or our per pour que sie so "
        "that the their this to und une von was with you your zu zur document documents page "
        "pages seite other what which who where when how has have had been will would not than "
        "then more most all each every two one may some such into out about above below between "
        "they them he she we us his her its if but do does did made make only also very "
        "ist sind war wird werden hat haben nicht auch als auf aus bei bis durch fur im ihr "
        "ihre uber um vom wie wir sich einer eines einem einen "
        "au aux avec ce ces cette dans elle est etre il ils leur ne nous ont par pas plus sa "
        "ses son sont sur vos votre vous "
        "al como del entre esta este ha han hay mas muy sin sobre su sus y o "
        "che con da dal dei della delle di gli ha lo nel nella sono suo",
    )
)
ENDINGS = ("ings", "ing", "ies", "ungen", "ung", "es", "en", "er", "s", "n", "e")
MIN_STEM = 4


def stems(text: str) -> list[str]:
    """A text's words, each as what is left of it for comparing; numbers and common words are not.

    Args:
        text: in any language that puts spaces between words.
    """
    words = re.findall(r"[^\W\d_]{2,}", plain(text))
    return [stem(word) for word in words if word not in COMMON]


def stem(word: str) -> str:
    """A word without its ending."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= MIN_STEM:
            return word[: -len(ending)]
    return word


def plain(text: str) -> str:
    """A text without case and accents, in single spaces."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return " ".join(bare.split())


def is_near(word: str, others: Iterable[str]) -> bool:
    """Whether a word is one of others but for a letter that was misread."""
    from rapidfuzz import fuzz, process

    return process.extractOne(word, list(others), scorer=fuzz.ratio, score_cutoff=84) is not None
