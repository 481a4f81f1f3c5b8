"""The house rules, read off the code: who imports whom, and where each thing may be done."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import jobs_backend
from jobs_backend.statements import SQL_DIRECTORY

ROOT = Path(jobs_backend.__file__).parent.parent
ROOMS = ("jobs_backend", "workers", "api")
VERB_FILES = (
    "jobs",
    "dispatching",
    "submission",
    "sweeps",
    "recovery",
    "pages",
    "organizations",
    "idempotency",
    "quotas",
    "waits",
    "resources",
)
VERBS = tuple(f"jobs_backend/{name}.py" for name in VERB_FILES)
FILES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_imports_go_one_way(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    allowed = {
        "jobs_backend": ("jobs_backend",),
        "workers": ("workers", "jobs_backend"),
        "api": ("api", "jobs_backend", "workers.celery_app"),
    }[room]
    ours = [name for name in _imports(path) if name.partition(".")[0] in (*ROOMS, "tests")]
    assert [name for name in ours if not name.startswith(allowed)] == []


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_each_library_is_spoken_to_in_its_room(path: Path) -> None:
    rooms = {
        "celery": "workers/",
        "kombu": "workers/",
        "flask": "api/",
        "werkzeug": "api/",
        "flask_smorest": "api/",
        "environs": "jobs_backend/config",
        "yoyo": "jobs_backend/migrate.py",
        "honcho": "jobs_backend/local/",
        "click": "jobs_backend/cli/",
    }
    for imported in _imports(path):
        room = rooms.get(imported.partition(".")[0])
        assert room is None or _name(path).startswith(room), imported


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_the_environment_is_read_in_one_place(path: Path) -> None:
    if _name(path) != "jobs_backend/config.py":
        assert not re.search(r"os\.(environ|getenv|putenv)", path.read_text())


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_sql_is_called_from_the_verbs_alone(path: Path) -> None:
    if _name(path) not in VERBS:
        assert "database().run(" not in path.read_text()
    # What goes in pieces has a table of its transaction, which no statement of the verbs knows.
    if _name(path) not in (f"jobs_backend/{name}.py" for name in ("db", "migrate", "pieces")):
        assert not re.search(r"\b(INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b", path.read_text())
        assert not [name for name in _imports(path) if name in ("psycopg2", "psycopg2.connect")]


def test_every_statement_has_a_verb_and_every_verb_a_statement() -> None:
    verbs = "".join((ROOT / name).read_text() for name in VERBS)
    for statement in SQL_DIRECTORY.glob("*.sql"):
        assert f'"{statement.stem}"' in verbs, statement


@pytest.mark.parametrize("path", sorted(SQL_DIRECTORY.glob("*.sql")), ids=_name)
def test_statements_tell_what_they_do_and_paste_nothing(path: Path) -> None:
    text = path.read_text()
    assert text.startswith("-- ")
    assert not re.search(r"%[^(%]|\{|\bnow\(\)", text)


@pytest.mark.parametrize("name", ["succeed", "claim"])
def test_the_statement_that_does_two_things_has_the_guards_of_both(name: str) -> None:
    def told(statement: str) -> tuple[list[str], set[str]]:
        text = (SQL_DIRECTORY / f"{statement}.sql").read_text()
        text = re.sub(r"given\.(\w+)", r"%(\1)s", text)  # where it is given several
        sets = re.findall(r"UPDATE jobs\s+(SET.*?)\s+(?=FROM|WHERE)", text, re.DOTALL)
        return sets, {each.strip() for each in re.findall(r"^ +AND (.+)$", text, re.MULTILINE)}

    [sets], guards = told(name)
    all_sets, all_guards = told("succeed_and_claim")
    assert sets in all_sets
    assert guards
    assert guards <= all_guards


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_files_stay_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 310


def test_the_procfile_in_the_package_is_the_one_at_the_top() -> None:
    assert (ROOT / "jobs_backend/Procfile").read_text() == (ROOT / "Procfile").read_text()
