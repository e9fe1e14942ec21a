"""Make-ups: what one side missed is offered again before the session ends."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from stretchplayer.figure.side import Side
from stretchplayer.i18n import _
from stretchplayer.routine import phrases
from stretchplayer.routine.cues import Cue, CueName
from stretchplayer.routine.held_time import HeldTime, Run
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

_Repetition = tuple[Phase, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeUp:
    """An offer to make up what one side missed; `timeline` includes it, and `first` is its first phase.

    `missed` is the hold that misses `missed_ms` or, if repetitions count, the first step of the side that misses so
    many `repetitions`, which take `missed_ms`.
    """

    missed: Phase
    missed_ms: int
    repetitions: int = 0
    timeline: Timeline
    first: Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class _Missing:
    """Like `MakeUp`; the repetitions to be played `again`, and what they count `instead_of`."""

    missed: Phase
    missed_ms: int
    again: tuple[_Repetition, ...] = ()
    instead_of: tuple[_Repetition, ...] = ()


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

    A side of an exercise has missed something if less was done than planned and less than on the other side. Of holds
    the one that misses most is offered, of repetitions all at once; except those in `offered` (indices in the plan).
    What both sides left out is not offered, because the person chose to.
    """
    for missing in (*_missed_holds(held), *_missed_repetitions(held)):
        if missing.missed_ms >= SHORTEST_MS and missing.missed.index not in offered:
            prepare = _prepare(timeline, missing.missed, lead_in_ms, speech_ms)
            if missing.again:
                phases = _again(missing, prepare)
            else:
                cues = partial(hold_cues, speech_ms=speech_ms, tell_time_left=tell_time_left)
                phases = _phases(timeline, missing.missed, missing.missed_ms, cues, prepare)
            done = timeline.done.moved(by_ms=phases[-1].end_ms - timeline.total_ms, by_places=len(phases))
            longer = Timeline(routine=timeline.routine, phases=(*timeline.phases[:-1], *phases, done))
            return MakeUp(
                missed=missing.missed,
                missed_ms=missing.missed_ms,
                repetitions=len(missing.again),
                timeline=longer,
                first=phases[0],
            )
    return None


def _missed_holds(held: HeldTime) -> Iterator[_Missing]:
    """The holds by how much they miss, each with how much of that the other side is ahead."""
    counted = {run.ordinal for run in held.runs()}
    for ordinal in dict.fromkeys(hold.ordinal for hold in held.timeline.holds() if hold.ordinal not in counted):
        holds = [hold for hold in held.timeline.holds() if hold.ordinal == ordinal]
        totals = {side: sum(held.of(hold) for hold in holds if hold.side is side) for side in Side}
        for hold in sorted(holds, key=lambda hold: held.of(hold) - hold.duration_ms):
            if hold.side is not None:
                behind_ms = totals[hold.side.other] - totals[hold.side]
                yield _Missing(missed=hold, missed_ms=min(hold.duration_ms - held.of(hold), behind_ms))


def _missed_repetitions(held: HeldTime) -> Iterator[_Missing]:
    """The repetitions that one side of an exercise missed and the other side is ahead."""
    runs: dict[tuple[int, Side], list[Run]] = {}
    for run in held.runs():
        if run.side is not None:
            runs.setdefault((run.ordinal, run.side), []).append(run)
    done = {place: sum(run.done for run in sets) for place, sets in runs.items()}
    for (ordinal, side), sets in runs.items():
        own = [each for each in held.timeline.repetitions() if (each[0].ordinal, each[0].side) == (ordinal, side)]
        missed: list[_Repetition] = []
        for run in sets:
            left = [each for each in own if each[0].set_number == run.set_number and not held.is_done(each)]
            missed += left[: run.planned - run.done]
        behind = done.get((ordinal, side.other), 0) - done[ordinal, side]
        missed = missed[: max(0, behind)]
        again = own[: len(missed)]
        yield _Missing(
            missed=own[0][0],
            missed_ms=sum(phase.duration_ms for repetition in again for phase in repetition),
            again=tuple(again),
            instead_of=tuple(missed),
        )


