"""Blanks in sentences are called what stands around them."""

from __future__ import annotations

from tests.unit.local.papers import lines, pdf, read


def names(*texts: str) -> list[tuple[str, str]]:
    """What the fields of these lines are called, and what is printed around them."""
    return [(one.description, one.printed) for one in read(pdf(lines(*texts)))]


def test_what_stands_behind_a_blank_names_it_where_nothing_else_does() -> None:
    assert names(
        "I, ____________________ , the parent or guardian of",
        "____________________ , born on ____________ , allow",
        "____________________ to consent to any treatment.",
    ) == [
        ("I … the parent or guardian of", ""),
        ("the parent or guardian of … born on", ""),
        ("born on", ""),
        ("allow … to consent to any treatment", ""),
    ]


def test_a_word_that_only_joins_keeps_its_name_and_has_what_stands_before_the_blank() -> None:
    assert names("Valid from __________ to __________") == [
        ("Valid from", ""),
        ("to", "Valid from … to"),
    ]
    assert names("Name __________   Town __________") == [("Name", ""), ("Town", "")]


def test_what_is_no_sentence_is_named_as_ever() -> None:
    assert names("Comments:", "____________________", "____________________") == [
        ("Comments", ""),
    ]
