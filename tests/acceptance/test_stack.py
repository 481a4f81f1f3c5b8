"""Starting, stopping, restarting and losing the stack; and installing it from a wheel."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from jobs_backend import config
from jobs_backend.alive import has_ended
from jobs_backend.local.servers import free_port
from tests.acceptance.conftest import KEY, PROGRAM, ROOT, Stack, finish, submit
from tests.conftest import eventually


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Stack]:
    """A stack that the test may break."""
    stack = Stack(tmp_path / "data")
    yield stack
    if stack.process is not None and stack.process.poll() is None:
        stack.stop()
    for process in stack.left_over():
        process.kill()


def test_the_ready_file_names_everything(stack: Stack) -> None:
    facts = stack.facts
    assert set(facts) == {
        *("base_url", "api_key", "organization_id", "database_url", "redis_url", "pids"),
    }
    assert facts["api_key"] == KEY
    assert set(facts["pids"]) == {"postgres", "redis", "web", "worker", "beat"}
    assert all(psutil.pid_exists(pid) for pid in facts["pids"].values())
    assert stack.ready_file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_it_stops_though_nobody_listens_any_more(own: Stack, number: int) -> None:
    # As where Ctrl-C ends the `tee` behind it, or its terminal is closed.
    own.start()
    assert own.process is not None
    assert own.process.stdout is not None
    own.process.stdout.close()
    own.process.send_signal(number)
    own.process.wait(60)
    assert own.left_over() == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopping_leaves_no_process_and_keeps_the_jobs(own: Stack, number: int) -> None:
    own.start()
    with own.client() as client:
        done = finish(client, submit(client, "/v1/echo", {"text": "kept"}))
        running = submit(client, "/v1/slow", {"seconds": 30})
        path = f"/v1/jobs/{running['id']}"
        eventually(lambda: client.get(path).json()["status"] == "in_progress")
        waiting = [submit(client, "/v1/slow", {"seconds": 0}) for _ in range(3)]

    output = own.stop(number)
    assert own.process is not None
    assert own.process.returncode == 0, output
    assert output.splitlines()[-1] == "Stopped."
    assert own.left_over() == []
    assert not own.ready_file.exists()

    own.start()
    with own.client() as client:
        assert client.get(f"/v1/jobs/{done['id']}").json()["status"] == "completed"
        # The interrupted job was given back, not failed, and what had been waiting runs.
        state = eventually(lambda: _started_again(client, running["id"]))
        assert state["last_failure_code"] is None
        for job in waiting:
            assert finish(client, job)["status"] == "completed"


def _started_again(client: httpx.Client, job_id: str) -> dict[str, object] | None:
    job: dict[str, object] = client.get(f"/v1/jobs/{job_id}").json()
    return job if job["status"] == "in_progress" and job["attempt_count"] == 2 else None


@pytest.fixture(scope="module")
def sturdy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack whose processes die one after the other."""
    stack = Stack(tmp_path_factory.mktemp("sturdy") / "data")
    stack.start()
    yield stack
    stack.stop()


@pytest.mark.parametrize("name", ["worker", "web", "beat", "redis", "postgres"])
def test_a_process_that_dies_is_started_again(sturdy: Stack, name: str) -> None:
    before = sturdy.facts["pids"][name]
    os.kill(before, signal.SIGKILL)
    eventually(lambda: sturdy.facts["pids"].get(name) not in (None, before))

    def submits() -> bool:
        with sturdy.client() as client:
            try:
                body = {"endpoint": "/v1/echo", "request": {"text": "again"}}
                answer = client.post("/v1/jobs", json=body)
                return (
                    answer.status_code in (200, 202)
                    and finish(client, answer.json())["status"] == "completed"
                )
            except httpx.HTTPError:
                return False

    eventually(submits, 60)


def test_a_stack_that_was_killed_is_cleared_away_by_the_next(own: Stack) -> None:
    own.start()
    with own.client() as client:
        job = submit(client, "/v1/echo", {"text": "kept"})
    orphans = [psutil.Process(pid) for pid in own.facts["pids"].values()]
    assert own.process is not None
    own.process.kill()
    own.process.communicate()
    own.ready_file.unlink()

    own.start()
    still = [process for process in orphans if not has_ended(process)]
    assert [process.pid for process in still] == [own.facts["pids"]["postgres"]]
    with own.client() as client:
        assert finish(client, job)["status"] == "completed"


