"""No pattern that strangers' documents are searched with takes long, whatever they hold."""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

import workers.documents
import workers.forms
import workers.local

# A pattern that tries everything needs millions of years for so many repetitions, others no time.
REPEATED, SECONDS = 40, 1.0
PLAIN = ("a", "A", "1", "1.", "1,", "-", "(", ".", "_", "x@", "a1", "1 000", "\N{NO-BREAK SPACE}")


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for room in (workers.local, workers.documents, workers.forms):
        for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            module = importlib.import_module(found.name)
            for name, value in vars(module).items():
                for pattern in _in(value):
                    yield f"{found.name}.{name}", pattern


def _in(value: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict):
        yield from (one for each in value.values() for one in _in(each))
    elif isinstance(value, (list, tuple)):
        yield from (one for each in value for one in _in(each))


@contextmanager
def _limited() -> Iterator[None]:
    def end(*_: Any) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _texts(pattern: re.Pattern[str]) -> Iterator[str]:
    for piece in (*PLAIN, *sorted(set(re.findall(r"(?<!\\)[a-z]{2,}", pattern.pattern)))[:60]):
        for between in ("", " "):
            yield (piece + between) * REPEATED + "\N{SNOWMAN}"


@pytest.mark.parametrize(("name", "pattern"), sorted(_patterns(), key=lambda each: each[0]))
def test_a_pattern_is_done_at_once(name: str, pattern: re.Pattern[str]) -> None:
    for text in _texts(pattern):
        with _limited():
            pattern.fullmatch(text)
            pattern.search(text)
