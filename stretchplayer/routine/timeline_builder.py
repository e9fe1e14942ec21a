"""Flattens a routine into a timeline of phases with their durations and cues."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import accumulate, chain, count, cycle, pairwise, product
from typing import Final, TypeAlias

from stretchplayer.figure.breath import BREATHING_IN
from stretchplayer.figure.side import Side, SidedText, fill_placeholders
from stretchplayer.i18n import _
from stretchplayer.routine import phrases
from stretchplayer.routine.cues import TONE_MS, Cue, CueName
from stretchplayer.routine.preferences import Preferences
from stretchplayer.routine.routine import (
    BREATH_S,
    Exercise,
    Goal,
    Routine,
    SideMode,
    Step,
    StepKind,
    low_end,
)
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
TURN_MS: Final = 12_000
"""The shortest transition from one position on the floor into another."""
FETCH_MS: Final = 6_000
"""Time to fetch equipment once it has been named."""
FIRST_AGAIN: Final = 2
"""The first repetition that repeats something."""
COUNTDOWN_S: Final = (3, 2, 1)
SHORTEST_HOLD_WITH_HALF_WAY_MS: Final = 10_000
SHORTEST_HOLD_WITH_COUNTDOWN_MS: Final = 5_000
TEN_MS: Final = 10_000
"""So long before the end of a hold the time left is said, for who wants it ..."""
APART_MS: Final = 2_500
"""... unless there would be less silence than this before or after it."""
COACH_AFTER_MS: Final = {
    CueName.HOLD_START: 4_000, CueName.HALF_WAY: 5_000, CueName.TIME_LEFT: 2_000, CueName.TRANSITION: 12_000,
}  # fmt: skip
"""How long after each cue of a hold or a rest coaching may be heard."""
LONGEST_SILENCE_MS: Final = 15_000
"""In a hold or a rest with coaching no silence is longer."""
COACH_AGAIN_MS: Final = 12_000
"""Silence between two sentences of coaching where more than one is needed."""
NEARLY_THERE_MS: Final = 20_000
"""So near its end a hold may be said to be nearly over."""

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
    return _Builder(routine, preferences or Preferences(), speech_ms, newcomer=newcomer).build()


def session_ms(routine: Routine, preferences: Preferences, speech_ms: SpeechTime) -> int:
    """How long the timeline would be, for callers that need none of its phases."""
    return _Builder(routine, preferences, speech_ms, newcomer=False).length_ms


def same_position_together(routine: Routine) -> Routine:
    """The routine with each exercise moved up to the first in its position. Blocks stay as they are."""
    if routine.blocks:
        return routine
    positions = list(dict.fromkeys(exercise.position for exercise in routine.played))
    together = sorted(routine.played, key=lambda exercise: positions.index(exercise.position))
    # What is said on the way to an exercise fits only after the one before it in the file.
    befores = dict(zip(routine.played[1:], routine.played, strict=False))
    fitting = [
        exercise if befores.get(exercise) is before else replace(exercise, transition_say=None)
        for before, exercise in zip((None, *together), together, strict=False)
    ]
    variants = [exercise for exercise in routine.exercises if exercise not in together]
    return replace(routine, exercises=(*fitting, *variants))


def hold_cues(
    start_ms: int,
    duration_ms: int,
    speech_ms: SpeechTime,
    coach: Sequence[str] | None = None,
    *,
    tell_time_left: bool = False,
    breath_ms: int = 0,
) -> tuple[Cue, ...]:
    """The cues of a hold: its tones, and the sentences of `coach`; None means that nobody coaches.

    A hold that is measured in breaths has their tones in place of the half and the countdown.

    What has no room before the half, the countdown or the end is left out. Where it would be silent for too long, more
    is said.
    """
    end_ms = start_ms + duration_ms
    if breath_ms:
        start = Cue(at_ms=start_ms, name=CueName.HOLD_START)
        spoken = [] if coach is None else _coaching((start,), end_ms, coach, speech_ms, _hold_words(end_ms))
        return _with_breaths((start, *spoken), start_ms, end_ms, breath_ms, speech_ms)
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
            cues += _coaching(tuple(cues), quiet_ms, coach, speech_ms, _hold_words(end_ms))
    cues += [Cue(at_ms=end_ms - before_ms, name=CueName.COUNTDOWN) for before_ms in countdown]
    return tuple(sorted(cues, key=lambda cue: cue.at_ms))


def _end_ms(cue: Cue, speech_ms: SpeechTime) -> int:
    return cue.at_ms + cue.tone_ms + (speech_ms(cue.say) if cue.say else 0)


def _half_way(at_ms: int, end_ms: int, quiet_ms: int, speech_ms: SpeechTime) -> Cue:
    words, short = phrases.half_way(round((end_ms - at_ms) / 1000))
    cue = Cue(at_ms=at_ms, name=CueName.HALF_WAY, say=words)
    return cue if _end_ms(cue, speech_ms) + BREATH_MS <= quiet_ms else replace(cue, say=short)


_MoreWords: TypeAlias = Callable[[int], str]
"""What to say at a moment when the routine has nothing left to say."""


def _coaching(
    cues: Sequence[Cue], quiet_ms: int, coach: Sequence[str], speech_ms: SpeechTime, more: _MoreWords
) -> Iterator[Cue]:
    """Fill the silences after the cues, in order and until `quiet_ms`.

    Once each while `coach` has something to say, and with `more` until none is too long.
    """
    own = deque(coach)
    for cue, to_ms in zip(cues, [*(cue.at_ms for cue in cues[1:]), quiet_ms], strict=True):
        from_ms = _end_ms(cue, speech_ms)
        at_ms = max(cue.at_ms + COACH_AFTER_MS[cue.name], from_ms + BREATH_MS)
        while own or to_ms - from_ms > LONGEST_SILENCE_MS:
            words = own.popleft() if own else more(at_ms)
            if at_ms + speech_ms(words) + BREATH_MS > to_ms:
                break
            yield Cue(at_ms=at_ms, name=CueName.COACH, say=words)
            from_ms = at_ms + speech_ms(words)
            if to_ms - from_ms <= LONGEST_SILENCE_MS:
                break
            at_ms = from_ms + min(COACH_AGAIN_MS, (to_ms - from_ms) // 2)


def _hold_words(end_ms: int) -> _MoreWords:
    """Sentences for all holds. The last one before the end says that it is near, unless it is the only one."""
    *first, last = map(_, phrases.COACHING)
    words = chain(first, cycle([*map(_, phrases.LONG_COACHING), first[0]]))
    said = 0

    def more(at_ms: int) -> str:
        nonlocal said
        said += 1
        return last if said > 1 and end_ms - at_ms <= NEARLY_THERE_MS else next(words)

    return more


def _with_breaths(
    cues: tuple[Cue, ...], from_ms: int, to_ms: int, breath_ms: int, speech_ms: SpeechTime
) -> tuple[Cue, ...]:
    """The cues, and the tones of every breath that none of them would cover."""
    sounds = [(cue.at_ms, _end_ms(cue, speech_ms)) for cue in cues]
    breaths = [
        Cue(at_ms=at_ms + later_ms, name=name)
        for at_ms in range(from_ms, to_ms, breath_ms)
        for later_ms, name in ((0, CueName.BREATH_IN), (round(breath_ms * BREATHING_IN), CueName.BREATH_OUT))
    ]
    heard = [
        breath
        for breath in breaths
        if all(breath.at_ms >= end_ms or breath.at_ms + breath.tone_ms <= at_ms for at_ms, end_ms in sounds)
    ]
    return tuple(sorted((*cues, *heard), key=lambda cue: cue.at_ms))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Which exercise it is, how often it has been done, and on which side."""

    exercise: Exercise
    ordinal: int
    set_number: int = 1
    sets: int = 1
    repetition: int = 1
    repetitions: int = 1
    side: Side | None = None

    @property
    def is_first(self) -> bool:
        """Whether it is the first time on this side, which is explained in full."""
        return self.set_number == self.repetition == 1

    @property
    def sides(self) -> tuple[Side | None, ...]:
        """The side and, if there is one, the other."""
        return (None,) if self.side is None else (self.side, self.side.other)

    def fill(self, template: str | SidedText, side: Side | None) -> str:
        return fill_placeholders(template, side, self.exercise.limb)

    def now_the(self, side: Side | None) -> str:
        return phrases.now_the(side, self.exercise.limb)

    def other_side(self, side: Side | None) -> str:
        return phrases.other_side(side, self.exercise.limb)

    def briefly(self, step: Step, side: Side | None) -> str:
        """What is said of a step that has been explained before, if there is something shorter to say; or nothing."""
        if self.is_first:
            return ""
        number = [phrases.sentence(phrases.number(self.repetition))] if step.count else []
        short = [phrases.sentence(self.fill(step.short, side))] if step.short else []
        return " ".join((*number, *short))

    def words(self, step: Step, side: Side | None) -> str:
        return self.briefly(step, side) or self.fill(step.say or step.text, side)


