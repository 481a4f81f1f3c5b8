"""Large contents of requests stand in the file store, and nobody who reads the job notices."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from jobs_backend import config, idempotency, jobs, offload, store, submission, sweeps
from jobs_backend.endpoints import registry
from jobs_backend.errors import DatabaseUnavailable, FileStoreUnavailable
from jobs_backend.submission import NewJob, submit
from workers import runner

Sql = Callable[..., list[tuple[Any, ...]]]
URL = "data:text/plain," + "x" * 3000
REQUEST = {
    "text": "small",
    "document": {"filename": "a.txt", "url": URL},
    "more": [{"url": URL + "y"}, {"url": "data:,small"}, "z" * 3000],
}


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, servers: None) -> Iterator[Path]:
    monkeypatch.setenv("JOBS_FILES_URL", str(tmp_path / "files"))
    monkeypatch.setenv("JOBS_OFFLOAD_BYTES", "2000")
    config.settings.cache_clear()
    yield tmp_path / "files"
    monkeypatch.undo()
    config.settings.cache_clear()


def _contents(folder: Path) -> list[str]:
    return sorted(path.read_text() for path in folder.rglob("*") if path.is_file())


def _submit(client: FlaskClient, **headers: str) -> dict[str, Any]:
    body = {"endpoint": "/v1/anything", "request": REQUEST}
    headers = {"Content-Type": "application/json", **headers}
    answer = client.post("/v1/jobs", data=json.dumps(body), headers=headers)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json
    return found


def test_readers_get_the_request_as_it_was(client: FlaskClient, folder: Path, sql: Sql) -> None:
    job = _submit(client, **{"Idempotency-Key": "k"})
    assert job["request"] == REQUEST
    assert _contents(folder) == [URL, URL + "y"]
    [(stored,)] = sql("SELECT length(request::text) FROM job_payloads")
    assert stored < 3500
    shown = client.get(f"/v1/jobs/{job['id']}?include_request=true").json
    assert (shown["request"], shown["warnings"]) == (REQUEST, None)
    assert list(shown["request"]) == list(REQUEST)
    listed = client.get("/v1/jobs?include_request=true&filename_contains=a.txt").json["data"]
    assert listed[0]["request"] == REQUEST
    replay = _submit(client, **{"Idempotency-Key": "k"})
    assert (replay["id"], replay["request"]) == (job["id"], REQUEST)


def test_the_handler_gets_the_request_as_it_was(client: FlaskClient, folder: Path) -> None:
    job = _submit(client)
    runner.run(registry()["/v1/anything"], job["id"], 1)
    done = client.get(f"/v1/jobs/{job['id']}?include_response=true").json
    assert done["status"] == "completed"
    assert done["response"]["body"] == REQUEST


def test_a_content_that_is_gone_is_a_warning_and_never_an_error(
    client: FlaskClient, folder: Path
) -> None:
    job = _submit(client)
    shutil.rmtree(folder)
    shown = client.get(f"/v1/jobs/{job['id']}?include_request=true")
    assert shown.status_code == 200
    assert [each["code"] for each in shown.json["warnings"]] == ["request_incomplete"]
    assert shown.json["request"]["text"] == "small"
    assert shown.json["request"]["document"]["url"] == ""
    assert str(folder) not in shown.text
    assert client.get(f"/v1/jobs/{job['id']}").json["warnings"] is None


def test_a_handler_does_not_start_without_the_contents(client: FlaskClient, folder: Path) -> None:
    job = _submit(client)
    kept = folder.with_name("elsewhere")
    folder.rename(kept)
    runner.run(registry()["/v1/anything"], job["id"], 1)
    waiting = client.get(f"/v1/jobs/{job['id']}").json
    assert (waiting["status"], waiting["last_failure_code"]) == (
        "queued",
        "file_store_unavailable",
    )
    kept.rename(folder)
    runner.run(registry()["/v1/anything"], job["id"], 2)
    assert client.get(f"/v1/jobs/{job['id']}").json["status"] == "completed"


def test_a_store_that_is_away_keeps_nobody_from_submitting(
    client: FlaskClient, folder: Path
) -> None:
    folder.write_text("a file where a folder should be")
    job = _submit(client)
    shown = client.get(f"/v1/jobs/{job['id']}?include_request=true").json
    assert (shown["request"], shown["warnings"]) == (REQUEST, None)


def test_the_contents_go_with_the_payloads(
    client: FlaskClient, folder: Path, sql: Sql, organization: str
) -> None:
    job = _submit(client)
    other = _submit(client)
    sql(
        "UPDATE jobs SET status = 'expired', completed_at = clock_timestamp(), "
        "created_at = created_at - interval '10 days', "
        "expires_at = clock_timestamp() - interval '5 days' WHERE id = %s",
        job["id"],
    )
    assert sweeps.purge_due(10) == 1
    assert _contents(folder) == [URL, URL + "y"]
    assert client.get(f"/v1/jobs/{other['id']}?include_request=true").json["request"] == REQUEST


def test_what_a_client_sends_is_never_taken_for_a_note(organization: str, folder: Path) -> None:
    request = {"offloaded": [["document", "url"]], "document": {"url": ""}}
    job = submit(NewJob(organization, "/v1/anything", json.dumps(request)))
    found = jobs.get(organization, job.id, include_request=True)
    assert found is not None
    assert json.loads(offload.restored(found) or "") == request


def test_who_loses_the_race_for_a_key_leaves_nothing(organization: str, folder: Path) -> None:
    key = idempotency.key_for("k", REQUEST)
    first, second = (
        submit(NewJob(organization, "/v1/anything", json.dumps(REQUEST), key=key)) for _ in range(2)
    )
    assert (second.id, second.is_replay) == (first.id, True)
    assert _contents(folder) == [URL, URL + "y"]
    assert json.loads(offload.restored(second) or "") == REQUEST


@pytest.mark.parametrize("may_have_run", [False, True])
def test_a_job_that_is_not_stored_leaves_nothing_unless_it_may_be(
    organization: str, folder: Path, monkeypatch: pytest.MonkeyPatch, may_have_run: bool
) -> None:
    class Away:
        def run(self, *_: Any, **__: Any) -> Any:
            raise DatabaseUnavailable("away", may_have_run=may_have_run)

    monkeypatch.setattr(submission, "database", Away)
    monkeypatch.setattr(jobs, "database", Away)
    with pytest.raises(DatabaseUnavailable):
        submit(NewJob(organization, "/v1/anything", json.dumps(REQUEST)))
    assert _contents(folder) == ([URL, URL + "y"] if may_have_run else [])


def test_a_statement_that_postgres_refuses_leaves_nothing(organization: str, folder: Path) -> None:
    with pytest.raises(Exception, match="u0000"):
        submit(NewJob(organization, "/v1/any\0thing", json.dumps(REQUEST)))
    assert _contents(folder) == []


def test_a_store_that_goes_away_amid_a_request_keeps_no_part_of_it(
    organization: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = store.write

    def fail_at_the_second(path: str, content: bytes) -> None:
        if path.endswith("/1"):
            raise FileStoreUnavailable("full")
        write(path, content)

    monkeypatch.setattr(store, "write", fail_at_the_second)
    submit(NewJob(organization, "/v1/anything", json.dumps(REQUEST)))
    assert _contents(folder) == []
