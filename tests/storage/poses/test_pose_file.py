"""Pose files: what can be wrong in one, and the sentence that tells it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretchplayer.errors import StorageError
from stretchplayer.figure.pose import ArmPose, LegPose, Pose, Reach, Rest, Towel
from stretchplayer.figure.surroundings import Prop
from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.poses.pose_file import is_pose, parse_pose, read_pose
from stretchplayer.storage.toml_file import MAX_BYTES

WRONG = "is not valid. Expected:"
POSE = """\
format = 1
description = "The {leg} up"
comes_from = "lying"
via = "knee-to-chest"
rests_on = "back"
props = ["mat"]
towel = "round_ankle"
torso = 180
head = 176.5
working_arm = "behind_thigh"

[working_leg]
thigh = 92
shin = 90
foot = 178

[other_leg]
thigh = -1.8
shin = -3.6
foot = 76

[other_arm]
upper = -11
forearm = -1
"""
AN_ANGLE = "an angle in degrees from -360 to 360, where 0 is to the right and 90 is up"
A_PROP = "a table [props] with prop, at, height, length and faces, or one of " + ", ".join(f'"{prop}"' for prop in Prop)
REACHES = ", ".join(f'"{reach}"' for reach in Reach)
AN_ARM = f"one of {REACHES}, or a table"
TOWELS = ", ".join(f'"{towel}"' for towel in Towel)
ARM_KEYS = "with upper, forearm, hand_on, at and elbow"


def parse(text: str) -> Pose:
    """Read a pose from a text."""
    return parse_pose(text.encode(), file="my.toml", name="my")


def sentence_for(text: str) -> str:
    """Read a pose from a text that is wrong, and return what the person is told."""
    with pytest.raises(StorageError) as caught:
        parse(text)
    return str(caught.value)


def test_a_whole_pose() -> None:
    assert parse(POSE) == Pose(
        name="my",
        description="The {leg} up",
        comes_from="lying",
        via="knee-to-chest",
        rests_on=Rest.BACK,
        props=(Prop.MAT,),
        towel=Towel.ROUND_ANKLE,
        torso=180,
        head=176.5,
        working_leg=LegPose(thigh=92, shin=90, foot=178),
        other_leg=LegPose(thigh=-1.8, shin=-3.6, foot=76),
        working_arm=Reach.BEHIND_THIGH,
        other_arm=ArmPose(upper=-11, forearm=-1),
    )


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("thigh = 92", "thigh = nan", f'line 13, [working_leg]: "thigh" {WRONG} {AN_ANGLE}. Found: nan'),
        ("thigh = 92", "thigh = -inf", f'line 13, [working_leg]: "thigh" {WRONG} {AN_ANGLE}. Found: -inf'),
        ("thigh = 92", 'thigh = "up"', f'line 13, [working_leg]: "thigh" {WRONG} {AN_ANGLE}. Found: "up"'),
        ("thigh = 92", "thigh = true", f'line 13, [working_leg]: "thigh" {WRONG} {AN_ANGLE}. Found: true'),
        ("thigh = 92\n", "", f'line 12, [working_leg]: "thigh" is missing. Expected: {AN_ANGLE}'),
        ("torso = 180", "torso = 999", f'line 8: "torso" {WRONG} {AN_ANGLE}. Found: 999'),
        (
            "shin = 90",
            "shin = 120",
            ('line 14, [working_leg]: "shin" is 120, which the knee can\'t reach; with the angles before it, '
            "the range is -58 to 92"),
        ),
        (
            "foot = 178",
            "foot = 2",
            ('line 15, [working_leg]: "foot" is 2, which the ankle can\'t reach; with the angles before it, '
            "the range is 130 to 205"),
        ),
        (
            "head = 176.5",
            "head = 20",
            'line 9: "head" is 20, which the neck can\'t reach; with the angles before it, the range is 120 to 230',
        ),
        (
            "thigh = 92",
            "thigh = 92\nankle = 3",
            'line 14, [working_leg]: "ankle" is an unknown key; the keys are thigh, shin, foot',
        ),
        ("towel =", "twel =", 'line 7: "twel" is an unknown key; did you mean "towel"?'),
        ("comes_from =", "come_from =", 'line 3: "come_from" is an unknown key; did you mean "comes_from"?'),
        ('"behind_thigh"', '"nose"', (f'line 10: "working_arm" {WRONG} {AN_ARM} [working_arm] {ARM_KEYS}. '
         'Found: "nose"')),
        ('"behind_thigh"', "3", (f'line 10: "working_arm" {WRONG} {AN_ARM} [working_arm] {ARM_KEYS}. '
         "Found: 3")),
        ('"mat"', "3", f'line 6: "props" {WRONG} a list; each entry: {A_PROP}. Found as entry 1: 3'),
        ('"round_ankle"', '"gone"', f'line 7: "towel" {WRONG} one of {TOWELS}. Found: "gone"'),
        ('"back"', '"seat"', 'line 5: "rests_on" is "seat", but the pose has no chair; add props = ["chair"]'),
        ('"behind_thigh"', '"seat"', ('line 10: "working_arm" is "seat", but the pose has no chair; '
         'add props = ["chair"]')),
        (
            '"behind_thigh"',
            '"ankle"',
            'line 10: "working_arm" is 30.5 out of reach; move the shoulder and the leg closer together',
        ),
        ("forearm = -1\n", "", f'line 22, [other_arm]: "forearm" is missing. Expected: {AN_ANGLE}'),
        (
            "[other_arm]\nupper = -11\nforearm = -1\n",
            "",
            f'"other_arm" is missing. Expected: {AN_ARM} [other_arm] {ARM_KEYS}',
        ),
        (
            "thigh = -1.8\nshin = -3.6",
            "thigh = -20\nshin = -20",
            "it has the other heel 27.1 below the floor; raise it by the angles of the bones before it",
        ),
        ("{leg}", "{toe}", ('line 2: "description" has an invalid placeholder: {toe} is not a placeholder; '
         "use one of {leg}, {other_leg}, {side}, {other_side}")),
        ('comes_from = "lying"\n', "", 'line 3: "via" needs comes_from, the pose that comes before'),
        ("format = 1", "format = 3", ('line 1: "format" is 3, which is newer than this version of Stretch Player; '
         "update it")),
        ("format = 1", "", '"format" is missing; the first line must be format = 2'),
        ("torso = 180", "torso = 180\ntorso = 180",
         "line 9, column 12: this key or table already exists; write it only once"),
        ("torso = 180", "torso 180", ("line 8, column 7: this is not valid TOML (expected '=' after a key in a "
         "key/value pair); check quotes, brackets and equals signs there")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_a_sentence(old: str, new: str, sentence: str) -> None:
    assert POSE.count(old) >= 1
    text = POSE.replace(old, new, 1)
    told = sentence_for(text)
    assert told.removeprefix("my.toml, ").removeprefix("my.toml: ") == (
        sentence if sentence.endswith("?") else f"{sentence}."
    )


def test_pulling_at_a_towel_that_is_not_there() -> None:
    text = POSE.replace('"behind_thigh"', '"towel"').replace('"round_ankle"', '"in_hands"')
    assert 'add towel = "round_ankle"' in sentence_for(text)


CLOSE = asset_dir("poses") / "chin-tucked.toml"
ARROWS = "a list; each entry: a table with at, height, radius, begins and ends"


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("arrows", "[{ at = 0, height = 9, radius = 9, begins = 0, ends = 999 }]",
         f'arrow 1: "ends" {WRONG} {AN_ANGLE}. Found: 999.'),
        ("arrows", '"wall"', f'"arrows" {WRONG} {ARROWS}. Found: "wall".'),
        ("arrows", "[1]", f'"arrows" {WRONG} {ARROWS}. Found as entry 1: 1.'),
        ("frame", "{ left = 10, right = 5, low = 0, high = 90 }", '[frame]: "right" must be at least 20.'),
        ("frame", "{ left = 0, right = 90, low = 85, high = 90 }", '[frame]: "high" must be at least 95.'),
    ],
)  # fmt: skip
def test_arrows_and_frames_that_cannot_be_drawn(key: str, value: str, sentence: str) -> None:
    lines = CLOSE.read_text(encoding="utf-8").split(f"\n{key} = ")
    rest = lines[1].partition("]\n" if key == "arrows" else "\n")[2]
    assert sentence_for(f"{lines[0]}\n{key} = {value}\n{rest}").endswith(sentence)


def test_an_arm_does_not_hold_itself() -> None:
    assert "which only the other arm can hold" in sentence_for(POSE.replace('"behind_thigh"', '"upper_arm"'))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "my.toml is empty; its first line must be format = 2."),
        (b"\xff\xfe1", "my.toml is written in UTF-16; save it as UTF-8."),
        (b"format = 1\n# \xff", "my.toml, line 2: a character is not valid UTF-8; save the file as UTF-8."),
    ],
)
def test_what_is_no_text(data: bytes, sentence: str) -> None:
    with pytest.raises(StorageError) as caught:
        parse_pose(data, file="my.toml", name="my")
    assert str(caught.value) == sentence


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    large = tmp_path / "large.toml"
    large.write_bytes(b"#" * (MAX_BYTES + 1))
    for path, words in (
        (large, "is larger than 256 KiB; name a smaller file."),
        (tmp_path, "is a folder; name a file that ends in .toml."),
        (tmp_path / "none.toml", "can't be read: there is no such file or folder; check the name."),
    ):
        with pytest.raises(StorageError) as caught:
            read_pose(path)
        assert str(caught.value) == f"{path} {words}"


def test_the_name_is_that_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "My Own Pose.toml"
    path.write_text(POSE, encoding="utf-8")
    assert read_pose(path).name == "my-own-pose"


SHIPPED = sorted(path.read_text(encoding="utf-8") for path in asset_dir("poses").glob("*.toml"))


@given(text=st.sampled_from(SHIPPED), at=st.floats(0, 1), put=st.text(max_size=4), length=st.integers(0, 9))
def test_a_spoilt_file_is_read_or_told_in_one_sentence(text: str, at: float, put: str, length: int) -> None:
    place = int(at * len(text))
    spoilt = text[:place] + put + text[place + length :]
    try:
        parse_pose(spoilt.encode("utf-8", "surrogatepass"), file="my.toml", name="my")
    except StorageError as error:
        told = str(error)
        assert told.startswith("my.toml")
        assert told.endswith((".", "?"))
        assert "\n" not in told


def test_a_long_line_of_blanks_is_looked_at_once() -> None:
    assert not is_pose(b'title = "x"\n' + b" " * MAX_BYTES)
    assert is_pose(b" " * MAX_BYTES + b"[ working_leg ]")
