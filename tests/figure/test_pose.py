"""Poses: the limits of joints, and descriptions in words."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretchplayer.figure.pose import ArmPose, LegPose, Pose, Reach, Rest, limit_violations
from stretchplayer.figure.side import Side
from stretchplayer.figure.skeleton import LIMITS, Joint, bend, bone
from stretchplayer.figure.stance import LegBends, stance_of
from tests.shipped_poses import shipped_poses


def working_leg(pose: Pose) -> LegBends:
    """How the joints of the working leg bend."""
    return stance_of(pose).leg_bends(working=True)


JOINTS = st.sampled_from(Joint)
ANGLES = st.floats(-360, 360)


def leg_up(**changed: object) -> Pose:
    """The shipped pose, changed."""
    return replace(shipped_poses()["leg-up"], **changed)  # type: ignore[arg-type]


@given(joint=JOINTS, before=ANGLES, bent=st.floats(-100, 200))
def test_a_bone_and_its_bend_say_the_same(joint: Joint, before: float, bent: float) -> None:
    least, greatest = LIMITS[joint]
    bent = min(max(bent, least), greatest)
    assert bend(joint, before, bone(joint, before, bent)) == pytest.approx(bent, abs=1e-6)


@given(joint=JOINTS, before=ANGLES, after=ANGLES, turns=st.integers(-2, 2))
def test_full_turns_make_no_difference(joint: Joint, before: float, after: float, turns: int) -> None:
    least, greatest = LIMITS[joint]
    one, other = bend(joint, before, after), bend(joint, before, after + 360 * turns)
    within = abs(one - (least + greatest) / 2) < 179
    assert not within or one == pytest.approx(other, abs=1e-6)


@pytest.mark.parametrize("name", shipped_poses())
def test_shipped_poses_bend_no_joint_too_far(name: str) -> None:
    assert not list(limit_violations(shipped_poses()[name]))


@pytest.mark.parametrize(
    ("changed", "table", "key", "joint", "limits"),
    [
        ({"head": 90.0}, None, "head", Joint.NECK, (120, 230)),
        ({"working_leg": LegPose(thigh=92, shin=120, foot=178)}, "working_leg", "shin", Joint.KNEE, (-58, 92)),
        ({"working_leg": LegPose(thigh=92, shin=90, foot=2)}, "working_leg", "foot", Joint.ANKLE, (130, 205)),
        ({"other_leg": LegPose(thigh=-40, shin=-40, foot=40)}, "other_leg", "thigh", Joint.HIP, (-25, 140)),
        ({"working_arm": ArmPose(upper=-90, forearm=-80)}, "working_arm", "upper", Joint.SHOULDER, (-60, 180)),
        ({"other_arm": ArmPose(upper=0, forearm=-10)}, "other_arm", "forearm", Joint.ELBOW, (0, 150)),
    ],
)
def test_bends_beyond_a_joint_s_limits_are_reported(
    changed: dict[str, object], table: str | None, key: str, joint: Joint, limits: tuple[float, float]
) -> None:
    found = list(limit_violations(leg_up(**changed)))
    assert len(found) == 1
    assert (found[0].table, found[0].key, found[0].joint) == (table, key, joint)
    assert [found[0].low, found[0].high] == pytest.approx(list(limits))


def test_a_leg_straight_up_has_a_right_angle_in_the_hip_and_a_soft_knee() -> None:
    bent = working_leg(leg_up())
    assert 85 <= bent.hip <= 90
    assert 18 <= bent.knee <= 25
    assert 75 < bent.ankle < 90


def test_the_seated_stretch_is_a_flat_back_hinging_at_the_hip() -> None:
    """A rounded back, a bowed head and a pulled-up foot are the slump test, by which sciatica is provoked."""
    pose = shipped_poses()["pelvis-forward"]
    assert 20 <= 90 - pose.spine.thoracic <= 30
    assert 10 <= 90 - pose.head <= 15, "the gaze is on the floor ahead"
    bent = working_leg(pose)
    assert 2 < bent.knee < 10
    assert bent.ankle < 85, "the ankle is relaxed"
    assert (pose.working_arm, pose.other_arm) == (Reach.THIGH, Reach.OTHER_THIGH)


@pytest.mark.parametrize("name", ["leg-up", "towel-leg-raised", "pelvis-forward"])
def test_no_foot_is_pulled_up_in_a_hold(name: str) -> None:
    assert working_leg(shipped_poses()[name]).ankle < 90


@pytest.mark.parametrize("name", [name for name, pose in shipped_poses().items() if pose.rests_on is Rest.BACK])
def test_the_head_lies_on_the_floor(name: str) -> None:
    spine = shipped_poses()[name].spine
    assert bend(Joint.NECK, spine.thoracic, spine.neck) == 3.5


def test_words_for_a_side_and_for_none() -> None:
    pose = leg_up(description="The {leg} up, the {other_leg} down, {side} and {other_side}", working_arm=Reach.KNEE)
    assert pose.words(Side.LEFT) == "The left leg up, the right leg down, left and right"
    assert pose.words(None) == "The working leg up, the other leg down, working and other"


@pytest.mark.parametrize("name", shipped_poses())
def test_descriptions_of_shipped_poses_have_no_braces_left(name: str) -> None:
    for side in (None, *Side):
        words = shipped_poses()[name].words(side)
        assert words
        assert not set("{}") & set(words)
