"""Every mistake in a routine file has one sentence that tells where it is, what it is and what would be right."""

import pytest
from msgspec import inspect

from stretchplayer.routine.routine import Routine
from stretchplayer.storage.diagnostics import find_line, from_validation, sentence
from tests.storage.routines.sheets import SHEET, sentence_for, spoilt

WRONG = "is not valid. Expected:"
PLAIN = "without line breaks and other control characters"
FEW_TEXTS = f"{WRONG} a list of at most 50 texts of 1 to 100 characters, {PLAIN}"
POSITIONS = (
    '"lying_on_back", "lying_on_front", "lying_on_side", "sitting_on_chair", "sitting_on_floor", "on_all_fours", '
    '"kneeling", "standing"'
)
NEWER = "is 3, which is newer than this version of Stretch Player; update it"
KEYS = "the keys are format, title, stretches, description, source, licence, safety"
KNOWN = "{leg}, {other_leg}, {side}, {other_side}"
RANGE = ", or a range of two of them, [low, high]"
SECONDS = f'"seconds" {WRONG} a number above 0, at most 3600{RANGE}'
TEXT = f"a text of 1 to 500 characters, {PLAIN}, or a table with left and right"
STEP_1 = "my.toml, line 13, exercise 1, step 1"
TEXT_1 = "my.toml, line 12, exercise 1, step 1"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("-3", "-3"),
        ("0", "0"),
        ("0.0", "0.0"),
        ("3600.5", "3600.5"),
        ("1e300", "1e+300"),
        ("nan", "nan"),
        ("inf", "inf"),
        ("-inf", "-inf"),
        ("true", "true"),
        ('"5"', '"5"'),
        ('""', "an empty text"),
        ("[]", "an empty list"),
        ("[5]", "a list of 1"),
        ("{ a = 5 }", "a table"),
        ("2026-11-23", "a date or time"),
        ("07:30:00", "a date or time"),
        ("0x" + "f" * 5000, "a huge number"),
        ("9" * 100, "a huge number"),
    ],
)
def test_seconds_that_can_not_be(value: str, shown: str) -> None:
    assert sentence_for(spoilt("seconds = 5", f"seconds = {value}")) == f"{STEP_1}: {SECONDS}. Found: {shown}."


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        # Unknown and missing keys
        ("seconds = 5", "secnds = 5", f'{STEP_1}: "secnds" is an unknown key; did you mean "seconds"?'),
        ("safety", "safty", 'my.toml, line 3: "safty" is an unknown key; did you mean "safety"?'),
        (
            '["No pain."]',
            '["No pain.", { text = "Stop.", stop = 1 }]',
            f'my.toml, line 3, safety note 2: "stop" {WRONG} true or false. Found: 1.',
        ),
        (
            '["No pain."]',
            '[{ txt = "Stop." }]',
            'my.toml, line 3, safety note 1: "txt" is an unknown key; did you mean "text"?',
        ),
        (
            "safety",
            "colour",
            f'my.toml, line 3: "colour" is an unknown key; {KEYS}.',
        ),
        (
            "[[stretches]]",
            "[odd]\n[[stretches]]",
            f'my.toml, line 5: "odd" is an unknown key; {KEYS}.',
        ),
        (
            'kind = "move"\n',
            "",
            'my.toml, line 10, exercise 1, step 1: "kind" is missing. Expected: one of "move", "hold", "release".',
        ),
        (
            'title = "Cat"\n',
            "",
            f'my.toml, line 20, exercise 2: "title" is missing. Expected: a text of 1 to 100 characters, {PLAIN}.',
        ),
        (
            "format = 1\n",
            "",
            'my.toml: "format" is missing; the first line must be format = 2.',
        ),
        # The format
        (
            "format = 1",
            "format = 3",
            f'my.toml, line 1: "format" {NEWER}.',
        ),
        (
            "format = 1",
            'format = "1"',
            'my.toml, line 1: "format" must be 2, the version of the file\'s format, not "1".',
        ),
        (
            "format = 1",
            "format = 0",
            'my.toml, line 1: "format" must be 2, the version of the file\'s format, not 0.',
        ),
        # Values from a list
        (
            '"on_all_fours"',
            '"on_all_four"',
            f'my.toml, line 23, exercise 2: "position" {WRONG} one of {POSITIONS}. Found: "on_all_four".',
        ),
        (
            'sides = "none"',
            "sides = 2",
            f'my.toml, line 24, exercise 2: "sides" {WRONG} one of "each", "alternate", "one", "none". Found: 2.',
        ),
        # Texts
        (
            '"Raise your {leg}."',
            '"  "',
            f'{TEXT_1}: "text" {WRONG} {TEXT}. Found: "  ".',
        ),
        (
            '"Raise your {leg}."',
            '"Up\\nand down"',
            f'{TEXT_1}: "text" {WRONG} {TEXT}. Found: "Up\\nand down".',
        ),
        (
            '"Raise your {leg}."',
            '"Up\\n"',
            f'{TEXT_1}: "text" {WRONG} {TEXT}. Found: "Up\\n".',
        ),
        (
            '"Raise your {leg}."',
            '"a\\u202Eb"',
            f'{TEXT_1}: "text" {WRONG} {TEXT}. Found: "a\\u202eb".',
        ),
        (
            '"Raise your {leg}."',
            f'"{"x" * 501}"',
            f'{TEXT_1}: "text" {WRONG} {TEXT}. Found: "{"x" * 40}…" (501 characters).',
        ),
        (
            '"Two exercises"',
            '""',
            f'my.toml, line 2: "title" {WRONG} a text of 1 to 100 characters, {PLAIN}. Found: an empty text.',
        ),
        (
            'id = "cat"',
            'id = "../cat"',
            (
                f'my.toml, line 21, exercise 2: "id" {WRONG} a name of small letters a to z, digits, - and _, '
                'at most 100 characters. Found: "../cat".'
            ),
        ),
        (
            "seconds = 5",
            'seconds = 5\npose = "a/b"',
            (
                f'my.toml, line 14, exercise 1, step 1: "pose" {WRONG} a name of small letters a to z, digits, - and '
                '_, at most 100 characters. Found: "a/b".'
            ),
        ),
        # Lists
        (
            '["a towel", "a mat"]',
            '"a towel"',
            f'my.toml, line 8, exercise 1: "equipment" {FEW_TEXTS}. Found: "a towel".',
        ),
        (
            '"a mat"',
            "7",
            f'my.toml, line 8, exercise 1: "equipment" {FEW_TEXTS}. Found as entry 2: 7.',
        ),
        (
            '"No pain."',
            '"x",' * 51,
            (
                f'my.toml, line 3: "safety" {WRONG} a list of at most 50 texts of 1 to 500 characters, {PLAIN}. '
                "Found: a list of 51."
            ),
        ),
        # Numbers
        (
            "repetitions = 8",
            "repetitions = 101",
            f'my.toml, line 29, exercise 2, step 1: "repetitions" {WRONG} a whole number from 1 to 100. Found: 101.',
        ),
        (
            'sides = "none"',
            "sets = 0",
            f'my.toml, line 24, exercise 2: "sets" {WRONG} a whole number from 1 to 100{RANGE}. Found: 0.',
        ),
        (
            'sides = "none"',
            "sets = 1.5",
            f'my.toml, line 24, exercise 2: "sets" {WRONG} a whole number from 1 to 100{RANGE}. Found: 1.5.',
        ),
        (
            'sides = "none"',
            "rest_s = nan",
            f'my.toml, line 24, exercise 2: "rest_s" {WRONG} a number from 0 to 3600. Found: nan.',
        ),
        # What goes together
        (
            "seconds = 5",
            "seconds = 5\nrepetitions = 2",
            "my.toml, line 10, exercise 1, step 1: it has both seconds and repetitions; remove one of them.",
        ),
        (
            "seconds = 5\n",
            "",
            "my.toml, line 10, exercise 1, step 1: it has neither seconds nor repetitions; add one of them.",
        ),
        (
            "seconds = 5",
            'seconds = 5\ncoach = ["Breathe."]',
            'my.toml, line 14, exercise 1, step 1: "coach" is only for a step that holds; remove it.',
        ),
        (
            "seconds = 20",
            "seconds = 0.4",
            'my.toml, line 18, exercise 1, step 2: "seconds" is 0.4, too short for a hold; use 1 or more.',
        ),
        (
            'title = "Leg raise"',
            'id = "cat"\ntitle = "Leg raise"',
            'my.toml, line 22, exercise 2: "id" is "cat", already the id of exercise 1; choose another.',
        ),
        # Placeholders
        (
            "{leg}",
            "{foot}",
            f'{TEXT_1}: "text" has an invalid placeholder: {{foot}} is not a placeholder; use one of {KNOWN}.',
        ),
        (
            "your back",
            "your {leg}",
            (
                'my.toml, line 28, exercise 2, step 1: "text" has an invalid placeholder: {leg} needs a side, but '
                'this exercise has sides = "none"; name no leg or set sides = "each".'
            ),
        ),
        (
            "seconds = 5",
            'seconds = 5\nsay = "{legs}"',
            (
                'my.toml, line 14, exercise 1, step 1: "say" has an invalid placeholder: {legs} is not a placeholder; '
                f"use one of {KNOWN}."
            ),
        ),
        (
            "{leg}",
            "{leg",
            f'{TEXT_1}: "text" has an unmatched {{; braces are only for placeholders, which are {KNOWN}.',
        ),
        (
            "{leg}",
            "leg}",
            f'{TEXT_1}: "text" has an unmatched }}; braces are only for placeholders, which are {KNOWN}.',
        ),
        (
            '"Two exercises"',
            '"Your {leg}"',
            'my.toml, line 2: "title" is "Your {leg}", but only steps can name a side; remove the placeholder.',
        ),
        (
            '"Leg raise"',
            '"Your {leg}"',
            (
                'my.toml, line 6, exercise 1: "title" is "Your {leg}", but only steps can name a side; '
                "remove the placeholder."
            ),
        ),
        (
            'sides = "none"',
            'setup = "On {side}"',
            (
                'my.toml, line 24, exercise 2: "setup" is "On {side}", but only steps can name a side; '
                "remove the placeholder."
            ),
        ),
        (
            '"a mat"',
            '"a {side}"',
            (
                'my.toml, line 8, exercise 1: "equipment" is "a {side}", but only steps can name a side; '
                "remove the placeholder."
            ),
        ),
        # TOML
        (
            'title = "Two',
            "title = Two",
            (
                "my.toml, line 2, column 9: this is not valid TOML (invalid value); "
                "check quotes, brackets and equals signs there."
            ),
        ),
        (
            "repetitions = 8\n",
            'say = "',
            (
                "my.toml, at its end: this is not valid TOML (unterminated string); "
                "check quotes, brackets and equals signs there."
            ),
        ),
        (
            "safety",
            'title = "Again"\nsafety',
            (
                "my.toml, line 3, column 16: this key or table already exists; "
                "write it once, and [[stretches]] in double brackets."
            ),
        ),
        (
            "[[stretches]]",
            "[stretches]",
            (
                "my.toml, line 20, column 12: this key or table already exists; "
                "write it once, and [[stretches]] in double brackets."
            ),
        ),
        (
            "seconds = 5",
            "seconds = " + "9" * 5000,
            "my.toml has a number or a date that is far out of range; correct it.",
        ),
        (
            "safety = [",
            "safety = [" + "[\n" * 100_000,
            "my.toml has lists or tables nested too deeply; remove them.",
        ),
        (
            "safety = [",
            "safety = [" + "{a=[\n" * 100_000,
            "my.toml has lists or tables nested too deeply; remove them.",
        ),
        (
            "safety = [",
            "safety = [{\n",
            (
                "my.toml, line 3, column 12: this is not valid TOML (invalid initial character for a key part); "
                "check quotes, brackets and equals signs there."
            ),
        ),
    ],
)
def test_a_mistake_and_its_sentence(old: str, new: str, sentence: str) -> None:
    assert sentence_for(spoilt(old, new)) == sentence


