"""What is no PDF as a form: long texts take seconds, and what is on them is found all the same."""

from __future__ import annotations

import time

import pytest

from jobs_backend.errors import JobFailure
from tests.unit.local.papers import lines, pdf
from workers.documents.source import Source
from workers.endpoints.reading import Document
from workers.forms import form, ink, pages, sheet


def _read(text: str) -> form.Form:
    return form.read(Document(Source("long.txt", text.encode(), "text"), ()))


@pytest.mark.slow
def test_a_long_text_takes_seconds_and_its_fields_are_found() -> None:
    prose = " ".join(f"word{number}" for number in range(50_000))
    started = time.process_time()
    found = _read(f"First: ________\n{prose}\nLast: ________")
    assert time.process_time() - started < 15
    assert [field.description for field in found.fields] == ["First", "Last"]
    first, last = (field.place.page for field in found.fields)
    assert first == 1
    assert last > 100


def test_a_word_without_an_end_is_cut_into_lines_in_seconds() -> None:
    started = time.process_time()
    cut = ink.wrapped("x" * 300_000, 10, 499, ink.FIXED)
    assert time.process_time() - started < 9
    assert set(map(len, cut[:-1])) == {83}
    assert sum(map(len, cut)) == 300_000


def test_a_page_full_of_characters_takes_seconds() -> None:
    content = pdf(lines(*["x y" * 1_000] * 10, step=20))
    started = time.process_time()
    form.read(Document(Source("full.pdf", content, "pdf"), ()))
    assert time.process_time() - started < 30


def test_more_pages_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MAX_PAGES", 2)
    assert _read("line\n" * 90).fields == ()
    with pytest.raises(JobFailure) as raised:
        _read("line\n" * 110)
    assert raised.value.code == "document_too_large"
    assert "long.txt" in raised.value.message


@pytest.mark.parametrize(
    ("line", "may_have"),
    [
        ("Name: ____", True),
        ("Name _ _ _", True),
        ("Name .....", True),
        ("Name . . . . .", True),
        ("Name ……", True),
        ("Name - - - - -", True),
        ("[  ] yes", True),
        ("(  ) yes", True),
        ("☐ yes", True),
        ("An ellipsis... a snake_case_name (and) [1] a --- dash.", False),
    ],
)
def test_only_lines_without_marks_are_passed_over(line: str, may_have: bool) -> None:
    assert sheet.may_have_marks(line) is may_have
