"""A routine that uses all that format 2 plays: repetitions, alternate sides, breaths, rests and rounds."""

from stretchplayer.figure.side import SidedText
from stretchplayer.routine.preferences import Preferences
from stretchplayer.routine.routine import Block, Exercise, Goal, Position, Range, Routine, SideMode, Step, StepKind
from stretchplayer.routine.timeline import Timeline
from stretchplayer.routine.timeline_builder import build_timeline

BRIDGE = Exercise(
    id="bridge",
    title="Bridge",
    position=Position.LYING_ON_BACK,
    sides=SideMode.NONE,
    repetitions=Range(low=3, high=6),
    sets=2,
    rest_s=40,
    easier="small-bridge",
    steps=(
        Step(kind=StepKind.MOVE, text="Lift your hips.", seconds=3, short="up", count=True),
        Step(kind=StepKind.HOLD, text="Stay there.", seconds=Range(low=5, high=8), short="and hold"),
        Step(kind=StepKind.RELEASE, text="Lower your hips slowly.", seconds=3, short="and down"),
    ),
)
SMALL_BRIDGE = Exercise(
    id="small-bridge", title="Small bridge", position=Position.LYING_ON_BACK, sides=SideMode.NONE, steps=BRIDGE.steps
)
KNEES = Exercise(
    id="knees",
    title="Knee rolls",
    position=Position.LYING_ON_BACK,
    sides=SideMode.ALTERNATE,
    repetitions=3,
    steps=(
        Step(
            kind=StepKind.MOVE,
            text=SidedText(left="Let both knees sink to the left.", right="Let both knees sink to the right."),
            seconds=4,
            short="{side}",
        ),
        Step(kind=StepKind.RELEASE, text="Bring them back to the middle.", seconds=3, short="and back", count=True),
    ),
)
REACH = Exercise(
    id="reach",
    title="Arm reach",
    position=Position.ON_ALL_FOURS,
    limb="arm",
    repetitions=3,
    rest_between_repetitions_s=4,
    steps=(
        Step(kind=StepKind.MOVE, text="Reach forward with your {leg}.", seconds=4, short="reach", count=True),
        Step(kind=StepKind.RELEASE, text="Lower it again.", breaths=1, short="and lower"),
    ),
)
LIE = Exercise(
    id="lie",
    title="Lying on the front",
    position=Position.LYING_ON_FRONT,
    sides=SideMode.NONE,
    steps=(Step(kind=StepKind.HOLD, text="Lie still, and breathe.", breaths=6, coach=("Let your back grow heavy.",)),),
)
ROUTINE = Routine(
    id="counted",
    title="Counted",
    goal=Goal.STRENGTH,
    exercises=(BRIDGE, KNEES, REACH, LIE, SMALL_BRIDGE),
    blocks=(Block(rounds=2, exercises=("bridge", "knees"), rest_s=20), Block(exercises=("reach", "lie"))),
)


def counted_timeline(preferences: Preferences | None = None) -> Timeline:
    """The timeline of that routine."""
    return build_timeline(ROUTINE, preferences)


def one_exercise(exercise: Exercise, preferences: Preferences | None = None) -> Timeline:
    """The timeline of a routine with that exercise alone."""
    return build_timeline(Routine(id="one", title="One", goal=Goal.STRENGTH, exercises=(exercise,)), preferences)
