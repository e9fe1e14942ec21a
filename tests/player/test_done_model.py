"""What is done on each side, whatever is skipped, paused, stopped, killed and made up, in any routine.

The model plays no time and knows no session: it counts the phases that were played, and how far. What the session says,
what the history keeps and what a make-up asks for must follow from that.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from stretchplayer.figure.side import Side
from stretchplayer.player.recorder import Recorder
from stretchplayer.player.state import ACTIVE_STATES, PHASE_STATES, State
from stretchplayer.progress.history import SessionOutcome, SessionRecord
from stretchplayer.routine.held_time import HeldTime
from stretchplayer.routine.make_up import SHORTEST_MS, MakeUp, make_up
from stretchplayer.routine.preferences import Preferences
from stretchplayer.routine.resume import resume_point, resumed_timeline
from stretchplayer.routine.routine import Routine, SideMode
from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.storage.plan_snapshot import plan_as_text, plan_from_text
from tests.fake_history import FakeHistory
from tests.player.stage import Stage
from tests.routine import strategies

FRAME_MS = 10_000
Place = tuple[int, Side | None]
"""An exercise, by its place in the routine as it is played, and a side."""


def find(timeline: Timeline, held: HeldTime, offered: frozenset[int]) -> MakeUp | None:
    return make_up(timeline, held, offered=offered)


def on_both_sides(routine: Routine) -> Routine:
    """The routine with nothing that is done on one side alone: there would be nothing to make up."""
    return replace(
        routine,
        exercises=tuple(
            replace(each, only_side=None, sides=SideMode.EACH if each.sides is SideMode.ONE else each.sides)
            for each in routine.exercises
        ),
    )


@dataclass(frozen=True, slots=True)
class Done:
    """What was done: how long the holds were held, and how many repetitions of each set, both by phase."""

    held_ms: Mapping[int, int] = field(default_factory=dict)
    repetitions: Mapping[int, int] = field(default_factory=dict)


class Model:
    """Counts what was played of a plan."""

    def __init__(self, plan: Timeline) -> None:
        self.plan = plan
        self.holds = {hold.index: hold for hold in plan.holds()}
        self.sets: dict[int, list[tuple[Phase, ...]]] = {}
        """The repetitions of each set on a side, by its first phase."""
        places: dict[tuple[int, int, Side | None], int] = {}
        for repetition in plan.repetitions():
            first = repetition[0]
            index = places.setdefault((first.ordinal, first.set_number, first.side), first.index)
            self.sets.setdefault(index, []).append(repetition)
        self.before = Done()
        self.forget()

    def forget(self) -> None:
        """What the program played before it was killed, it doesn't know any more."""
        self.far_ms: dict[int, int] = {}
        self.made_up_ms: dict[int, int] = {}
        self.whole: set[int] = set()
        self.made_up: set[int] = set()

    def play(self, phase: Phase, played_ms: float) -> None:
        """A phase was played so far."""
        far_ms, whole, index = self.far_ms, self.whole, phase.index
        if phase.makes_up is not None:
            far_ms, whole, index = self.made_up_ms, self.made_up, phase.makes_up
        far_ms[index] = max(far_ms.get(index, 0), int(played_ms))
        if played_ms == phase.duration_ms:
            whole.add(index)

    def done(self) -> Done:
        """What was done of the plan, and kept from before."""
        held_ms = {
            index: min(
                hold.duration_ms,
                max(self.far_ms.get(index, 0), self.before.held_ms.get(index, 0)) + self.made_up_ms.get(index, 0),
            )
            for index, hold in self.holds.items()
        }
        return Done(held_ms, {index: self._repetitions(index) for index in self.sets})

    def _repetitions(self, index: int) -> int:
        played = [{phase.index for phase in each} <= self.whole for each in self.sets[index]]
        either = [{phase.index for phase in each} <= self.whole | self.made_up for each in self.sets[index]]
        # A set that was left is begun again: the first of it count once.
        again = max(0, self.before.repetitions.get(index, 0) - sum(played))
        return min(len(either), sum(either) + again)

    def everything(self) -> Done:
        """What there is to do."""
        return Done(
            {index: hold.duration_ms for index, hold in self.holds.items()},
            {index: len(repetitions) for index, repetitions in self.sets.items()},
        )

    def by_side(self, done: Done) -> tuple[Mapping[Place, int], Mapping[Place, int]]:
        """Milliseconds of the exercises that don't count repetitions, and the repetitions of the others."""
        counted = {self.plan.phases[index].ordinal for index in self.sets}
        held_ms, repetitions = (
            {place: value for place, value in self._by_side(values).items() if (place[0] in counted) is is_counted}
            for values, is_counted in ((done.held_ms, False), (done.repetitions, True))
        )
        return held_ms, repetitions

    def _by_side(self, values: Mapping[int, int]) -> dict[Place, int]:
        sums: dict[Place, int] = {}
        for index, value in values.items():
            phase = self.plan.phases[index]
            sums[phase.ordinal, phase.side] = sums.get((phase.ordinal, phase.side), 0) + value
        return sums


