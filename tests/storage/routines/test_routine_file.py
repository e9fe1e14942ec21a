"""Routine files that can be used, and the files around them: missing, folders, too large, not text."""

import errno
import tracemalloc
from pathlib import Path

import pytest

from stretchplayer.errors import StorageError
from stretchplayer.routine.routine import Exercise, Position, Routine, SafetyNote, SideMode, Step, StepKind
from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.routines.routine_file import id_of_file, read_routine, slug
from stretchplayer.storage.toml_file import LONGEST_LINE, MAX_BYTES, read_bytes
from tests.posix import make_pipe
from tests.routine.shipped import hamstring_trio
from tests.storage.routines.sheets import SHEET, parsed, spoilt, write_sheet


def error_of(path: Path) -> str:
    with pytest.raises(StorageError) as caught:
        read_routine(path)
    return str(caught.value)


# What can be used


def test_the_shipped_routine_is_read_whole() -> None:
    assert read_routine(asset_dir("routines") / "hamstring-trio.toml") == hamstring_trio()


def test_what_is_left_out_gets_its_default() -> None:
    assert parsed(SHEET) == Routine(
        id="my",
        title="Two exercises",
        safety=(SafetyNote(text="No pain."),),
        exercises=(
            Exercise(
                id="leg-raise",
                title="Leg raise",
                position=Position.LYING_ON_BACK,
                equipment=("a towel", "a mat"),
                steps=(
                    Step(kind=StepKind.MOVE, text="Raise your {leg}.", seconds=5),
                    Step(kind=StepKind.HOLD, text="Keep it up.", seconds=20),
                ),
            ),
            Exercise(
                id="cat",
                title="Cat",
                position=Position.ON_ALL_FOURS,
                sides=SideMode.NONE,
                steps=(Step(kind=StepKind.MOVE, text="Arch your back, and let go.", repetitions=8),),
            ),
        ),
    )


def test_safety_notes_say_which_of_them_are_about_stopping() -> None:
    notes = '["No pain.", { text = "Stop on pain.", stop = true }, { text = "Relax." }]'
    routine = parsed(SHEET.replace('["No pain."]', notes))
    assert [note.text for note in routine.safety] == ["No pain.", "Stop on pain.", "Relax."]
    assert routine.stop_rules == ("Stop on pain.",)


def test_every_key_is_taken_over() -> None:
    keys = 'setup = "Lie."\nlimb = "arm"\nrepetitions = 2\nsets = 3\nrest_s = 4.5\nsides = "each"\n'
    step = 'say = "Up with the {side} one."\npose = "leg-up"\n'
    sheet = SHEET.replace('sides = "none"\n', keys).replace("repetitions = 8\n", "repetitions = 8\n" + step)
    top = 'description = "D"\nsource = "S"\nlicence = "L"\n'
    routine = parsed(sheet.replace("safety", top + "safety"))
    exercise = routine.exercises[1]
    assert (routine.description, routine.source, routine.licence) == ("D", "S", "L")
    assert (exercise.setup, exercise.limb, exercise.repetitions, exercise.sets, exercise.rest_s) == (
        "Lie.",
        "arm",
        2,
        3,
        4.5,
    )
    assert (exercise.steps[0].say, exercise.steps[0].pose) == ("Up with the {side} one.", "leg-up")


def test_ids_are_made_of_titles_and_never_twice() -> None:
    assert [exercise.id for exercise in parsed(spoilt('"Leg raise"', '"Cat"')).exercises] == ["cat-2", "cat"]
    three = SHEET + SHEET[SHEET.index("[[stretches]]") :].replace('id = "cat"\n', "")
    assert [exercise.id for exercise in parsed(three).exercises] == ["leg-raise", "cat", "leg-raise-2", "cat-2"]
    assert parsed(spoilt('"Leg raise"', '"伸展"')).exercises[0].id == "stretch"


@pytest.mark.parametrize(
    ("text", "made"),
    [("Leg raise", "leg-raise"), ("  A  b--C! ", "a-b-c"), ("Übung für Bäcker", "ubung-fur-backer"), ("伸展", "")],
)
def test_a_slug_is_an_id(text: str, made: str) -> None:
    assert slug(text) == made


def test_the_id_of_a_file_is_its_name() -> None:
    assert id_of_file(Path("there/My Back.TOML")) == "my-back"
    assert id_of_file(Path("伸展.toml")) == "routine"


