"""Format 2: every key is read, every mistake has its sentence, and files of format 1 play the same."""

import re
from pathlib import Path

import pytest

from stretchplayer.errors import StorageError
from stretchplayer.figure.side import Side, SidedText, fill_placeholders
from stretchplayer.i18n import install
from stretchplayer.player.status import phase_as_data
from stretchplayer.routine.routine import Goal, Range, SideMode
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.routines.routine_file import LARGEST_PICTURE_BYTES, parse_routine, read_routine
from tests.routine.shipped import FILE
from tests.storage.routines.sheets import parsed, sentence_for

EVERYTHING = Path(__file__).parents[2] / "routine" / "everything.toml"
SHEET = EVERYTHING.read_text(encoding="utf-8")


def spoilt(old: str, new: str) -> str:
    """The sheet with the first place of `old` changed."""
    assert old in SHEET
    return SHEET.replace(old, new, 1)


def test_every_key_is_read() -> None:
    routine = read_routine(EVERYTHING)
    assert (routine.author, routine.language, routine.goal) == ("A tester", "en-GB", Goal.STRENGTH)
    assert (routine.regions, routine.times_per_day, routine.days_per_week) == (("lower back", "hips"), 2, 5)
    assert routine.caution.startswith("Ask a professional")
    assert [(block.rounds, block.rest_s) for block in routine.blocks] == [(2, 5), (1, 0)]
    curl, bird_dog = routine.exercise("curl-up"), routine.exercise("bird-dog")
    assert all((curl.why, curl.feel, curl.avoid))
    assert (curl.repetitions, curl.rest_between_repetitions_s) == (Range(2, 3), 2)
    up, hold, down = curl.steps
    assert (up.short, up.count, down.short, down.count) == ("Up.", True, "And down.", False)
    assert hold.seconds == Range(4, 6)
    assert (bird_dog.sides, routine.exercise("rest").sides) == (SideMode.ALTERNATE, SideMode.ONE)
    assert isinstance(bird_dog.steps[0].say, SidedText)
    assert fill_placeholders(bird_dog.steps[0].text, Side.RIGHT, "arm") == "Right arm forward, left leg back."
    assert fill_placeholders(bird_dog.steps[0].text, Side.LEFT, "arm") == "Left arm forward, right leg back."
    bridge, rest = routine.exercise("side-bridge"), routine.exercise("rest")
    assert (bridge.sets, bridge.steps[1].breaths, bridge.steps[1].duration_s) == (Range(2, 3), 2, 10)
    assert rest.picture == "rest.svg"
    assert routine.variants == {"head-nod", "slow-curl-up"}
    assert [exercise.id for exercise in routine.played] == ["curl-up", "bird-dog", "side-bridge", "rest"]
    assert routine.equipment == ("a mat",)


def test_without_blocks_each_exercise_is_played_once_and_no_variant() -> None:
    sheet = re.sub(r"(?s)\[\[blocks\]\].*?\n\n", "", SHEET)
    routine = parse_routine(sheet.encode(), name="my.toml", routine_id="my")
    assert [exercise.id for exercise in routine.played] == ["curl-up", "bird-dog", "side-bridge", "rest"]


def test_a_twin_of_the_trio_in_format_2_plays_the_same() -> None:
    twin = FILE.read_text(encoding="utf-8").replace("format = 1", "format = 2").replace("[[stretches", "[[exercises")
    old, new = (
        build_timeline(parse_routine(text.encode(), name="twin.toml", routine_id="hamstring-trio"))
        for text in (FILE.read_text(encoding="utf-8"), twin)
    )
    assert [phase_as_data(phase) for phase in new.phases] == [phase_as_data(phase) for phase in old.phases]
    assert new.routine == old.routine


def test_the_common_safety_notes_are_in_every_routine_once() -> None:
    texts = [note.text for note in read_routine(EVERYTHING).safety]
    assert texts[0] == "Move slowly."
    assert texts[1].startswith("Stop if you feel sharp")
    assert texts[2] == "Stop if you get dizzy."
    assert texts[3].startswith("This is not a medical device")
    trio = read_routine(FILE)
    assert len({note.text for note in trio.safety}) == len(trio.safety) == 6
    assert all("medical device" not in path.read_text("utf-8") for path in asset_dir("routines").glob("*.toml"))


