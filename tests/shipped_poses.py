"""The shipped poses, and the movements between them that the shipped routine makes."""

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from stretchplayer.figure.pose import Pose
from stretchplayer.storage.poses.pose_folder import PoseFiles
from stretchplayer.storage.routines.routine_folder import RoutineFiles

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


@cache
def routine_movements() -> list[tuple[str, str]]:
    """From and to, of all steps of all shipped routines, there and back, into the next repetition and to the end."""
    poses = shipped_poses()
    found: dict[tuple[str, str], None] = {}
    for routine in RoutineFiles(Path("there-is-no-such-folder")).routines():
        for exercise in routine.exercises:
            names = [step.pose for step in exercise.steps if step.pose in poses]
            rest = poses[names[0]].comes_from if names else None
            path = [rest or names[0], *names, names[0], names[-1], rest or names[0]] if names else []
            found |= dict.fromkeys(pair for pair in pairwise(path) if pair[0] != pair[1])
    return sorted(found | {(end, start): None for start, end in found})
