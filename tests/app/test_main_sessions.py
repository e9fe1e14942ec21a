"""Sessions and the reminders they settle or hold back, in this program and beside it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from stretchplayer.desktop.ipc.remote import DONE, Reply, Verb
from stretchplayer.player.statechart import State
from stretchplayer.reminders.slots import SlotState
from stretchplayer.storage.reminders import read_reminders
from stretchplayer.ui.reminders.reminder_window import ReminderWindow
from tests.app.main_stage import Stage
from tests.beside import playing_programs
from tests.ui.stage import settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support|systemTrayWindowChanged")
"""Without a real screen there is much that Qt can't do, and says so."""


def finish(stage: Stage) -> None:
    """Play a session to its end."""
    stage.program.open(start=True)
    settle()
    assert stage.program.shown is not None
    session = stage.program.shown.core.session
    for _ in range(200):
        if session.state is not State.FINISHED:
            session.next()
            settle()
    assert session.state is State.FINISHED


def test_a_finished_session_settles_the_slot(make: Callable[..., Stage]) -> None:
    stage = make(rate=1.0)
    assert stage.state_of_slots() == [SlotState.OWED]
    finish(stage)
    assert stage.state_of_slots() == [SlotState.DONE]
    assert stage.program.shown is not None
    assert [card.state.text()[:4] for card in stage.program.shown.view.today.reminders.cards] == ["done"]


def test_a_rehearsal_settles_nothing(make: Callable[..., Stage]) -> None:
    stage = make(rate=3.0)
    finish(stage)
    assert stage.state_of_slots() == [SlotState.OWED]


def test_a_program_that_ends_with_its_session_settles_the_slot_too(make: Callable[..., Stage], data_dir: Path) -> None:
    stage = make(rate=1.0, exit_when_done=True)
    assert stage.program.background is None
    finish(stage)
    assert read_reminders(data_dir) != type(read_reminders(data_dir))()


@pytest.mark.parametrize("background", [True, False], ids=["hidden", "shown"])
def test_a_session_of_another_program_settles_the_slot(make: Callable[..., Stage], background: bool) -> None:
    stage = make(background=background)
    assert stage.ask(Verb.REMIND) == DONE
    assert stage.state_of_slots() == [SlotState.OWED]
    assert stage.ask(Verb.FINISHED, took_s=300) == DONE
    assert stage.state_of_slots() == [SlotState.DONE]


@pytest.mark.parametrize("background", [True, False], ids=["hidden", "shown"])
def test_a_session_that_begins_elsewhere_takes_the_reminder_away(
    make: Callable[..., Stage], data_dir: Path, background: bool
) -> None:
    with playing_programs(data_dir) as play:
        stage = make(background=background)
        assert len(stage.windows(ReminderWindow)) == 1
        program = play()
        assert stage.ask(Verb.BEGUN) == DONE
        assert stage.windows(ReminderWindow) == []
        assert stage.notifier.wanted is None
        assert stage.state_of_slots() == [SlotState.OWED]
        program.kill()
        assert stage.ask(Verb.SNOOZE) == DONE
        assert stage.ask(Verb.ENDED) == DONE
        assert stage.state_of_slots() == [SlotState.SNOOZED], "what was owed is owed still"


def test_a_program_that_begins_to_remind_in_the_middle_of_a_session_waits_for_its_end(
    make: Callable[..., Stage], data_dir: Path
) -> None:
    with playing_programs(data_dir) as play:
        program = play()
        stage = make(background=True)
        assert stage.state_of_slots() == [SlotState.OWED]
        assert stage.windows(ReminderWindow) == []
        program.kill()
        assert stage.ask(Verb.ENDED) == DONE
        assert len(stage.windows(ReminderWindow)) == 1


def test_a_program_that_only_plays_takes_note_of_it_too(make: Callable[..., Stage], data_dir: Path) -> None:
    stage = make(exit_when_done=True)
    assert stage.program.background is None
    assert stage.ask(Verb.REMIND).reply is Reply.ONLY_PLAYS
    assert [stage.ask(verb) for verb in (Verb.BEGUN, Verb.FINISHED, Verb.ENDED)] == [DONE] * 3
    assert [record.done_at is not None for record in read_reminders(data_dir).records] == [True]
