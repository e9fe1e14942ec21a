"""What becomes of reminders in and after a session, and where there is no scheduler, whichever program reminds."""

import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from stretchplayer.desktop.clock import system_now
from stretchplayer.desktop.ipc.address import socket_address
from stretchplayer.desktop.ipc.client import SessionLink, ask
from stretchplayer.desktop.ipc.instance import Instance
from stretchplayer.desktop.ipc.protocol import DONE, MAX_TOOK_S, Reply, Request, Verb
from stretchplayer.errors import DesktopError, StorageError
from stretchplayer.player.state import ACTIVE_STATES, Outcome, State
from stretchplayer.reminders import log as reminder_log
from stretchplayer.reminders import rules
from stretchplayer.reminders.log import ReminderLog
from stretchplayer.reminders.slots import Slot
from stretchplayer.settings import Settings
from stretchplayer.storage.reminders import ReminderFile

if TYPE_CHECKING:
    from stretchplayer.player.session import Session

END_OF_SESSION_WAITS_S: Final = 1.0
"""Shorter than for a command of the person's: the window stands still meanwhile, and last words may sound."""

log = logging.getLogger(__name__)


def follow_session(
    session: "Session", on_started: Callable[[], None], on_finished: Callable[[], None], on_over: Callable[[], None]
) -> None:
    """Tell when a session begins, when one was played to its end at the speed of life, and then when it is over.

    It is over however it ended; played to its end only if something was done.
    """
    was_active = False

    def on_state(state: State) -> None:
        nonlocal was_active
        was_active, before = state in ACTIVE_STATES, was_active
        if was_active and not before:
            on_started()

    def on_ended(outcome: Outcome) -> None:
        held = session.held
        # What is only rehearsed isn't done, nor what was skipped from one end to the other.
        if outcome is Outcome.FINISHED and session.rate == 1 and held is not None and held.anything_done:
            on_finished()
        on_over()

    session.state_changed.connect(on_state)
    session.ended.connect(on_ended)


class SlotCredit(QObject):
    """Settles the slot of a session in a program that doesn't remind: beside one that does, that one is told of it.

    There it is also told that a session is being played. In the only program, which can't remind, it also writes down
    what the person does to slots.
    """

    def __init__(
        self, data_dir: Path, settings: Callable[[], Settings], instance: Instance, tell: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._tell = tell
        self._data_dir = data_dir
        self._settings = settings
        self._instance = instance
        self._begun_s = time.monotonic()
        self._link = SessionLink(data_dir)

    def note_started(self) -> None:
        self._begun_s = time.monotonic()
        if not self._instance.alone:
            self._link.begin()

    def note_finished(self) -> None:
        took_s = int(time.monotonic() - self._begun_s)
        if self._instance.alone or not self._is_told(took_s):
            for problem in settle_slot(self._data_dir, self._settings(), took_s):
                self._tell(problem)

    def mark(self, slot: Slot, done: bool) -> None:
        """The person says that the slot was done, or takes that back."""
        settings = self._settings().reminders
        if done:
            self._change(lambda log, now: rules.marked_done(log, now, settings, slot))
        else:
            self._change(lambda log, _now: rules.unmarked(log, slot))

    def note_slot_done(self, slot: str, done_at: datetime | None) -> None:
        """The session that this slot was done by was deleted (None), or is there again."""
        self._change(lambda log, _now: reminder_log.with_done(log, slot, done_at))

    def forget(self) -> None:
        """The person has deleted everything."""
        self._change(reminder_log.forgotten)

    def _change(self, change: Callable[[ReminderLog, datetime], ReminderLog]) -> None:
        for problem in change_log(self._data_dir, change):
            self._tell(problem)

    def note_session_over(self) -> None:
        """It is over; when it was played to its end that has been noted before, so that no reminder comes between."""
        self._link.end()

    def close(self) -> None:
        self._link.end()

    def _is_told(self, took_s: int) -> bool:
        """Whether the program that reminds knows of it now; False when there is none any more."""
        try:
            request = Request(verb=Verb.SESSION_FINISHED, took_s=min(took_s, MAX_TOOK_S))
            answer = ask(socket_address(self._data_dir), request, within_s=END_OF_SESSION_WAITS_S)
        except DesktopError as error:
            log.warning("the program that reminds can't be told that the session was finished: %s", error)
            return True  # it has the say: what is written now it would write over
        if answer is None or answer.reply is Reply.ONLY_PLAYS:
            return False
        if answer != DONE:
            log.warning("the program that reminds refused to take note of the session: %s", answer.problem)
        return True


def settle_slot(data_dir: Path, settings: Settings, took_s: int) -> Sequence[str]:
    """Note that a session was played to its end, as `change_log` does."""
    took, reminders = timedelta(seconds=took_s), settings.reminders
    return change_log(data_dir, lambda log, now: rules.session_finished(log, reminders, started=now - took, ended=now))


def change_log(data_dir: Path, change: Callable[[ReminderLog, datetime], ReminderLog]) -> Sequence[str]:
    """Write down what became of slots, in a program that doesn't remind and is the only one.

    What was wrong with the file is returned, in sentences for the person.
    """
    store = ReminderFile(data_dir)
    try:
        store.save(change(store.load(), system_now()))
    except StorageError as error:
        log.warning("what became of a reminder can't be saved: %s", error)
        return (*store.problems, str(error))
    return store.problems
