"""Fields of one name under several headings, and which of them is meant: `Old postcode`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from workers.forms.fields import Field
from workers.forms.matching import canonical
from workers.forms.mentions import without_endings

# Longer lists of headings are a table's, and no persons or places.
_MOST_SECTIONS = 40
_WORD, _SENTENCE = re.compile(r"\w+"), re.compile(r"[^.!?;\n]+")
# What is left of `del delegato` or `of the tenant` beside the word that tells whose it is.
_LINKING_WORDS = (
    "of the for at in on s my his her our your their its is was are a an del della dello dei de du "
    "des d l der die das dem den von vom di da il lo la le les el los las un una une ein "
    "eine è est ist es"
)
_LINKING = frozenset(_LINKING_WORDS.split())


class Twins:
    """The headings of some fields by the words that no other such heading has.

    Args:
        fields: the form's.
    """

    def __init__(self, fields: Sequence[Field]) -> None:
        sections: dict[str, list[str]] = defaultdict(list)
        for field in fields:
            if field.section and not field.is_checkbox:
                known = sections[canonical(field.description)]
                known += [field.section] if field.section not in known else []
        self._names = {name for name, known in sections.items() if len(known) > 1}
        among = dict.fromkeys(one for name in self._names for one in sections[name])
        words = {section: _stems(section) for section in list(among)[:_MOST_SECTIONS]}
        self._shared = frozenset.intersection(*words.values()) if words else frozenset()
        self._telling = {
            section: found.difference(*(words[other] for other in words if other != section))
            for section, found in words.items()
        }

    def told(self, name: str) -> tuple[str, str]:
        """The only heading whose own words a name has, and the rest of it without these.

        Args:
            name: what was said, such as `Old postcode`.

        Returns:
            Two empty texts where no heading is told; an empty rest where nothing else is.
        """
        said = _stems(name) if self._telling else frozenset()
        found = [section for section, telling in self._telling.items() if telling & said]
        if len(found) != 1:
            return "", ""
        return found[0], self._rest(name, self._telling[found[0]])

    def last_told(self, text: str) -> str:
        """The heading that the last telling word of a text is of; names and numbers tell none.

        Args:
            text: sentences.
        """
        if not self._telling:
            return ""
        for sentence in reversed(_SENTENCE.findall(text)):
            words = _WORD.findall(sentence)
            plain = [word for number, word in enumerate(words) if word.islower() or number <= 1]
            for word in reversed(plain):
                found = [one for one, telling in self._telling.items() if _stems(word) & telling]
                if len(found) == 1:
                    return found[0]
        return ""

    def is_other(self, field: Field, section: str) -> bool:
        """Whether a field's twin is under a heading, and it is under another."""
        is_under = not section or section == field.section or field.section not in self._telling
        return not is_under and canonical(field.description) in self._names

    def _rest(self, name: str, telling: frozenset[str]) -> str:
        left = [word for word in _WORD.findall(name) if not _stems(word) & telling]
        more = [word for word in left if not _stems(word) & self._shared]
        kept = more if any(_is_telling(word) for word in more) else left
        while kept and not _is_telling(kept[-1]):
            kept.pop()
        while kept and not _is_telling(kept[0]):
            kept.pop(0)
        return " ".join(kept)


def _is_telling(word: str) -> bool:
    return word.casefold() not in _LINKING


@lru_cache(maxsize=10_000)
def _stems(text: str) -> frozenset[str]:
    return without_endings(word for word in _WORD.findall(text[:200]) if _is_telling(word))
