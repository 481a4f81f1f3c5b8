"""What a regular expression says for sure about the texts that it matches."""

from __future__ import annotations

import importlib
import re
import sys
import warnings
from typing import Any

# The parser of `re` has no public name.
_parser: Any = importlib.import_module("re._parser" if sys.version_info >= (3, 11) else "sre_parse")


def literals(pattern: str) -> list[str]:
    """Pieces of text that every match contains; [] where nothing is certain.

    An index can look for them before anybody tries the expression itself.

    Args:
        pattern: a regular expression of Postgres. One that Python reads otherwise, or not at all,
            says nothing here.
    """
    if not _is_common(pattern):
        return []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a later Python will read otherwise
            tree = _parser.parse(pattern)
    except (re.error, RecursionError, OverflowError, ValueError):
        return []
    pieces = [""]
    _collect(tree, pieces)
    return [piece for piece in pieces if piece]


# What both dialects mean the same by: no options but the case, and no escapes but of punctuation,
# of the same classes, and of nothing else. Brackets and bounds may differ in detail, but stand for
# no certain text in either.
_OTHER_DIALECT = re.compile(r"\\[^dDwWsS\W]|\(\?(?!:|i\))|\*\*\*|\[[.:=]|\[\[")


def _is_common(pattern: str) -> bool:
    return _OTHER_DIALECT.search(pattern) is None and not pattern.startswith("***")


def _collect(tree: Any, pieces: list[str]) -> None:
    for operation, argument in tree:
        name = str(operation)
        if name == "LITERAL":
            pieces[-1] += chr(argument)
        elif name == "SUBPATTERN":
            _collect(argument[-1], pieces)
        elif name in ("MAX_REPEAT", "MIN_REPEAT"):
            least, _, repeated = argument
            pieces.append("")
            if least > 0:
                _collect(repeated, pieces)
                pieces.append("")
        elif name != "AT":  # a place between characters interrupts no text
            pieces.append("")
