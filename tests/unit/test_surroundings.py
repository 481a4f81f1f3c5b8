"""What a handler changed of its process is changed back."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from workers import scratch, surroundings


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """This process has a folder for temporary files, as a process of the pool has."""
    mask = os.umask(0o022)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(scratch, "_place", scratch._Place())
    scratch.begin()
    yield Path(tempfile.gettempdir())
    os.umask(mask)


def test_the_working_directory_is_the_one_before_also_from_one_that_is_gone(tmp_path: Path) -> None:
    found = surroundings.look()
    (tmp_path / "gone").mkdir()
    os.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    found.restore()
    assert os.getcwd() == str(tmp_path)


def test_new_files_have_the_permissions_that_they_had() -> None:
    found = surroundings.look()
    os.umask(0o777)
    found.restore()
    assert os.umask(0o022) == 0o022


def test_a_folder_for_temporary_files_that_was_removed_is_there_again(own_folder: Path) -> None:
    found = surroundings.look()
    os.umask(0o777)
    shutil.rmtree(own_folder)
    found.restore()
    assert Path(tempfile.mkdtemp()).parent == own_folder
    assert own_folder.stat().st_mode & 0o777 == 0o700


def test_a_place_for_temporary_files_that_is_gone_is_forgotten(
    own_folder: Path, tmp_path: Path
) -> None:
    kept = own_folder / "of a library"
    kept.touch()
    found = surroundings.look()
    tempfile.tempdir = str(tmp_path / "gone")
    found.restore()
    assert Path(tempfile.mkdtemp()).parent == own_folder
    assert kept.exists()


def test_a_place_for_temporary_files_that_is_there_may_be_another(tmp_path: Path) -> None:
    found = surroundings.look()
    tempfile.tempdir = str(tmp_path)
    found.restore()
    assert tempfile.gettempdir() == str(tmp_path)


def test_what_cannot_be_restored_fails_nothing(own_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    os.chdir(tmp_path / "gone")
    found = surroundings.look()
    os.chdir(tmp_path)
    (tmp_path / "gone").rmdir()
    shutil.rmtree(own_folder.parent)
    found.restore()
    assert os.path.isdir(tempfile.gettempdir())


def test_a_directory_that_was_gone_before_is_nobodys_fault(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    os.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    surroundings.look().restore()
    os.chdir(tmp_path)
