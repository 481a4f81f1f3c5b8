"""What a handler returned, in the form in which it is stored."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import pytest

from jobs_backend.errors import JobFailure
from workers.context import Response
from workers.outcome import Success, as_success

pytestmark = pytest.mark.usefixtures("settings")


@pytest.mark.parametrize("status", [100, 204, HTTPStatus.CREATED, 599])
def test_a_response_has_the_status_that_its_handler_gave_it(status: int) -> None:
    success = as_success(Response(status, {"a": 1}))
    assert success == Success('{"a":1}', int(status))
    assert type(success.status) is int


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        (-1, "-1,"),
        (0, "0,"),
        (99, "99,"),
        (600, "600,"),
        (10**12, "1000000000000,"),
        pytest.param(10**5000, "the status ", id="more digits than Python writes"),
        (200.0, "200.0,"),
        (None, "None,"),
        (True, "True,"),
        ("200", "'200',"),
        ("x" * 1000, "xxx...xxx"),
        (object(), "of type object,"),
    ],
)
def test_a_status_that_is_none_fails_the_job_and_is_named(status: Any, shown: str) -> None:
    with pytest.raises(JobFailure) as raised:
        as_success(Response(status, {"a": 1}))
    assert raised.value.code == "invalid_response"
    assert shown in raised.value.message
    assert raised.value.message.endswith("which is no whole number from 100 to 599.")
    assert len(raised.value.message) < 200
