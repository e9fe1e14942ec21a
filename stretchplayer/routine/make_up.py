"""Make-ups: what one side missed is offered again before the session ends."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from stretchplayer.figure.side import Side
from stretchplayer.i18n import _
from stretchplayer.routine import phrases
from stretchplayer.routine.cues import Cue, CueName
from stretchplayer.routine.held_time import HeldTime
from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline
from stretchplayer.routine.timeline_builder import (
    BREATH_MS,
    GET_UP_MS,
    OPENING_MS,
    SpeechTime,
    estimate_speech_ms,
    hold_cues,
)

SHORTEST_MS: Final = 5_000
"""A shorter make-up is not worth getting into position for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeUp:
    """An offer to make up `missed_ms` of `hold`; `timeline` includes it, and `first` is its first phase."""

    hold: Phase
    missed_ms: int
    timeline: Timeline
    first: Phase


def make_up(
    timeline: Timeline,
    held: HeldTime,
    *,
    offered: Collection[int] = (),
    lead_in_ms: int = 0,
    tell_time_left: bool = False,
    speech_ms: SpeechTime = estimate_speech_ms,
) -> MakeUp | None:
    """The next offer, or None if both sides are even.

    A side of an exercise has missed time if it was held for less than planned and less than the other side. The hold
    that misses most is offered, except those in `offered` (indices in the plan). What both sides left out is not
    offered, because the person chose to.
    """
    for hold, missed_ms in _missed(held):
        if missed_ms >= SHORTEST_MS and hold.index not in offered:
            cues = partial(hold_cues, speech_ms=speech_ms, tell_time_left=tell_time_left)
            phases = _phases(timeline, hold, missed_ms, cues, _prepare(timeline, hold, lead_in_ms, speech_ms))
            done = timeline.done.moved(by_ms=phases[-1].end_ms - timeline.total_ms, by_places=len(phases))
            longer = Timeline(routine=timeline.routine, phases=(*timeline.phases[:-1], *phases, done))
            return MakeUp(hold=hold, missed_ms=missed_ms, timeline=longer, first=phases[0])
    return None


def _missed(held: HeldTime) -> Iterator[tuple[Phase, int]]:
    """The holds by how much they miss, each with how much of that the other side is ahead."""
    for ordinal in dict.fromkeys(hold.ordinal for hold in held.timeline.holds()):
        holds = [hold for hold in held.timeline.holds() if hold.ordinal == ordinal]
        totals = {side: sum(held.of(hold) for hold in holds if hold.side is side) for side in Side}
        for hold in sorted(holds, key=lambda hold: held.of(hold) - hold.duration_ms):
            if hold.side is not None:
                behind_ms = totals[hold.side.other] - totals[hold.side]
                yield hold, min(hold.duration_ms - held.of(hold), behind_ms)


def _phases(
    timeline: Timeline, hold: Phase, missed_ms: int, cues: Callable[[int, int], tuple[Cue, ...]], prepare: Phase
) -> tuple[Phase, ...]:
    """Getting into position, the steps before the hold, the hold for the time it missed, and the release."""
    run = [phase for phase in timeline.phases[: timeline.done.index] if _is_of_run(phase, hold)]
    before = [phase for phase in run if phase.kind is PhaseKind.MOVE and phase.index < hold.index]
    after = [phase for phase in run if phase.kind is PhaseKind.RELEASE and phase.index > hold.index]
    phases = [prepare]
    for phase in (*before, hold, *after):
        at_ms, at_index = phases[-1].end_ms, phases[-1].index + 1
        moved = phase.moved(by_ms=at_ms - phase.start_ms, by_places=at_index - phase.index)
        if phase is hold:
            moved = replace(moved, duration_ms=missed_ms, cues=cues(at_ms, missed_ms), makes_up=hold.index)
        phases.append(replace(moved, cues=tuple(_without_length(cue) for cue in moved.cues)))
    return tuple(phases)


def _is_of_run(phase: Phase, hold: Phase) -> bool:
    """Whether the phase belongs to the same repetition on the same side of the plan."""
    place = (phase.ordinal, phase.set_number, phase.repetition, phase.side)
    return place == (hold.ordinal, hold.set_number, hold.repetition, hold.side) and phase.makes_up is None


def _prepare(timeline: Timeline, hold: Phase, lead_in_ms: int, speech_ms: SpeechTime) -> Phase:
    start_ms = timeline.total_ms
    exercise = timeline.routine.exercise(hold.exercise)
    setup = phrases.setup(exercise)
    words, leg = phrases.get_ready(exercise), phrases.now_the(hold.side, exercise.limb)
    first = Cue(at_ms=start_ms + OPENING_MS, name=CueName.EXERCISE_START, say=words)
    second_ms = first.at_ms + first.tone_ms + speech_ms(words) + BREATH_MS + lead_in_ms + GET_UP_MS
    second = Cue(at_ms=second_ms, name=CueName.SWITCH_SIDES, say=leg)
    return replace(
        hold,
        index=timeline.done.index,
        start_ms=start_ms,
        duration_ms=second_ms + second.tone_ms + speech_ms(leg) + BREATH_MS - start_ms,
        kind=PhaseKind.PREPARE,
        step=None,
        text=setup,
        pose=None,
        cues=(first, second),
        awaits_person=False,
    )


def _without_length(cue: Cue) -> Cue:
    """Announce the hold without its length, for which there is no recording."""
    return replace(cue, say=_(phrases.HOLD_THE_REST)) if cue.name is CueName.HOLD_SOON else cue
