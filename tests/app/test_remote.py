"""What each verb does, with a session on a fake clock and surroundings that record what they are asked."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from stretchplayer.app.remote import Remote
from stretchplayer.desktop.ipc.protocol import DONE, Answer, Reply, Request, Verb, refused
from stretchplayer.errors import StorageError
from stretchplayer.player.reminder_scheduler import ReminderScheduler
from stretchplayer.player.session import Session
from stretchplayer.player.state import State
from stretchplayer.player.status import phase_as_data
from stretchplayer.reminders.presence import Presence
from stretchplayer.reminders.slots import ReminderSettings
from stretchplayer.storage.reminders import ReminderFile
from tests.fakes import FakeClock, FakeCuePlayer, FakeTimer
from tests.player.stage import ROUTINE, timeline
from tests.ui.stage import settle

pytestmark = pytest.mark.usefixtures("qapp")
NO_REMINDERS = "There are no reminders here: this program only plays a session."
NONE_DUE = "No reminder is due now."
NOTHING_PLAYS = "Nothing is playing."
PLAYS_ALREADY = "A session is already playing; stop it first."
NO_SLOTS = {"slots": None, "next_reminder": None, "waits_for": None, "problem": None}
"""Of a program that doesn't remind; who asks reads them from the files."""
LIMIT_MS = 20_000


class FakeFrontEnd:
    """A session, reminders of which the first of the day is due, and a window that keeps what it is asked."""

    def __init__(self, folder: Path | None, *, has_window: bool = True) -> None:
        self.clock = FakeClock()
        self.timer = FakeTimer(self.clock)
        self.presence = Presence.FREE
        self.has_window = has_window
        self.session: Session | None = Session(clock=self.clock, timer=self.timer, cues=FakeCuePlayer(self.clock))
        self.reminders = None if folder is None else self._remind(folder)
        self.asked: list[tuple[object, ...]] = []
        self.problem: StorageError | None = None
        self.reminder_problem: str | None = None
        settle()

    def _remind(self, folder: Path) -> ReminderScheduler:
        scheduler = ReminderScheduler(
            clock=self.clock,
            timer=FakeTimer(self.clock),
            presence=lambda: self.presence,
            store=ReminderFile(folder),
            settings=ReminderSettings(),
        )
        scheduler.look()
        return scheduler

    def routine_id(self) -> str:
        return "offered"

    def raise_window(self, token: str | None) -> None:
        self.asked.append(("raise", token))

    def start(self, routine: str | None, *, fullscreen: bool, token: str | None) -> None:
        if self.problem is not None:
            raise self.problem
        self.asked.append(("start", routine, fullscreen, token))
        self.play()

    def play(self, *, wait_for_me: bool = False) -> None:
        self.playing.start(timeline(wait_for_me=wait_for_me))

    @property
    def playing(self) -> Session:
        assert self.session is not None
        return self.session

    @property
    def state(self) -> str:
        return str(self.playing.state)

    @property
    def slots(self) -> list[str]:
        assert self.reminders is not None
        return [str(view.state) for view in self.reminders.slots]

    def ask(self, verb: Verb, **fields: Any) -> Answer:  # noqa: ANN401 -- whatever belongs to the verb
        return Remote(self).handle(Request(verb=verb, **fields))

    def close(self) -> None:
        if self.reminders is not None:
            self.reminders.close()
            shiboken6.delete(self.reminders)
        if self.session is not None:
            shiboken6.delete(self.session)


@pytest.fixture
def program(tmp_path: Path) -> Iterator[FakeFrontEnd]:
    """A program that reminds."""
    made = FakeFrontEnd(tmp_path)
    yield made
    made.close()


@pytest.fixture
def terminal() -> Iterator[FakeFrontEnd]:
    """A program that only plays."""
    made = FakeFrontEnd(None, has_window=False)
    yield made
    made.close()


@pytest.mark.parametrize("verb", [Verb.PAUSE, Verb.RESUME, Verb.TOGGLE, Verb.NEXT, Verb.BACK, Verb.STOP])
def test_without_a_session_there_is_nothing_to_control(program: FakeFrontEnd, verb: Verb) -> None:
    assert program.ask(verb) == refused(NOTHING_PLAYS)
    program.play()
    program.playing.stop()
    assert program.ask(verb) == refused(NOTHING_PLAYS)