def _again(missing: _Missing, prepare: Phase) -> tuple[Phase, ...]:
    """Getting into position, and as many repetitions as were missed, the first of them explained in full."""
    phases = [prepare]
    count = len(missing.again)
    for number, (repetition, missed) in enumerate(zip(missing.again, missing.instead_of, strict=True), 1):
        for phase, counts_as in zip(repetition, missed, strict=True):
            moved = _after(phases[-1], phase)
            phases.append(
                replace(moved, repetition=number, repetitions=count, set_number=1, sets=1, makes_up=counts_as.index)
            )
    # The last one may announce the hold of one that is not there.
    last = phases[-1]
    phases[-1] = replace(last, cues=tuple(cue for cue in last.cues if cue.name is not CueName.HOLD_SOON))
    return tuple(phases)


def _after(before: Phase, phase: Phase) -> Phase:
    """The phase again, right after another one."""
    return phase.moved(by_ms=before.end_ms - phase.start_ms, by_places=before.index + 1 - phase.index)


def _phases(
    timeline: Timeline, hold: Phase, missed_ms: int, cues: Callable[[int, int], tuple[Cue, ...]], prepare: Phase
) -> tuple[Phase, ...]:
    """Getting into position, the steps before the hold, the hold for the time it missed, and the release."""
    run = [phase for phase in timeline.phases[: timeline.done.index] if _is_of_run(phase, hold)]
    before = [phase for phase in run if phase.kind is PhaseKind.MOVE and phase.index < hold.index]
    after = [phase for phase in run if phase.kind is PhaseKind.RELEASE and phase.index > hold.index]
    phases = [prepare]
    for phase in (*before, hold, *after):
        moved = _after(phases[-1], phase)
        if phase is hold:
            moved = replace(
                moved, duration_ms=missed_ms, cues=cues(moved.start_ms, missed_ms), makes_up=hold.index,
                breaths=0, breath_ms=0,
            )  # fmt: skip
        phases.append(replace(moved, cues=tuple(_without_length(cue) for cue in moved.cues)))
    return tuple(phases)


def _is_of_run(phase: Phase, hold: Phase) -> bool:
    """Whether the phase belongs to the same repetition on the same side of the plan."""
    place = (phase.ordinal, phase.set_number, phase.repetition, phase.side)
    return place == (hold.ordinal, hold.set_number, hold.repetition, hold.side) and phase.makes_up is None


def _prepare(timeline: Timeline, missed: Phase, lead_in_ms: int, speech_ms: SpeechTime) -> Phase:
    start_ms = timeline.total_ms
    exercise = timeline.routine.exercise(missed.exercise)
    setup = phrases.setup(exercise)
    words, leg = phrases.get_ready(exercise), phrases.now_the(missed.side, exercise.limb)
    first = Cue(at_ms=start_ms + OPENING_MS, name=CueName.EXERCISE_START, say=words)
    second_ms = first.at_ms + first.tone_ms + speech_ms(words) + BREATH_MS + lead_in_ms + GET_UP_MS
    second = Cue(at_ms=second_ms, name=CueName.SWITCH_SIDES, say=leg)
    return replace(
        missed,
        index=timeline.done.index,
        start_ms=start_ms,
        duration_ms=second_ms + second.tone_ms + speech_ms(leg) + BREATH_MS - start_ms,
        kind=PhaseKind.PREPARE,
        step=None,
        breaths=0,
        breath_ms=0,
        text=setup,
        pose=None,
        cues=(first, second),
        awaits_person=False,
    )


def _without_length(cue: Cue) -> Cue:
    """Announce the hold without its length, for which there is no recording."""
    return replace(cue, say=_(phrases.HOLD_THE_REST)) if cue.name is CueName.HOLD_SOON else cue
