"""Mistakes in how a routine file is built: what is missing, too much, or no table."""

import pytest

from tests.storage.routines.sheets import parsed, sentence_for

WRONG = "is not valid. Expected:"
EXERCISES = f"{WRONG} a list of 1 to 200 stretches, each beginning with [[stretches]]"
PLAIN = "without line breaks and other control characters"
HEAD = 'format = 1\ntitle = "Many"\n'
EXERCISE = '[[stretches]]\ntitle = "S"\nposition = "standing"\n'
STEP = '[[stretches.steps]]\nkind = "move"\ntext = "T"\nseconds = 5\n'


@pytest.mark.parametrize(
    ("sheet", "sentence"),
    [
        (
            HEAD,
            (
                'my.toml: "stretches" is missing. Expected: a list of 1 to 200 stretches, each beginning with '
                "[[stretches]]."
            ),
        ),
        (
            HEAD + "stretches = []",
            f'my.toml, line 3: "stretches" {EXERCISES}. Found: an empty list.',
        ),
        (
            HEAD + (EXERCISE + STEP) * 201,
            f'my.toml, line 3: "stretches" {EXERCISES}. Found: a list of 201.',
        ),
        (
            HEAD + EXERCISE,
            (
                'my.toml, line 3, exercise 1: "steps" is missing. Expected: a list of 1 to 50 steps, each beginning '
                "with [[stretches.steps]]."
            ),
        ),
        (
            HEAD + EXERCISE + STEP * 51,
            (
                f'my.toml, line 6, exercise 1: "steps" {WRONG} a list of 1 to 50 steps, each beginning with '
                "[[stretches.steps]]. Found: a list of 51."
            ),
        ),
        (
            HEAD + "stretches = 3",
            f'my.toml, line 3: "stretches" {EXERCISES}. Found: 3.',
        ),
        (
            HEAD + "[stretches]",
            f'my.toml, line 3: "stretches" {EXERCISES}. Found: a table.',
        ),
        (
            HEAD + "stretches = [3]",
            "my.toml, line 3, exercise 1: it must be a table that begins with [[stretches]], not 3.",
        ),
        (
            HEAD + EXERCISE + "steps = [{}, 4]",
            'my.toml, line 6, exercise 1, step 1: "kind" is missing. Expected: one of "move", "hold", "release".',
        ),
        (
            HEAD + EXERCISE + "steps = [4]",
            "my.toml, line 6, exercise 1, step 1: it must be a table that begins with [[stretches.steps]], not 4.",
        ),
        (
            HEAD + EXERCISE + "repetitions = 100\nsets = 26\n" + STEP,
            "my.toml: it has more than 5000 steps; use fewer repetitions or sets.",
        ),
        (
            HEAD + EXERCISE + "sets = 20\n" + STEP.replace("5", "3600"),
            "my.toml: it takes more than 12 hours; use fewer repetitions, sets or seconds.",
        ),
        (
            HEAD + EXERCISE + "sets = 20\nrest_s = 3600\n" + STEP,
            "my.toml: it takes more than 12 hours; use fewer repetitions, sets or seconds.",
        ),
        (
            HEAD + EXERCISE + STEP + 'say = """\nseconds = 9"""',
            (
                f'my.toml, exercise 1, step 1: "say" {WRONG} a text of 1 to 500 characters, {PLAIN}, or a table with '
                'left and right. Found: "seconds = 9".'
            ),
        ),
    ],
)
def test_a_mistake_in_the_whole_and_its_sentence(sheet: str, sentence: str) -> None:
    if '"""' in sheet:
        # Texts of several lines are refused for their line break, and without a line, which could be a wrong one.
        sheet = sheet.replace("= 9", "= 9\n")
        sentence = sentence.replace("= 9", "= 9\\n")
    assert sentence_for(sheet) == sentence


def test_as_many_exercises_and_steps_as_may_be_are_taken() -> None:
    assert len(parsed(HEAD + (EXERCISE + STEP) * 200).exercises) == 200
    assert len(parsed(HEAD + EXERCISE + STEP * 50).exercises[0].steps) == 50
    assert parsed(HEAD + EXERCISE + STEP.replace("5", "3600")).exercises[0].steps[0].seconds == 3600
