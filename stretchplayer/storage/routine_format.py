"""The format of routine files, version 1: which keys there are, what they mean and what may stand in them.

From these structs files are decoded, the JSON Schema is made, and messages take their "what would be right"
(`extra["right"]`, which ends the sentence "… must be").
"""

from typing import Annotated, Final, Literal, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType

from stretchplayer.domain.routine import MAX_COUNT, MAX_STEP_S, MAX_STEPS, MAX_STRETCHES, Position, SideMode, StepKind

FORMAT: Final = 1
MAX_TEXT: Final = 500
MAX_TITLE: Final = 100
MAX_ID: Final = 100
MAX_ITEMS: Final = 50

# Both patterns mean the same to Python and to JSON Schema, so neither uses `$`, which in Python allows a line break
# after it. Refused are control characters, the separators U+2028 and U+2029, and the invisible marks that reverse text.
_PLAIN = r"^(?![\s\S]*[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069])[\s\S]*\S"
_NAME = r"^[a-z0-9][a-z0-9_-]*(?![\s\S])"

Text = Annotated[str, Meta(min_length=1, max_length=MAX_TEXT, pattern=_PLAIN)]
Title = Annotated[str, Meta(min_length=1, max_length=MAX_TITLE, pattern=_PLAIN)]
Name = Annotated[str, Meta(min_length=1, max_length=MAX_ID, pattern=_NAME)]
Count = Annotated[int, Meta(ge=1, le=MAX_COUNT)]

_NO_CONTROL = "without line breaks and other control characters"
_A_TEXT = f"a text of 1 to {MAX_TEXT} characters, {_NO_CONTROL}"
_A_TITLE = f"a text of 1 to {MAX_TITLE} characters, {_NO_CONTROL}"
_A_NAME = f"a name of small letters a to z, digits, - and _, at most {MAX_ID} characters"
_A_COUNT = f"a whole number from 1 to {MAX_COUNT}"
_A_LIST = f"a list of at most {MAX_ITEMS} texts of 1 to"
_LEG = "May name the leg with {leg}, {other_leg}, {side} and {other_side}."


def _about(description: str, right: str) -> Meta:
    return Meta(description=description, extra={"right": right})


class StepDocument(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """One thing to do. Give either seconds or repetitions."""

    kind: Annotated[
        StepKind, _about("What the step asks: move, hold still, or release.", 'one of "move", "hold" and "release"')
    ]
    text: Annotated[Text, _about(f"What to do, as it is shown. {_LEG}", _A_TEXT)]
    say: Annotated[Text | UnsetType, _about(f"What is spoken, where that differs from the text. {_LEG}", _A_TEXT)] = (
        UNSET
    )
    seconds: Annotated[
        Annotated[float, Meta(gt=0, le=MAX_STEP_S)] | UnsetType,
        _about("How long the step takes, on each side.", f"a number above 0 and at most {MAX_STEP_S} (one hour)"),
    ] = UNSET
    repetitions: Annotated[
        Count | UnsetType, _about("How often the movement is done, instead of seconds.", _A_COUNT)
    ] = UNSET
    pose: Annotated[Name | UnsetType, _about("The name of the figure's pose at the end of the step.", _A_NAME)] = UNSET


class StretchDocument(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """One stretch: its steps, done on one or both sides."""

    id: Annotated[
        Name | UnsetType, _about("A name for the stretch that never changes; made from the title without it.", _A_NAME)
    ] = UNSET
    title: Annotated[Title, _about("The name of the stretch.", _A_TITLE)]
    position: Annotated[
        Position,
        _about("How the body is placed.", "one of " + ", ".join(f'"{position}"' for position in Position)),
    ]
    setup: Annotated[Text | UnsetType, _about("How to get into position; said once, for both sides.", _A_TEXT)] = UNSET
    equipment: Annotated[
        tuple[Title, ...],
        Meta(max_length=MAX_ITEMS),
        _about('What is needed, each with its article: "a towel".', f"{_A_LIST} {MAX_TITLE} characters, {_NO_CONTROL}"),
    ] = ()
    sides: Annotated[
        SideMode,
        _about("Whether the stretch is done on each side, or has no sides.", 'one of "each" and "none"'),
    ] = SideMode.EACH
    limb: Annotated[Title, _about("What has a left and a right here; {leg} then says it.", _A_TITLE)] = "leg"
    repetitions: Annotated[Count, _about("How often the steps are done on a side, one after the other.", _A_COUNT)] = 1
    sets: Annotated[Count, _about("How often all of it is done.", _A_COUNT)] = 1
    rest_s: Annotated[
        float,
        Meta(ge=0, le=MAX_STEP_S),
        _about("Seconds of rest between two sets.", f"a number from 0 to {MAX_STEP_S} (one hour)"),
    ] = 0
    steps: Annotated[
        tuple[
            Annotated[
                StepDocument,
                Meta(extra_json_schema={"oneOf": [{"required": ["seconds"]}, {"required": ["repetitions"]}]}),
            ],
            ...,
        ],
        Meta(min_length=1, max_length=MAX_STEPS),
        _about("What to do, in order.", f"a list of 1 to {MAX_STEPS} steps, each beginning with [[stretches.steps]]"),
    ]


class SafetyDocument(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """One thing to heed."""

    text: Annotated[Text, _about("The sentence.", _A_TEXT)]
    stop: Annotated[
        bool,
        _about("Whether it says when to stop; it is then shown to whoever reports growing pain.", "true or false"),
    ] = False


class RoutineDocument(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A routine for Stretch Player: an ordered list of stretches."""

    format: Annotated[
        Literal[1], _about("The version of the format, 1.", "the number 1 (the version of the file's format)")
    ]
    title: Annotated[Title, _about("The name of the routine.", _A_TITLE)]
    description: Annotated[Text | UnsetType, _about("What the routine is good for.", _A_TEXT)] = UNSET
    source: Annotated[Text | UnsetType, _about("Where the exercises come from.", _A_TEXT)] = UNSET
    licence: Annotated[Text | UnsetType, _about("Under which licence the words may be passed on.", _A_TEXT)] = UNSET
    safety: Annotated[
        tuple[Text | SafetyDocument, ...],
        Meta(max_length=MAX_ITEMS),
        _about("What to heed, a sentence each.", f"{_A_LIST} {MAX_TEXT} characters, {_NO_CONTROL}"),
    ] = ()
    stretches: Annotated[
        tuple[StretchDocument, ...],
        Meta(min_length=1, max_length=MAX_STRETCHES),
        _about(
            "The stretches, in order.", f"a list of 1 to {MAX_STRETCHES} stretches, each beginning with [[stretches]]"
        ),
    ]


Place: TypeAlias = tuple[str | int, ...]
"""Where in a file: keys, and indices from 0, as in `("stretches", 1, "steps", 0, "seconds")`."""


class Mistake(Exception):  # noqa: N818  It never leaves storage: a StorageError is made of it
    """Something in a file that can't be: `place` is where, `what` a verb and what follows, without its subject."""

    def __init__(self, place: Place, what: str) -> None:
        super().__init__(what)
        self.place = place
        self.what = what
