"""Wires the session to the history. Loaded after the first window is there: SQLite takes its time, too."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from random import SystemRandom

from PySide6.QtCore import QObject, Signal

from stretchplayer.player.recorder import Recorder
from stretchplayer.player.session import Session
from stretchplayer.ports import Clock
from stretchplayer.progress.history import SessionRecord
from stretchplayer.storage.history.reader import HistoryFileReader
from stretchplayer.storage.history.writer import HistoryWriter
from stretchplayer.storage.plan_snapshot import plan_as_text

log = logging.getLogger(__name__)


class History(QObject):
    """The history: written as the session plays, and read by pages.

    `unfinished_found` tells, once, of the session that can be resumed, or None. Everything is emitted on the thread
    of this object, and after `open`.
    """

    problem_told = Signal(str)
    changed = Signal()
    unfinished_found = Signal(object)
    # From the thread that writes; relayed, so that whoever listens is called on this object's.
    _problem = Signal(str)
    _change = Signal()
    _looked = Signal()

    def __init__(
        self, data_dir: Path, session: Session, clock: Clock, slot_of: Callable[[datetime, datetime], str | None]
    ) -> None:
        super().__init__(session)
        self.store = HistoryWriter(data_dir, now=clock.now)
        self.reader = HistoryFileReader(data_dir)
        self.recorder = Recorder(
            session,
            clock,
            self.store,
            plan_text=plan_as_text,
            salt=partial(SystemRandom().getrandbits, 10),
            slot_of=slot_of,
        )
        self.unfinished: SessionRecord | None = None
        """The session that can be resumed, until the person has decided about it."""
        self.has_looked = False
        self.problems: list[str] = []
        """The problems so far, for those who connect later."""
        self._problem.connect(self._on_problem)
        self._change.connect(self.changed)
        self._looked.connect(self._on_looked)
        self.store.on_problem(self._problem.emit)
        self.store.on_changed(self._change.emit)
        self.store.on_unfinished(self._keep_unfinished)

    def open(self) -> None:
        """Open the file and look for an unfinished session, on another thread."""
        self.store.open()
        self.store.then(self._looked.emit)

    def take_unfinished(self) -> SessionRecord | None:
        """Take the session that is resumed now, if there is one."""
        found, self.unfinished = self.unfinished, None
        return found

    def close_unfinished(self) -> None:
        found = self.take_unfinished()
        if found is not None:
            self.store.close_unfinished(found)

    def close(self) -> None:
        self.store.close()

    def _keep_unfinished(self, record: SessionRecord) -> None:
        self.unfinished = record  # on the thread that writes, and before it says that it has looked

    def _on_problem(self, problem: str) -> None:
        log.info("%s", problem)
        self.problems.append(problem)
        self.problem_told.emit(problem)

    def _on_looked(self) -> None:
        self.has_looked = True
        self.unfinished_found.emit(self.unfinished)
