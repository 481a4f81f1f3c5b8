"""What a language model answers, brought to what the request and the document have."""

from __future__ import annotations

from typing import Any

import pytest

from workers import engines
from workers.endpoints import naming
from workers.local.kinds import Kind

KINDS = [Kind("Tax form"), Kind("tax_form"), Kind("Übersicht")]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("tax_form", "tax_form"),
        ("TAX FORM", "Tax form"),
        ("ubersicht.", "Übersicht"),
        ("invoice", None),
        (None, None),
        (["Tax form"], "Tax form"),
        (17, None),
    ],
)
def test_a_name_is_one_of_those_given(said: Any, meant: str | None) -> None:
    assert naming.as_given(said, KINDS) == meant


@pytest.mark.parametrize(
    "output",
    [None, [], "x", {}, {"parts": None}, {"parts": "x"}, {"parts": [1, None, "x"]}],
)
def test_an_answer_without_parts_has_none(output: Any) -> None:
    assert naming.parts(output, "name", 3) == []


def test_pages_are_those_that_the_document_has_each_once() -> None:
    answer = {"parts": [{"name": "a", "pages": [3, 1, 3, 0, -1, 4, True, "2", None, 2.0]}]}
    assert naming.parts(answer, "name", 3) == [("a", [1, 3])]
    assert naming.parts({"parts": [{"pages": "x"}]}, "name", 3) == [("", [])]


def test_likelihoods_are_told_of_the_very_parts_that_the_model_gave() -> None:
    told = {"parts": [{"name": 1.0, "pages": [0.5]}]}
    answer = engines.Answer({}, "model", likelihoods=told)
    assert naming.likelihoods(answer, [{"name": "a", "pages": [1]}]) == told["parts"]
    assert naming.likelihoods(answer, []) is None
    assert naming.likelihoods(engines.Answer({}, "local"), []) is None


def test_a_kind_that_is_named_twice_is_one_with_all_that_is_said_of_it() -> None:
    asked = [
        {"name": "a", "description": "one"},
        {"name": "b", "description": ""},
        {"name": "a", "description": "two"},
    ]
    assert naming.kinds(asked) == [Kind("a", "one\ntwo"), Kind("b")]
    assert naming.listed(naming.kinds(asked)) == "- a: one\ntwo\n- b"
