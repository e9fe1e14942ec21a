"""Sessions and the reminders they settle or hold back, in this program and beside it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from stretchplayer.desktop.ipc.address import socket_address
from stretchplayer.desktop.ipc.protocol import DONE, Reply, Request, Verb, encode_request
from stretchplayer.player.state import State
from stretchplayer.reminders.slots import SlotState
from stretchplayer.settings import Settings
from stretchplayer.storage.reminders import ReminderFile
from stretchplayer.ui.reminders.reminder_window import ReminderWindow
from stretchplayer.ui.reminders.slot_cards import SlotCard
from tests.app.program_stage import Stage, due_now
from tests.desktop.callers import Caller, spin_until
from tests.ui.stage import settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support|systemTrayWindowChanged")
"""Without a real screen there is much that Qt can't do, and says so."""


def finish(stage: Stage) -> None:
    """Play a session to its end."""
    stage.program.open(start=True)
    settle()
    assert stage.program.foreground is not None
    session = stage.program.foreground.playback.session
    for _ in range(200):
        if session.state is not State.FINISHED:
            session.next()
            settle()
    assert session.state is State.FINISHED


def test_a_finished_session_settles_the_slot(make: Callable[..., Stage]) -> None:
    stage = make(rate=1.0)
    assert stage.state_of_slots() == [SlotState.DUE]
    finish(stage)
    assert stage.state_of_slots() == [SlotState.DONE]
    assert stage.program.foreground is not None
    cards = stage.program.foreground.view.today.reminders.findChildren(SlotCard)
    assert [card.state.text()[:4] for card in cards if not card.isHidden()] == ["Done"]


def test_a_rehearsal_settles_nothing(make: Callable[..., Stage]) -> None:
    stage = make(rate=3.0)
    finish(stage)
    assert stage.state_of_slots() == [SlotState.DUE]


def test_a_program_that_ends_with_its_session_settles_the_slot_too(make: Callable[..., Stage], data_dir: Path) -> None:
    stage = make(rate=1.0, exit_when_done=True)
    assert stage.program.background is None
    finish(stage)
    assert ReminderFile(data_dir).peek() != type(ReminderFile(data_dir).peek())()


@pytest.mark.parametrize("background", [True, False], ids=["hidden", "shown"])
def test_a_session_of_another_program_settles_the_slot(make: Callable[..., Stage], background: bool) -> None:
    stage = make(background=background)
    assert stage.ask(Verb.REMIND) == DONE
    assert stage.state_of_slots() == [SlotState.DUE]
    assert stage.ask(Verb.SESSION_FINISHED, took_s=300) == DONE
    assert stage.state_of_slots() == [SlotState.DONE]


@pytest.mark.skipif(os.name != "posix", reason="the other program uses the sockets of POSIX systems")
@pytest.mark.parametrize("background", [True, False], ids=["hidden", "shown"])
def test_no_reminder_is_shown_while_a_session_plays_elsewhere(
    make: Callable[..., Stage], data_dir: Path, background: bool
) -> None:
    stage = make(background=background)
    assert len(stage.windows(ReminderWindow)) == 1
    address = socket_address(data_dir)
    assert address is not None
    with Caller(address) as session:
        session.send(encode_request(Request(verb=Verb.SESSION_STARTED)))
        spin_until(lambda: stage.windows(ReminderWindow) == [])
        assert stage.notifier.wanted is None
        assert stage.state_of_slots() == [SlotState.DUE]
    spin_until(lambda: not stage.program.holds_reminders())
    assert stage.state_of_slots() == [SlotState.DUE], "what was due is due still"


def test_no_reminder_covers_the_safety_rules(make: Callable[..., Stage]) -> None:
    stage = make(Settings(reminders=due_now(), introduced=True))
    assert len(stage.windows(ReminderWindow)) == 1
    assert stage.program.foreground is not None
    stage.program.foreground.main_window.activateWindow()
    settle()
    stage.program.foreground.view.request_start()
    settle()
    assert stage.windows(ReminderWindow) == []
    assert stage.program.holds_reminders()
    stage.program.foreground.view.show_today()
    assert not stage.program.holds_reminders()
    assert stage.state_of_slots() == [SlotState.DUE], "what was due is due still"


def test_a_program_that_only_plays_says_so(make: Callable[..., Stage]) -> None:
    stage = make(exit_when_done=True)
    assert stage.program.background is None
    for verb in (Verb.REMIND, Verb.SESSION_FINISHED, Verb.SNOOZE):
        assert stage.ask(verb).reply is Reply.ONLY_PLAYS
