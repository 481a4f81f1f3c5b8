"""Files, templates and projects: stored once, used by their id, and nobody else's."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient

from jobs_backend import config, files, organizations, templates
from jobs_backend.errors import FileStoreUnavailable, JobFailure, RetryableFailure
from workers.context import Context
from workers.documents import source
from workers.endpoints import edits

Sql = Callable[..., list[tuple[Any, ...]]]
FIELD = {
    "key": "name",
    "description": "Name",
    "type": "text",
    "value": None,
    "bbox": {"left": 0.1, "top": 0.1, "width": 0.5, "height": 0.02, "page": 1},
}
PDF = b"%PDF-1.4 empty form"


@contextmanager
def _store_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "no-folder").write_text("a file where a folder should be")
    monkeypatch.setenv("JOBS_FILES_URL", str(tmp_path / "no-folder" / "files"))
    config.settings.cache_clear()
    try:
        yield
    finally:
        monkeypatch.undo()
        config.settings.cache_clear()


def _url(content: bytes, kind: str = "text/plain") -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


FILE = {"filename": "hello.txt", "url": _url(b"Hello")}
TEMPLATE = {
    "name": "Application",
    "document": {"filename": "form.pdf", "url": _url(PDF, "application/pdf")},
    "form_fields": [FIELD],
}
PROJECT = {"name": "Invoices", "json_schema": {"type": "object", "properties": {}}}
KINDS = [("/v1/files", FILE), ("/v1/edits/templates", TEMPLATE), ("/v1/projects", PROJECT)]
kinds = pytest.mark.parametrize(("path", "given"), KINDS)


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    """A client of another organization."""
    key, _ = organizations.create_key(organizations.create_organization("stranger"))
    client = app.test_client()
    client.environ_base["HTTP_API_KEY"] = key
    return client


@kinds
def test_one_is_stored_shown_listed_and_deleted(
    client: FlaskClient, path: str, given: dict[str, Any]
) -> None:
    created = client.post(path, json=given)
    assert created.status_code == 200, created.json
    one = f"{path}/{created.json['id']}"
    assert client.get(one).json == created.json
    assert client.get(path).json == {"object": "list", "data": [created.json], "has_more": False}
    assert client.delete(one).json == {"id": created.json["id"], "deleted": True}
    assert client.get(one).status_code == client.delete(one).status_code == 404
    assert client.get(path).json["data"] == []


@kinds
def test_nobody_else_sees_it(
    client: FlaskClient, stranger: FlaskClient, path: str, given: dict[str, Any]
) -> None:
    one = f"{path}/{client.post(path, json=given).json['id']}"
    missing = client.get(f"{path}/none")
    for answer in (stranger.get(one), stranger.delete(one)):
        assert answer.status_code == missing.status_code == 404
        assert answer.json["detail"] == missing.json["detail"]
    assert stranger.get(path).json["data"] == []
    assert client.get(one).status_code == 200


@kinds
def test_a_list_is_walked(client: FlaskClient, path: str, given: dict[str, Any]) -> None:
    made = [client.post(path, json=given).json["id"] for _ in range(5)]
    seen: list[str] = []
    after, has_more = "", True
    while has_more:
        page = client.get(path, query_string={"limit": 2, **({"after": after} if after else {})})
        seen += [each["id"] for each in page.json["data"]]
        after, has_more = seen[-1], page.json["has_more"]
    assert seen == made[::-1]
    assert client.get(f"{path}?limit=0").status_code == 422
    assert client.get(f"{path}?after=%00").status_code == 422


@kinds
def test_without_the_scope_nothing_is_stored(
    app: Flask, organization: str, path: str, given: dict[str, Any]
) -> None:
    key, _ = organizations.create_key(organization, "reader", ("jobs:read",))
    client = app.test_client()
    assert client.post(path, json=given, headers={"Api-Key": key}).status_code == 403
    assert client.delete(f"{path}/x", headers={"Api-Key": key}).status_code == 403
    assert client.post(path, json=given).status_code == 401


@pytest.mark.parametrize(
    ("path", "given", "status"),
    [
        ("/v1/files", {"filename": "a.txt"}, 422),
        ("/v1/files", {"filename": "", "url": "data:,x"}, 422),
        ("/v1/files", {"filename": "a\0", "url": "data:,x"}, 400),
        ("/v1/files", {"filename": "a.txt", "url": "https://example.com"}, 400),
        ("/v1/files", {"filename": "a.txt", "url": "data:text/plain,"}, 400),
        ("/v1/files", {**FILE, "more": 1}, 422),
        ("/v1/edits/templates", {**TEMPLATE, "document": FILE}, 400),
        ("/v1/edits/templates", {**TEMPLATE, "form_fields": []}, 422),
        (
            "/v1/edits/templates",
            {**TEMPLATE, "form_fields": [{**FIELD, "bbox": {**FIELD["bbox"], "left": 2}}]},  # type: ignore[dict-item]
            422,
        ),
        ("/v1/projects", {"name": "Nothing"}, 422),
        ("/v1/projects", {"name": "Text", "json_schema": {"type": "string"}}, 422),
    ],
)
def test_what_is_none_is_refused(
    client: FlaskClient, path: str, given: dict[str, Any], status: int
) -> None:
    answer = client.post(path, json=given)
    assert answer.status_code == status, answer.json
    assert client.get(path).json["data"] == []


def test_a_schema_is_given_back_as_it_came(client: FlaskClient) -> None:
    text = (
        '{"name":"x","json_schema":{"properties":{"z":{"maximum":2.5e+227},"a":{"minimum":1e-7},"n":{"maximum":1000000000000000000000000000000}}},'
        '"subdocuments":null}'
    )
    created = client.post("/v1/projects", data=text, content_type="application/json")
    assert created.status_code == 200
    shown = client.get(f"/v1/projects/{created.json['id']}").json["json_schema"]["properties"]
    assert list(shown) == ["z", "a", "n"]
    assert shown["n"] == {"maximum": 10**30}
    assert shown["z"] == {"maximum": 2.5e227}


def test_a_document_is_given_by_the_id_of_a_file(client: FlaskClient, organization: str) -> None:
    file_id = client.post("/v1/files", json=FILE).json["id"]
    answer = client.post(
        "/v1/jobs", json={"endpoint": "/v1/parses", "request": {"document": {"id": file_id}}}
    )
    assert answer.status_code == 200
    assert answer.json["request"] == {"document": {"id": file_id}}
    found = source.read({"filename": file_id, "url": file_id}, organization)
    assert (found.filename, found.content, found.mime_type) == ("hello.txt", b"Hello", "text/plain")
    with pytest.raises(JobFailure) as raised:
        source.read({"filename": "x", "url": file_id}, organizations.create_organization("other"))
    assert raised.value.code == "file_not_found"


def test_a_template_keeps_its_pdf_until_it_is_deleted(
    client: FlaskClient, organization: str
) -> None:
    created = client.post("/v1/edits/templates", json=TEMPLATE).json
    template = templates.find(organization, created["id"])
    assert template is not None
    assert (template.content, template.form_fields) == (PDF, [FIELD])
    client.delete(f"/v1/edits/templates/{created['id']}")
    assert files.find(organization, created["file_id"]) is None
    assert template.content is None


def test_a_form_whose_pdf_cannot_be_read_is_tried_again_and_one_without_it_fails(
    client: FlaskClient, organization: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    created = client.post("/v1/edits/templates", json=TEMPLATE).json
    context = Context("job_1", 1, organization, structlog.get_logger(), "/v1/edits", {})
    request = {"template_id": created["id"], "instructions": "Name: Ada", "model": "local"}
    with _store_away(tmp_path, monkeypatch), pytest.raises(RetryableFailure) as away:
        edits.run(request, context)
    assert away.value.code == "file_store_unavailable"
    client.delete(f"/v1/files/{created['file_id']}")
    with pytest.raises(JobFailure) as gone:
        edits.run(request, context)
    assert gone.value.code == "template_not_found"
    assert "deleted" in gone.value.message


def test_a_store_that_is_away_is_503_and_nothing_is_kept(
    client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sql: Sql
) -> None:
    with _store_away(tmp_path, monkeypatch):
        answer = client.post("/v1/files", json=FILE)
    assert (answer.status_code, answer.json["code"]) == (503, "file_store_unavailable")
    assert answer.headers["Retry-After"]
    assert "no-folder" not in answer.text
    assert sql("SELECT count(*) FROM resources") == [(0,)]


def test_another_store_is_named_by_its_url(
    client: FlaskClient, organization: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBS_FILES_URL", "memory://jobs")
    config.settings.cache_clear()
    try:
        file_id = client.post("/v1/files", json=FILE).json["id"]
        file = files.find(organization, file_id)
        assert file is not None
        assert files.read(file) == b"Hello"
        assert files.delete(organization, file_id)
        with pytest.raises(FileStoreUnavailable):
            files.read(file)
    finally:
        monkeypatch.undo()
        config.settings.cache_clear()
