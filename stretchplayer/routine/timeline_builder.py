"""Flattens a routine into a timeline of phases with their durations and cues."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from typing import Final, TypeAlias

from stretchplayer.figure.side import Side, SidedText, fill_placeholders
from stretchplayer.i18n import _
from stretchplayer.routine import phrases
from stretchplayer.routine.cues import TONE_MS, Cue, CueName
from stretchplayer.routine.preferences import Preferences
from stretchplayer.routine.routine import Exercise, Routine, SideMode, Step, StepKind, low_end
from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline

MS_PER_CHARACTER: Final = 65
"""Average time per spoken character at a calm rate."""
OPENING_MS: Final = 400
"""Silence before the first cue, while the speakers wake up."""
BREATH_MS: Final = 350
"""Silence after a sentence, before the next sound."""
GET_UP_MS: Final = 6_000
"""Added to the lead-in when position or equipment changes: getting ready with a sore back."""
TRANSFER_MS: Final = 25_000
"""The shortest transition in which the person gets down to the floor or up from it ..."""
AFTER_TRANSFER_MS: Final = 15_000
"""... and the shortest time to get into position after it."""
FETCH_MS: Final = 6_000
"""Time to fetch equipment once it has been named."""
COUNTDOWN_S: Final = (3, 2, 1)
SHORTEST_HOLD_WITH_HALF_WAY_MS: Final = 10_000
SHORTEST_HOLD_WITH_COUNTDOWN_MS: Final = 5_000
TEN_MS: Final = 10_000
"""So long before the end of a hold the time left is said, for who wants it ..."""
APART_MS: Final = 2_500
"""... unless there would be less silence than this before or after it."""
COACH_AFTER_MS: Final = {CueName.HOLD_START: 4_000, CueName.HALF_WAY: 5_000, CueName.TIME_LEFT: 2_000}
"""How long after each cue of a hold coaching may be heard."""
LONGEST_SILENCE_MS: Final = 15_000
"""In a hold with coaching no silence is longer."""
COACH_AGAIN_MS: Final = 12_000
"""Silence between two sentences of coaching where more than one is needed."""

SpeechTime = Callable[[str], int]
"""The time a sentence takes to say, in ms."""

_RELEASE: Final = Step(kind=StepKind.RELEASE, text=phrases.RELEASE, seconds=3)
"""Ends a hold if the routine has no release after it."""


def estimate_speech_ms(text: str) -> int:
    """The time `text` takes to say, for want of a better estimate."""
    return len(text) * MS_PER_CHARACTER


def build_timeline(
    routine: Routine,
    preferences: Preferences | None = None,
    speech_ms: SpeechTime = estimate_speech_ms,
    *,
    newcomer: bool = False,
) -> Timeline:
    """Flatten a routine into a timeline.

    No phase is shorter than its sentences take by `speech_ms`, and both sides get the same time for them. A newcomer
    hears a word of caution first, and the program waits for them between exercises unless they chose otherwise.
    """
    preferences = preferences or Preferences()
    if preferences.same_position_together:
        routine = same_position_together(routine)
    if preferences.wait_between is None:
        preferences = replace(preferences, wait_between=newcomer)
    # The opening sentence names the length of the session it is part of, so the timeline is built twice.
    rough = _Builder(routine, preferences, speech_ms, newcomer=newcomer, total_ms=0).build()
    return _Builder(routine, preferences, speech_ms, newcomer=newcomer, total_ms=rough.total_ms).build()


def same_position_together(routine: Routine) -> Routine:
    """The routine with each exercise after the first moved up to the others in its position."""
    positions = list(dict.fromkeys(exercise.position for exercise in routine.exercises))
    together = sorted(routine.exercises, key=lambda exercise: positions.index(exercise.position))
    # What is said on the way to an exercise fits only after the one before it in the file.
    befores = dict(zip(routine.exercises[1:], routine.exercises, strict=False))
    fitting = (
        exercise if befores.get(exercise) is before else replace(exercise, transition_say=None)
        for before, exercise in zip((None, *together), together, strict=False)
    )
    return replace(routine, exercises=tuple(fitting))


def hold_cues(
    start_ms: int,
    duration_ms: int,
    speech_ms: SpeechTime,
    coach: Sequence[str] | None = None,
    *,
    tell_time_left: bool = False,
) -> tuple[Cue, ...]:
    """The cues of a hold: its tones, and the sentences of `coach`; None means that nobody coaches.

    What has no room before the half, the countdown or the end is left out. Where it would be silent for too long, more
    is said.
    """
    end_ms = start_ms + duration_ms
    countdown = [1000 * s for s in COUNTDOWN_S] if duration_ms >= SHORTEST_HOLD_WITH_COUNTDOWN_MS else []
    quiet_ms = end_ms - max(countdown, default=0)
    cues = [Cue(at_ms=start_ms, name=CueName.HOLD_START)]
    if duration_ms >= SHORTEST_HOLD_WITH_HALF_WAY_MS:
        cues.append(_half_way(start_ms + duration_ms // 2, end_ms, quiet_ms, speech_ms))
        ten = Cue(at_ms=end_ms - TEN_MS, name=CueName.TIME_LEFT, say=phrases.time_left(TEN_MS // 1000))
        fits = _end_ms(cues[-1], speech_ms) + APART_MS <= ten.at_ms and _end_ms(ten, speech_ms) + APART_MS <= quiet_ms
        if tell_time_left and fits:
            cues.append(ten)
        if coach is not None:
            cues += _coaching(tuple(cues), quiet_ms, coach, speech_ms)
    cues += [Cue(at_ms=end_ms - before_ms, name=CueName.COUNTDOWN) for before_ms in countdown]
    return tuple(sorted(cues, key=lambda cue: cue.at_ms))


def _end_ms(cue: Cue, speech_ms: SpeechTime) -> int:
    return cue.at_ms + cue.tone_ms + (speech_ms(cue.say) if cue.say else 0)


def _half_way(at_ms: int, end_ms: int, quiet_ms: int, speech_ms: SpeechTime) -> Cue:
    words, short = phrases.half_way(round((end_ms - at_ms) / 1000))
    cue = Cue(at_ms=at_ms, name=CueName.HALF_WAY, say=words)
    return cue if _end_ms(cue, speech_ms) + BREATH_MS <= quiet_ms else replace(cue, say=short)


def _coaching(cues: Sequence[Cue], quiet_ms: int, coach: Sequence[str], speech_ms: SpeechTime) -> Iterator[Cue]:
    """Fill the silences after the cues, in order and until `quiet_ms`.

    Once each while `coach` has something to say, and with sentences for all holds until none is too long.
    """
    own, more = deque(coach), cycle(map(_, phrases.COACHING))
    for cue, to_ms in zip(cues, [*(cue.at_ms for cue in cues[1:]), quiet_ms], strict=True):
        from_ms = _end_ms(cue, speech_ms)
        at_ms = max(cue.at_ms + COACH_AFTER_MS[cue.name], from_ms + BREATH_MS)
        while own or to_ms - from_ms > LONGEST_SILENCE_MS:
            words = own.popleft() if own else next(more)
            if at_ms + speech_ms(words) + BREATH_MS > to_ms:
                break
            yield Cue(at_ms=at_ms, name=CueName.COACH, say=words)
            from_ms = at_ms + speech_ms(words)
            if to_ms - from_ms <= LONGEST_SILENCE_MS:
                break
            at_ms = from_ms + min(COACH_AGAIN_MS, (to_ms - from_ms) // 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    exercise: Exercise
    ordinal: int
    set_number: int = 1
    repetition: int = 1
    side: Side | None = None

    def on_each_side(self) -> "tuple[_Place, ...]":
        """The place itself and, if it has a side, its counterpart."""
        return (self,) if self.side is None else (self, replace(self, side=self.side.other))

    def fill(self, template: str | SidedText) -> str:
        if template == phrases.SWITCH_SIDES:
            return phrases.now_the(self.side, self.exercise.limb)
        if template == phrases.OTHER_SIDE:
            return phrases.other_side(self.side, self.exercise.limb)
        return fill_placeholders(template, self.side, self.exercise.limb)


_Line: TypeAlias = tuple[CueName, str | SidedText]
"""A cue without a time yet: its name, and its sentence with placeholders."""


class _Builder:
    def __init__(
        self, routine: Routine, preferences: Preferences, speech_ms: SpeechTime, *, newcomer: bool, total_ms: int
    ) -> None:
        self._newcomer = newcomer
        self._routine = routine
        self._preferences = preferences
        self._speech_ms = speech_ms
        self._total_ms = total_ms
        self._phases: list[Phase] = []

    def build(self) -> Timeline:
        previous: Exercise | None = None
        for ordinal, exercise in enumerate(self._routine.exercises):
            place = _Place(exercise=exercise, ordinal=ordinal)
            if previous is not None:
                self._add_transition(place, previous)
            self._add_prepare(place, previous)
            for set_number in range(1, low_end(exercise.sets) + 1):
                self._add_set(replace(place, set_number=set_number))
            previous = exercise
        self._add_done()
        return Timeline(routine=self._routine, phases=tuple(self._phases))

    @property
    def _cursor_ms(self) -> int:
        return self._phases[-1].end_ms if self._phases else 0

    # Arriving at an exercise

    def _add_transition(self, place: _Place, previous: Exercise) -> None:
        exercise = place.exercise
        fetches = not set(exercise.equipment) <= set(previous.equipment)
        is_last = place.ordinal == len(self._routine.exercises) - 1
        words = exercise.transition_say or phrases.next_exercise(exercise, previous, is_last=is_last)
        self._add_spoken(
            place, PhaseKind.TRANSITION, words, ((CueName.TRANSITION, words),),
            after_ms=FETCH_MS if fetches else 0,
            at_least_ms=TRANSFER_MS if _gets_up_or_down(previous, exercise) else 0,
        )  # fmt: skip

    def _add_prepare(self, place: _Place, previous: Exercise | None) -> None:
        exercise = place.exercise
        lines = [(CueName.EXERCISE_START, phrases.get_ready(exercise))]
        if previous is None:
            if self._newcomer:
                lines.insert(0, (CueName.CAUTION, _(phrases.CAUTION)))
            lines.insert(0, (CueName.SESSION_START, phrases.session_start(self._routine, self._total_ms)))
        moves = previous is None or (previous.position, previous.equipment) != (exercise.position, exercise.equipment)
        self._add_spoken(
            place, PhaseKind.PREPARE, phrases.setup(exercise), tuple(lines),
            before_ms=OPENING_MS if previous is None else 0,
            after_ms=self._preferences.lead_in_s * 1000 + (GET_UP_MS if moves else 0),
            at_least_ms=AFTER_TRANSFER_MS if previous and _gets_up_or_down(previous, exercise) else 0,
            awaits_person=previous is not None and bool(self._preferences.wait_between),
        )  # fmt: skip

    # One set on its sides

    def _add_set(self, place: _Place) -> None:
        exercise = place.exercise
        if place.set_number > 1 and exercise.rest_s:
            text = phrases.rest(round(exercise.rest_s))
            self._add_spoken(
                place, PhaseKind.TRANSITION, text, ((CueName.TRANSITION, text),),
                at_least_ms=round(exercise.rest_s * 1000),
            )  # fmt: skip
        first = self._preferences.first_side
        sides = (first, first.other) if exercise.sides is SideMode.EACH else (None,)
        for number, side in enumerate(sides):
            if side is not None and (number or place.set_number > 1):
                self._add_switch(replace(place, side=side))
            for repetition in range(1, low_end(exercise.repetitions) + 1):
                self._add_steps(replace(place, side=side, repetition=repetition))

    def _add_switch(self, place: _Place) -> None:
        self._add_spoken(
            place, PhaseKind.SWITCH_SIDES, phrases.SWITCH_SIDES, ((CueName.SWITCH_SIDES, phrases.OTHER_SIDE),),
            after_ms=self._preferences.switch_s * 1000,
        )  # fmt: skip

    def _add_steps(self, place: _Place) -> None:
        holding = False
        for number, step in enumerate(place.exercise.steps):
            if holding and step.kind is not StepKind.RELEASE:
                self._add_step(place, _RELEASE, None)
            if step.kind is StepKind.HOLD:
                self._add_hold(place, step, number)
            else:
                self._add_step(place, step, number)
            holding = step.kind is StepKind.HOLD
        if holding:
            self._add_step(place, _RELEASE, None)

    def _add_step(self, place: _Place, step: Step, number: int | None) -> None:
        ends_hold = self._phases[-1].kind is PhaseKind.HOLD
        self._add_spoken(
            place, PhaseKind.RELEASE if step.kind is StepKind.RELEASE else PhaseKind.MOVE, step.text,
            ((CueName.HOLD_END if ends_hold else CueName.STEP, step.say or step.text),),
            step=number, pose=step.pose, at_least_ms=round(step.duration_s * 1000 * self._preferences.pace),
        )  # fmt: skip

    def _add_hold(self, place: _Place, step: Step, number: int) -> None:
        duration_ms = round(step.duration_s * 1000)
        if self._preferences.hold_s is not None and step.seconds is not None:
            duration_ms = self._preferences.hold_s * 1000
        if not self._preferences.wait_for_me:
            self._announce_hold(place, duration_ms, step.say)
        self._append(
            place, PhaseKind.HOLD, duration_ms, text=place.fill(step.text),
            cues=self._hold_cues(place, duration_ms, step.coach),
            step=number, pose=step.pose, awaits_person=self._preferences.wait_for_me,
        )  # fmt: skip

    def _hold_cues(self, place: _Place, duration_ms: int, coach: tuple[str, ...]) -> tuple[Cue, ...]:
        cues = hold_cues(
            self._cursor_ms, duration_ms, lambda template: self._words_ms(place, template),
            coach if self._preferences.coaching else None, tell_time_left=self._preferences.tell_time_left,
        )  # fmt: skip
        return tuple(replace(cue, say=cue.say and place.fill(cue.say)) for cue in cues)

    def _announce_hold(self, place: _Place, hold_ms: int, say: str | SidedText | None) -> None:
        """Announce the hold ("And hold. Thirty seconds.") in the phase before it, which gets longer by that."""
        before = self._phases[-1]
        seconds = round(hold_ms / 1000)
        words = [phrases.hold(seconds, None if say is None else each.fill(say)) for each in place.on_each_side()]
        cue = Cue(at_ms=before.end_ms, name=CueName.HOLD_SOON, say=words[0])
        duration_ms = before.duration_ms + max(map(self._speech_ms, words)) + BREATH_MS
        self._phases[-1] = replace(before, duration_ms=duration_ms, cues=(*before.cues, cue))

    def _add_done(self) -> None:
        holds = sum(phase.kind is PhaseKind.HOLD for phase in self._phases)
        last = _Place(exercise=self._routine.exercises[-1], ordinal=len(self._routine.exercises) - 1)
        words = phrases.done(holds, holds, last.exercise.position)
        cue = Cue(at_ms=self._cursor_ms, name=CueName.DONE, say=words)
        self._append(last, PhaseKind.DONE, 0, text=_(phrases.WELL_DONE), cues=(cue,), equipment=())

    # Appending

    def _add_spoken(
        self,
        place: _Place,
        kind: PhaseKind,
        text: str | SidedText,
        lines: tuple[_Line, ...],
        *,
        before_ms: int = 0,
        after_ms: int = 0,
        at_least_ms: int = 0,
        step: int | None = None,
        pose: str | None = None,
        awaits_person: bool = False,
    ) -> None:
        """Append a phase that says its lines in order and then leaves `after_ms` to act."""
        at_ms = self._cursor_ms + before_ms
        cues = []
        for name, template in lines:
            cues.append(Cue(at_ms=at_ms, name=name, say=place.fill(template)))
            at_ms += TONE_MS.get(name, 0) + self._words_ms(place, template) + BREATH_MS
        duration_ms = max(at_ms - self._cursor_ms + after_ms, at_least_ms)
        self._append(
            place,
            kind,
            duration_ms,
            text=place.fill(text),
            cues=tuple(cues),
            step=step,
            pose=pose,
            awaits_person=awaits_person,
        )

    def _words_ms(self, place: _Place, template: str | SidedText) -> int:
        """The time the sentence takes on the side where it is longer, so that both sides get the same."""
        return max(self._speech_ms(each.fill(template)) for each in place.on_each_side())

    def _append(
        self,
        place: _Place,
        kind: PhaseKind,
        duration_ms: int,
        *,
        text: str,
        cues: tuple[Cue, ...],
        step: int | None = None,
        pose: str | None = None,
        equipment: tuple[str, ...] | None = None,
        awaits_person: bool = False,
    ) -> None:
        self._phases.append(
            Phase(
                index=len(self._phases),
                start_ms=self._cursor_ms,
                duration_ms=duration_ms,
                kind=kind,
                exercise=place.exercise.id,
                ordinal=place.ordinal,
                side=place.side,
                step=step,
                repetition=place.repetition,
                set_number=place.set_number,
                text=text,
                equipment=place.exercise.equipment if equipment is None else equipment,
                pose=pose,
                cues=cues,
                awaits_person=awaits_person,
            )
        )


def _gets_up_or_down(previous: Exercise, exercise: Exercise) -> bool:
    return previous.position.on_floor is not exercise.position.on_floor