def test_the_language_is_the_one_that_is_spoken(request: pytest.FixtureRequest) -> None:
    assert read_routine(FILE).language == "en"
    request.addfinalizer(lambda: install(asset_dir("translations"), "en"))
    install(asset_dir("translations"), "en-XA")
    assert read_routine(FILE).language == "en-XA"
    assert read_routine(EVERYTHING).language == "en-GB"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"en-GB"', '"English!"', 'line 10: "language" is not valid. Expected: a language tag such as "en" or "pt-BR"'),
        (
            '"strength"',
            '"power"',
            'line 11: "goal" is not valid. Expected: one of "stretching", "mobility", "strength"',
        ),
        ('["lower back", "hips"]', '"back"', 'line 12: "regions" is not valid. Expected: a list of at most 50 texts'),
        (
            "times_per_day = 2",
            "times_per_day = 11",
            '"times_per_day" is not valid. Expected: a whole number from 1 to 10',
        ),
        (
            "days_per_week = 5",
            "days_per_week = 0",
            '"days_per_week" is not valid. Expected: a whole number from 1 to 7',
        ),
        ("caution =", "causion =", 'line 15: "causion" is an unknown key; did you mean "caution"?'),
        # Blocks
        ("rounds = 2", "rounds = 0", 'line 19, block 1: "rounds" is not valid. Expected: a whole number from 1 to 100'),
        ("rest_s = 5", "rest_s = -1", 'line 21, block 1: "rest_s" is not valid. Expected: a number from 0 to 3600'),
        (
            '["side-bridge", "rest"]',
            "[]",
            '"exercises" is not valid. Expected: a list of 1 to 200 names of small letters a to z, digits, - and _. Fo',
        ),
        ('["side-bridge", "rest"]', '["Rest"]', 'line 24, block 2: "exercises" is not valid. Expected: a list of 1 to'),
        (
            '["side-bridge", "rest"]',
            '["side-bridge", "swim"]',
            'line 24, block 2: "exercises" has "swim"; name the ids of exercises of this file, and no variants.',
        ),
        ('["curl-up", "bird-dog"]', '["head-nod"]', 'line 20, block 1: "exercises" has "head-nod"; name the ids'),
        ('["side-bridge", "rest"]', '["rest"]', "line 108, exercise 5: it is in no block; add its id to one."),
        ("[[blocks]]", "[blocks]", "write it once, and [[exercises]] in double brackets."),
        # Exercises
        ('why = "It', 'why = "{leg} It', 'line 33, exercise 1: "why" is "{leg} It trains the front of the trunk w'),
        ('feel = "Your', 'feel = 3 # "', 'line 34, exercise 1: "feel" is not valid. Expected: a text of 1 to 500'),
        ('avoid = "Do', 'avoid = ["a"] # "', 'line 35, exercise 1: "avoid" is not valid. Expected: a text of 1 to 500'),
        (
            '"head-nod"',
            '"nod"',
            'line 36, exercise 1: "easier" is "nod"; name the id of an exercise that comes after this one.',
        ),
        ('"slow-curl-up"', '"curl-up"', 'line 37, exercise 1: "harder" is "curl-up"; name the id of an exercise that'),
        ('"slow-curl-up"', '"Slow"', 'line 37, exercise 1: "harder" is not valid. Expected: a name of small letters'),
        (
            'transition_say = "G',
            'easier = "head-nod" # "',
            'line 89, exercise 4: "easier" is "head-nod"; name the id of an exercise that comes after this one.',
        ),
        (
            '"slow-curl-up"',
            '"head-nod"',
            'line 37, exercise 1: "harder" is "head-nod", already a variant of exercise 1; choose another.',
        ),
        (
            "repetitions = [2, 3]",
            "repetitions = [3, 2]",
            '"repetitions" goes down from 3 to 2; write the smaller number',
        ),
        (
            "sets = [2, 3]",
            "sets = [1, 0]",
            'exercise 5: "sets" is not valid. Expected: a whole number from 1 to 100, or ',
        ),
        ("sets = [2, 3]", "sets = [1, 2, 3]", "or a range of two of them, [low, high]. Found: a list of 3."),
        ("sets = [2, 3]", "sets = [1]", "or a range of two of them, [low, high]. Found: a list of 1."),
        ("sets = [2, 3]", "sets = [3, 2]", 'line 114, exercise 5: "sets" goes down from 3 to 2; write the smaller'),
        (
            "repetitions_s = 2",
            "repetitions_s = true",
            '"rest_between_repetitions_s" is not valid. Expected: a number fr',
        ),
        (
            '"rest.svg"',
            '"../rest.svg"',
            '"picture" is not valid. Expected: the name of a file beside this one that ends in .png, .jpg, .jp',
        ),
        ('"rest.svg"', '"rest.gif"', '"picture" is not valid. Expected: the name of a file beside this one'),
        ('sides = "one"', "own_hold = true", 'exercise 6: "own_hold" is an unknown key; the keys are id, title'),
        ('sides = "one"', 'sides = "both"', 'Expected: one of "each", "alternate", "one", "none". Found: "both".'),
        # Steps
        ("breaths = 2", "breaths = 2.5", 'exercise 5, step 2: "breaths" is not valid. Expected: a whole number from 1'),
        ("breaths = 2", "breaths = 2\nseconds = 4", "it has both seconds and breaths; remove one of them."),
        ("breaths = 2", "", "exercise 5, step 2: it has neither seconds nor repetitions; add one of them."),
        ("seconds = [4, 6]", "seconds = [6, 4]", '"seconds" goes down from 6 to 4; write the smaller number first.'),
        (
            "seconds = [4, 6]",
            "seconds = [4, 9999]",
            '"seconds" is not valid. Expected: a number above 0, at most 3600',
        ),
        ("seconds = 2\n", "seconds = [2, 3]\n", '"seconds" can be a range only in a hold; write one number.'),
        ('short = "Up."', "short = true", 'exercise 1, step 1: "short" is not valid. Expected: a text of 1 to 500'),
        ('short = "Up."', 'short = "{leg} up"', '"short" has an invalid placeholder: {leg} needs a side, but this'),
        ("count = true", "count = 3", 'exercise 1, step 1: "count" is not valid. Expected: true or false. Found: 3.'),
        ('text = "Nod, and let go."', "text = { left = 'A' }", '[text]: "right" is missing. Expected: a text of 1 to'),
        (
            'text = "Nod, and let go."',
            "text = { left = 'A', up = 'B' }",
            '[text]: "up" is an unknown key; the keys are',
        ),
        (
            'text = "Nod, and let go."',
            "text = { left = 'A', right = 'B' }",
            '[text]: "left" is for one side, but this exercise has sides = "none"; write one text for both.',
        ),
        (
            'right = "Right arm',
            'right = "{foot} Right arm',
            'step 1, [text]: "right" has an invalid placeholder: {foot}',
        ),
        # The whole
        (
            "repetitions = [2, 3]",
            "repetitions = [2, 100]\nsets = 20",
            "my.toml: it has more than 5000 steps; use fewer repetitions or sets.",
        ),
        (
            "format = 2",
            "format = 1",
            'my.toml, line 9: "author" needs format 2; write format = 2 in the first line, and',
        ),
        ("format = 2", "format = 3", 'my.toml, line 3: "format" is 3, which is newer than this version of Stretch Pla'),
    ],
)
def test_a_mistake_and_its_sentence(old: str, new: str, told: str) -> None:
    assert told in sentence_for(spoilt(old, new))


