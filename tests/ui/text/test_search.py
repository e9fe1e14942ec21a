"""What is found in the Library by the words that people type."""

from dataclasses import replace

import pytest

from stretchplayer.i18n import install
from stretchplayer.routine.library import RoutineFile
from stretchplayer.routine.routine import translated
from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.routines.routine_file import read_routine
from stretchplayer.ui.text.search import is_for_bad_day, is_found, parts

FILES = [
    RoutineFile(file_name=path.name, is_own=False, routine=read_routine(path))
    for path in sorted((asset_dir("routines")).glob("*.toml"))
]


def found(wanted: str, *, in_caution: bool = False) -> list[str]:
    """The ids of the shipped routines that are found."""
    return [file.file_name.removesuffix(".toml") for file in FILES if is_found(file, wanted, in_caution=in_caution)]


OFF_THE_FLOOR = ["bad-day-on-a-chair", "neck-and-shoulders", "on-a-chair", "without-the-floor"]
FOR_A_BAD_DAY = ["bad-back-day", "bad-day-on-a-chair"]


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ("bad day", FOR_A_BAD_DAY),
        ("Something for a bad day", FOR_A_BAD_DAY),
        ("flare-up", FOR_A_BAD_DAY),
        ("fla", FOR_A_BAD_DAY),
        ("acute", FOR_A_BAD_DAY),
        ("sore chair", ["bad-back-day", "bad-day-on-a-chair", "hamstring-trio"]),
        ("no floor", OFF_THE_FLOOR),
        ("without getting on the floor", OFF_THE_FLOOR),
        ("not on the fl", OFF_THE_FLOOR),
        ("bad day, no floor", ["bad-day-on-a-chair"]),
        ("stretch no floor", [each for each in OFF_THE_FLOOR if each not in FOR_A_BAD_DAY]),
        ("wall", ["without-the-floor"]),
        (
            "office",
            [
                "back-in-ten",
                "bad-day-on-a-chair",
                "hamstring-trio",
                "neck-and-shoulders",
                "nerve-glides",
                "on-a-chair",
                "press-ups",
            ],
        ),
        ("sitting neck", ["neck-and-shoulders"]),
        ("kneeling", ["hips"]),
        ("core", ["bend-to-ease", "steady-back"]),
        ("sciatica", ["hamstring-trio", "nerve-glides"]),
        ("stronger", ["back-in-ten", "steady-back"]),
        ("osteoporosis", []),
        ("xylophone", []),
    ],
)
def test_routines_are_found_by_plain_words(wanted: str, ids: list[str]) -> None:
    assert found(wanted) == ids


def test_nothing_is_asked_by_little_words_or_half_a_phrase() -> None:
    for wanted in ("", "on a", "the", "no"):
        assert len(found(wanted)) == len(FILES)


def test_only_who_is_to_ask_first_is_found_in_a_caution() -> None:
    assert found("osteoporosis", in_caution=True) == ["back-in-ten", "bad-day-on-a-chair", "bend-to-ease"]


def test_a_flare_finds_no_exercises_for_strength() -> None:
    assert [file.file_name.removesuffix(".toml") for file in FILES if is_for_bad_day(file)] == FOR_A_BAD_DAY


def test_a_file_that_can_t_be_used_is_found_by_what_is_wrong() -> None:
    broken = RoutineFile(file_name="anna.toml", is_own=True, problem='anna.toml: "title" is missing.')
    assert is_found(broken, "anna missing", in_caution=True)
    assert not is_for_bad_day(broken)


def test_what_is_asked_for_together_is_offered_apart() -> None:
    assert parts("A bad day without the floor") == ("bad day", "no floor")
    assert parts("no floor") == parts("bad day") == ()


def test_what_is_for_a_bad_day_is_so_in_every_language() -> None:
    install(asset_dir("translations"), "en-XA")
    try:
        files = [replace(file, routine=file.routine and translated(file.routine)) for file in FILES]
        assert files[0].routine != FILES[0].routine
        assert [file.file_name.removesuffix(".toml") for file in files if is_for_bad_day(file)] == FOR_A_BAD_DAY
    finally:
        install(asset_dir("translations"), "en")
