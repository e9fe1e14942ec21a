"""The player's text, made from the state of a session."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil
from typing import Final

from PySide6.QtCore import QLocale
from PySide6.QtGui import QPalette

from stretchplayer.figure.breath import BREATHING_IN
from stretchplayer.figure.side import LEG, Side, on_side
from stretchplayer.i18n import _, ngettext
from stretchplayer.player.session import Session
from stretchplayer.player.state import State
from stretchplayer.routine import phrases
from stretchplayer.routine.held_time import HeldTime
from stretchplayer.routine.make_up import MakeUp
from stretchplayer.routine.routine import Exercise, StepKind
from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline
from stretchplayer.ui.text.durations import exact_duration
from stretchplayer.ui.text.text_fitting import sentences
from stretchplayer.ui.theme import palette as theme

_LONGEST_IN_SECONDS: Final = 100
_URGENT_MS: Final = 3_000
HALTED_STATES: Final = frozenset({State.PAUSED, State.INTERRUPTED, State.WAITING, State.OFFERING})


class StepState(StrEnum):
    DONE = "done"
    CURRENT = "current"
    COMING = "coming"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """`pose` is where the step leads, None if unknown; a picture in a file may stand in."""

    text: str
    state: StepState
    pose: str | None = None
    picture: str = ""
    side: Side | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RingFace:
    """What the ring shows. `filled` is the share of the circle that is drawn, 0 to 1."""

    label: str = ""
    digits: str = ""
    filled: float = 0.0
    role: QPalette.ColorRole = theme.INK
    count: str = ""
    """Which repetition it is, or of how many, below the digits: "4 of 10"."""
    urgent: bool = False
    """The last seconds: the digits take the ring's colour."""
    still: bool = False
    """Time stands still: the label stands on a plate, and the ring is pale."""


def digits(left_ms: float) -> str:
    """The countdown: whole seconds left, from 30 down to 1; minutes and seconds if long."""
    seconds = ceil(left_ms / 1000)
    if seconds < _LONGEST_IN_SECONDS:
        return str(seconds)
    return f"{seconds // 60}:{seconds % 60:02}"


def leg(exercise: Exercise, phase: Phase) -> str:
    """The working leg in capitals; empty if there is none."""
    if phase.side is None:
        return ""
    return QLocale().toUpper(phrases.limb_of_side(phase.side, exercise.limb))


def set_of(phase: Phase) -> str:
    """For example "set 2 of 3"; empty if there is only one."""
    return _("set {number} of {count}").format(number=phase.set_number, count=phase.sets) if phase.sets > 1 else ""


def repetition(phase: Phase) -> str:
    """For example "4 of 10"; empty if it is done once, or not a step."""
    if not phase.is_step or phase.repetitions == 1:
        return ""
    return _("{number} of {count}").format(number=phase.repetition, count=phase.repetitions)


def _hold_seconds(phase: Phase) -> int:
    return round(phase.duration_ms / 1000)


def what_comes(timeline: Timeline, phase: Phase) -> str:
    coming = timeline.next_of(phase)
    match coming.kind:
        case PhaseKind.HOLD:
            return _next_hold(coming)
        case PhaseKind.RELEASE if not timeline.routine.exercise(coming.exercise).counts_repetitions:
            return _release_text(timeline, coming)
        case PhaseKind.DONE:
            return _("Next: done")
        case PhaseKind.SWITCH_SIDES if coming.side is not None:
            words = _("Next: the right {limb}") if coming.side is Side.RIGHT else _("Next: the left {limb}")
            return words.format(limb=_(timeline.routine.exercise(coming.exercise).limb))
        case PhaseKind.TRANSITION if coming.ordinal != phase.ordinal and not coming.is_rest:
            return _("Next: {step}").format(step=timeline.routine.exercise(coming.exercise).title)
    return _("Next: {step}").format(step=coming.text)


def _next_hold(phase: Phase) -> str:
    if phase.breaths:
        return ngettext("Next: hold {n} breath", "Next: hold {n} breaths", phase.breaths).format(n=phase.breaths)
    seconds = _hold_seconds(phase)
    return ngettext("Next: hold {n} second", "Next: hold {n} seconds", seconds).format(n=seconds)


def what_comes_briefly(timeline: Timeline, phase: Phase) -> str:
    """What comes after this phase, in one sentence: a step's last one, which moves the leg, else the first."""
    coming = timeline.next_of(phase)
    parts = sentences(what_comes(timeline, phase))
    if coming.kind is not PhaseKind.MOVE:
        return parts[0]
    return parts[0] if len(parts) == 1 else _("Next: {step}").format(step=parts[-1])


