"""What a regular expression says for sure."""

from __future__ import annotations

import pytest

from jobs_backend.patterns import literals


@pytest.mark.parametrize(
    ("pattern", "certain"),
    [
        (r"^invoice_\d+\.pdf$", ["invoice_", ".pdf"]),
        (r"(?i)Report (?:2024)", ["Report 2024"]),
        (r"ab+c", ["a", "b", "c"]),
        (r"ab*c", ["a", "c"]),
        (r"(abc){2}d?", ["abc"]),
        (r"abc|abd", ["ab"]),
        (r"abc|xyz", []),
        (r"[abc]def", ["def"]),
        (r"abc$|def", []),
        (r"", []),
        # What another dialect reads otherwise says nothing.
        (r"\yabc", []),
        (r"a\x41", []),
        (r"(?x)a b c", []),
        (r"***=abc", []),
        (r"[[:alpha:]]abc", []),
        (r"(abc", []),
        (r"(?=abc)x", []),
        (r"(a)\1bcd", []),
    ],
)
def test_only_what_every_match_contains(pattern: str, certain: list[str]) -> None:
    assert literals(pattern) == certain


def test_a_pattern_that_breaks_the_parser_says_nothing() -> None:
    assert literals("(" * 100 + ")" * 100) == []
    assert literals("(?:" * 5000 + "a" + ")" * 5000) == []