def test_text_is_stripped_and_left_plain() -> None:
    routine = parsed(spoilt('"Two exercises"', '"  <b>Two</b> & more  "'))
    assert routine.title == "<b>Two</b> & more"


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    assert parsed(b"\xef\xbb\xbf" + SHEET.replace("\n", "\r\n").encode()) == parsed(SHEET)


def test_a_file_of_just_the_largest_size_is_read(tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "my.toml", SHEET + "#\n" * ((MAX_BYTES - len(SHEET)) // 2))
    assert read_routine(path).title == "Two exercises"


def test_a_small_file_takes_little_memory(tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "my.toml")
    tracemalloc.start()
    try:
        assert read_bytes(path) == SHEET.encode()
        assert tracemalloc.get_traced_memory()[1] < MAX_BYTES / 4
    finally:
        tracemalloc.stop()


@pytest.mark.skipif(not Path("/proc/version").exists(), reason="only Linux has such files")
def test_a_file_that_says_it_is_empty_is_read_all_the_same() -> None:
    version = Path("/proc/version")
    assert version.stat().st_size == 0
    assert read_bytes(version) == version.read_bytes()


# What is no routine file


def test_a_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    assert error_of(path) == f"{path} can't be read: there is no such file or folder; check the name."


def test_a_folder(tmp_path: Path) -> None:
    assert error_of(tmp_path) == f"{tmp_path} is a folder; name a file that ends in .toml."


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    make_pipe(path)
    assert error_of(path) == f"{path} is not a regular file; name a file that ends in .toml."


def test_a_name_no_file_can_have() -> None:
    assert error_of(Path("my\0.toml")) == "my\\x00.toml is not a valid file name; check it."


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_sheet(tmp_path / "my.toml")

    def refuse(*_arguments: object, **_keywords: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    # Permissions don't stop root, as whom tests may run.
    monkeypatch.setattr(Path, "open", refuse)
    expected = f"{path} can't be read: permission is denied; change its permissions or choose another place."
    assert error_of(path) == expected


def test_a_file_too_large(tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "my.toml", "#" * (MAX_BYTES + 1))
    assert error_of(path) == f"{path} is larger than 256 KiB; name a smaller file."


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "my.toml is empty; its first line must be format = 2."),
        (b" \n\t\n", "my.toml is empty; its first line must be format = 2."),
        (SHEET.encode("utf-16"), "my.toml is written in UTF-16; save it as UTF-8."),
        (
            SHEET.encode().replace(b"Keep it", b"Ke\xffp it"),
            "my.toml, line 17: a character is not valid UTF-8; save the file as UTF-8.",
        ),
    ],
)
def test_data_that_are_no_text(data: bytes, sentence: str) -> None:
    with pytest.raises(StorageError) as caught:
        parsed(data)
    assert str(caught.value) == sentence


HEAD = 'format = 1\ntitle = "T"\n'


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        (f"{HEAD}{'a.' * 100_000}a = 1", "line 3: the line is longer than 10000 characters"),
        (f"{HEAD}x = {'1' * (LONGEST_LINE - 3)}", "line 3: the line is longer"),
        (f"{HEAD}{'a . ' * 2_000}a = 1", "line 3: the key has more than 4 parts"),
        (f"{HEAD}a.'b.c'.\"d\".e.f = 1", "line 3: the key has more than 4 parts"),
        (f"{HEAD}[a.b.c.d.e]", "line 3: the key has more than 4 parts"),
        (f"{HEAD}[[{'a.' * 4_000}a]]\n{'b.c = 1' * 100}", "line 3: the key has more than 4 parts"),
        (f"{HEAD}x = {{ a = 1, {'a.' * 4_000}a = 1 }}", "line 3: the key has more than 4 parts"),
        (HEAD + "[[stretches]]\n" * 15_000, "Found: a list of 15000"),
    ],
)
def test_what_takes_long_to_read_is_not_read(tmp_path: Path, sheet: str, words: str) -> None:
    assert words in error_of(write_sheet(tmp_path / "my.toml", sheet))


def test_sentences_of_one_word_are_no_long_key(tmp_path: Path) -> None:
    words = "Count, one. Two. Three. Four. Five. Six. " * 10
    routine = read_routine(write_sheet(tmp_path / "my.toml", SHEET.replace("Arch", words + "Arch")))
    assert words[:20] in str(routine)