class DoneMachine(RuleBasedStateMachine):
    """Plays a routine from phase to phase, with all that a person and the machine can do to it."""

    @initialize(routine=strategies.routines(most_exercises=2, most_repetitions=4), preferences=strategies.preferences)
    def set_up(self, routine: Routine, preferences: Preferences) -> None:
        self.plan = build_timeline(on_both_sides(routine), preferences)
        self.history = FakeHistory()
        self.numbers = count()
        self._put_up()
        self._begin()

    def _put_up(self) -> None:
        self.stage = Stage(frame_ms=FRAME_MS, find_make_up=find)
        self.session = self.stage.session
        self.session.state_changed.connect(self._on_state)
        self.recorder = Recorder(
            self.session, self.stage.clock, self.history, plan_text=plan_as_text, salt=lambda: next(self.numbers)
        )
        self.changed = False

    def _on_state(self, _state: State) -> None:
        self.changed = True

    def _begin(self) -> None:
        self.model = Model(self.plan)
        self.kept = self.model.done()
        self.left_out = self.even_ends = False
        self.session.start(self.plan)

    def _keep(self) -> None:
        """The history is told with each state, not in between."""
        if self.changed:
            self.kept = self.model.done()
        self.changed = False

    @property
    def running(self) -> bool:
        return self.session.state in PHASE_STATES

    def _play(self, part: float) -> None:
        if self.session.state is State.RESUMING:
            self.stage.run_for(self.session.get_ready_left_ms)
            self._keep()
        if self.session.state in {State.WAITING, State.OFFERING}:
            self.session.confirm()
            self._keep()
        phase = self.session.phase
        if not self.running or phase is None:
            return
        left_ms = self.session.phase_left_ms
        self.stage.run_for(int(left_ms * part) if part < 1 else left_ms)
        if part < 1:
            self.stage.hang(0)  # a tick, with which what was held is noted
        if phase.is_step:
            is_left = self.session.phase is not phase or self.session.state is State.FINISHED
            self.model.play(phase, phase.duration_ms if is_left else self.session.position_ms - phase.start_ms)
        self._keep()

    # What happens

    @rule(phases=st.integers(1, 5))
    def some_phases_are_played(self, phases: int) -> None:
        for _ in range(phases):
            self._play(1)

    @rule(part=st.sampled_from((0.1, 0.5, 0.9)))
    def a_part_of_a_phase_is_played(self, part: float) -> None:
        self._play(part)

    @rule()
    def pause_or_resume(self) -> None:
        self.session.toggle()
        self._keep()

    @precondition(lambda self: self.session.state in ACTIVE_STATES)
    @rule(command=st.sampled_from(("next", "skip_exercise")))
    def something_is_left_out(self, command: str) -> None:
        self.left_out = True
        self.even_ends = self.even_ends or self.session.state is State.OFFERING or self._is_making_up()
        getattr(self.session, command)()
        self._keep()

    @precondition(lambda self: self.session.state is State.OFFERING)
    @rule()
    def what_is_offered_is_declined(self) -> None:
        self.even_ends = True
        self.session.decline()
        self._keep()

    @rule(command=st.sampled_from(("back", "restart_side")))
    def something_is_done_again(self, command: str) -> None:
        self.even_ends = self.even_ends or self.session.state is State.OFFERING or self._is_making_up()
        getattr(self.session, command)()
        self._keep()

    def _is_making_up(self) -> bool:
        phase = self.session.phase
        return phase is not None and phase.index >= self.plan.done.index

    @precondition(lambda self: self.session.state in ACTIVE_STATES)
    @rule()
    def the_program_is_killed_and_goes_on(self) -> None:
        """What was kept is read, and the session goes on with it as the program does that."""
        record = self._record()
        assert record is not None
        assert record.outcome is SessionOutcome.OPEN
        self.even_ends = self.even_ends or self._is_making_up()
        self.stage.close()
        self._put_up()
        plan = plan_from_text(record.plan)
        assert plan == self.plan
        place = resume_point(plan, record.phase)
        timeline = resumed_timeline(plan, place, lead_in_ms=6_000)
        held_ms = {hold.index: hold.held_ms for hold in record.holds}
        done = {run.index: run.done for run in record.repetitions}
        self.model.before = self.kept
        self.model.forget()
        self.recorder.continue_session(record)
        self.session.start(timeline, at=place.index, before=HeldTime(timeline, held_ms, done))
        self._keep()

    @precondition(lambda self: self.session.state in ACTIVE_STATES and self.model.far_ms)
    @rule()
    def stop(self) -> None:
        self.session.stop()
        self._keep()

    @precondition(lambda self: self.session.state not in ACTIVE_STATES)
    @rule()
    def another_session_begins(self) -> None:
        self.stage.clock.advance(60_000)
        self._begin()
        self._keep()

    # What always holds

    def _record(self) -> SessionRecord | None:
        number = self.recorder.session_id
        return None if number is None else self.history.records.get(number)

    @invariant()
    def the_session_says_what_was_done(self) -> None:
        held, done = self.session.held, self.model.done()
        assert held is not None
        assert {hold.index: held.of(self.plan.phases[hold.index]) for hold in held.timeline.holds()} == done.held_ms
        assert {run.index: run.done for run in held.runs()} == done.repetitions

    @invariant()
    def the_history_keeps_what_was_done_until_the_last_change(self) -> None:
        record = self._record()
        if record is not None:  # None when nothing was done in a session that was stopped
            assert {hold.index: hold.held_ms for hold in record.holds} == self.kept.held_ms
            assert {run.index: run.done for run in record.repetitions} == self.kept.repetitions

    @invariant()
    def who_left_out_nothing_has_done_everything_in_the_end(self) -> None:
        if self.session.state is State.FINISHED and not self.left_out:
            assert self.model.done() == self.model.everything()
            record = self._record()
            assert record is not None
            assert record.outcome is SessionOutcome.FINISHED

    @invariant()
    def what_is_offered_is_what_the_side_missed(self) -> None:
        offer = self.session.offer
        if offer is None:
            return
        side, missed = offer.missed.side, offer.missed
        assert side is not None
        held_ms, repetitions = self.model.by_side(self.model.done())
        here, there = (missed.ordinal, side), (missed.ordinal, side.other)
        steps = [phase for phase in offer.timeline.phases[offer.first.index :] if phase.is_step]
        assert {phase.side for phase in steps} == {side}
        if offer.repetitions:
            planned = self.model.by_side(self.model.everything())[1][here]
            assert offer.repetitions == min(planned, repetitions[there]) - repetitions[here] > 0
            assert offer.repetitions == len({phase.repetition for phase in steps})
            assert offer.missed_ms == sum(phase.duration_ms for phase in steps)
        else:
            left_ms = missed.duration_ms - self.model.done().held_ms[missed.index]
            assert offer.missed_ms == min(left_ms, held_ms[there] - held_ms[here]) >= SHORTEST_MS
            assert offer.missed_ms == sum(phase.duration_ms for phase in steps if phase.kind is PhaseKind.HOLD)

    @invariant()
    def who_made_up_everything_ends_even(self) -> None:
        if self.session.state is not State.FINISHED or self.even_ends:
            return
        planned_ms, planned = self.model.by_side(self.model.everything())
        held_ms, repetitions = self.model.by_side(self.model.done())
        for (ordinal, side), done in repetitions.items():
            if side is not None:
                missed = min(planned[ordinal, side], repetitions.get((ordinal, side.other), 0)) - done
                assert missed <= 0 or self._takes_ms(ordinal, side, missed) < SHORTEST_MS
        for (ordinal, side), ms in held_ms.items():
            if side is not None:
                holds = [hold for hold in self.plan.holds() if (hold.ordinal, hold.side) == (ordinal, side)]
                missed_ms = min(planned_ms[ordinal, side], held_ms.get((ordinal, side.other), 0)) - ms
                assert missed_ms < SHORTEST_MS * len(holds)

    def _takes_ms(self, ordinal: int, side: Side, repetitions: int) -> int:
        own = [each for each in self.plan.repetitions() if (each[0].ordinal, each[0].side) == (ordinal, side)]
        return sum(phase.duration_ms for each in own[:repetitions] for phase in each)

    def teardown(self) -> None:
        """Play to the end, with everything that is offered, and look once more."""
        if not hasattr(self, "stage"):
            return
        if self.session.state in {State.PAUSED, State.INTERRUPTED}:
            self.session.resume()
        for _ in range(10 * len(self.plan.phases)):
            self._play(1)
            self.what_is_offered_is_what_the_side_missed()
        assert self.session.state in {State.FINISHED, State.STOPPED}
        for check in self._checks():
            check()
        self.stage.close()

    def _checks(self) -> tuple[Callable[[], None], ...]:
        return (
            self.the_session_says_what_was_done,
            self.the_history_keeps_what_was_done_until_the_last_change,
            self.who_left_out_nothing_has_done_everything_in_the_end,
            self.who_made_up_everything_ends_even,
        )


@pytest.mark.unmeasured  # like all that Hypothesis makes up
def test_nothing_that_was_done_is_lost_or_counted_twice() -> None:
    run_state_machine_as_test(DoneMachine, settings=settings(stateful_step_count=30))