def test_a_session_is_led_from_outside(program: FakeFrontEnd) -> None:
    assert program.ask(Verb.START) == DONE
    assert program.state == State.PREPARE
    assert program.ask(Verb.NEXT) == DONE
    assert program.state == State.MOVE
    assert program.ask(Verb.BACK) == DONE
    assert program.state == State.PREPARE
    assert program.ask(Verb.PAUSE) == DONE
    assert program.state == State.PAUSED
    assert program.ask(Verb.PAUSE) == DONE, "it is paused, which is what was asked_for"
    assert program.state == State.PAUSED
    assert program.ask(Verb.RESUME) == DONE
    assert program.state == State.RESUMING
    assert program.ask(Verb.RESUME) == DONE
    assert program.state == State.RESUMING
    assert program.ask(Verb.TOGGLE) == DONE
    assert program.state == State.PAUSED
    assert program.ask(Verb.TOGGLE) == DONE
    assert program.ask(Verb.STOP) == DONE
    assert program.state == State.STOPPED


def test_resuming_lets_a_hold_begin_that_waits(program: FakeFrontEnd) -> None:
    program.play(wait_for_me=True)
    while program.playing.state is not State.WAITING:
        program.playing.next()
    assert program.ask(Verb.RESUME) == DONE
    assert program.state == State.HOLD


def test_an_interrupted_session_goes_on(program: FakeFrontEnd) -> None:
    program.play()
    program.playing.interrupt()
    assert program.ask(Verb.PAUSE) == DONE
    assert program.state == State.INTERRUPTED
    assert program.ask(Verb.RESUME) == DONE
    assert program.state == State.RESUMING


def test_start_hands_everything_on(program: FakeFrontEnd) -> None:
    assert program.ask(Verb.START, routine="/x.toml", fullscreen=True, token="abc") == DONE  # noqa: S106 -- no password
    assert program.asked == [("start", "/x.toml", True, "abc")]


def test_start_in_a_session_shows_it_and_is_refused(program: FakeFrontEnd) -> None:
    program.play()
    assert program.ask(Verb.START) == refused(PLAYS_ALREADY)
    assert program.asked == [("raise", None)]


def test_why_a_session_can_not_be_started_is_said(program: FakeFrontEnd) -> None:
    program.problem = StorageError("There is no such routine.")
    assert program.ask(Verb.START) == refused("There is no such routine.")


def test_raise_and_remind(program: FakeFrontEnd) -> None:
    assert program.ask(Verb.RAISE, token="abc") == DONE  # noqa: S106 -- no password
    assert program.ask(Verb.REMIND) == DONE
    assert program.asked == [("raise", "abc")]


def test_quitting_stops_the_session_and_asks_nothing(program: FakeFrontEnd, qapp: QApplication) -> None:
    program.play()
    answers: list[Answer] = []
    limit = QTimer()
    limit.timeout.connect(lambda: qapp.exit(1))
    limit.start(LIMIT_MS)
    QTimer.singleShot(0, lambda: answers.append(program.ask(Verb.QUIT)))
    assert qapp.exec() == 0
    assert answers == [DONE]
    assert program.state == State.STOPPED


def test_a_due_reminder_is_snoozed_and_skipped(program: FakeFrontEnd) -> None:
    assert program.slots == ["due", "coming"]
    assert program.ask(Verb.SNOOZE) == DONE
    assert program.slots == ["snoozed", "coming"]
    assert program.ask(Verb.SKIP) == DONE
    assert program.slots == ["skipped", "coming"]
    assert program.ask(Verb.SKIP) == refused(NONE_DUE)
    assert program.ask(Verb.SNOOZE, minutes=30) == refused(NONE_DUE)
    assert program.ask(Verb.NOT_TODAY) == DONE
    assert program.slots == ["skipped", "skipped"]


def test_a_reminder_is_marked_as_done_and_that_taken_back(program: FakeFrontEnd) -> None:
    assert program.ask(Verb.MARK_DONE, undo=True) == refused("No reminder of today was marked as done.")
    assert program.ask(Verb.MARK_DONE) == DONE
    assert program.slots == ["marked-done", "coming"]
    assert program.ask(Verb.MARK_DONE) == refused(NONE_DUE)
    status = program.ask(Verb.STATUS).status
    assert status is not None
    assert [slot["state"] for slot in status["slots"]] == program.slots
    assert program.ask(Verb.MARK_DONE, undo=True) == DONE
    assert program.slots == ["due", "coming"]


