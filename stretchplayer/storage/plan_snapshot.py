"""A session's timeline as text, so that it can be resumed and reviewed however the routine has changed since."""

from itertools import accumulate
from typing import Final, Literal

import msgspec

from stretchplayer.errors import StorageError
from stretchplayer.i18n import _
from stretchplayer.routine.routine import Routine
from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline

FORMAT: Final = 2
LONGEST_PHASE_MS: Final = 24 * 3600 * 1000


class _Plan(msgspec.Struct, forbid_unknown_fields=False):
    format: Literal[2]
    routine: Routine
    phases: tuple[Phase, ...]


def plan_as_text(timeline: Timeline) -> str:
    """Encode the whole timeline as JSON; the same timeline always gives the same text."""
    return msgspec.json.encode(_Plan(format=FORMAT, routine=timeline.routine, phases=timeline.phases)).decode()


def plan_from_text(text: str) -> Timeline:
    """Decode a timeline, which may be old, damaged or imported; StorageError when it can't be played."""
    try:
        plan = msgspec.convert(_renewed(msgspec.json.decode(text)), _Plan)
        _check(plan)
    except (ValueError, RecursionError) as error:  # msgspec's errors among them
        raise StorageError(_("The plan of that session can't be read; start a new one.")) from error
    return Timeline(routine=plan.routine, phases=plan.phases)


def _renewed(plan: object) -> object:
    """The plan as this version reads it: in format 1 an exercise was called a stretch."""
    if not isinstance(plan, dict):
        return plan
    plan = {**plan, "routine": _without_empty_texts(plan.get("routine"))}
    match plan:
        case {"format": 1, "routine": {"stretches": exercises, **routine}, "phases": [*phases]}:
            plan["format"] = FORMAT
            plan["routine"] = {**routine, "exercises": exercises}
            plan["phases"] = [
                {"exercise": phase.get("stretch"), **phase} if isinstance(phase, dict) else phase for phase in phases
            ]
    return plan


def _without_empty_texts(thing: object) -> object:
    """The value without texts that have been left out, which is what an empty one means."""
    if isinstance(thing, dict):
        return {key: _without_empty_texts(each) for key, each in thing.items() if each != ""}
    return [_without_empty_texts(each) for each in thing] if isinstance(thing, list) else thing


def _check(plan: _Plan) -> None:
    """Raise ValueError unless the phases follow one another, each part of an exercise, up to `done`."""
    exercises = {exercise.id for exercise in plan.routine.exercises}
    prepared = {phase.ordinal: phase.exercise for phase in plan.phases if phase.kind is PhaseKind.PREPARE}
    starts_ms = accumulate((phase.duration_ms for phase in plan.phases), initial=0)
    last = len(plan.phases) - 1
    for number, (phase, start_ms) in enumerate(zip(plan.phases, starts_ms, strict=False)):
        if (
            (phase.index, phase.start_ms) != (number, start_ms)
            or not 0 <= phase.duration_ms <= LONGEST_PHASE_MS
            or not 0 <= phase.breaths * phase.breath_ms <= phase.duration_ms
            or (phase.breaths > 0) != (phase.breath_ms > 0)
            or phase.exercise not in exercises
            or prepared.get(phase.ordinal) != phase.exercise
            or (phase.kind is PhaseKind.DONE) != (number == last)
        ):
            raise ValueError(f"phase {number} can't be played")
    if last < 1:
        raise ValueError("there are no phases")
