"""The shipped routines and the person's own, side by side."""

from pathlib import Path

import pytest

from stretchplayer.errors import StorageError
from stretchplayer.storage.routines.routine_folder import RoutineFiles
from tests.posix import not_on_windows
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


def test_thirteen_are_shipped(data_dir: Path) -> None:
    assert ids(RoutineFiles(data_dir)) == [
        "back-in-ten", "bad-back-day", "bad-day-on-a-chair", "bend-to-ease", "everyday-back", "hamstring-trio", "hips",
        "neck-and-shoulders", "nerve-glides", "on-a-chair", "press-ups", "steady-back", "without-the-floor",
    ]  # fmt: skip


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


# Files, and adding one


def test_files_are_listed_with_what_is_wrong_with_them(store: RoutineFiles, own: Path) -> None:
    write_sheet(own / "a.toml")
    write_sheet(own / "b.toml", "format = 1\n")
    write_sheet(own / "trio.toml")
    shipped, mine, broken, twice = store.files()
    assert (shipped.file_name, shipped.is_own, shipped.routine and shipped.routine.id) == ("trio.toml", False, "trio")
    assert (mine.file_name, mine.is_own, mine.routine and mine.routine.id) == ("a.toml", True, "a")
    assert (broken.routine, twice.routine) == (None, None)
    assert store.problems == [broken.problem, twice.problem]
    assert "rename the file" in twice.problem


def test_a_file_is_read_anew_only_when_it_has_changed(store: RoutineFiles, own: Path) -> None:
    path = write_sheet(own / "a.toml")
    _trio, first = store.files()
    _trio, again = store.files()
    assert again is first
    path.write_text(SHEET.replace("Two exercises", "Two other exercises"), encoding="utf-8")
    _trio, changed = store.files()
    assert changed.routine is not None
    assert changed.routine.title == "Two other exercises"


@not_on_windows("links need rights there")
def test_what_points_nowhere_is_said_every_time(store: RoutineFiles, own: Path) -> None:
    own.mkdir(parents=True)
    (own / "a.toml").symlink_to(own / "gone.toml")
    for _time in range(2):
        assert "a.toml can't be read" in store.files()[1].problem


def test_a_new_file_keeps_its_name(store: RoutineFiles, own: Path, tmp_path: Path) -> None:
    new = store.look_at(write_sheet(tmp_path / "From Anna.TOML"))
    path = own / "From Anna.toml"
    assert (new.files, new.before, new.routine.id) == ({path: SHEET.encode()}, {path: None}, "from-anna")
    assert (new.is_known, new.replaces) == (False, False)
    store.write(new.files)
    assert ids(store) == ["trio", "from-anna"]
    assert store.look_at(path).is_known
    store.write(new.before)
    assert ids(store) == ["trio"]


def test_a_new_file_doesn_t_hide_a_shipped_one(store: RoutineFiles, own: Path, tmp_path: Path) -> None:
    new = store.look_at(write_sheet(tmp_path / "Trio.toml"))
    assert (list(new.files), new.routine.id) == ([own / "my-trio.toml"], "my-trio")


def test_a_new_file_takes_the_place_of_the_one_with_its_id(store: RoutineFiles, own: Path, tmp_path: Path) -> None:
    old = write_sheet(own / "from anna.toml")
    new = store.look_at(write_sheet(tmp_path / "From-Anna.toml", SHEET.replace("No pain.", "Without pain.")))
    assert new.before == {old: SHEET.encode()}
    assert new.replaces


WITH_PICTURE = (
    SHEET.replace("format = 1", "format = 2")
    .replace("stretches", "exercises")
    .replace('position = "on_all_fours"', 'position = "on_all_fours"\npicture = "cat.png"')
)


def test_pictures_come_with_a_new_file(store: RoutineFiles, own: Path, tmp_path: Path) -> None:
    source = write_sheet(tmp_path / "cats.toml", WITH_PICTURE)
    with pytest.raises(StorageError, match="no such file beside this one"):
        store.look_at(source)
    (tmp_path / "cat.png").write_bytes(b"a cat")
    store.write(store.look_at(source).files)
    assert (own / "cat.png").read_bytes() == b"a cat"
    (tmp_path / "cat.png").write_bytes(b"another cat")
    assert store.look_at(source).replaces


def test_a_picture_that_can_t_be_replaced_is_said(store: RoutineFiles, own: Path, tmp_path: Path) -> None:
    (tmp_path / "cat.png").write_bytes(b"a cat")
    (own / "cat.png").mkdir(parents=True)
    with pytest.raises(StorageError, match=r"cats.toml can't be added: it is a folder"):
        store.look_at(write_sheet(tmp_path / "cats.toml", WITH_PICTURE))


def test_a_new_file_is_checked_first(store: RoutineFiles, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match='"title" is missing'):
        store.look_at(write_sheet(tmp_path / "b.toml", "format = 1\n"))


def test_where_nothing_can_be_written_it_is_said(store: RoutineFiles, own: Path) -> None:
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(StorageError, match=r"a.toml can't be written"):
        store.write({own / "a.toml": b"x"})
