"""Where the data directory is."""

import os
from pathlib import Path

import pytest
from platformdirs import user_data_path

from stretchplayer.errors import StorageError
from stretchplayer.storage.directories import find_data_dir, make_data_dir, usual_data_dir
from tests.posix import not_on_windows


def test_the_option_comes_first(tmp_path: Path) -> None:
    environ = {"STRETCHPLAYER_DATA_DIR": str(tmp_path / "environment")}
    assert find_data_dir(str(tmp_path / "option"), environ) == tmp_path / "option"
    assert find_data_dir(None, environ) == tmp_path / "environment"


@pytest.mark.parametrize("data_home", [None, "", "/elsewhere"])
def test_without_either_it_is_where_platformdirs_says(monkeypatch: pytest.MonkeyPatch, data_home: str | None) -> None:
    monkeypatch.delenv("STRETCHPLAYER_DATA_DIR")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    if data_home is not None:
        monkeypatch.setenv("XDG_DATA_HOME", data_home)
    assert find_data_dir() == user_data_path("stretchplayer", appauthor=False)


def test_an_empty_variable_counts_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRETCHPLAYER_DATA_DIR", "")
    assert find_data_dir() == user_data_path("stretchplayer", appauthor=False)


def test_it_is_found_without_being_made(tmp_path: Path) -> None:
    assert not find_data_dir(str(tmp_path / "new" / "data")).exists()
    assert list(tmp_path.iterdir()) == []


def test_it_is_made_absolute_and_home_is_filled_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_data_dir("data") == tmp_path / "data"
    assert find_data_dir("~/data") == Path.home() / "data"


def test_one_that_another_program_is_making_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, is_dir = tmp_path / "data", Path.is_dir

    def look_and_be_overtaken(self: Path) -> bool:
        found = is_dir(self)
        path.mkdir(exist_ok=True)
        return found

    monkeypatch.setattr(Path, "is_dir", look_and_be_overtaken)
    assert find_data_dir(str(path)) == path


def test_a_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.touch()
    with pytest.raises(StorageError) as caught:
        find_data_dir(str(path))
    assert str(caught.value) == f"The data directory {path} is a file; choose a folder."


@not_on_windows("other names are refused there")
@pytest.mark.parametrize("name", ["~nobody-of-this-name/data", "x" * 5000])
def test_a_name_no_folder_can_have_is_refused(name: str) -> None:
    with pytest.raises(StorageError, match=r"^The data directory .* can't be used; choose another one\.$"):
        find_data_dir(name)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
@pytest.mark.parametrize(
    ("before", "named", "after"),
    [(None, True, 0o700), (0o755, True, 0o700), (0o775, True, 0o775), (0o777, True, 0o777), (0o775, False, 0o700)],
)
def test_it_is_for_its_owner_only_unless_others_write_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: int | None, named: bool, after: int
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    path = tmp_path / "named" if named else usual_data_dir()
    if before is not None:
        path.mkdir()
        path.chmod(before)
        (path / "settings.json").touch(mode=0o644)
        (path / "mine.toml").touch(mode=0o644)
    make_data_dir(path)
    assert path.stat().st_mode & 0o777 == after
    modes = {file.name: file.stat().st_mode & 0o777 for file in path.iterdir()}
    assert modes == ({} if before is None else {"settings.json": 0o600, "mine.toml": 0o644})