def test_what_was_left_out_today_can_be_marked_as_done_too(program: FakeFrontEnd) -> None:
    program.ask(Verb.SKIP)
    assert program.ask(Verb.MARK_DONE) == DONE
    assert program.slots == ["marked-done", "coming"]


@pytest.mark.parametrize("minutes", [1, 120, 720])
def test_a_snooze_lasts_as_long_as_was_asked(program: FakeFrontEnd, minutes: int) -> None:
    assert program.ask(Verb.SNOOZE, minutes=minutes) == DONE
    assert program.reminders is not None
    until = program.reminders.slots[0].snoozed_until
    assert until is not None
    assert until - program.clock.now() == timedelta(minutes=minutes)


def test_a_session_that_was_played_elsewhere_counts(program: FakeFrontEnd) -> None:
    assert program.ask(Verb.SESSION_FINISHED, took_s=300) == DONE
    assert program.slots == ["done", "coming"]
    assert program.ask(Verb.SESSION_FINISHED) == DONE


def test_the_slot_of_a_session_that_was_deleted_elsewhere_is_not_done_any_more(program: FakeFrontEnd) -> None:
    program.ask(Verb.SESSION_FINISHED)
    assert program.ask(Verb.SESSION_DELETED, slot="2026-03-02T20:00") == DONE
    assert program.slots == ["done", "coming"]
    assert program.ask(Verb.SESSION_DELETED, slot="2026-03-02T08:00") == DONE
    assert program.slots == ["due", "coming"]


def test_without_reminders_and_without_a_window_that_is_said(terminal: FakeFrontEnd) -> None:
    for verb in (Verb.SNOOZE, Verb.SKIP, Verb.NOT_TODAY, Verb.SESSION_FINISHED):
        assert terminal.ask(verb) == Answer(reply=Reply.ONLY_PLAYS, problem=NO_REMINDERS)
    assert terminal.ask(Verb.RAISE) == Answer(reply=Reply.NO_WINDOW)
    assert terminal.ask(Verb.REMIND) == Answer(reply=Reply.ONLY_PLAYS)
    assert terminal.asked == []


def test_the_status_before_in_and_after_a_session(terminal: FakeFrontEnd) -> None:
    idle = {"running": True, "routine": "offered", "phase": None, "remaining_ms": 0, **NO_SLOTS}
    assert terminal.ask(Verb.STATUS).status == {**idle, "state": "idle"}
    terminal.play()
    terminal.timer.run_for(1_500)
    total_ms = timeline().total_ms
    assert terminal.ask(Verb.STATUS).status == {
        "running": True,
        "state": "prepare",
        "routine": ROUTINE.id,
        "phase": phase_as_data(timeline().phases[0]),
        "remaining_ms": total_ms - 1_500,
        **NO_SLOTS,
    }
    terminal.playing.pause()
    paused: Any = terminal.ask(Verb.STATUS).status
    assert (paused["state"], paused["phase"]["kind"]) == ("paused", "prepare")
    terminal.playing.stop()
    assert terminal.ask(Verb.STATUS).status == {**idle, "state": "stopped"}


def test_the_status_tells_of_the_reminders(program: FakeFrontEnd) -> None:
    program.ask(Verb.SKIP)
    status: Any = program.ask(Verb.STATUS).status
    assert [slot["state"] for slot in status["slots"]] == ["skipped", "coming"]


def test_the_status_tells_why_a_reminder_waits(program: FakeFrontEnd) -> None:
    assert program.reminders is not None
    program.reminders.snooze(5)
    program.clock.advance(6 * 60_000)
    program.presence = Presence.CALLING
    status: Any = program.ask(Verb.STATUS).status
    assert (status["slots"][0]["state"], status["waits_for"]) == ("due", "calling")


def test_without_a_window_there_is_no_session(program: FakeFrontEnd) -> None:
    shiboken6.delete(program.playing)
    program.session = None
    assert program.ask(Verb.PAUSE) == refused(NOTHING_PLAYS)
    status: Any = program.ask(Verb.STATUS).status
    assert (status["state"], status["routine"]) == ("idle", "offered")