_Words: TypeAlias = Callable[[Side | None], str]
"""A sentence, once its side is known."""
_Line: TypeAlias = tuple[CueName, _Words]
"""A cue without a time yet."""


@dataclass(slots=True, kw_only=True)
class _Draft:
    """A phase without a time yet; its cues are timed from its beginning."""

    place: _Place
    kind: PhaseKind
    duration_ms: int
    text: str
    cues: tuple[Cue, ...]
    step: int | None = None
    breaths: int = 0
    breath_ms: int = 0
    equipment: tuple[str, ...] | None = None
    pose: str | None = None
    is_rest: bool = False
    awaits_person: bool = False

    def phase(self, index: int, start_ms: int) -> Phase:
        place = self.place
        return Phase(
            index=index,
            start_ms=start_ms,
            duration_ms=self.duration_ms,
            kind=self.kind,
            exercise=place.exercise.id,
            ordinal=place.ordinal,
            side=place.side,
            step=self.step,
            repetition=place.repetition,
            repetitions=place.repetitions,
            set_number=place.set_number,
            sets=place.sets,
            breaths=self.breaths,
            breath_ms=self.breath_ms,
            text=self.text,
            equipment=place.exercise.equipment if self.equipment is None else self.equipment,
            pose=self.pose,
            cues=tuple(cue.moved(start_ms) for cue in self.cues),
            is_rest=self.is_rest,
            awaits_person=self.awaits_person,
        )