def _release_text(timeline: Timeline, phase: Phase) -> str:
    later = timeline.next_of(phase)
    exercise = timeline.routine.exercise(later.exercise)
    if later.kind is PhaseKind.SWITCH_SIDES:
        left, right = _("Next: slowly release, then the left {limb}"), _("Next: slowly release, then the right {limb}")
        return (left if later.side is Side.LEFT else right).format(limb=_(exercise.limb))
    if later.kind is PhaseKind.TRANSITION and later.ordinal != phase.ordinal and not later.is_rest:
        return _("Next: slowly release, then: {exercise}").format(exercise=exercise.title)
    return _("Next: slowly release")


def steps(timeline: Timeline, phase: Phase) -> tuple[StepLine, ...]:
    """The steps of the exercise for this side, marked as done, current or coming.

    A current movement is "Now": what it says is the instruction.
    """
    exercise, texts = timeline.routine.exercise(phase.exercise), step_texts(timeline, phase)
    side = side_of(timeline, phase)
    before = timeline.previous_of(phase).step
    if phase.step is not None:
        current: float = phase.step
    elif phase.kind is PhaseKind.RELEASE and before is not None:
        current = before + 0.5  # a release without a step of its own follows its hold
    else:
        current = -1
    return tuple(
        StepLine(
            text=_("Now")
            if number == current and step.kind is not StepKind.HOLD
            else texts.get(number, on_side(step.text, side)),
            state=StepState.DONE if number < current else StepState.CURRENT if number == current else StepState.COMING,
            pose=step.pose,
            picture=exercise.picture_path,
            side=side,
        )
        for number, step in enumerate(exercise.steps)
    )


def side_of(timeline: Timeline, phase: Phase) -> Side | None:
    """The side of the phase or, before the first, of the next."""
    sides = (later.side for later in timeline.phases[phase.index :] if later.ordinal == phase.ordinal)
    return phase.side or next(filter(None, sides), None)


def step_texts(timeline: Timeline, phase: Phase) -> dict[int, str]:
    """The text of each step, on the side of this phase or, before the first, of the next."""
    texts: dict[int, str] = {}
    side = phase.side
    for other in timeline.phases[phase.index :] + timeline.phases[: phase.index]:
        if other.ordinal != phase.ordinal or other.step is None:
            continue
        side = side or other.side
        if other.side is side and other.step not in texts:
            texts[other.step] = _hold_text(other) if other.kind is PhaseKind.HOLD else other.text
    return texts


def _hold_text(phase: Phase) -> str:
    if phase.breaths:
        return ngettext("Hold {n} breath", "Hold {n} breaths", phase.breaths).format(n=phase.breaths)
    seconds = _hold_seconds(phase)
    return ngettext("Hold {n} second", "Hold {n} seconds", seconds).format(n=seconds)


def instruction(session: Session) -> str:
    if session.state is State.WAITING:
        return _("When you are ready, press any key.")
    if session.offer is not None and session.timeline is not None:
        return offer(session.timeline, session.offer)
    return session.phase.text if session.phase else ""


def offer(timeline: Timeline, make_up: MakeUp) -> str:
    """Ask whether to make up for what one side missed."""
    exercise, n = timeline.routine.exercise(make_up.missed.exercise), make_up.repetitions
    left, right = _("The left {limb} missed {time}. Do it now?"), _("The right {limb} missed {time}. Do it now?")
    if n:
        left = ngettext(
            "The left {limb} missed {n} repetition. Do it now?",
            "The left {limb} missed {n} repetitions. Do them now?",
            n,
        )
        right = ngettext(
            "The right {limb} missed {n} repetition. Do it now?",
            "The right {limb} missed {n} repetitions. Do them now?",
            n,
        )
    template = right if make_up.missed.side is Side.RIGHT else left
    return template.format(limb=_(exercise.limb), time=exact_duration(make_up.missed_ms), n=n)


def coming(session: Session, *, briefly: bool = False) -> str:
    """What comes next or, while time stands still, what to press."""
    state, phase, timeline = session.state, session.phase, session.timeline
    if state is State.OFFERING:
        return _("Press any key to do it now · Esc to finish")
    if state is State.PAUSED:
        return _("Press any key to continue · Esc to exit")
    if state is State.INTERRUPTED:
        return _("Interrupted: press any key to continue · Esc to exit")
    if phase is None or timeline is None:
        return ""
    if state is State.WAITING and phase.kind is PhaseKind.HOLD:
        return _next_hold(phase)
    return what_comes_briefly(timeline, phase) if briefly else what_comes(timeline, phase)


