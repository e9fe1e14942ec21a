"""The shipped poses, and the movements between them that the shipped routine makes."""

from functools import cache
from pathlib import Path
from typing import Final

from stretchplayer.figure.pose import Pose
from stretchplayer.storage.poses.pose_folder import PoseFiles

MOVEMENTS: Final = (
    ("lying", "knee-bent"),
    ("lying", "knee-to-chest"),
    ("knee-to-chest", "leg-up"),
    ("leg-up", "lying"),
    ("seated", "leg-lifted"),
    ("seated", "leg-out"),
    ("leg-out", "pelvis-forward"),
    ("pelvis-forward", "seated"),
    ("lying", "lying-with-towel"),
    ("lying-with-towel", "knee-bent-with-towel"),
    ("lying-with-towel", "towel-over-foot"),
    ("lying-with-towel", "towel-round-ankle"),
    ("towel-over-foot", "towel-round-ankle"),
    ("towel-round-ankle", "towel-leg-raised"),
    ("towel-leg-raised", "towel-knee-bent"),
    ("towel-leg-raised", "towel-leg-lowered"),
    ("towel-leg-lowered", "lying-with-towel"),
    ("towel-leg-lowered", "lying"),
    ("standing", "bent-forward"),
)
"""From and to, the second side and the ends of exercises included."""


@cache
def shipped_poses() -> dict[str, Pose]:
    """Every shipped pose by its name."""
    files = PoseFiles(Path("there-is-no-such-folder"))
    poses = dict(files.poses())
    assert not files.problems
    return poses