class _Builder:
    def __init__(self, routine: Routine, preferences: Preferences, speech_ms: SpeechTime, *, newcomer: bool) -> None:
        self._newcomer = newcomer
        self._routine = same_position_together(routine) if preferences.same_position_together else routine
        waits = preferences.wait_between
        self._preferences = replace(preferences, wait_between=newcomer if waits is None else waits)
        self._speech_ms = cache(speech_ms)  # most sentences come on both sides, and again with each repetition
        self._drafts: list[_Draft] = []
        self._add_exercises()
        self._tell_length()

    @property
    def length_ms(self) -> int:
        return sum(draft.duration_ms for draft in self._drafts)

    def build(self) -> Timeline:
        starts_ms = accumulate((draft.duration_ms for draft in self._drafts), initial=0)
        played = Timeline(routine=self._routine, phases=tuple(map(_Draft.phase, self._drafts, count(), starts_ms)))
        return replace(played, phases=(*played.phases, _done(played, self._drafts[-1].place)))

    def _add_exercises(self) -> None:
        visits = list(_visits(self._routine))
        previous: Exercise | None = None
        for ordinal, (exercise, rest_s) in enumerate(visits):
            place = _Place(exercise=exercise, ordinal=ordinal)
            if rest_s:
                self._add_rest(place, rest_s)
            if previous is not None:
                self._add_transition(place, previous, is_last=ordinal == len(visits) - 1)
            self._add_prepare(place, previous)
            self._add_sets(place)
            previous = exercise

    def _tell_length(self) -> None:
        """Put the length of the session into its opening sentence, which is part of it."""
        first = self._drafts[0]
        opening, *others = first.cues
        words = phrases.session_start(self._routine, self.length_ms)
        by_ms = self._speech_ms(words) - self._speech_ms(opening.say or "")
        first.duration_ms += by_ms
        first.cues = (replace(opening, say=words), *(cue.moved(by_ms) for cue in others))

    # Arriving at an exercise

    def _add_transition(self, place: _Place, previous: Exercise, *, is_last: bool) -> None:
        exercise = place.exercise
        fetches = not set(exercise.equipment) <= set(previous.equipment)
        words = phrases.next_exercise(exercise, previous, is_last=is_last)
        if exercise.transition_say and self._follows_in_file(exercise, previous):
            words = exercise.transition_say
        self._add_spoken(
            place, PhaseKind.TRANSITION, words, ((CueName.TRANSITION, partial(place.fill, words)),),
            after_ms=FETCH_MS if fetches else 0, at_least_ms=_transfer_ms(previous, exercise),
        )  # fmt: skip

    def _follows_in_file(self, exercise: Exercise, previous: Exercise) -> bool:
        order = [each.id for each in self._routine.played]
        return (previous.id, exercise.id) in pairwise(order)

    def _add_prepare(self, place: _Place, previous: Exercise | None) -> None:
        exercise = place.exercise
        lines = [(CueName.EXERCISE_START, partial(place.fill, phrases.get_ready(exercise)))]
        if previous is None:
            if self._newcomer:
                lines.insert(0, (CueName.CAUTION, partial(place.fill, phrases.CAUTION)))
            opening = phrases.session_start(self._routine, 0)
            lines.insert(0, (CueName.SESSION_START, partial(place.fill, opening)))
        moves = previous is None or (previous.position, previous.equipment) != (exercise.position, exercise.equipment)
        self._add_spoken(
            place, PhaseKind.PREPARE, phrases.setup(exercise), tuple(lines),
            before_ms=OPENING_MS if previous is None else 0,
            after_ms=self._preferences.lead_in_s * 1000 + (GET_UP_MS if moves else 0),
            at_least_ms=AFTER_TRANSFER_MS if previous and _gets_up_or_down(previous, exercise) else 0,
            awaits_person=previous is not None and bool(self._preferences.wait_between),
        )  # fmt: skip

    # Sets on their sides

    def _add_sets(self, place: _Place) -> None:
        before: _Place | None = None
        for turn in self._turns(place):
            if before is not None:
                self._add_way_to(turn, before)
            self._add_steps(turn)
            before = turn

    def _turns(self, place: _Place) -> Iterator[_Place]:
        """Every repetition on its side, in order."""
        exercise, extra = place.exercise, place.exercise.extra_set_on
        sets, repetitions = low_end(exercise.sets), low_end(exercise.repetitions)
        sides = self._sides_of(exercise)
        numbers = range(1, repetitions + 1)
        for set_number in range(1, sets + 1 if extra is None else sets + 2):
            here = sides if set_number <= sets else (extra,)
            turns = [(side, number) for side in here for number in numbers]
            if exercise.sides is SideMode.ALTERNATE:
                turns = [(side, number) for number in numbers for side in here]
            for side, number in turns:
                yield replace(
                    place, side=side, set_number=set_number, sets=sets + (side is extra is not None),
                    repetition=number, repetitions=repetitions,
                )  # fmt: skip

    def _sides_of(self, exercise: Exercise) -> tuple[Side | None, ...]:
        first = self._preferences.first_side
        if exercise.sides is SideMode.NONE:
            return (None,)
        if exercise.sides is SideMode.ONE:
            return (exercise.only_side or first,)
        return (first, first.other) if exercise.only_side is None else (exercise.only_side,)

    def _add_way_to(self, turn: _Place, before: _Place) -> None:
        """The rest before the turn and the change to its side, as far as there are any."""
        exercise = turn.exercise
        is_new = turn.is_first or exercise.sides is not SideMode.ALTERNATE
        switches = turn.side is not before.side and is_new
        if turn.set_number > before.set_number:
            if exercise.rest_s:
                self._add_rest(replace(turn, side=None), exercise.rest_s)
        elif exercise.rest_between_repetitions_s and not switches:
            self._add_rest(turn, exercise.rest_between_repetitions_s, briefly=turn.repetition > FIRST_AGAIN)
        if switches:
            self._add_switch(turn)

    def _add_rest(self, place: _Place, rest_s: float, *, briefly: bool = False) -> None:
        text = phrases.rest(round(rest_s))
        words = _(phrases.REST) if briefly else text
        self._add_spoken(
            place, PhaseKind.TRANSITION, text, ((CueName.TRANSITION, partial(place.fill, words)),),
            at_least_ms=round(rest_s * 1000), is_rest=True,
        )  # fmt: skip
        if self._preferences.coaching:
            rest, more = self._drafts[-1], cycle(map(_, phrases.RESTING))
            coaching = _coaching(rest.cues, rest.duration_ms, (), self._speech_ms, lambda _at_ms: next(more))
            rest.cues = (*rest.cues, *coaching)

    def _add_switch(self, place: _Place) -> None:
        # Where each repetition changes sides, there is nothing to rearrange.
        switch_s = 0 if place.exercise.sides is SideMode.ALTERNATE else self._preferences.switch_s
        self._add_spoken(
            place, PhaseKind.SWITCH_SIDES, place.now_the, ((CueName.SWITCH_SIDES, place.other_side),),
            after_ms=switch_s * 1000,
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
        ends_hold = self._drafts[-1].kind is PhaseKind.HOLD
        breaths_ms = (step.breaths or 0) * self._breath_ms
        self._add_spoken(
            place, PhaseKind.RELEASE if step.kind is StepKind.RELEASE else PhaseKind.MOVE, step.text,
            ((CueName.HOLD_END if ends_hold else CueName.STEP, partial(place.words, step)),),
            after_ms=breaths_ms, step=number, pose=step.pose,
            at_least_ms=round(step.duration_s * 1000 * self._preferences.pace),
        )  # fmt: skip
        if step.breaths:
            draft, breath_ms = self._drafts[-1], self._breath_ms
            draft.breaths, draft.breath_ms = step.breaths, breath_ms
            from_ms = draft.duration_ms - breaths_ms
            draft.cues = _with_breaths(draft.cues, from_ms, draft.duration_ms, breath_ms, self._speech_ms)

    @property
    def _breath_ms(self) -> int:
        return round(BREATH_S * 1000 * self._preferences.pace)

    def _add_hold(self, place: _Place, step: Step, number: int) -> None:
        duration_ms = self._hold_ms(place.exercise, step)
        # Nobody wants to press a key for each of ten short holds.
        waits = self._preferences.wait_for_me and not place.exercise.counts_repetitions
        if not waits:
            self._announce_hold(place, step, duration_ms)
        breaths = step.breaths or 0
        hold = _Draft(
            place=place, kind=PhaseKind.HOLD, duration_ms=duration_ms, text=place.fill(step.text, place.side),
            cues=self._hold_cues(place, step, duration_ms), step=number, pose=step.pose, awaits_person=waits,
            breaths=breaths, breath_ms=self._breath_ms if breaths else 0,
        )  # fmt: skip
        self._drafts.append(hold)

    def _hold_ms(self, exercise: Exercise, step: Step) -> int:
        """How long to hold: as the person chose for all stretches, or as the routine says."""
        if step.breaths:
            return step.breaths * self._breath_ms
        if self._preferences.hold_s is not None and step.seconds is not None:
            stretches = self._routine.goal in {None, Goal.STRETCHING} and not exercise.counts_repetitions
            if stretches and not exercise.own_hold:
                return self._preferences.hold_s * 1000
        return round(step.duration_s * 1000)

    def _hold_cues(self, place: _Place, step: Step, duration_ms: int) -> tuple[Cue, ...]:
        cues = hold_cues(
            0, duration_ms, lambda template: self._said(place, partial(place.fill, template))[1],
            step.coach if self._preferences.coaching else None,
            tell_time_left=self._preferences.tell_time_left, breath_ms=self._breath_ms if step.breaths else 0,
        )  # fmt: skip
        return tuple(replace(cue, say=place.fill(cue.say, place.side)) if cue.say else cue for cue in cues)

    def _announce_hold(self, place: _Place, step: Step, hold_ms: int) -> None:
        """Announce the hold ("And hold. Thirty seconds.") in the phase before it, which gets longer by that."""

        def announcement(side: Side | None) -> str:
            if briefly := place.briefly(step, side):
                return briefly
            words = None if step.say is None else place.fill(step.say, side)
            if step.breaths:
                return phrases.hold_for_breaths(step.breaths, words)
            return phrases.hold(round(hold_ms / 1000), words)

        before = self._drafts[-1]
        words, words_ms = self._said(place, announcement)
        before.cues = (*before.cues, Cue(at_ms=before.duration_ms, name=CueName.HOLD_SOON, say=words))
        before.duration_ms += words_ms + BREATH_MS

    # Appending

    def _add_spoken(
        self,
        place: _Place,
        kind: PhaseKind,
        text: str | SidedText | _Words,
        lines: tuple[_Line, ...],
        *,
        before_ms: int = 0,
        after_ms: int = 0,
        at_least_ms: int = 0,
        step: int | None = None,
        pose: str | None = None,
        is_rest: bool = False,
        awaits_person: bool = False,
    ) -> None:
        """Append a phase that says its lines in order and then leaves `after_ms` to act."""
        at_ms = before_ms
        cues = []
        for name, line in lines:
            words, words_ms = self._said(place, line)
            cues.append(Cue(at_ms=at_ms, name=name, say=words))
            at_ms += TONE_MS.get(name, 0) + words_ms + BREATH_MS
        draft = _Draft(
            place=place,
            kind=kind,
            duration_ms=max(at_ms + after_ms, at_least_ms),
            text=text(place.side) if callable(text) else place.fill(text, place.side),
            cues=tuple(cues),
            step=step,
            pose=pose,
            is_rest=is_rest,
            awaits_person=awaits_person,
        )
        self._drafts.append(draft)

    def _said(self, place: _Place, words: _Words) -> tuple[str, int]:
        """The sentence, and the time it takes on the side where it is longer, so that both sides get the same."""
        said = [words(side) for side in place.sides]
        return said[0], max(map(self._speech_ms, set(said)))


def _done(played: Timeline, last: _Place) -> Phase:
    in_exercises = played.counts_exercises
    planned = len(played.exercises if in_exercises else played.holds())
    words = phrases.done(planned, planned, last.exercise.position, exercises=in_exercises)
    cue = Cue(at_ms=0, name=CueName.DONE, say=words)
    place = _Place(exercise=last.exercise, ordinal=last.ordinal)
    done = _Draft(place=place, kind=PhaseKind.DONE, duration_ms=0, text=_(phrases.WELL_DONE), cues=(cue,), equipment=())
    return done.phase(len(played.phases), played.phases[-1].end_ms)


def _visits(routine: Routine) -> Iterator[tuple[Exercise, float]]:
    """The exercises as they are played, each with the rest before it in seconds."""
    for block in routine.played_blocks:
        for round_number, (number, name) in product(range(block.rounds), enumerate(block.exercises)):
            yield routine.exercise(name), block.rest_s if round_number and not number else 0


def _transfer_ms(previous: Exercise, exercise: Exercise) -> int:
    if _gets_up_or_down(previous, exercise):
        return TRANSFER_MS
    turns = previous.position is not exercise.position and exercise.position.on_floor
    return TURN_MS if turns else 0


def _gets_up_or_down(previous: Exercise, exercise: Exercise) -> bool:
    return previous.position.on_floor is not exercise.position.on_floor
