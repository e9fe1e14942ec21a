"""Archives are the same for the same files, whoever makes them and when."""

import os
import tarfile
from pathlib import Path

import checks
import pytest
from archive import write_tar_xz

from tests.posix import not_on_windows

EPOCH = 1_767_225_600


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a program, a text and a link."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    folder = tmp_path / "program-1"
    (folder / "b").mkdir(parents=True)
    (folder / "b" / "text").write_text("text")
    (folder / "run").write_text("#!/bin/sh\n")
    (folder / "run").chmod(0o775)
    (folder / "a").symlink_to("b/text")
    return folder


@not_on_windows("the archive is made on Linux")
def test_time_owner_and_umask_do_not_show(folder: Path, tmp_path: Path) -> None:
    write_tar_xz(folder, tmp_path / "one.tar.xz")
    for path in folder.rglob("*"):
        os.utime(path, (1, 1), follow_symlinks=False)
    (folder / "b" / "text").chmod(0o600)
    write_tar_xz(folder, tmp_path / "other.tar.xz")
    assert (tmp_path / "one.tar.xz").read_bytes() == (tmp_path / "other.tar.xz").read_bytes()


@not_on_windows("the archive is made on Linux")
def test_everything_is_in_it_in_order(folder: Path, tmp_path: Path) -> None:
    write_tar_xz(folder, tmp_path / "a.tar.xz")
    with tarfile.open(tmp_path / "a.tar.xz") as tar:
        entries = [(entry.name, entry.mode, entry.uid, entry.uname, entry.mtime) for entry in tar]
        assert tar.getmember("program-1/a").linkname == "b/text"
    assert [name for name, *_ in entries] == [
        "program-1",
        *(f"program-1/{name}" for name in ("a", "b", "b/text", "run")),
    ]
    assert {name: mode for name, mode, *_ in entries if not name.endswith("/a")} == {
        "program-1": 0o755, "program-1/b": 0o755, "program-1/b/text": 0o644, "program-1/run": 0o755,
    }  # fmt: skip
    assert {rest for _, _, *others in entries for rest in [tuple(others)]} == {(0, "root", EPOCH)}


@not_on_windows("the archive is made on Linux")
def test_what_is_too_large_ends_the_build(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    packed = tmp_path / "packed"
    packed.write_bytes(b"x" * 100)
    monkeypatch.setattr(checks, "packed_sizes", lambda _single: {"a": 1})
    checks.check_sizes(folder=folder, archive=packed, single=packed)
    assert "0.0 MB  b/text" in capsys.readouterr().out
    monkeypatch.setattr(checks, "MOST_PACKED_MB", 0)
    with pytest.raises(SystemExit, match="too large"):
        checks.check_sizes(folder=folder, archive=packed, single=packed)


def test_what_differs_between_two_builds_is_told(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "run").write_text("else")
    (other / "new").touch()
    made = tmp_path / "made"
    made.write_bytes(b"2")
    assert checks.compare({"made": b"2"}, [made], folder, folder) == 0
    assert checks.compare({"made": b"1"}, [made], folder, other) == 1
    told = capsys.readouterr().out
    assert "different files among 1: run" in told
    assert "new" in told