def test_two_stacks_never_share_a_data_folder(stack: Stack) -> None:
    second = subprocess.run(
        [PROGRAM, "up", "--port", "0", "--data-dir", str(stack.data_dir)],
        env=config.environment(JOBS_DATABASE_URL="", JOBS_REDIS_URL="", JOBS_ENDPOINTS=""),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert second.returncode == 1
    assert "in use by another" in second.stderr
    assert len(second.stderr.splitlines()) == 1


def test_a_folder_of_another_postgres_version_is_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "postgres"
    folder.mkdir(parents=True)
    (folder / "PG_VERSION").write_text("13\n")
    result = subprocess.run(
        [PROGRAM, "up", "--port", "0", "--data-dir", str(tmp_path / "data")],
        env=config.environment(JOBS_DATABASE_URL="", JOBS_REDIS_URL="", JOBS_ENDPOINTS=""),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 1
    assert "belongs to Postgres 13" in result.stderr
    assert "Traceback" not in result.stderr


def test_servers_that_are_named_are_used(stack: Stack, tmp_path: Path) -> None:
    # The shared stack's servers, with another key prefix, stand for a user's own.
    facts = stack.facts
    other = Stack(
        tmp_path / "data",
        database_url=facts["database_url"],
        redis_url=facts["redis_url"],
        JOBS_REDIS_KEY_PREFIX="other:",
    )
    other.start()
    assert set(other.facts["pids"]) == {"web", "worker", "beat"}
    assert "Stopped." in other.stop()
    assert httpx.get(f"{facts['base_url']}/readyz").status_code == 200


def test_fakeredis_serves_where_there_is_no_redis(tmp_path: Path) -> None:
    port = free_port()
    imitation = subprocess.Popen(
        [sys.executable, "-m", "jobs_backend.local.fake_redis", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    stack = Stack(tmp_path / "data", redis_url=f"redis://127.0.0.1:{port}/0")
    try:
        stack.start()
        with stack.client() as client:
            for _ in range(5):
                job = finish(client, submit(client, "/v1/echo", {"text": "x"}))
                assert job["status"] == "completed"
    finally:
        stack.stop()
        imitation.kill()
        imitation.wait()


def test_an_installed_wheel_runs_from_another_folder(tmp_path: Path) -> None:
    source = tmp_path / "clone"
    tracked = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in tracked.stdout.splitlines():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, source / name, follow_symlinks=False)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    build = ["wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir"]
    subprocess.run([*pip, *build, str(tmp_path), str(source)], check=True)
    [wheel] = tmp_path.glob("*.whl")

    # A venv that sees the libraries of this one, but not the checkout.
    home = tmp_path / "venv"
    venv.create(home, symlinks=True)
    python = str(home / "bin" / "python")
    site = subprocess.run(
        [python, "-c", "import site; print(site.getsitepackages()[0])"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    libraries = Path(psutil.__file__).parent.parent
    (Path(site) / "libraries.pth").write_text(f"{libraries}\n")
    target = ["--python", python, "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run([*pip, *target], check=True)
    for program in ("gunicorn", "celery"):
        script = (libraries.parent.parent.parent / "bin" / program).read_text().splitlines()
        (home / "bin" / program).write_text("\n".join([f"#!{python}", *script[1:]]) + "\n")
        (home / "bin" / program).chmod(0o755)

    stack = Stack(
        tmp_path / "data",
        program=str(home / "bin" / "jobs-backend"),
        JOBS_ENDPOINTS="",
        PYTHONPATH="",
    )
    stack.start()
    try:
        with stack.client() as client:
            document = {"filename": "hello.txt", "url": "data:text/plain,Hello%20there"}
            job = finish(client, submit(client, "/v1/parses", {"document": document}))
            assert job["response"]["body"]["output"]["text"] == "Hello there"
        web = psutil.Process(stack.facts["pids"]["web"])
        assert str(home) in " ".join(web.cmdline())
    finally:
        stack.stop()
