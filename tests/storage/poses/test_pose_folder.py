"""All pose files together: one that is wrong costs no other."""

import json
import shutil
from pathlib import Path

import pytest

from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.poses.pose_folder import PoseFiles
from stretchplayer.storage.routines.routine_file import read_routine

SCHEMA = asset_dir("schema") / "pose.schema.json"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The person's own folder of poses."""
    folder = tmp_path / "poses"
    folder.mkdir()
    return folder


DRAWN = (
    "hamstring-trio", "bad-back-day", "everyday-back", "back-in-ten", "steady-back", "press-ups", "bend-to-ease",
    "without-the-floor", "nerve-glides", "neck-and-shoulders", "hips", "on-a-chair",
    "bad-day-on-a-chair",
)  # fmt: skip
"""The shipped routines whose pictures are all drawn."""


@pytest.mark.parametrize("routine", DRAWN)
def test_every_pose_of_a_shipped_routine_is_there(tmp_path: Path, routine: str) -> None:
    files = PoseFiles(tmp_path)
    poses = files.poses()
    assert not files.problems
    exercises = read_routine(asset_dir("routines") / f"{routine}.toml").exercises
    assert {step.pose for exercise in exercises for step in exercise.steps} <= set(poses)


def test_own_poses_join_the_shipped_ones(tmp_path: Path, own: Path) -> None:
    shutil.copy(asset_dir("poses") / "leg-up.toml", own / "my-leg-up.toml")
    (own / "note.txt").write_text("not a pose", encoding="utf-8")
    (own / ".hidden.toml").write_text("not a pose", encoding="utf-8")
    files = PoseFiles(tmp_path)
    assert "my-leg-up" in files.poses()
    assert not files.problems


def test_one_bad_file_costs_no_other(tmp_path: Path, own: Path) -> None:
    (own / "bad.toml").write_text("format = ", encoding="utf-8")
    (own / "leg-up.toml").write_text("format = 1", encoding="utf-8")
    files = PoseFiles(tmp_path)
    poses = files.poses()
    assert set(poses) == set(PoseFiles(tmp_path / "other").poses())
    assert len(files.problems) == 2
    assert "bad.toml, at its end: this is not valid TOML" in files.problems[0]
    assert files.problems[1] == f'{own / "leg-up.toml"}: there is already a pose "leg-up"; rename the file.'
    (own / "bad.toml").unlink()
    files.poses()
    assert len(files.problems) == 1


def test_a_way_from_nowhere_is_left_out(tmp_path: Path, own: Path) -> None:
    text = (asset_dir("poses") / "towel-round-ankle.toml").read_text(encoding="utf-8")
    (own / "one.toml").write_text(
        text.replace('comes_from = "lying-with-towel"', 'comes_from = "flying"'), encoding="utf-8"
    )
    (own / "two.toml").write_text(text.replace('via = "towel-over-foot"', 'via = "flying"'), encoding="utf-8")
    files = PoseFiles(tmp_path)
    poses = files.poses()
    assert (poses["one"].comes_from, poses["one"].via) == (None, None)
    assert (poses["two"].comes_from, poses["two"].via) == ("lying-with-towel", None)
    assert [problem.partition(": ")[2].partition(";")[0] for problem in files.problems] == [
        '"comes_from" is "flying", which is not a pose',
        '"via" is "flying", which is not a pose',
    ]


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "poses").write_text("", encoding="utf-8")
    files = PoseFiles(tmp_path)
    assert files.poses()
    assert len(files.problems) == 1
    assert "can't be read" in files.problems[0]


def test_the_schema_knows_the_keys_of_the_shipped_poses() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    keys = set(schema["$defs"]["Pose"]["properties"])
    assert {"comes_from", "via", "working_leg", "other_arm", "towel"} <= keys
    for path in asset_dir("poses").glob("*.toml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert (path.parent / first.removeprefix("#:schema ")).resolve() == SCHEMA
