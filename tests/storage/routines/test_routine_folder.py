"""The shipped routines and the person's own, side by side."""

from pathlib import Path

import pytest

from stretchplayer.errors import StorageError
from stretchplayer.storage.routines.routine_folder import RoutineFiles
from tests.storage.routines.sheets import SHEET, write_sheet


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A folder of shipped routines, with one in it."""
    write_sheet(tmp_path / "shipped" / "trio.toml")
    return tmp_path / "shipped"


@pytest.fixture
def own(data_dir: Path) -> Path:
    """The folder of the person's own routines, which is not there yet."""
    return data_dir / "routines"


@pytest.fixture
def store(data_dir: Path, shipped: Path) -> RoutineFiles:
    """All routines."""
    return RoutineFiles(data_dir, shipped)


def ids(store: RoutineFiles) -> list[str]:
    return [routine.id for routine in store.routines()]


def test_without_own_ones_there_are_the_shipped_ones(store: RoutineFiles, own: Path) -> None:
    assert ids(store) == ["trio"]
    assert store.problems == []
    assert not own.exists()


def test_the_default_is_what_is_shipped(data_dir: Path) -> None:
    assert ids(RoutineFiles(data_dir)) == ["hamstring-trio"]


def test_own_ones_come_after_the_shipped_ones_by_name(store: RoutineFiles, own: Path) -> None:
    for name in ("b.toml", "A.TOML", "notes.txt", ".hidden.toml"):
        write_sheet(own / name)
    assert ids(store) == ["trio", "a", "b"]
    assert store.problems == []


def test_a_bad_file_costs_no_other(store: RoutineFiles, own: Path) -> None:
    write_sheet(own / "a.toml")
    bad = write_sheet(own / "b.toml", "format = 1\n")
    (own / "c.toml").mkdir()
    write_sheet(own / "d.toml")
    assert ids(store) == ["trio", "a", "d"]
    title, folder = store.problems
    assert title.startswith(f'{bad}: "title" is missing.')
    assert folder.startswith(f"{own / 'c.toml'} is a folder;")


def test_problems_are_those_of_the_last_look(store: RoutineFiles, own: Path) -> None:
    bad = write_sheet(own / "b.toml", "")
    store.routines()
    assert len(store.problems) == 1
    write_sheet(bad)
    assert ids(store) == ["trio", "b"]
    assert store.problems == []


def test_a_second_routine_of_the_same_id_is_told_of(store: RoutineFiles, own: Path) -> None:
    again = write_sheet(own / "Trio.toml", SHEET.replace("Two exercises", "Mine"))
    assert [routine.title for routine in store.routines()] == ["Two exercises"]
    assert store.problems == [f'{again}: there is already a routine with the id "trio"; rename the file.']


def test_own_folder_that_is_none_is_told_of(store: RoutineFiles, own: Path) -> None:
    own.parent.mkdir()
    own.touch()
    assert ids(store) == ["trio"]
    (problem,) = store.problems
    assert problem.startswith(f"The folder {own} can't be read: ")


def test_a_routine_is_found_by_its_id(store: RoutineFiles, own: Path) -> None:
    write_sheet(own / "My Own.toml")
    assert store.find("trio").id == "trio"
    assert store.find("my-own").id == "my-own"


def test_a_routine_is_found_by_its_file(store: RoutineFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_sheet(tmp_path / "here.toml")
    plain = write_sheet(tmp_path / "no-suffix")
    monkeypatch.chdir(tmp_path)
    assert store.find("here.toml").id == "here"
    assert store.find(str(plain)).id == "no-suffix"


def test_a_bad_routine_that_is_asked_for_is_told_of(store: RoutineFiles, own: Path) -> None:
    bad = write_sheet(own / "bad.toml", "")
    with pytest.raises(StorageError, match=r"bad\.toml is empty"):
        store.find("bad")
    with pytest.raises(StorageError, match=r"bad\.toml is empty"):
        store.find(str(bad))


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ("trios", 'There is no routine "trios"; did you mean "trio"?'),
        ("neck", 'There is no routine "neck"; name a file that ends in .toml, or one of mine, trio.'),
    ],
)
def test_a_routine_that_is_not_there(store: RoutineFiles, own: Path, wanted: str, sentence: str) -> None:
    write_sheet(own / "mine.toml")
    with pytest.raises(StorageError) as caught:
        store.find(wanted)
    assert str(caught.value) == sentence