def test_a_key_made_to_confuse_is_named_and_cut_short() -> None:
    sentence = sentence_for('"a` - at `$.stretches[0].steps[0].x" = 1\n' + SHEET)
    assert sentence.startswith('my.toml: "a` - at `$.stretches[0].steps[0].x" is an unknown key; the keys are format')


def test_what_msgspec_might_say_one_day_still_makes_a_sentence() -> None:
    mistake = from_validation("Something new", {}, inspect.type_info(Routine))
    assert sentence(mistake, "my.toml", "") == "my.toml: it must be a table of keys and values."


def test_lines_are_found_by_headers_and_keys() -> None:
    assert find_line(SHEET, ("stretches", 1, "steps", 0, "repetitions")) == 29
    assert find_line(SHEET, ("stretches", 1, "steps", 0, "seconds")) == 26
    assert find_line(SHEET, ("stretches", 7)) == 5
    assert find_line(SHEET, ("nothing", 7)) is None
    assert find_line(SHEET, ()) is None
    assert find_line("a = '''\n'''\nb = 1", ("b",)) is None


LONG = "x" * 9_000


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("seconds = 5", f"{LONG} = 5"),
        ('title = "Leg raise"', f'title = "{LONG}"'),
        ('kind = "move"', f'kind = "{LONG}"'),
        ("Raise your {leg}", f"Raise your {{{'x' * 400}}}"),
        ('id = "cat"', f'id = "{LONG}"'),
        ("[[stretches]]", f"[{LONG}]"),
        ("format = 1", f"format = 1\n[{LONG}.{LONG[:900]}]\nx = 1\n[{LONG}]"),
        ("seconds = 5", f"seconds = {LONG}"),
        ("seconds = 5", f"seconds = [{LONG}"),
    ],
)
def test_no_more_than_sixty_characters_are_quoted(old: str, new: str) -> None:
    sentence = sentence_for(SHEET.replace(old, new, 1))
    assert "x" * 61 not in sentence
    assert len(sentence) < 400