def test_a_key_of_format_2_in_format_1_is_told() -> None:
    sheet = FILE.read_text(encoding="utf-8").replace('limb = "leg"', "").replace("sides =", 'why = "A"\nsides =', 1)
    assert sentence_for(sheet).endswith(
        '"why" needs format 2; write format = 2 in the first line, and [[exercises]] for [[stretches]].'
    )


def test_what_can_not_be_seen_in_a_placeholder_is_shown() -> None:
    assert r"{\ufeffide} is not a placeholder" in sentence_for(spoilt('"{side}."', '"{\ufeffide}."'))


def test_the_name_of_format_1_in_format_2_is_told() -> None:
    sheet = FILE.read_text(encoding="utf-8").replace("format = 1", "format = 2")
    assert sentence_for(sheet).endswith('"stretches" is called "exercises" in format 2; rename it.')


def test_a_routine_of_more_than_twelve_hours_is_refused() -> None:
    sheet = spoilt("rounds = 2", "rounds = 14").replace("rest_s = 5", "rest_s = 3600", 1)
    assert sentence_for(sheet) == ("my.toml: it takes more than 12 hours; use fewer repetitions, sets or seconds.")


def test_a_variant_may_name_what_it_varies_and_a_further_one() -> None:
    sheet = spoilt('harder = "curl-up"', 'harder = "curl-up"\neasier = "slow-curl-up"')
    routine = parsed(sheet.replace('harder = "slow-curl-up"\n', ""))
    assert routine.variants == {"head-nod", "slow-curl-up"}


def test_a_picture_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_text(SHEET, encoding="utf-8")
    with pytest.raises(StorageError) as caught:
        read_routine(path)
    told = 'line 134, exercise 6: "picture" is "rest.svg", but there is no such file beside this one; put it there.'
    assert str(caught.value) == f"{path}, {told}"
    (tmp_path / "rest.svg").write_bytes(b"")
    rest = read_routine(path).exercise("rest")
    assert (rest.picture, rest.picture_path) == ("rest.svg", str(tmp_path / "rest.svg"))
    with (tmp_path / "rest.svg").open("wb") as file:
        file.truncate(LARGEST_PICTURE_BYTES + 1)
    with pytest.raises(StorageError, match=r'"picture" is "rest\.svg", which is larger than 4 MiB; save it smaller'):
        read_routine(path)
