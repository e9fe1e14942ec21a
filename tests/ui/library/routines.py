"""A routine with all that a page of it can show."""

from stretchplayer.routine.routine import Exercise, Position, Range, Routine, SafetyNote, SideMode, Step, StepKind

UP = Step(kind=StepKind.MOVE, text="Lift your hips.", seconds=3)
STILL = Step(kind=StepKind.HOLD, text="Hips high.", seconds=Range(5, 10))
DOWN = Step(kind=StepKind.RELEASE, text="And down.", seconds=3)
BRIDGE = Exercise(
    id="bridge",
    title="Bridge",
    position=Position.LYING_ON_BACK,
    sides=SideMode.NONE,
    repetitions=Range(8, 12),
    sets=2,
    rest_s=30,
    why="It makes the buttocks strong.",
    feel="Your buttocks work.",
    avoid="Don't arch your back.",
    easier="half-bridge",
    harder="one-leg-bridge",
    steps=(UP, STILL, DOWN),
)
HALF = Exercise(
    id="half-bridge", title="Half a bridge", position=Position.LYING_ON_BACK, sides=SideMode.NONE, steps=(UP, DOWN)
)
ONE_LEG = Exercise(
    id="one-leg-bridge", title="Bridge on one leg", position=Position.LYING_ON_BACK, steps=(UP, STILL, DOWN)
)
TURN = Exercise(id="turn", title="Seated turn", position=Position.SITTING_ON_CHAIR, steps=(UP, STILL, DOWN))
WALL = Exercise(
    id="wall",
    title="Calf at the wall",
    position=Position.STANDING,
    equipment=("a wall",),
    steps=(UP, Step(kind=StepKind.HOLD, text="Heel down.", seconds=20, pose="leg-out"), DOWN),
)
RICH = Routine(
    id="rich",
    title="All kinds",
    description="For the back.",
    source="A book.",
    author="A. Physio",
    caution="Ask first after surgery.",
    safety=(SafetyNote(text="Stop if it tingles.", stop=True),),
    exercises=(BRIDGE, HALF, ONE_LEG, TURN, WALL),
)
