"""Movements: what must hold at every moment of the way from one pose to another."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stretchplayer.figure.breath import BREATH_MS, BREATHING_IN, breath_at, ease
from stretchplayer.figure.movement import (
    Movement,
    movement_to,
)
from stretchplayer.figure.pose import ArmPose, Pose, Reach, Rest, Towel
from stretchplayer.figure.reach import TOWEL_LENGTH
from stretchplayer.figure.skeleton import (
    ELBOW_RADIUS,
    FOREARM,
    HAND_RADIUS,
    HIP_RADIUS,
    LIMITS,
    SOLE,
    UPPER_ARM,
    Arm,
    Joint,
    Leg,
    Skeleton,
    bend,
    stretch_arm,
)
from stretchplayer.figure.stance import stance_of
from stretchplayer.figure.surroundings import SEAT_HEIGHT, Works
from tests.shipped_poses import MOVEMENTS, routine_movements, shipped_poses

NAMES = st.sampled_from(sorted(shipped_poses()))
MOMENTS = st.floats(0, 1)
SHIPPED = st.sampled_from(MOVEMENTS)
SLACK = 0.5
"""Units, of which a standing person has about 185."""


def way(start: str, end: str) -> Movement:
    """The movement between two shipped poses."""
    movement = movement_to(shipped_poses(), end, start)
    assert movement is not None
    return movement


def legs(skeleton: Skeleton) -> tuple[Leg, Leg]:
    """Both legs."""
    return skeleton.working_leg, skeleton.other_leg


def arms(skeleton: Skeleton) -> tuple[Arm, Arm]:
    """Both arms."""
    return skeleton.working_arm, skeleton.other_arm


@given(pair=SHIPPED, moment=MOMENTS)
def test_nothing_sinks_into_the_floor(pair: tuple[str, str], moment: float) -> None:
    assert all(middle.imag - radius >= -SLACK for _, middle, radius in way(*pair).at(moment).surfaces())


@given(pair=SHIPPED, moment=MOMENTS)
def test_what_rests_stays_where_it_is(pair: tuple[str, str], moment: float) -> None:
    movement = way(*pair)
    body, before = movement.at(moment), movement.at(0)
    if movement.end.rests_on is Rest.FOOT:
        assert abs(body.other_leg.ankle - before.other_leg.ankle) < SLACK
        assert abs(body.other_leg.heel.imag) < SLACK
        return
    assert body.hip == before.hip
    for joint in ("knee", "ankle", "heel", "toe"):
        assert getattr(body.other_leg, joint) == pytest.approx(getattr(before.other_leg, joint)), joint
    if movement.end.rests_on is Rest.BACK:
        assert body.hip.imag == HIP_RADIUS
        assert body.shoulder.imag == pytest.approx(HIP_RADIUS)
        assert 0 <= body.other_leg.heel.imag < SLACK
    else:
        assert body.hip.imag == SEAT_HEIGHT + HIP_RADIUS
        assert abs(body.other_leg.heel.imag) < SLACK
        assert abs(body.other_leg.toe.imag) < SLACK


@pytest.mark.parametrize("name", shipped_poses())
def test_hands_are_where_they_reach(name: str) -> None:
    assert not stance_of(shipped_poses()[name]).missed


@given(moment=MOMENTS)
def test_hands_stay_clasped_behind_the_thigh_while_the_leg_goes_up(moment: float) -> None:
    body = way("knee-to-chest", "leg-up").at(moment)
    assert body.working_arm.hand == pytest.approx(body.other_arm.hand)
    for arm in arms(body):
        assert arm.closed
        along = (arm.hand - body.hip) / (body.working_leg.knee - body.hip)
        assert 1 / 3 < along.real < 2 / 3, "the middle of the thigh, not the hollow of the knee"
        assert along.imag < 0, "the back of the thigh"


def test_hands_close_when_they_arrive_and_open_when_they_leave() -> None:
    there, back = way("knee-bent", "knee-to-chest"), way("leg-up", "knee-bent")
    assert [there.at(moment).working_arm.closed for moment in (0, 0.5, 1)] == [False, False, True]
    assert [back.at(moment).working_arm.closed for moment in (0, 0.5, 1)] == [True, False, False]
    assert way("towel-round-ankle", "towel-leg-raised").at(0.5).working_arm.closed


@pytest.mark.parametrize(
    ("start", "end", "steep"), [("leg-up", "lying", 85), ("towel-leg-raised", "towel-leg-lowered", 65)]
)
@given(moment=MOMENTS)
def test_the_knee_bends_before_the_leg_is_lowered(start: str, end: str, steep: float, moment: float) -> None:
    body = way(start, end).at(moment)
    thigh, knee = body.working_leg.thigh, bend(Joint.KNEE, body.working_leg.thigh, body.working_leg.shin)
    assert knee > 20 or thigh > steep or thigh < 10


@pytest.mark.parametrize(
    ("start", "end", "until"),
    [("lying", "knee-bent", 1), ("lying", "knee-to-chest", 0.5), ("lying-with-towel", "towel-over-foot", 0.5)],
)
@given(part=MOMENTS)
def test_lying_the_heel_slides_on_the_mat_until_the_knee_is_bent(
    start: str, end: str, until: float, part: float
) -> None:
    movement = way(start, end)
    assert 0 <= movement.at(part * until).working_leg.heel.imag + 1e-6 < SLACK
    bent = movement.at(until).working_leg
    assert 90 < bend(Joint.KNEE, bent.thigh, bent.shin) < 110
    assert bent.toe.imag < SLACK, "the foot is flat"


@given(part=MOMENTS)
def test_sitting_the_trunk_comes_up_before_the_foot_slides_back(part: float) -> None:
    movement = way("pelvis-forward", "seated")
    assert -1e-6 <= movement.at(part).working_leg.heel.imag < 2
    assert movement.at(part / 2).working_leg.thigh == pytest.approx(movement.at(0).working_leg.thigh)
    assert movement.at((1 + part) / 2).torso == pytest.approx(movement.end.torso)


def test_poses_on_the_way_that_name_each_other_end() -> None:
    poses = dict(shipped_poses())
    poses["knee-bent"] = replace(poses["knee-bent"], via="knee-to-chest")
    movement = movement_to(poses, "knee-to-chest", "lying")
    assert movement is not None
    assert [pose.name for pose in movement.poses] == ["lying", "knee-bent", "knee-to-chest"]


@given(moment=MOMENTS)
def test_sitting_the_straight_leg_rests_on_its_heel_and_the_hands_on_the_thighs(moment: float) -> None:
    body = way("leg-out", "pelvis-forward").at(moment)
    assert 0 <= body.working_leg.heel.imag < 2
    assert body.working_leg.toe.imag > 10
    for leg, arm in zip(legs(body), arms(body), strict=True):
        along = (arm.hand - leg.hip) / (leg.knee - leg.hip)
        assert 0.5 < along.real < 0.8
        assert along.imag > 0, "on top"
        assert not arm.closed


@given(moment=MOMENTS)
def test_the_towel_is_taut_between_ankle_and_hands(moment: float) -> None:
    body = way("towel-round-ankle", "towel-leg-raised").at(moment)
    assert body.towel == body.working_leg.ankle
    lengths = [abs(arm.hand - body.working_leg.ankle) for arm in arms(body)]
    assert lengths == pytest.approx([TOWEL_LENGTH, TOWEL_LENGTH - 8])


@given(moment=MOMENTS)
def test_the_elbows_stay_down_and_the_fists_apart_while_the_towel_pulls(moment: float) -> None:
    for pair in (("towel-round-ankle", "towel-leg-raised"), ("towel-leg-raised", "towel-leg-lowered")):
        body = way(*pair).at(moment)
        assert abs(body.working_arm.hand - body.other_arm.hand) > HAND_RADIUS
        for arm in arms(body):
            assert arm.closed
            assert ELBOW_RADIUS <= arm.elbow.imag < ELBOW_RADIUS + 3


def test_the_towel_goes_from_the_hands_round_the_ankle() -> None:
    movement = way("lying-with-towel", "towel-round-ankle")
    names = ["lying-with-towel", "knee-bent-with-towel", "towel-over-foot", "towel-round-ankle"]
    assert [pose.name for pose in movement.poses] == names
    first, over_foot = movement.at(0), movement.at(2 / 3)
    assert first.towel is not None
    assert abs(first.towel - first.working_arm.hand) < 30
    assert over_foot.towel == pytest.approx(over_foot.working_leg.ankle)
    assert way("lying", "lying-with-towel").at(0).towel is None
    assert way("lying", "lying-with-towel").at(0.1).towel is not None


@given(pair=SHIPPED)
def test_nothing_jumps(pair: tuple[str, str]) -> None:
    movement = way(*pair)
    frames = [movement.at(step / 200).points() for step in range(201)]
    for one, other in pairwise(frames):
        for number, point in enumerate(other[: min(len(one), len(other))]):
            assert abs(point - one[number]) < 6


@given(start=NAMES, end=NAMES)
@example(start="curl-up-braced", end="slider-lying-in")
def test_a_movement_begins_and_ends_with_its_poses(start: str, end: str) -> None:
    movement, poses = way(start, end), shipped_poses()
    last = Movement(poses[end]).at(1).points()
    assert [abs(one - other) < 1e-6 for one, other in zip(movement.at(1).points(), last, strict=True)] == [True] * len(
        last
    )
    # The arrow shows the way that is to be gone, not the one that led here.
    begin, first = (replace(each.at(0), arrows=()).points() for each in (movement, Movement(movement.poses[0])))
    assert all(abs(one - other) < 1e-6 for one, other in zip(begin, first, strict=False))


@pytest.mark.parametrize("pair", routine_movements(), ids="-".join)
def test_each_movement_of_the_routines_ends_in_its_pose(pair: tuple[str, str]) -> None:
    movement = way(*pair)
    assert movement.at(1).points() == pytest.approx(Movement(movement.end).at(1).points())


def test_the_part_that_works_at_the_end_does_so_all_the_way() -> None:
    poses = shipped_poses()
    movement = Movement(poses["knee-hugged"], poses["bridge-ready"], poses["bridge"])
    assert {movement.at(moment / 4).works for moment in range(5)} == {Works.BUTTOCKS}


def test_the_label_is_on_the_leg_that_moves_all_the_way_while_the_trunk_works() -> None:
    movement = way("all-fours", "bird-dog")
    moments = [movement.at(moment / 4) for moment in range(5)]
    assert {(body.works, body.label) for body in moments} == {(Works.TRUNK, Works.LEG)}


@pytest.mark.parametrize("end", ["on-forearms", "lowered-on-front"])
def test_the_forearms_stay_on_the_mat_as_the_chest_comes_up(end: str) -> None:
    movement = movement_to(shipped_poses(), end, shipped_poses()[end].comes_from)
    assert movement is not None
    for arm in (movement.at(moment / 20).working_arm for moment in range(21)):
        assert arm.hand.imag == pytest.approx(HAND_RADIUS, abs=0.5)
        assert arm.elbow.imag < 12


def test_the_knee_keeps_its_right_angle_as_the_toes_are_lowered() -> None:
    movement = way("tabletop", "toe-tap")
    for leg in (movement.at(moment / 20).working_leg for moment in range(21)):
        assert bend(Joint.KNEE, leg.thigh, leg.shin) == pytest.approx(90, abs=3)


def test_the_chin_slides_back_no_further_than_over_the_shoulders() -> None:
    tucked = way("seated-head-forward", "chin-tucked").at(1)
    assert 0 <= (tucked.head_centre - tucked.shoulder).real < 4
    assert tucked.head < 90, "a slight nod"


def test_the_forearm_that_holds_the_other_arm_comes_from_within() -> None:
    movement = way("seated-shoulders-low", "arm-across")
    bodies = [movement.at(moment / 20) for moment in range(21)]
    assert max((body.other_arm.hand - body.other_arm.shoulder).real for body in bodies) < 5


@pytest.mark.parametrize("name", ["all-fours", "hands-and-knees", "bird-dog", "bird-dog-leg"])
def test_on_hands_and_knees_the_back_is_level(name: str) -> None:
    assert abs(Movement(shipped_poses()[name]).at(1).torso) < 3


def test_no_way_leads_from_the_floor_to_the_chair() -> None:
    assert [pose.name for pose in way("lying", "seated").poses] == ["seated"]


def test_unknown_poses() -> None:
    assert movement_to(shipped_poses(), "nonsense", "lying") is None
    movement = movement_to(shipped_poses(), "leg-up", "nonsense")
    assert movement is not None
    assert [pose.name for pose in movement.poses] == ["leg-up"]


def changed(name: str, **what: object) -> Pose:
    """A shipped pose, changed."""
    return replace(shipped_poses()[name], **what)  # type: ignore[arg-type]


def test_a_hand_that_misses_is_reported_with_its_distance() -> None:
    gaps = stance_of(changed("leg-up", other_arm=Reach.ANKLE)).missed
    assert set(gaps) == {"other_arm"}
    assert gaps["other_arm"] > 20


def test_hands_on_the_seat_and_at_the_knee() -> None:
    assert not stance_of(changed("seated", working_arm=Reach.SEAT, other_arm=Reach.SEAT)).missed
    assert not stance_of(changed("seated", torso=70.0, working_arm=Reach.KNEE, other_arm=Reach.KNEE)).missed


def test_standing_keeps_the_foot_on_the_floor() -> None:
    pose = changed(
        "lying",
        rests_on=Rest.FOOT,
        torso=90,
        head=90,
        working_leg=changed("seated").working_leg,
        working_arm=ArmPose(upper=-90, forearm=-80),
        other_arm=ArmPose(upper=-90, forearm=-80),
        other_leg=replace(changed("seated").other_leg, thigh=-88, shin=-92),
    )
    body = Movement(pose, replace(pose, torso=70, head=70)).at(0.5)
    assert body.other_leg.heel.imag == pytest.approx(0)
    assert body.other_leg.toe.imag == pytest.approx(0)
    assert body.other_leg.ankle == pytest.approx(complex(0, SOLE))


@pytest.mark.parametrize("hand", [0j, 1 + 0j, 10j, 200 + 0j])
def test_an_arm_goes_as_near_as_it_can(hand: complex) -> None:
    arm = stretch_arm(0j, hand)
    assert abs(arm.elbow) == pytest.approx(UPPER_ARM)
    assert abs(arm.hand - arm.elbow) == pytest.approx(FOREARM)
    bent = bend(Joint.ELBOW, arm.upper, arm.forearm)
    assert -1e-6 <= bent <= LIMITS[Joint.ELBOW][1] + 1e-6


def test_movements_begin_and_end_gently() -> None:
    assert [ease(-1), ease(0), ease(0.5), ease(1), ease(2)] == pytest.approx([0, 0, 0.5, 1, 1])
    assert ease(0.01) < 0.001


def test_breath_goes_in_for_four_seconds_and_out_for_six() -> None:
    assert breath_at(0) == 0
    assert breath_at(BREATH_MS * BREATHING_IN) == pytest.approx(1)
    assert breath_at(BREATH_MS) == 0
    assert breath_at(2_000) == pytest.approx(0.5)
    assert breath_at(7_000) == pytest.approx(0.5)
    assert breath_at(5_000 + 2_000, 5_000) == pytest.approx(1)


def test_a_towel_in_the_hands_hangs_below_them() -> None:
    body = Movement(changed("lying-with-towel", towel=Towel.IN_HANDS)).at(0)
    assert body.towel is not None
    assert body.towel.imag < body.working_arm.hand.imag


def test_a_head_turns_steadily_with_a_trunk_that_passes_0_degrees() -> None:
    poses = shipped_poses()
    start, end = poses["standing"], replace(poses["bent-forward"], head_turn=40)
    turns = [Movement(start, end).at(moment / 10).head_turn for moment in range(11)]
    assert turns[0] == 0
    assert turns[-1] == 40
    assert turns == sorted(turns)
