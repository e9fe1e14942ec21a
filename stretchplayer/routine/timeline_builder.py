"""Flattens a routine into a timeline of phases with their durations and cues."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from stretchplayer.figure.side import Side, fill_placeholders
from stretchplayer.i18n import _
from stretchplayer.routine import phrases
from stretchplayer.routine.cues import TONE_MS, Cue, CueName
from stretchplayer.routine.preferences import Preferences
from stretchplayer.routine.routine import Routine, SideMode, Step, StepKind, Stretch
from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline

MS_PER_CHARACTER: Final = 65
"""Average time per spoken character at a calm rate."""
OPENING_MS: Final = 400
"""Silence before the first cue, while the speakers wake up."""
BREATH_MS: Final = 350
"""Silence after a sentence, before the next sound."""
GET_UP_MS: Final = 6_000
"""Added to the lead-in when position or equipment changes: getting up or down with a sore back."""
FETCH_MS: Final = 6_000
"""Time to fetch equipment once it has been named."""
SWITCH_MS: Final = 1_500
"""Time to get ready for the other leg once it has been named."""
COUNTDOWN_S: Final = (3, 2, 1)
SHORTEST_HOLD_WITH_HALF_WAY_MS: Final = 10_000
SHORTEST_HOLD_WITH_COUNTDOWN_MS: Final = 5_000
TEN_MS: Final = 10_000
"""So long before the end of a hold the time left is said, besides at the half ..."""
APART_MS: Final = 2_500
"""... unless there is less time than this between that and another cue."""

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
) -> Timeline:
    """Flatten a routine into a timeline.

    No phase is shorter than its sentences take by `speech_ms`, and both sides get the same time for them.
    """
    preferences = preferences or Preferences()
    # The opening sentence names the length of the session it is part of, so the timeline is built twice.
    rough = _Builder(routine, preferences, speech_ms, total_ms=0).build()
    return _Builder(routine, preferences, speech_ms, total_ms=rough.total_ms).build()


def hold_cues(
    start_ms: int, duration_ms: int, *, tell_time_left: bool = False, speech_ms: SpeechTime = estimate_speech_ms
) -> tuple[Cue, ...]:
    cues = [Cue(at_ms=start_ms, name=CueName.HOLD_START)]
    if duration_ms >= SHORTEST_HOLD_WITH_HALF_WAY_MS:
        half_ms = duration_ms // 2
        is_whole = tell_time_left and duration_ms % 2000 == 0
        words = phrases.time_left(half_ms // 1000) if is_whole else _(phrases.HALF_WAY)
        cues.append(Cue(at_ms=start_ms + half_ms, name=CueName.HALF_WAY, say=words))
    if duration_ms >= SHORTEST_HOLD_WITH_COUNTDOWN_MS:
        cues += [Cue(at_ms=start_ms + duration_ms - 1000 * s, name=CueName.COUNTDOWN) for s in COUNTDOWN_S]
    if tell_time_left:
        ten = Cue(at_ms=start_ms + duration_ms - TEN_MS, name=CueName.TIME_LEFT, say=phrases.time_left(TEN_MS // 1000))
        before = [cue for cue in cues if cue.at_ms <= ten.at_ms]
        after = cues[len(before) :]
        if before and _ends_before(before[-1], ten, speech_ms) and _ends_before(ten, after[0], speech_ms):
            cues = [*before, ten, *after]
    return tuple(cues)


def _ends_before(cue: Cue, following: Cue, speech_ms: SpeechTime) -> bool:
    words_ms = 0 if cue.say is None else speech_ms(cue.say)
    return cue.at_ms + cue.tone_ms + words_ms + APART_MS <= following.at_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """The position of a phase in the routine."""

    stretch: Stretch
    ordinal: int
    set_number: int = 1
    repetition: int = 1
    side: Side | None = None

    def fill(self, template: str) -> str:
        if template == phrases.SWITCH_SIDES:
            return phrases.now_the(self.side, self.stretch.limb)
        return fill_placeholders(template, self.side, self.stretch.limb)


_Line: TypeAlias = tuple[CueName, str]
"""A cue without a time yet: its name, and its sentence with placeholders."""


class _Builder:
    def __init__(self, routine: Routine, preferences: Preferences, speech_ms: SpeechTime, *, total_ms: int) -> None:
        self._routine = routine
        self._preferences = preferences
        self._speech_ms = speech_ms
        self._total_ms = total_ms
        self._phases: list[Phase] = []

    def build(self) -> Timeline:
        previous: Stretch | None = None
        for ordinal, stretch in enumerate(self._routine.stretches):
            place = _Place(stretch=stretch, ordinal=ordinal)
            if previous is not None:
                self._add_transition(place, previous)
            self._add_prepare(place, previous)
            for set_number in range(1, stretch.sets + 1):
                self._add_set(replace(place, set_number=set_number))
            previous = stretch
        self._add_done()
        return Timeline(routine=self._routine, phases=tuple(self._phases))

    @property
    def _cursor_ms(self) -> int:
        return self._phases[-1].end_ms if self._phases else 0

    # Arriving at a stretch

    def _add_transition(self, place: _Place, previous: Stretch) -> None:
        fetch = tuple(item for item in place.stretch.equipment if item not in previous.equipment)
        text = phrases.next_stretch(place.stretch.title, fetch)
        self._add_spoken(
            place, PhaseKind.TRANSITION, text, ((CueName.TRANSITION, text),),
            after_ms=FETCH_MS if fetch else 0,
        )  # fmt: skip

    def _add_prepare(self, place: _Place, previous: Stretch | None) -> None:
        stretch = place.stretch
        setup = phrases.setup(stretch)
        lines = [(CueName.STRETCH_START, phrases.stretch_start(stretch.title, setup))]
        if previous is None:
            opening = phrases.session_start(self._routine.title, self._total_ms, self._routine.equipment)
            lines.insert(0, (CueName.SESSION_START, opening))
        moves = previous is None or (previous.position, previous.equipment) != (stretch.position, stretch.equipment)
        self._add_spoken(
            place, PhaseKind.PREPARE, setup, tuple(lines),
            before_ms=OPENING_MS if previous is None else 0,
            after_ms=self._preferences.lead_in_s * 1000 + (GET_UP_MS if moves else 0),
        )  # fmt: skip

    # One set on its sides

    def _add_set(self, place: _Place) -> None:
        stretch = place.stretch
        if place.set_number > 1 and stretch.rest_s:
            text = phrases.rest(round(stretch.rest_s))
            self._add_spoken(
                place, PhaseKind.TRANSITION, text, ((CueName.TRANSITION, text),),
                at_least_ms=round(stretch.rest_s * 1000),
            )  # fmt: skip
        first = self._preferences.first_side
        sides = (first, first.other) if stretch.sides is SideMode.EACH else (None,)
        for number, side in enumerate(sides):
            if side is not None and (number or place.set_number > 1):
                self._add_switch(replace(place, side=side))
            for repetition in range(1, stretch.repetitions + 1):
                self._add_steps(replace(place, side=side, repetition=repetition))

    def _add_switch(self, place: _Place) -> None:
        text = phrases.SWITCH_SIDES
        self._add_spoken(
            place, PhaseKind.SWITCH_SIDES, text, ((CueName.SWITCH_SIDES, text),),
            after_ms=SWITCH_MS,
        )  # fmt: skip

    def _add_steps(self, place: _Place) -> None:
        holding = False
        for number, step in enumerate(place.stretch.steps):
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
            self._announce_hold(duration_ms)
        self._append(
            place, PhaseKind.HOLD, duration_ms, text=place.fill(step.text),
            cues=hold_cues(
                self._cursor_ms, duration_ms,
                tell_time_left=self._preferences.tell_time_left, speech_ms=self._speech_ms,
            ), step=number, pose=step.pose,
            awaits_person=self._preferences.wait_for_me,
        )  # fmt: skip

    def _announce_hold(self, hold_ms: int) -> None:
        """Announce the hold ("Hold. Thirty seconds.") in the phase before it, and lengthen that phase accordingly."""
        before = self._phases[-1]
        text = phrases.hold(round(hold_ms / 1000))
        cue = Cue(at_ms=before.end_ms, name=CueName.HOLD_SOON, say=text)
        duration_ms = before.duration_ms + self._speech_ms(text) + BREATH_MS
        self._phases[-1] = replace(before, duration_ms=duration_ms, cues=(*before.cues, cue))

    def _add_done(self) -> None:
        holds = sum(phase.kind is PhaseKind.HOLD for phase in self._phases)
        last = _Place(stretch=self._routine.stretches[-1], ordinal=len(self._routine.stretches) - 1)
        cue = Cue(at_ms=self._cursor_ms, name=CueName.DONE, say=phrases.done(holds, holds))
        self._append(last, PhaseKind.DONE, 0, text=_(phrases.WELL_DONE), cues=(cue,), equipment=())

    # Appending

    def _add_spoken(
        self,
        place: _Place,
        kind: PhaseKind,
        text: str,
        lines: tuple[_Line, ...],
        *,
        before_ms: int = 0,
        after_ms: int = 0,
        at_least_ms: int = 0,
        step: int | None = None,
        pose: str | None = None,
    ) -> None:
        """Append a phase that says its lines in order and then leaves `after_ms` to act."""
        at_ms = self._cursor_ms + before_ms
        cues = []
        for name, template in lines:
            cues.append(Cue(at_ms=at_ms, name=name, say=place.fill(template)))
            at_ms += TONE_MS.get(name, 0) + self._words_ms(place, template) + BREATH_MS
        duration_ms = max(at_ms - self._cursor_ms + after_ms, at_least_ms)
        self._append(place, kind, duration_ms, text=place.fill(text), cues=tuple(cues), step=step, pose=pose)

    def _words_ms(self, place: _Place, template: str) -> int:
        """The time the sentence takes on the side where it is longer, so that both sides get the same."""
        places = (place,) if place.side is None else (place, replace(place, side=place.side.other))
        return max(self._speech_ms(each.fill(template)) for each in places)

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
                stretch=place.stretch.id,
                ordinal=place.ordinal,
                side=place.side,
                step=step,
                repetition=place.repetition,
                set_number=place.set_number,
                text=text,
                equipment=place.stretch.equipment if equipment is None else equipment,
                pose=pose,
                cues=cues,
                awaits_person=awaits_person,
            )
        )