def face(session: Session) -> RingFace:
    phase, state = session.phase, session.state
    if phase is None:
        return RingFace()
    still = state in HALTED_STATES
    shown = RingFace(
        label=_label(session, phase),
        digits=_digits(session, phase),
        count=_count(phase),
        filled=filled(session),
        role=theme.INK if phase.kind is PhaseKind.HOLD else theme.MOVEMENT,
        still=still,
    )
    if state is State.RESUMING:
        return replace(shown, label=_("RESUMING"), digits=digits(session.get_ready_left_ms), count="")
    if state is State.OFFERING:
        return replace(shown, label=_("NOW?"), digits=digits(session.offer_left_ms), count="", filled=1.0)
    if phase.kind is PhaseKind.HOLD and session.phase_left_ms <= _URGENT_MS and not still and not phase.breaths:
        return replace(shown, role=theme.MOVEMENT, urgent=True)
    return shown


def filled(session: Session) -> float:
    """How much of the ring is drawn: what is left of a hold or a rest, what is done of a movement."""
    phase = session.phase
    if phase is None or not phase.duration_ms:
        return 0.0
    left = session.phase_left_ms / phase.duration_ms
    return left if _counts_down(phase) else 1 - left


def _digits(session: Session, phase: Phase) -> str:
    """The time or the breaths that are left or, in a movement, which repetition it is."""
    if phase.breaths and session.position_ms >= phase.breathing_ms:
        breathed = int((session.position_ms - phase.breathing_ms) // phase.breath_ms)
        return str(max(phase.breaths - breathed, 1))
    if _counts_down(phase):
        return digits(session.phase_left_ms)
    return str(phase.repetition) if repetition(phase) else ""


def _count(phase: Phase) -> str:
    """What stands below the digits."""
    if phase.breaths or _counts_down(phase) or not repetition(phase):
        return repetition(phase)
    return _("of {count}").format(count=phase.repetitions)


def _counts_down(phase: Phase) -> bool:
    """Whether the time left matters: in holds and in rests."""
    return phase.kind is PhaseKind.HOLD or phase.is_rest


def _label(session: Session, phase: Phase) -> str:
    if session.state is State.WAITING:
        return _("READY?")
    if session.state in HALTED_STATES:
        return _("PAUSED")
    if session.timeline is None:
        return ""
    if words := breathing(session):
        return words
    exercises = session.timeline.exercises
    return {
        PhaseKind.PREPARE: _("GET READY"),
        PhaseKind.MOVE: _("MOVE"),
        PhaseKind.HOLD: _("HOLD"),
        PhaseKind.RELEASE: _("RELEASE"),
        PhaseKind.SWITCH_SIDES: _("SWITCH LEGS") if exercises[phase.ordinal].limb == LEG else _("SWITCH SIDES"),
        PhaseKind.TRANSITION: _("REST") if phase.is_rest else _on_the_way(exercises, phase),
        PhaseKind.DONE: _("DONE"),
    }[phase.kind]


def breathing(session: Session) -> str:
    """Whether to breathe in or out now, where breaths are led; else empty."""
    phase = session.phase
    if phase is None or not phase.breaths or session.position_ms < phase.breathing_ms:
        return ""
    into = (session.position_ms - phase.breathing_ms) % phase.breath_ms / phase.breath_ms
    return _("BREATHE IN") if into < BREATHING_IN else _("BREATHE OUT")


def _on_the_way(exercises: Sequence[Exercise], phase: Phase) -> str:
    before, after = (exercises[ordinal].position.on_floor for ordinal in (max(phase.ordinal - 1, 0), phase.ordinal))
    if before is after:
        return _("NEXT")
    return _("GET UP SLOWLY") if before else _("GET DOWN")


def held_summary(held: HeldTime | None) -> str:
    return exact_duration(held.total_ms if held else 0)


def done_summary(holds_done: int, holds: int, held_ms: int, repetitions: str) -> str:
    """What was held and, where repetitions count, how many were done (`repetitions_done`)."""
    counted = _("{done} of {all} holds, {time} in total.")
    held = counted.format(done=holds_done, all=holds, time=exact_duration(held_ms)) if holds or not repetitions else ""
    return " ".join(filter(None, (held, repetitions)))


def repetitions_done(done: int, planned: int) -> str:
    """For example "38 of 40 repetitions."; empty if none were planned."""
    if not planned:
        return ""
    words = ngettext("{done} of {n} repetition.", "{done} of {n} repetitions.", planned)
    return words.format(done=done, n=planned)


def media_title(timeline: Timeline, phase: Phase) -> str:
    """What lock screens, headsets and phones show: "Towel stretch · left leg · hold"."""
    exercise = timeline.routine.exercise(phase.exercise)
    parts = [exercise.title]
    if phase.kind is PhaseKind.TRANSITION:
        parts = [_("Next: {exercise}").format(exercise=exercise.title)]
    if phase.side is not None:
        parts.append(phrases.limb_of_side(phase.side, exercise.limb))
    if phase.kind is PhaseKind.HOLD:
        parts.append(_("hold"))
    if count := repetition(phase):
        parts.append(count)
    return " · ".join(parts)
