"""What hands and feet reach for, and where the body is then."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from stretchplayer.figure.movement import Movement
from stretchplayer.figure.pose import ArmPose, FootOn, LegPose, Pose, Reach, Towel, Turn
from stretchplayer.figure.skeleton import (
    ELBOW_RADIUS,
    HAND_RADIUS,
    KNEE_RADIUS,
    SHOULDER_WIDTH,
    SOLE,
    Joint,
    Shortening,
    Skeleton,
)
from stretchplayer.figure.stance import placing_contact, stance_of
from stretchplayer.figure.strain import strains
from stretchplayer.figure.surroundings import Contact, Facing, PlacedProp, Prop, View
from stretchplayer.storage.poses.pose_file import read_pose
from tests.shipped_poses import shipped_poses

POSTURES = Path(__file__).parent / "postures"
UPRIGHT = LegPose(thigh=-90, shin=-90, foot=0)
HANGING = ArmPose(upper=-90, forearm=-88)


def pose(**changed: object) -> Pose:
    """Somebody who stands upright with hanging arms, changed."""
    usual = Pose(
        name="upright",
        description="Upright",
        contacts=(Contact.FEET,),
        torso=90,
        head=90,
        working_leg=UPRIGHT,
        other_leg=UPRIGHT,
        working_arm=HANGING,
        other_arm=HANGING,
    )
    return replace(usual, **changed)  # type: ignore[arg-type]


def body(**changed: object) -> Skeleton:
    """The body in that pose, which misses nothing that it reaches for."""
    stance = stance_of(pose(**changed))
    assert not stance.missed
    return stance.skeleton


def test_from_the_front_an_ankle_lies_above_the_other_knee() -> None:
    stance = stance_of(read_pose(POSTURES / "figure-four-seated.toml"))
    assert not stance.missed
    assert stance.skeleton.working_leg.ankle == pytest.approx(stance.skeleton.other_leg.knee + 1j * KNEE_RADIUS)


def test_seated_from_the_front_the_feet_and_hands_are_where_they_should_be() -> None:
    stance = stance_of(read_pose(POSTURES / "seated-front.toml"))
    assert not stance.missed
    assert stance.skeleton.working_leg.ankle.real == pytest.approx(-14)


def test_from_the_side_the_other_ankle_lies_across_the_working_thigh() -> None:
    sits = body(
        contacts=(Contact.SEAT,),
        props=(Prop.CHAIR,),
        working_leg=LegPose(thigh=-2, shin=-90, foot=0),
        other_leg=LegPose(foot_on=FootOn.OTHER_KNEE, foot=20),
    )
    along = (sits.other_leg.ankle - sits.hip) / (sits.working_leg.knee - sits.hip)
    assert 0.8 < along.real < 1
    assert along.imag > 0, "on top"


def test_a_leg_across_the_other_one_stays_there_as_both_are_drawn_in() -> None:
    movement = Movement(*(read_pose(POSTURES / f"{name}.toml") for name in ("figure-four", "figure-four-pulled")))
    assert not movement.is_still
    for moment in range(11):
        drawn = movement.at(moment / 10)
        other, ankle = drawn.other_leg, drawn.working_leg.ankle
        along = (ankle - other.hip) / (other.knee - other.hip)
        assert along.real == pytest.approx(0.92, abs=0.01)
        assert along.imag > 0, "on the side of the chest"
        knee = (drawn.working_leg.knee - drawn.hip) / (ankle - drawn.hip)
        assert knee.imag < 0, "fallen open, away from the chest"


@pytest.mark.parametrize("start", ["figure-four", "knees-bent-from-above"])
def test_from_above_the_ankle_stays_on_the_other_thigh_and_the_knee_is_open(start: str) -> None:
    poses = shipped_poses()
    movement = Movement(poses[start], poses["figure-four"], poses["figure-four-pulled"])
    for moment in range(11):
        drawn = movement.at(0.5 + moment / 20)
        assert abs(drawn.working_leg.ankle - drawn.other_leg.knee) < 16
        assert drawn.working_leg.knee.imag < drawn.working_leg.hip.imag - 20


def test_a_leg_that_is_laid_across_the_other_one_neither_folds_nor_flips_on_the_way() -> None:
    movement = Movement(shipped_poses()["lying-knees-bent"], read_pose(POSTURES / "figure-four.toml"))
    ankles = [movement.at(moment / 60).working_leg.ankle for moment in range(61)]
    assert max(abs(two - one) for one, two in pairwise(ankles)) < 4


def test_hands_clasp_behind_the_other_thigh_with_one_arm_between_the_legs() -> None:
    pulled = stance_of(read_pose(POSTURES / "figure-four-pulled.toml")).skeleton
    assert pulled.working_arm.hand == pytest.approx(pulled.other_arm.hand)
    assert pulled.working_arm.between_legs
    assert not pulled.other_arm.between_legs


def test_both_hands_hold_the_other_shin() -> None:
    long = stance_of(shipped_poses()["leg-pressed-long"])
    assert not long.missed
    for hand in (long.skeleton.working_arm.hand, long.skeleton.other_arm.hand):
        assert abs(hand - long.skeleton.other_leg.on_shin(0.27, 0)) < 8


def test_the_other_hand_holds_the_working_arm_above_its_elbow() -> None:
    holds = body(
        view=View.FRONT,
        shortening=Shortening(upper_arm=0.8, other_upper_arm=0.7),
        working_arm=ArmPose(upper=-15, forearm=5),
        other_arm=ArmPose(hand_on=Reach.UPPER_ARM),
    )
    arm = holds.working_arm
    along = (holds.other_arm.hand - arm.shoulder) / (arm.elbow - arm.shoulder)
    assert 0.5 < along.real < 1
    assert along.imag == pytest.approx(0, abs=0.01)
    assert holds.other_arm.closed


def test_seen_from_the_side_an_elbow_can_be_behind_shoulder_and_hand() -> None:
    door = PlacedProp(prop=Prop.DOORWAY, at=10)
    elbows = [
        body(
            props=(door,),
            shortening=Shortening(upper_arm=0.5),
            working_arm=ArmPose(hand_on=Reach.DOORWAY, at=180, elbow=turn),
        ).working_arm.elbow.real
        for turn in (Turn.BACK, Turn.OUT)
    ]
    assert elbows[0] < -5
    assert elbows[1] > 5


def test_from_above_no_floor_is_in_the_way() -> None:
    poses = shipped_poses()
    movement = Movement(poses["legs-long-from-above"], poses["knee-lifted-from-above"])
    assert poses["legs-long-from-above"].view is View.ABOVE
    shins = [movement.at(moment / 10).working_leg.shin for moment in range(11)]
    assert shins == sorted(shins, reverse=True)


@pytest.mark.parametrize(("faces", "side"), [(Facing.LEFT, -1), (Facing.RIGHT, 1)])
def test_a_foot_on_a_wall_has_its_sole_there(faces: Facing, side: int) -> None:
    stands = body(
        props=(PlacedProp(prop=Prop.WALL, at=-side * 60, faces=faces),),
        working_leg=LegPose(foot_on=FootOn.WALL, at=60, foot=90),
    )
    assert stands.working_leg.ankle == pytest.approx(complex(side * (SOLE - 60), 60))


def test_a_towel_round_the_foot_loops_at_its_ball() -> None:
    loop = body(towel=Towel.ROUND_FOOT).towel
    leg = body().working_leg
    assert loop is not None
    assert 0.5 < ((loop - leg.ankle) / (leg.toe - leg.ankle)).real < 1


@pytest.mark.parametrize("view", [View.SIDE, View.FRONT])
@pytest.mark.parametrize("reach", [Reach.HEAD, Reach.CHEST, Reach.HIP, Reach.OTHER_SHOULDER])
def test_hands_reach_parts_of_the_trunk(view: View, reach: Reach) -> None:
    stands = stance_of(pose(view=view, working_arm=ArmPose(hand_on=reach))).skeleton
    near = {
        Reach.HEAD: stands.head_centre,
        Reach.CHEST: (stands.waist + stands.shoulder) / 2,
        Reach.HIP: stands.hip,
        Reach.OTHER_SHOULDER: stands.other_arm.shoulder,
    }[reach]
    assert abs(stands.working_arm.hand - near) < 0.6 * SHOULDER_WIDTH


@pytest.mark.parametrize(
    ("reach", "prop", "at"),
    [(Reach.STEP, PlacedProp(prop=Prop.STEP, at=30, height=90), 30), (Reach.TABLE, Prop.TABLE, 30)],
)
def test_hands_lie_on_a_step_or_a_table(reach: Reach, prop: Prop | PlacedProp, at: float) -> None:
    hand = body(props=(prop,), working_arm=ArmPose(hand_on=reach, at=at), torso=60, head=60).working_arm.hand
    top = 90 if reach is Reach.STEP else 72
    assert hand == pytest.approx(complex(at, top + HAND_RADIUS))


def test_a_hand_holds_a_rail() -> None:
    hand = body(props=(PlacedProp(prop=Prop.RAIL, height=100),), other_arm=ArmPose(hand_on=Reach.RAIL, at=30)).other_arm
    assert hand.hand == pytest.approx(30 + 100j)
    assert hand.closed


@pytest.mark.parametrize(("faces", "at"), [(Facing.RIGHT, 84), (Facing.LEFT, -24)])
def test_a_hand_on_the_back_of_a_chair_stays_there(faces: Facing, at: float) -> None:
    chair = PlacedProp(prop=Prop.CHAIR, at=at, faces=faces, height=50)
    tall = pose(props=(chair,), other_arm=Reach.CHAIR_BACK)
    leaning = replace(tall, torso=80)
    hands = [Movement(tall, leaning).at(moment).other_arm.hand for moment in (0, 0.3, 1)]
    assert hands == pytest.approx([30 + 97j] * 3, abs=1)


def test_hands_are_on_the_posts_of_a_doorway() -> None:
    held = {"working_arm": ArmPose(hand_on=Reach.DOORWAY, at=170), "other_arm": ArmPose(hand_on=Reach.DOORWAY, at=170)}
    front = body(view=View.FRONT, props=(Prop.DOORWAY,), **held)
    assert front.working_arm.hand == pytest.approx(complex(HAND_RADIUS - 44, 170))
    assert front.other_arm.hand == pytest.approx(complex(44 - HAND_RADIUS, 170))
    side = body(props=(PlacedProp(prop=Prop.DOORWAY, at=50),), **held)
    assert side.working_arm.hand == side.other_arm.hand == pytest.approx(complex(50 - HAND_RADIUS, 170))


def test_who_rests_on_forearms_has_the_lower_elbow_on_the_floor() -> None:
    rests = (Contact.HEAD, Contact.FOREARMS)
    prone = pose(
        contacts=rests, torso=160, head=170, working_arm=ArmPose(upper=-90, forearm=-180), other_arm=Reach.FLOOR
    )
    assert placing_contact(prone) is Contact.FOREARMS
    assert stance_of(prone).skeleton.working_arm.elbow.imag == pytest.approx(ELBOW_RADIUS)


def test_toes_that_carry_are_on_the_floor() -> None:
    tiptoe = LegPose(thigh=-90, shin=-90, foot=-30)
    stands = body(contacts=(Contact.TOES,), working_leg=tiptoe, other_leg=tiptoe)
    assert stands.working_leg.toe.imag == pytest.approx(0)


def test_limbs_that_only_reach_place_no_body() -> None:
    reaching, on = LegPose(foot_on=FootOn.FLOOR, at=0), ArmPose(hand_on=Reach.FLOOR, at=40)
    nowhere = pose(
        contacts=(Contact.FEET, Contact.FOREARMS, Contact.HANDS),
        working_leg=reaching,
        other_leg=reaching,
        working_arm=on,
        other_arm=on,
    )
    assert placing_contact(nowhere) is None


def test_what_is_out_of_reach_is_missed() -> None:
    far = LegPose(foot_on=FootOn.FLOOR, at=150)
    missed = stance_of(pose(working_leg=far, working_arm=ArmPose(hand_on=Reach.FLOOR, at=150))).missed
    assert missed.keys() == {"working_leg", "working_arm"}
    assert min(missed.values()) > 10


def test_where_only_the_hands_rest_the_body_goes_straight_from_one_place_to_the_other() -> None:
    on = ArmPose(hand_on=Reach.TABLE, at=30)
    leaning = pose(contacts=(Contact.HANDS,), props=(Prop.TABLE,), torso=60, head=60, working_arm=on, other_arm=on)
    movement = Movement(leaning, replace(leaning, torso=70, at=4))
    assert not movement.is_still
    ends = [movement.at(moment).hip for moment in (0, 0.5, 1)]
    assert ends[1] == pytest.approx((ends[0] + ends[2]) / 2)


def test_a_neck_bent_too_far_is_told() -> None:
    bowed = stance_of(replace(shipped_poses()["leg-up"], head=90)).skeleton
    assert [strain.joint for strain in strains(bowed)] == [Joint.NECK]
