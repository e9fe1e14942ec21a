"""Traces what a session does, as it happens."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from stretchplayer.player.session import Session
from stretchplayer.player.state import Outcome, State
from stretchplayer.player.status import counts_as_data
from stretchplayer.ports import Clock
from stretchplayer.routine.cues import Cue
from stretchplayer.routine.timeline import Phase


class Tracer(QObject):
    """Hands each event of a session to `write`, as data for JSON.

    It has `t_ms` (session time, whole ms), `mono_ns` and `event`: "phase" with its index in the plan and the number of
    its repetition and set, "cue" with its name, phase index and planned time, "state" with its name, and finally
    "session".
    """

    def __init__(self, session: Session, clock: Clock, write: Callable[[Mapping[str, object]], None]) -> None:
        super().__init__(session)
        self._session = session
        self._clock = clock
        self._write_event = write
        session.state_changed.connect(self._on_state)
        session.phase_started.connect(self._on_phase)
        session.cue_given.connect(self._on_cue)
        session.ended.connect(self._on_ended)

    def _write(self, event: str, **details: object) -> None:
        t_ms = int(self._session.position_ms)
        self._write_event({"t_ms": t_ms, "mono_ns": self._clock.monotonic_ns(), "event": event, **details})

    def _on_state(self, state: State) -> None:
        self._write("state", name=str(state))

    def _on_phase(self, phase: Phase) -> None:
        side = None if phase.side is None else str(phase.side)
        counts = counts_as_data(phase)
        self._write("phase", index=phase.index, kind=str(phase.kind), stretch=phase.exercise, side=side, **counts)

    def _on_cue(self, cue: Cue) -> None:
        index = self._session.phase.index if self._session.phase else None
        self._write("cue", name=str(cue.name), index=index, at_ms=cue.at_ms, say=cue.say)

    def _on_ended(self, outcome: Outcome) -> None:
        held = self._session.held
        repetitions = held.repetitions_by_exercise() if held else {}
        counted = {"repetitions": repetitions} if repetitions else {}
        self._write("session", outcome=str(outcome), held_ms=held.by_exercise() if held else {}, **counted)
