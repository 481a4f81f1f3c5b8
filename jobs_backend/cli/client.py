"""The commands of those who use the service: submit, get, list, cancel, retry. They speak HTTP."""

from __future__ import annotations

import base64
import functools
import json
import mimetypes
import sys
import time
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import click
import httpx

from jobs_backend.cli.server import DATA_DIR, is_usable_key, running_stack
from jobs_backend.job import TERMINAL, is_job_id

POLL_SECONDS = 0.2
TIMEOUT_SECONDS = 60


def _connected(command: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(command)
    def connect(base_url: str | None, api_key: str | None, data_dir: Path, **options: Any) -> None:
        with _client(base_url, api_key, data_dir) as client:
            command(client, **options)

    for option in (
        click.option(
            "--base-url",
            envvar="JOBS_BASE_URL",
            help="The API, with or without /v1. [default: the stack that runs, else http://127.0.0.1:8000]",
        ),
        click.option(
            "--api-key", envvar="JOBS_API_KEY", help="API key. [default: of the stack that runs]"
        ),
        click.option(
            "--data-dir",
            type=click.Path(file_okay=False, path_type=Path),
            default=DATA_DIR,
            show_default=True,
            help="Folder of the stack that runs here, whose address and key to use.",
        ),
    ):
        connect = option(connect)
    return connect


def _checked_id(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if not is_job_id(value):
        raise click.BadParameter(f"{value!r} is no job id")
    return value


@click.command()
@click.argument("endpoint")
@click.option(
    "--file",
    "document",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file to send as the request's document.",
)
@click.option(
    "--request",
    "request_json",
    default="{}",
    metavar="JSON",
    help="The request, or more of it, as JSON; @FILE reads it from a file, @- from the input.",
)
@click.option("--metadata", "-m", multiple=True, metavar="KEY=VALUE", help="Repeat for more.")
@click.option("--wait", is_flag=True, help="Wait for the end and print the job with its response.")
@_connected
def submit(
    client: httpx.Client,
    endpoint: str,
    document: Path | None,
    request_json: str,
    metadata: tuple[str, ...],
    wait: bool,
) -> None:
    """Submit a job to ENDPOINT, such as /v1/parses, and print it as JSON.

    With --wait, the exit code is 0 only if the job completed.

    \b
    jobs-backend submit /v1/parses --file report.pdf --wait
    """
    request = _parsed(_read(request_json))
    body: dict[str, Any] = {"endpoint": endpoint, "request": request}
    if document is not None:
        request["document"] = _as_document(document)
    if metadata:
        body["metadata"] = _pairs(metadata)
    job = _call(client, "POST", "/v1/jobs", json=body)
    if wait:
        job = _wait(client, job)
    else:
        job["request"] = None  # its sender has it
    _print(job)
    _exit_by(job, wait)


@click.command()
@click.argument("job_id", callback=_checked_id)
@click.option("--request", "include_request", is_flag=True, help="Show the request, too.")
@click.option("--wait", is_flag=True, help="Wait for the end.")
@_connected
def get(client: httpx.Client, job_id: str, include_request: bool, wait: bool) -> None:
    """Print a job as JSON, with its response once it has one.

    With --wait, the exit code is 0 only if the job completed.
    """
    if wait:
        _wait(client, {"id": job_id, "status": None})
    params = {"include_request": include_request, "include_response": True}
    job = _call(client, "GET", f"/v1/jobs/{job_id}", params=params)
    _print(job)
    _exit_by(job, wait)


@click.command()
@click.argument("job_id", callback=_checked_id)
@_connected
def cancel(client: httpx.Client, job_id: str) -> None:
    """Cancel a job that is not over, and print it as JSON."""
    _print(_call(client, "POST", f"/v1/jobs/{job_id}/cancel"))


@click.command()
@click.argument("job_id", callback=_checked_id)
@_connected
def retry(client: httpx.Client, job_id: str) -> None:
    """Run a job again that failed, was cancelled or expired, and print it as JSON."""
    _print(_call(client, "POST", f"/v1/jobs/{job_id}/retry"))


@click.command("list")
@click.option("--status", help="Only jobs in this status.")
@click.option("--endpoint", help="Only jobs of this endpoint type.")
@click.option("--limit", type=click.IntRange(1, 100), default=20, show_default=True)
@click.option("--after", help="Start after this job, to see the next page.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@_connected
def list_jobs(client: httpx.Client, as_json: bool, **filters: Any) -> None:
    """List jobs, newest first."""
    params = {name: value for name, value in filters.items() if value is not None}
    page = _call(client, "GET", "/v1/jobs", params=params)
    if as_json:
        _print(page)
        return
    for job in page["data"]:
        created = datetime.fromtimestamp(job["created_at"], timezone.utc)
        click.echo(
            f"{job['id']:26}  {job['status']:11}  {created:%Y-%m-%d %H:%M:%S}Z  "
            f"{job['endpoint']}  {(job['error'] or {}).get('code', '')}".rstrip()
        )
    if page["has_more"]:
        click.echo(f"More: --after {page['last_id']}", err=True)


COMMANDS = (submit, get, list_jobs, cancel, retry)


def _client(base_url: str | None, api_key: str | None, data_dir: Path) -> httpx.Client:
    running = running_stack(data_dir)
    api_key = api_key or running.get("api_key")
    if api_key is not None and not is_usable_key(api_key):
        raise click.BadParameter("must be printable ASCII without spaces", param_hint="--api-key")
    if api_key is None:
        raise click.UsageError(
            f"No API key: give --api-key, or set JOBS_API_KEY; no stack runs with --data-dir "
            f"{data_dir} that would have one."
        )
    url = base_url or running.get("base_url", "http://127.0.0.1:8000")
    return httpx.Client(
        base_url=url.rstrip("/").removesuffix("/v1"),
        headers={"Api-Key": api_key},
        timeout=TIMEOUT_SECONDS,
    )


def _call(client: httpx.Client, method: str, path: str, **options: Any) -> dict[str, Any]:
    try:
        answer = client.request(method, path, **options)
    except httpx.HTTPError as problem:
        raise click.ClickException(f"No answer from {client.base_url}: {problem}") from problem
    try:
        body: dict[str, Any] = answer.json()
    except ValueError:
        raise click.ClickException(
            f"{client.base_url} is no jobs API: it answered {answer.status_code} without JSON."
        ) from None
    if answer.is_error:
        detail = body.get("detail")
        told = detail if isinstance(detail, str) else _in_words(detail)
        raise click.ClickException(f"{answer.status_code}: {told}")
    return body


def _in_words(problems: Any) -> str:
    if not isinstance(problems, list):
        return json.dumps(problems)
    return "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in problems)


def _wait(client: httpx.Client, job: dict[str, Any]) -> dict[str, Any]:
    shown = None
    while True:
        status = job["status"]
        if (told := _told(job)) != shown:
            shown = told
            click.echo(f"{job['id']}: {shown}", err=True)
        if status in TERMINAL:
            path = f"/v1/jobs/{job['id']}"
            return _call(client, "GET", path, params={"include_response": True})
        time.sleep(POLL_SECONDS if status is not None else 0)
        job = _call(client, "GET", f"/v1/jobs/{job['id']}/status")


def _told(job: dict[str, Any]) -> str | None:
    status: str | None = job["status"]
    if not (progress := job.get("progress")):
        return status
    steps = f"{progress['done']} of {progress['total']}"
    said = progress["message"] or ""
    return f"{status}, {said if steps in said else f'{steps} {said}'.rstrip()}"


def _exit_by(job: dict[str, Any], waited: bool) -> None:
    if waited and job["status"] != "completed":
        sys.exit(1)


def _read(value: str) -> str:
    # As curl has it: no JSON begins with an @.
    if not value.startswith("@"):
        return value
    try:
        with click.open_file(value[1:], encoding="utf-8-sig") as file:
            return str(file.read())
    except OSError as problem:
        told = f"{value[1:]}: {problem.strerror}"
        raise click.BadParameter(told, param_hint="--request") from None
    except UnicodeDecodeError:
        raise click.BadParameter(f"{value[1:]}: is no UTF-8", param_hint="--request") from None


def _parsed(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
        # What no HTTP request can carry: NaN, half a character.
        json.dumps(value, allow_nan=False, ensure_ascii=False).encode()
    except ValueError as problem:
        raise click.BadParameter(str(problem), param_hint="--request") from None
    if not isinstance(value, dict):
        raise click.BadParameter("must be a JSON object", param_hint="--request")
    return value


def _as_document(path: Path) -> dict[str, str]:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    content = base64.b64encode(path.read_bytes()).decode("ascii")
    return {"filename": path.name, "url": f"data:{kind};base64,{content}"}


def _pairs(metadata: tuple[str, ...]) -> dict[str, str]:
    if wrong := [pair for pair in metadata if "=" not in pair]:
        raise click.BadParameter(f"{wrong[0]!r} is not KEY=VALUE", param_hint="--metadata")
    return {key: value for key, _, value in (pair.partition("=") for pair in metadata)}


def _print(value: dict[str, Any]) -> None:
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))
