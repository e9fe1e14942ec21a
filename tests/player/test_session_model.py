"""A session against a model of it, under whatever is pressed, in whatever order, whatever the machine does meanwhile.

The model knows no alarms, no signals and no state machine: it says what a person may expect. Times are chosen so that
both sides come to whole milliseconds.
"""

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

from stretchplayer.player.state import ACTIVE_STATES, Outcome, State
from stretchplayer.routine.cues import CueName
from stretchplayer.routine.preferences import Preferences
from stretchplayer.routine.routine import Routine
from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline
from stretchplayer.routine.timeline_builder import build_timeline
from tests.player.stage import Stage
from tests.routine import strategies

GET_READY_MS = 3_000
FRAME_MS = 1_000
RESTING = {State.PAUSED, State.INTERRUPTED}
ENDED = {State.IDLE, State.FINISHED, State.STOPPED}


class Model:
    """What a person may expect of a session."""

    def __init__(self, plan: Timeline) -> None:
        self.plan = plan
        self.state = State.IDLE
        self.index = 0
        self.position_ms = 0.0
        self.ready_in_ms = 0.0
        self.left_for_pause = State.IDLE
        self.asleep = False
        self.held = {hold.index: 0.0 for hold in plan.holds()}
        self.played: set[int] = set()
        self.ended: list[Outcome] = []

    @property
    def phase(self) -> Phase:
        """Where it is."""
        return self.plan.phases[self.index]

    def start(self) -> None:
        """Begin at the beginning, with nothing held."""
        if self.state in ENDED:
            self.held = dict.fromkeys(self.held, 0.0)
            self.played = set()
            self._arrive(0)

    def play(self, ms: float) -> None:
        """Let so much session time pass."""
        self.wake()
        if self.state is State.RESUMING:
            ready_ms = min(ms, self.ready_in_ms)
            self.ready_in_ms -= ready_ms
            ms -= ready_ms
            if not self.ready_in_ms:
                self.state = self.left_for_pause
                if self.running:
                    self.position_ms = self._start_of_cut_off_words()
        while self.running and (ms > 0 or self.position_ms == self.phase.end_ms):
            step_ms = min(ms, self.phase.end_ms - self.position_ms)
            self.position_ms += step_ms
            ms -= step_ms
            if self.index in self.held:
                self.held[self.index] = max(self.held[self.index], self.position_ms - self.phase.start_ms)
            if self.position_ms == self.phase.end_ms:
                self.played.add(self.index)
                self._arrive(self.index + 1)

    def _start_of_cut_off_words(self) -> float:
        """Where to go on: words that a pause cut off are said again, but no second of a hold is asked for twice."""
        if self.index in self.held:
            return self.position_ms
        for cue in reversed(self.phase.cues):
            if cue.at_ms <= self.position_ms:
                words_ms = 65 * len(cue.say) if cue.say else 0
                return cue.at_ms if self.position_ms - cue.at_ms < cue.tone_ms + words_ms else self.position_ms
        return self.position_ms

    @property
    def running(self) -> bool:
        """Whether time passes in the timeline."""
        return self.state in ACTIVE_STATES and self.state not in {*RESTING, State.RESUMING, State.WAITING}

    def wake(self) -> None:
        """Notice that the machine slept."""
        asleep, self.asleep = self.asleep, False
        if asleep and (self.running or self.state is State.RESUMING):
            self.rest(State.INTERRUPTED)

    def rest(self, state: State) -> None:
        """Pause, or be interrupted."""
        if self.state in ACTIVE_STATES and self.state not in RESTING:
            if self.state is not State.RESUMING:
                self.left_for_pause = self.state
            self.state = state

    def resume(self) -> None:
        """Get ready."""
        if self.state in RESTING:
            self.state = State.RESUMING
            self.ready_in_ms = GET_READY_MS

    def confirm(self) -> None:
        """Begin the phase that waits."""
        if self.state is State.WAITING:
            self.state = State(self.phase.kind)

    def go(self, index: int) -> None:
        """Go elsewhere."""
        if self.state in ACTIVE_STATES:
            self._arrive(index)

    def stop(self) -> None:
        """End here."""
        if self.state in ACTIVE_STATES:
            self.state = State.STOPPED
            self.ended.append(Outcome.STOPPED)

    def _arrive(self, index: int) -> None:
        self.index = index
        self.position_ms = self.phase.start_ms
        if self.phase.kind is PhaseKind.DONE:
            self.state = State.FINISHED
            self.ended.append(Outcome.FINISHED)
        else:
            self.state = State.WAITING if self.phase.awaits_person else State(self.phase.kind)


