"""A user's own endpoint type, as the README has it: a package that is installed and named."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.conftest import ROOT, Stack, finish
from tests.conftest import eventually

MORE = """

import time
from pathlib import Path


def look(request, context):
    (context.folder / "part").write_text("x")
    for step in range(200):
        context.progress(step, 200, "looking")
        time.sleep(0.05)
    return {}


def tidy(request, context):
    (context.folder / "part").write_text("x")
    return {"folder": str(context.folder), "endpoint": context.endpoint, "request": context.request}


ENDPOINTS += [Endpoint("/v1/look", handler="shop.jobs:look")]
ENDPOINTS += [Endpoint("/v1/tidy", handler="shop.jobs:tidy", request=LineCountRequest())]
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack with the README's package installed beside it."""
    folder = tmp_path_factory.mktemp("shop")
    [program] = re.findall(r"```python\n(# shop/jobs\.py\n.*?)```", _readme(), re.DOTALL)
    (folder / "source" / "shop").mkdir(parents=True)
    (folder / "source" / "shop" / "__init__.py").touch()
    (folder / "source" / "shop" / "jobs.py").write_text(program + MORE)
    (folder / "source" / "pyproject.toml").write_text('[project]\nname = "shop"\nversion = "1"\n')
    options = ("--quiet", "--no-index", "--no-deps", "--no-build-isolation")
    command = [sys.executable, "-m", "pip", "install", *options, "--target", str(folder / "site")]
    subprocess.run([*command, str(folder / "source")], check=True)
    stack = Stack(folder / "data", JOBS_ENDPOINTS="shop.jobs", PYTHONPATH=str(folder / "site"))
    stack.start()
    yield stack
    stack.stop()


def _readme() -> str:
    return (ROOT / "README.md").read_text()


def test_it_runs_and_is_described(shop: Stack) -> None:
    with shop.client() as client:
        body = {"endpoint": "/v1/line-counts", "request": {"text": "one\ntwo"}}
        done = finish(client, client.post("/v1/jobs", json=body).json())
        assert done["response"]["body"] == {"lines": 2}
        wrong = client.post("/v1/jobs", json={**body, "request": {"txet": "x"}})
        assert wrong.status_code == 400
        assert "text: " in wrong.json()["detail"]
        described = client.get("/openapi.json").json()["components"]["schemas"]
        assert described["LineCountsRequest"]["properties"]["text"] == {"type": "string"}


def test_progress_is_shown_by_status_and_command_line(shop: Stack) -> None:
    with shop.client() as client:
        job = client.post("/v1/jobs", json={"endpoint": "/v1/look", "request": {}}).json()
        path = f"/v1/jobs/{job['id']}"
        shown = eventually(lambda: client.get(f"{path}/status").json()["progress"])
        assert (shown["total"], shown["message"]) == (200, "looking")
        later = eventually(
            lambda: (it := client.get(path).json()["progress"])["done"] > shown["done"] and it
        )
        assert later["total"] == 200
        waiting = subprocess.Popen(
            [
                *(str(Path(sys.executable).parent / "jobs-backend"), "get", job["id"], "--wait"),
                *("--data-dir", str(shop.data_dir)),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert waiting.stderr is not None
        line = waiting.stderr.readline()
        assert re.search(r"in_progress, \d+ of 200 looking", line), line
        client.post(f"{path}/cancel")
        waiting.communicate(timeout=30)
        assert client.get(path).json()["progress"] is None


def test_a_job_s_folder_goes_with_it(shop: Stack) -> None:
    with shop.client() as client:
        body = {"endpoint": "/v1/tidy", "request": {"text": "x"}}
        told = finish(client, client.post("/v1/jobs", json=body).json())["response"]["body"]
    assert (told["endpoint"], told["request"]) == ("/v1/tidy", {"text": "x"})
    assert Path(told["folder"]).is_absolute()
    assert not Path(told["folder"]).exists()
