"""Files that another program has open: Windows refuses to read, replace and rename them meanwhile."""

import errno
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from stretchplayer.errors import StorageError
from stretchplayer.settings import Settings
from stretchplayer.storage.history import database
from stretchplayer.storage.settings import SettingsFile

MINE = Settings(pause_other_media=False)
SHARING_VIOLATION, NOT_EMPTY = 32, 145
Hold = Callable[..., list[float]]


@pytest.fixture
def hold(monkeypatch: pytest.MonkeyPatch) -> Hold:
    """Let a function of `Path` be refused some times; what is returned are the pauses between the tries."""

    def refuse(name: str, times: int, winerror: int = SHARING_VIOLATION) -> list[float]:
        work, pauses, left = getattr(Path, name), list[float](), times

        def refused(path: Path, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 -- any function's
            nonlocal left
            if left:
                left -= 1
                error = PermissionError(errno.EACCES, "in use")
                error.winerror = winerror  # type: ignore[attr-defined, unused-ignore] # as on Windows
                raise error
            return work(path, *arguments, **named)

        monkeypatch.setattr(Path, name, refused)
        monkeypatch.setattr("stretchplayer.storage.atomic_write.time.sleep", pauses.append)
        return pauses

    return refuse


def test_a_save_waits_for_a_virus_scanner(data_dir: Path, hold: Hold) -> None:
    pauses = hold("replace", 3)
    SettingsFile(data_dir).save(MINE)
    assert len(pauses) == 3
    assert SettingsFile(data_dir).load() == MINE


@pytest.mark.parametrize(("winerror", "tries"), [(SHARING_VIOLATION, 11), (NOT_EMPTY, 1)])
def test_what_is_refused_for_good_is_told(data_dir: Path, hold: Hold, winerror: int, tries: int) -> None:
    pauses = hold("replace", 99, winerror)
    with pytest.raises(StorageError, match="can't be saved"):
        SettingsFile(data_dir).save(MINE)
    assert len(pauses) == tries - 1
    assert sum(pauses) <= 0.6


def test_healthy_settings_that_are_in_use_are_not_set_aside(data_dir: Path, hold: Hold) -> None:
    SettingsFile(data_dir).save(MINE)
    hold("open", 3)
    file = SettingsFile(data_dir)
    assert file.load() == MINE
    assert file.problems == ()


def test_a_damaged_file_that_is_in_use_is_set_aside_a_little_later(data_dir: Path, hold: Hold) -> None:
    data_dir.mkdir()
    (data_dir / "settings.json").write_text("{", encoding="utf-8")
    hold("rename", 3)
    file = SettingsFile(data_dir)
    assert file.load() == Settings()
    assert "It was renamed settings.damaged-" in file.problems[0]


def test_so_is_a_damaged_history(tmp_path: Path, hold: Hold) -> None:
    (tmp_path / database.FILE_NAME).write_bytes(b"no database")
    hold("rename", 3)
    aside = database.set_aside(tmp_path / database.FILE_NAME, "damaged", datetime(2026, 3, 2, 8, tzinfo=UTC))
    assert aside.read_bytes() == b"no database"