class SessionMachine(RuleBasedStateMachine):
    """Does the same to a session and to the model."""

    @initialize(
        routine=strategies.routines(most_exercises=2),
        preferences=strategies.preferences,
        rate=st.sampled_from((0.5, 1, 2, 20, 1000)),
        lead_ms=st.sampled_from((0, 250)),
    )
    def set_up(self, routine: Routine, preferences: Preferences, rate: float, lead_ms: int) -> None:
        self.plan = build_timeline(routine, preferences)
        self.model = Model(self.plan)
        self.stage = Stage(rate=rate, lead_ms=lead_ms, frame_ms=FRAME_MS)
        self.session = self.stage.session
        self.rate = rate
        self.session.phase_started.connect(self._check_phase)
        self.session.start(self.plan)
        self.model.start()

    def _check_phase(self, phase: Phase) -> None:
        assert self.session.phase is phase
        assert self.plan.phases[phase.index] is phase

    # What the machine does

    @rule(ms=st.integers(0, 40_000))
    def time_passes(self, ms: int) -> None:
        if self.model.asleep:
            self.stage.timer.fire()
        self.stage.run_for(ms)
        self.model.play(ms * self.rate)

    @rule(data=st.data())
    def time_passes_to_about_the_end_of_the_phase(self, data: st.DataObject) -> None:
        off_ms = data.draw(st.integers(-1, 1))
        self.time_passes(max(0, int(self.session.phase_left_ms / self.rate) + off_ms))

    @rule(ms=st.integers(0, 1_900))
    def the_program_hangs_for_a_moment(self, ms: int) -> None:
        if not self.model.asleep:
            self.stage.hang(ms)
            # A late moment to play on from is when playing begins: what was late of getting ready is not played.
            ready_ms = self.model.ready_in_ms if self.model.state is State.RESUMING else ms * self.rate
            self.model.play(min(ms * self.rate, ready_ms))

    @rule(ms=st.integers(FRAME_MS + 2_001, 10_000_000))
    def the_program_hangs_for_long(self, ms: int) -> None:
        if not self.model.asleep:
            guided_ms = self.stage.timer.due_in_ms or 0
            self.stage.hang(ms)
            self.model.play(guided_ms * self.rate)

    @rule(ms=st.integers(FRAME_MS + 2_100, 10_000_000), ticks=st.booleans())
    def the_machine_sleeps(self, ms: int, *, ticks: bool) -> None:
        self.stage.run_for(0)
        self.stage.timer.fire()
        self.model.play(0)
        self.stage.clock.sleep(ms)
        self.model.asleep = self.model.running or self.model.state is State.RESUMING
        if ticks:
            self.stage.timer.fire()
            self.model.wake()

    # What the person does

    @rule()
    def start(self) -> None:
        self.session.start(self.plan)
        self.model.start()

    @rule()
    def pause(self) -> None:
        self.session.pause()
        self.model.wake()
        self.model.rest(State.PAUSED)

    @rule()
    def interrupt(self) -> None:
        self.session.interrupt()
        self.model.wake()
        self.model.rest(State.INTERRUPTED)

    @rule()
    def resume(self) -> None:
        self.session.resume()
        self.model.resume()

    @rule()
    def confirm(self) -> None:
        self.session.confirm()
        self.model.confirm()

    @rule()
    def toggle(self) -> None:
        self.session.toggle()
        if self.model.state is State.WAITING:
            self.model.confirm()
        elif self.model.state in RESTING:
            self.model.resume()
        else:
            self.model.wake()
            self.model.rest(State.PAUSED)

    @rule()
    def next(self) -> None:
        self.session.next()
        self.model.wake()
        if self.model.state is State.WAITING:
            self.model.confirm()
        else:
            self.model.go(min(self.model.index + 1, len(self.plan.phases) - 1))

    @rule()
    def back(self) -> None:
        self.session.back()
        self.model.wake()
        again = self.model.position_ms - self.model.phase.start_ms > 3_000
        self.model.go(self.model.index if again else max(0, self.model.index - 1))

    @rule()
    def restart_side(self) -> None:
        self.session.restart_side()
        self.model.wake()
        self.model.go(self.plan.side_start_of(self.model.phase).index)

    @rule()
    def skip_exercise(self) -> None:
        self.session.skip_exercise()
        self.model.wake()
        self.model.go(self.plan.exercise_after(self.model.phase).index)

    @precondition(lambda self: len(self.stage.states) > 10)
    @rule()
    def stop(self) -> None:
        self.session.stop()
        self.model.wake()
        self.model.stop()

    # What always holds

    @invariant()
    def the_session_is_where_the_model_is(self) -> None:
        assert self.session.state is self.model.state
        assert self.session.phase is self.model.phase
        if not self.model.asleep:
            assert self.session.position_ms == self.model.position_ms
        assert self.stage.outcomes == self.model.ended

    @invariant()
    def the_position_stays_in_the_phase(self) -> None:
        phase = self.session.phase
        assert phase is not None
        assert 0 <= phase.start_ms <= self.session.position_ms <= phase.end_ms <= self.plan.total_ms
        assert self.session.phase_left_ms >= 0
        assert self.session.left_ms >= self.session.phase_left_ms

    @invariant()
    def what_was_held_is_what_was_played_and_never_more_than_planned(self) -> None:
        held = self.session.held
        assert held is not None
        for hold in self.plan.holds():
            assert 0 <= held.of(hold) <= hold.duration_ms
            # Held time is noted with every tick, and in full when a hold ends or is left.
            played_ms = self.model.held[hold.index]
            if hold is self.session.phase:
                assert int(played_ms) - FRAME_MS * self.rate <= held.of(hold) <= played_ms
            else:
                assert held.of(hold) == int(played_ms)
        done = [hold for hold in self.plan.holds() if self.model.held[hold.index] == hold.duration_ms]
        assert held.holds_done >= len([hold for hold in done if hold is not self.session.phase])

    @invariant()
    def a_repetition_is_done_when_its_phases_have_been_played(self) -> None:
        held = self.session.held
        assert held is not None
        done = [all(phase.index in self.model.played for phase in each) for each in self.plan.repetitions()]
        if not self.model.asleep:
            assert held.repetitions_done == sum(done)
            assert sum(run.planned for run in held.runs()) == len(done)

    @invariant()
    def an_alarm_is_set_exactly_while_time_passes(self) -> None:
        if not self.model.asleep:
            assert self.stage.timer.armed is (self.model.running or self.model.state is State.RESUMING)

    @invariant()
    def what_sounds_without_a_silence_is_a_piece_of_the_plan(self) -> None:
        planned = [(cue.name, cue.at_ms) for cue in self.plan.cues()]
        for piece in self.stage.planned_pieces():
            if piece:
                sounds = [(cue.name, cue.at_ms) for cue in piece]
                first = planned.index(sounds[0])
                assert sounds == planned[first : first + len(sounds)]
        self.stage.cues.pieces[:-1] = []

    @invariant()
    def no_cue_of_a_hold_sounds_while_it_waits(self) -> None:
        if self.model.state is State.WAITING:
            assert not any(cue in self.model.phase.cues for cue in self.stage.cues.pieces[-1])

    def teardown(self) -> None:
        """Finish by pressing next, or stop, from wherever it is."""
        if not hasattr(self, "stage"):
            return
        if self.model.index % 2:
            self.session.stop()
            assert self.session.state in ENDED
        else:
            for _ in range(2 * len(self.plan.phases)):
                self.session.next()
            assert self.session.state in ENDED
            closing = [cue.say for _, cue in self.stage.given if cue.name is CueName.DONE]
            assert len(closing) == self.stage.outcomes.count(Outcome.FINISHED)
        assert not self.stage.timer.armed
        self.stage.close()


@pytest.mark.unmeasured  # like all that Hypothesis makes up
def test_a_session_does_what_the_model_says() -> None:
    run_state_machine_as_test(SessionMachine, settings=settings(stateful_step_count=40))
