"""Records a session in the history, as it happens."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QObject

from stretchplayer.player.session import Session
from stretchplayer.player.state import ACTIVE_STATES, Outcome, State
from stretchplayer.ports import Clock, SessionStore
from stretchplayer.progress.history import (
    FALSE_START,
    HoldRecord,
    RepetitionRecord,
    SessionOutcome,
    SessionRecord,
    ended,
    new_session_id,
    with_progress,
)
from stretchplayer.routine.held_time import HeldTime, Run
from stretchplayer.routine.routine import Routine
from stretchplayer.routine.timeline import Phase, Timeline

NS_PER_US = 1_000


class Recorder(QObject):
    """Stores a session's start, every phase and pause, and its end.

    `plan_text` serialises a plan, `slot_of` finds the slot of a session from its start and end, and `salt` keeps ids
    unique. A session that ends because the program quits (`leaving`) stays open, to be resumed at the next start.
    """

    def __init__(
        self,
        session: Session,
        clock: Clock,
        store: SessionStore,
        *,
        plan_text: Callable[[Timeline], str],
        salt: Callable[[], int],
        slot_of: Callable[[datetime, datetime], str | None] = lambda _started, _ended: None,
        leaving: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(session)
        self._session = session
        self._clock = clock
        self._store = store
        self._plan_text = plan_text
        self._salt = salt
        self.slot_of = slot_of
        self.leaving = leaving
        self._continued: SessionRecord | None = None
        self._record: SessionRecord | None = None
        """The session that is playing."""
        self.session_id: int | None = None
        """The id of the current or last session; None before the first."""
        self._started_at = clock.now()
        self._started_ns = clock.boottime_ns()
        session.state_changed.connect(self._on_state)
        session.ended.connect(self._on_ended)
        self._on_state(session.state)  # it may be playing already

    def continue_session(self, record: SessionRecord) -> None:
        """Record the next session as a continuation of this one."""
        self._continued = record

    def _on_state(self, state: State) -> None:
        held, phase = self._session.held, self._session.phase
        if held is None or phase is None:
            return
        if self._record is None and state in ACTIVE_STATES:
            self._begin(held.timeline)
        if self._record is not None:  # not for one that ended before this was made
            self._record = with_progress(
                self._record,
                at=self._now(),
                # Make-up phases are not part of the plan; a session resumed there makes the offer again.
                phase=min(phase.index, held.timeline.done.index),
                held_ms={hold.index: held.of(hold) for hold in held.timeline.holds()},
                repetitions={run.index: run.done for run in held.runs()},
            )
            self._store.put(self._record)

    def _begin(self, plan: Timeline) -> None:
        self._started_at, self._started_ns = self._clock.now(), self._clock.boottime_ns()
        self._record, self._continued = self._continued or self._new_record(plan), None
        self.session_id = self._record.id

    def _new_record(self, plan: Timeline) -> SessionRecord:
        routine = plan.routine
        return SessionRecord(
            id=new_session_id(self._started_at, self._salt()),
            routine=routine.id,
            title=routine.title,
            plan=self._plan_text(plan),
            started_at=self._started_at,
            seen_at=self._started_at,
            slot=self.slot_of(self._started_at, self._started_at),
            rate=self._session.rate,
            holds=tuple(
                HoldRecord(**_common(routine, hold), planned_ms=hold.duration_ms, held_ms=0) for hold in plan.holds()
            ),
            repetitions=tuple(
                RepetitionRecord(**_common(routine, run), planned=run.planned, done=0) for run in HeldTime(plan).runs()
            ),
        )

    def _on_ended(self, outcome: Outcome) -> None:
        record, self._record, ended_at = self._record, None, self._now()
        is_left = outcome is Outcome.STOPPED and self.leaving()
        is_long = ended_at - self._started_at >= FALSE_START
        if record is not None and not (is_left and (is_long or record.anything_done)):
            self._store.put(ended(record, SessionOutcome(outcome), ended_at, self.slot_of(self._started_at, ended_at)))

    def _now(self) -> datetime:
        """The wall clock, ignoring any change to it since the session started."""
        passed = timedelta(microseconds=(self._clock.boottime_ns() - self._started_ns) // NS_PER_US)
        return (self._started_at + passed).astimezone(self._clock.now().tzinfo)


def _common(routine: Routine, part: Phase | Run) -> dict[str, Any]:
    """What the records of a hold and of repetitions have in common."""
    exercise = routine.exercise(part.exercise)
    return {
        "index": part.index,
        "stretch": exercise.id,
        "title": exercise.title,
        "side": part.side,
        "limb": exercise.limb,
    }
