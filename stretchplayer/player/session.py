"""A session: one playing of a timeline. Takes commands, answers with events.

The statechart decides which commands are possible, the stopwatch knows the position, and the timeline what is there.
The session sets one deadline for the next thing due (a cue, the end of a phase, a frame for the view) and, when it
passes, does everything due by then.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal

from stretchplayer.i18n import _
from stretchplayer.player.command_queue import CommandQueue, queued
from stretchplayer.player.cue_queue import CueQueue
from stretchplayer.player.deadline import Deadline
from stretchplayer.player.make_up_offers import SILENCE_MS, FindMakeUp, MakeUpOffers
from stretchplayer.player.state import ACTIVE_STATES, PHASE_STATES, Outcome, State
from stretchplayer.player.statechart import Statechart, Trigger
from stretchplayer.player.stopwatch import NS_PER_MS, Stopwatch
from stretchplayer.ports import Clock, CuePlayer, Timer
from stretchplayer.routine import phrases
from stretchplayer.routine.cues import TONE_MS, Cue, CueName
from stretchplayer.routine.held_time import HeldTime
from stretchplayer.routine.make_up import MakeUp
from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline
from stretchplayer.routine.timeline_builder import estimate_speech_ms

FRAME_MS: Final = 33
"""The longest time between two ticks while time passes."""
GET_READY_MS: Final = 3_000
"""The shortest countdown between the resume command and playing on."""
BACK_TO_START_MS: Final = 3_000
"""Further into a phase than this, `back` returns to its start; otherwise to the previous phase."""


def last_words(held: HeldTime) -> str:
    """What was done: holds or exercises."""
    timeline = held.timeline
    position = timeline.routine.exercise(timeline.done.exercise).position
    if timeline.counts_exercises:
        return phrases.done(held.exercises_done, len(timeline.exercises), position, exercises=True)
    return phrases.done(held.holds_done, len(timeline.holds()), position)


class Session(QObject):
    """Plays timelines, one at a time.

    A command issued in a slot of a session event runs once every slot has received that event.
    """

    state_changed = Signal(State)
    phase_started = Signal(Phase)
    cue_given = Signal(Cue)
    ticked = Signal()
    ended = Signal(Outcome)

    def __init__(
        self,
        *,
        clock: Clock,
        timer: Timer,
        cues: CuePlayer,
        rate: float = 1.0,
        frame_ms: int = FRAME_MS,
        speech_ms: Callable[[str], int] = estimate_speech_ms,
        find_make_up: FindMakeUp | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._deadline = Deadline(clock, timer, rate=rate, frame_ms=frame_ms)
        self._cues = cues
        self.rate: Final = rate
        """Session time per real time."""
        self._speech_ms = speech_ms
        self._stopwatch = Stopwatch(clock, rate)
        self.queue: Final = CommandQueue()
        self.timeline: Timeline | None = None
        """The current or last timeline."""
        self.held: HeldTime | None = None
        self.phase: Phase | None = None
        """The current phase; in `waiting`, the hold about to start."""
        self._coming: Phase | None = None
        self._jumped = False
        self._queue: CueQueue | None = None
        self._offers = MakeUpOffers(find_make_up)
        self._wait_ends_ns = 0
        self._last_ms = 0.0
        self._chart = Statechart(self)
        timer.connect(self._on_tick)

    # Queries

    @property
    def state(self) -> State:
        return self._chart.state

    @property
    def position_ms(self) -> float:
        """Position from the start of the timeline, clamped to the current phase."""
        if self.phase is None:
            return 0.0
        return min(max(self._stopwatch.position_ms, self.phase.start_ms), self.phase.end_ms)

    @property
    def phase_left_ms(self) -> float:
        return self.phase.end_ms - self.position_ms if self.phase else 0.0

    @property
    def left_ms(self) -> float:
        return self.timeline.total_ms - self.position_ms if self.timeline else 0.0

    @property
    def get_ready_left_ms(self) -> float:
        """Time left of the countdown in `resuming`; 0 in every other state."""
        return self._wait_left_ms if self.state is State.RESUMING else 0.0

    @property
    def offer(self) -> MakeUp | None:
        """The open offer; None in every state but `offering`."""
        return self._offers.current if self.state is State.OFFERING else None

    @property
    def offer_left_ms(self) -> float:
        """Time left to answer the offer; 0 in every state but `offering`."""
        return self._wait_left_ms if self.state is State.OFFERING else 0.0

    # Commands

    def await_start(self) -> None:
        """Keep commands until `start`, which the person has asked for, so that an early key isn't lost."""
        self.queue.hold()

    def cancel_start(self) -> None:
        """There is no start after all; what was kept is dropped."""
        self.queue.drop()

    def start(self, timeline: Timeline, *, at: int = 0, before: HeldTime | None = None) -> None:
        """Play the timeline; ignored while another one is playing.

        To resume an unfinished session, `at` is the index of the phase to start with and `before` what had been done.
        """
        if not self._chart.running:
            self.await_start()
            once = Qt.ConnectionType.SingleShotConnection
            self._chart.started.connect(lambda: self.start(timeline, at=at, before=before), once)
        else:
            self.queue.release(lambda: self._begin(timeline, at, before or HeldTime(timeline)))

    def _begin(self, timeline: Timeline, at: int, held: HeldTime) -> None:
        if self.state in ACTIVE_STATES:
            self._send(Trigger.START)
        else:
            self.timeline = timeline
            self.held = held
            self._queue = CueQueue(timeline, self._cues.lead_ms * self.rate)
            self._offers.reset()
            self.phase = None
            self._go(Trigger.START, timeline.phases[at])

    @queued
    def pause(self) -> None:
        """Stop the clock and all sound until `resume`."""
        self._catch_up()
        self._send(Trigger.PAUSE)

    @queued
    def resume(self) -> None:
        """Play on after a countdown."""
        self._send(Trigger.RESUME)

    @queued
    def toggle(self) -> None:
        """What the space bar does: pause, resume, start the waiting hold, or accept the offer."""
        if self.state in {State.WAITING, State.OFFERING}:
            self.confirm()
        elif self.state in {State.PAUSED, State.INTERRUPTED}:
            self.resume()
        else:
            self.pause()

    @queued
    def confirm(self) -> None:
        if self.state is State.OFFERING:
            self._offers.take()
        if self.phase is not None:
            self._go(Trigger.CONFIRM, self.phase)

    @queued
    def decline(self) -> None:
        self._catch_up()
        self._decline(Trigger.DECLINE)

    def _decline(self, trigger: Trigger) -> None:
        if self.state is State.OFFERING and (plan := self._offers.withdraw(declined=True)):
            self._set_timeline(plan)
        if self.timeline:
            self._go(trigger, self.timeline.done)

    @queued
    def next(self) -> None:
        """Go to the next phase; starts a waiting hold and declines an offer."""
        self._catch_up()
        if self.state is State.OFFERING:
            self._decline(Trigger.DECLINE)
        elif self.timeline and self.phase:
            waiting = self.state is State.WAITING
            self._go(Trigger.NEXT, self.phase if waiting else self.timeline.next_of(self.phase))

    @queued
    def back(self) -> None:
        """Go to the start of the phase or, if that is less than 3 s back, to the previous phase."""
        self._catch_up()
        if self.state is State.OFFERING and (plan := self._offers.withdraw(declined=False)):
            self._set_timeline(plan)
            self.phase = plan.done
        if self.timeline and self.phase:
            into_ms = self.position_ms - self.phase.start_ms
            again = into_ms > BACK_TO_START_MS
            self._go(Trigger.BACK, self.phase if again else self.timeline.previous_of(self.phase))

    @queued
    def restart_side(self) -> None:
        self._catch_up()
        if self.timeline and self.phase:
            self._go(Trigger.RESTART_SIDE, self.timeline.side_start_of(self.phase))

    @queued
    def skip_exercise(self) -> None:
        """Go to the next exercise, or to the end; declines an offer."""
        self._catch_up()
        if self.state is State.OFFERING:
            self._decline(Trigger.DECLINE)
        elif self.timeline and self.phase:
            self._go(Trigger.SKIP_EXERCISE, self.timeline.exercise_after(self.phase))

    @queued
    def stop(self) -> None:
        self._catch_up()
        self._send(Trigger.STOP)

    @queued
    def interrupt(self) -> None:
        """Pause because the machine is going to sleep or the screen was locked."""
        self._catch_up()
        self._send(Trigger.INTERRUPTED)

    # Going to a phase

    def _go(self, trigger: Trigger, phase: Phase) -> None:
        """Send the trigger and, if the chart accepts it, enter `phase`, or first wait or make an offer."""
        make_up = self._find_make_up() if phase.kind is PhaseKind.DONE else None
        if make_up is not None:
            target, phase = State.OFFERING, make_up.first
        elif phase.kind is PhaseKind.DONE:
            target = State.FINISHED
        elif phase.awaits_person and not self._has_waited(trigger):
            target = State.WAITING
        else:
            target = State(phase.kind)
        self._coming = phase
        self._jumped = trigger is not Trigger.PHASE_OVER
        self._send(trigger, target)
        self._coming = None

    def _find_make_up(self) -> MakeUp | None:
        if self.timeline is None or self.held is None or self.state is State.OFFERING:
            return None
        return self._offers.find_next(self.timeline, self.held)

    def _set_timeline(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self._queue = CueQueue(timeline, self._cues.lead_ms * self.rate)

    def _has_waited(self, trigger: Trigger) -> bool:
        """Whether the trigger starts the waiting hold, rather than jumping to it."""
        return self.state is State.WAITING and trigger in {Trigger.CONFIRM, Trigger.NEXT}

    def _send(self, trigger: Trigger, target: State | None = None) -> None:
        if not self._chart.send(trigger, target):
            return
        state = self._chart.state
        if state is State.OFFERING and (make_up := self._offers.current) and (first := self._coming):
            self._enter_offering(make_up, first)
        elif state in PHASE_STATES or state is State.FINISHED:
            self._enter_phase(state)
        elif state is State.RESUMING:
            self._enter_resuming()
        else:
            self._enter_halt(state)

    def _enter_phase(self, state: State) -> None:
        phase, self._coming = self._coming, None
        if phase is None or self._queue is None:
            self._enter_again(state)
            return
        self.phase = phase
        if self._jumped:
            self._cues.silence()
            self._queue.seek(phase.start_ms)
        if state is State.WAITING or state is State.FINISHED:
            self._stopwatch.stop_at(phase.start_ms)
            self._deadline.cancel()
        elif self._jumped:
            self._run_from(phase.start_ms)
        self.state_changed.emit(state)
        if state is State.WAITING:
            self._play_now(CueName.WAITING, _(phrases.WHEN_READY))
            return
        self.phase_started.emit(phase)
        if state is State.FINISHED:
            self._emit_due(phase.start_ms, phase, self._queue)
            self.ended.emit(Outcome.FINISHED)

    def _enter_again(self, state: State) -> None:
        if state is State.WAITING or self.phase is None or self._queue is None:
            self._deadline.cancel()
        else:
            position_ms = self._queue.resume_at(self._stopwatch.position_ms, self.phase, self._speech_ms)
            self._queue.seek(position_ms)
            self._run_from(position_ms)
        self.state_changed.emit(state)

    def _enter_offering(self, make_up: MakeUp, phase: Phase) -> None:
        """Ask, waiting at the start of the make-up."""
        self.phase = phase
        self._set_timeline(make_up.timeline)
        self._stopwatch.stop_at(phase.start_ms)
        missed = make_up.missed
        limb = make_up.timeline.routine.exercise(missed.exercise).limb
        words = phrases.offer(missed.side, limb, repetitions=make_up.repetitions > 0)
        self._wait(TONE_MS[CueName.WAITING] + self._speech_ms(words) + SILENCE_MS)
        self._cues.silence()
        self.state_changed.emit(State.OFFERING)
        self._play_now(CueName.WAITING, words)

    def _enter_resuming(self) -> None:
        self._wait(max(GET_READY_MS, TONE_MS[CueName.RESUMING] + self._speech_ms(_(phrases.RESUMING))))
        self.state_changed.emit(State.RESUMING)
        self._cues.silence()
        self._play_now(CueName.RESUMING, _(phrases.RESUMING))

    def _enter_halt(self, state: State) -> None:
        if self._stopwatch.running:
            self._stopwatch.stop_at(self._last_ms)
        self._deadline.cancel()
        self._cues.silence()
        self.state_changed.emit(state)
        if state is State.PAUSED:
            self._play_now(CueName.PAUSED, _(phrases.PAUSED))
        elif state is State.INTERRUPTED:
            self._play_now(CueName.INTERRUPTED, _(phrases.INTERRUPTED))
        else:
            self._play_now(CueName.STOPPED, _(phrases.STOPPED))
            self.ended.emit(Outcome.STOPPED)

    # Time

    @property
    def _wait_left_ms(self) -> float:
        return max(0.0, (self._wait_ends_ns - self._clock.monotonic_ns()) * self.rate / NS_PER_MS)

    def _run_from(self, position_ms: float) -> None:
        self._last_ms = position_ms
        self._stopwatch.run_from(position_ms)
        self._deadline.arm(0)

    def _wait(self, ms: float) -> None:
        """Start a wait that is not part of the timeline."""
        self._wait_ends_ns = self._clock.monotonic_ns() + int(ms * NS_PER_MS / self.rate)
        self._deadline.arm(ms)

    @queued
    def _on_tick(self) -> None:
        self._catch_up()
        self.ticked.emit()

    def _catch_up(self) -> None:
        if not self._deadline.is_set:
            return
        slept = self._deadline.has_slept
        # Go on from where the program stood still: nothing was held in a time in which nobody was led.
        stalled_ns = self._deadline.stalled_ns
        self._wait_ends_ns += stalled_ns
        self._stopwatch.leave_out(stalled_ns)
        if self.state is State.OFFERING:
            self._catch_up_offering(slept=slept)
        elif slept:
            self._deadline.cancel()
            self._send(Trigger.INTERRUPTED)
        elif self.state is State.RESUMING:
            self._catch_up_resuming()
        else:
            self._catch_up_playing()

    def _catch_up_offering(self, *, slept: bool) -> None:
        """No answer in time, or a machine that slept meanwhile, counts as a no."""
        if slept or not self._wait_left_ms:
            self._decline(Trigger.PHASE_OVER)
        else:
            self._deadline.arm(self._wait_left_ms)

    def _catch_up_resuming(self) -> None:
        if self._wait_left_ms:
            self._deadline.arm(self._wait_left_ms)
        else:
            self._send(Trigger.PHASE_OVER)

    def _catch_up_playing(self) -> None:
        now_ms = self._stopwatch.position_ms
        while self.phase and self.timeline and self.held and self._queue and self._stopwatch.running:
            until_ms = min(now_ms, self.phase.end_ms)
            self._last_ms = until_ms
            for cue in self._queue.take_early(now_ms, self.phase):
                self._cues.play(self._with_result(cue))
            self._emit_due(until_ms, self.phase, self._queue)
            self.held.note(self.phase, until_ms)
            if now_ms < self.phase.end_ms:
                self._deadline.arm(self._queue.next_due_ms(self.phase) - now_ms)
                return
            self._go(Trigger.PHASE_OVER, self.timeline.next_of(self.phase))

    # Cues

    def _emit_due(self, now_ms: float, phase: Phase, queue: CueQueue) -> None:
        """Emit every cue of the phase that is due, and play those not played yet."""
        for cue, late in queue.take_due(now_ms, phase):
            actual = self._with_result(cue)
            if late:
                self._cues.play(actual)
            self.cue_given.emit(actual)

    def _with_result(self, cue: Cue) -> Cue:
        """The closing words say what was done, not what was planned."""
        if cue.name is not CueName.DONE or self.held is None:
            return cue
        return replace(cue, say=last_words(self.held))

    def _play_now(self, name: CueName, say: str) -> None:
        cue = Cue(at_ms=int(self._stopwatch.position_ms), name=name, say=say)
        self._cues.play(cue)
        self.cue_given.emit(cue)
