"""Lines of a name and a value, whatever the name: `Car reg: KX19 ZPO`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workers.forms import wording
from workers.forms.meanings import Offer

_MOST_LINES, _MOST_WORDS, _LONGEST_NAME = 400, 8, 60
_END_OF_SENTENCE = re.compile(r"[.!?]\s+[A-Z]")

# A mail's first line names nobody on the form.
_SENDER = re.compile(r"from\s*:[^@\n]*@", re.I)


def offers(text: str) -> list[Offer]:
    """What lines of a name and a value say, in their order.

    Args:
        text: the instructions.
    """
    return list(_offers(text))[:_MOST_LINES]


def is_one(line: str) -> bool:
    """Whether a line has a name and a value."""
    return next(_offers(line), None) is not None


def _offers(text: str) -> Iterator[Offer]:
    for number, line in enumerate(text.splitlines()):
        plain = wording.BULLET.sub("", line).replace("**", "").replace("__", "").strip()
        separator = None if _SENDER.match(plain) else wording.SEPARATOR.search(plain)
        if separator:
            name, value = plain[: separator.start()].strip(), plain[separator.end() :].strip()
            if _is_name(name) and value and not (name[-1].isdigit() and value[0].isdigit()):
                yield Offer((name,), _bare(value), start=number, end=number + 1)


def _is_name(text: str) -> bool:
    is_short = 0 < len(text) <= _LONGEST_NAME and len(text.split()) <= _MOST_WORDS
    return is_short and not _END_OF_SENTENCE.search(text)


def _bare(value: str) -> str:
    quoted = wording.QUOTED.fullmatch(value)
    return next((part for part in quoted.groups() if part is not None), value) if quoted else value
