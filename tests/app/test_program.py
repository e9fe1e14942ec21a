"""The program with its window and without: what it shows, hides, keeps and is asked."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog

from stretchplayer.app.remote import NOTHING_PLAYS
from stretchplayer.domain.launch import LaunchOptions
from stretchplayer.domain.preferences import Appearance, Settings
from stretchplayer.domain.presence import Presence
from stretchplayer.domain.reminder import ReminderAction
from stretchplayer.domain.remote import DONE, Reply, Verb
from stretchplayer.domain.slots import ReminderSettings, SlotState
from stretchplayer.player.statechart import State
from stretchplayer.storage.reminder_file import read_reminders
from stretchplayer.storage.settings import SettingsFile
from stretchplayer.ui.background_note import BackgroundNote
from stretchplayer.ui.frame import Frame
from stretchplayer.ui.reminder_window import ReminderWindow
from stretchplayer.ui.settings_page import SettingsPage
from tests.app.program_stage import Stage, due_now
from tests.beside import playing_programs
from tests.services.fake_bus import FakeBus
from tests.ui.stage import settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support|systemTrayWindowChanged")
"""Without a real screen there is much that Qt can't do, and says so."""


@pytest.fixture
def make(
    own_app: QApplication, make_options: Callable[..., LaunchOptions], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Stage]]:
    stages: list[Stage] = []
    for module in ("core", "qt_log"):  # Qt's messages stay with the test, which looks at them
        monkeypatch.setattr(f"stretchplayer.app.{module}.log_qt_messages", lambda: None)

    def make_stage(
        settings: Settings | None = None, *, alone: bool = True, begin: bool = True, **options: object
    ) -> Stage:
        chosen = settings or Settings(reminders=due_now(), introduced=True, appearance=Appearance.DARK)
        stage = Stage(own_app, make_options(**{"rate": 3.0, **options}), chosen, alone=alone)
        monkeypatch.setattr(stage.program, "_end", lambda: stage.ends.append(0))
        monkeypatch.setattr(own_app, "exit", stage.ends.append, raising=False)
        stages.append(stage)
        if begin:
            stage.begin()
        return stage

    yield make_stage
    for stage in stages:
        if stage.program.shown is not None:
            stage.program.shown.core.session.stop()
        stage.program.close()
        settle()


def test_in_the_background_there_is_no_window_and_a_reminder_comes(make: Callable[..., Stage]) -> None:
    stage = make(background=True)
    assert stage.windows(Frame) == []
    (reminder,) = stage.windows(ReminderWindow)
    assert [shown.title[:13] for shown in stage.notifier.shown] == ["Time for your"]
    assert stage.state_of_slots() == [SlotState.OWED]
    reminder.skip_requested.emit()
    settle()
    assert stage.windows(ReminderWindow) == []
    assert stage.notifier.wanted is None
    assert stage.state_of_slots() == [SlotState.SKIPPED]


@pytest.mark.parametrize("settled", [False, True])
def test_a_window_that_would_take_the_focus_comes_only_where_nobody_shows_notifications(
    make: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch, settled: bool
) -> None:
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "GNOME")
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")
    stage = make(background=True, begin=False)
    bus = FakeBus()
    bus.slow = True
    stage.program.services.__dict__["_session_bus"] = bus
    stage.begin()
    assert stage.windows(ReminderWindow) == []
    if settled:
        stage.notifier.answer(ReminderAction.SKIP)
    bus.deliver()
    settle()
    assert len(stage.windows(ReminderWindow)) == (0 if settled else 1)


@pytest.mark.parametrize("fullscreen", [True, False])
def test_start_on_a_reminder_leads_to_the_playing_session(make: Callable[..., Stage], fullscreen: bool) -> None:
    reminders = replace(due_now(), start_fullscreen=fullscreen)
    stage = make(Settings(reminders=reminders, introduced=True), background=True)
    stage.notifier.answer(ReminderAction.START)
    settle()
    (frame,) = stage.windows(Frame)
    assert frame.isFullScreen() is fullscreen
    assert stage.program.shown is not None
    assert stage.program.shown.core.session.state is State.PREPARE
    assert stage.windows(ReminderWindow) == []


@pytest.mark.parametrize(
    ("action", "state", "windows"),
    [
        (ReminderAction.SNOOZE, SlotState.SNOOZED, 0),
        (ReminderAction.SKIP, SlotState.SKIPPED, 0),
        (ReminderAction.OPEN, SlotState.OWED, 1),
    ],
)
def test_the_other_answers_to_a_notification(
    make: Callable[..., Stage], action: ReminderAction, state: SlotState, windows: int
) -> None:
    stage = make(background=True)
    stage.notifier.answer(action)
    settle()
    assert stage.state_of_slots() == [state]
    assert len(stage.windows(Frame)) == windows


def test_a_reminder_waits_for_the_person(make: Callable[..., Stage]) -> None:
    stage = make(background=True, begin=False)
    stage.presence.become(Presence.AWAY)
    stage.begin()
    assert stage.windows(ReminderWindow) == []
    assert stage.presence.watching
    stage.presence.become(Presence.FREE)
    settle()
    assert len(stage.windows(ReminderWindow)) == 1


def test_closing_the_window_tells_once_that_the_program_goes_on(make: Callable[..., Stage], data_dir: Path) -> None:
    stage = make()
    (frame,) = stage.windows(Frame)
    frame.close()
    settle()
    assert stage.program.shown is None
    assert stage.ends == []
    assert len(stage.windows(BackgroundNote)) == 1
    assert SettingsFile(data_dir).load().reminders.told_of_background
    stage.ask(Verb.RAISE)
    stage.paint()
    assert stage.windows(BackgroundNote) == []
    (frame,) = stage.windows(Frame)
    frame.close()
    settle()
    assert stage.windows(BackgroundNote) == []


@pytest.mark.parametrize(
    ("reminders", "alone", "options"),
    [
        (ReminderSettings(keep_running=False), True, {}),
        (ReminderSettings(enabled=False), True, {}),
        (ReminderSettings(), False, {}),
        (ReminderSettings(), True, {"exit_when_done": True}),
    ],
)
def test_closing_the_window_ends_the_program_where_nothing_is_to_go_on(
    make: Callable[..., Stage], reminders: ReminderSettings, alone: bool, options: dict[str, Any]
) -> None:
    stage = make(Settings(reminders=reminders, introduced=True), alone=alone, **options)
    (frame,) = stage.windows(Frame)
    frame.close()
    settle()
    assert stage.ends


def test_quitting_asks_while_a_session_plays(make: Callable[..., Stage]) -> None:
    stage = make()
    stage.program.open(start=True)
    settle()
    shown = stage.program.shown
    assert shown is not None
    stage.program.quit()
    settle()
    assert stage.ends == []
    question = shown.view._player().question
    assert question.isVisible()
    question.answered.emit(False)
    question.hide()
    assert not stage.program._is_quitting
    stage.program.quit()
    settle()
    question.answered.emit(True)
    shown.core.session.stop()
    settle()
    assert stage.ends == [0]


def test_without_a_session_quitting_is_at_once(make: Callable[..., Stage]) -> None:
    stage = make(background=True)
    stage.program.quit()
    assert stage.ends == [0]


def test_the_window_quits_by_its_key(make: Callable[..., Stage]) -> None:
    stage = make()
    assert stage.program.shown is not None
    stage.program.shown.view._quit()
    settle()
    assert stage.ends == [0]


# Being asked without a window


def test_status_without_a_window(make: Callable[..., Stage]) -> None:
    stage = make(background=True)
    answer = stage.ask(Verb.STATUS)
    assert answer.status["running"]
    assert (answer.status["state"], answer.status["routine"]) == ("idle", "hamstring-trio")
    assert [slot["state"] for slot in answer.status["slots"]] == ["owed"]


def test_what_needs_a_session_is_refused_without_one(make: Callable[..., Stage]) -> None:
    stage = make(background=True)
    answer = stage.ask(Verb.PAUSE)
    assert (answer.reply, answer.problem) == (Reply.REFUSED, NOTHING_PLAYS)
    assert stage.windows(Frame) == []


def test_wishes_about_reminders(make: Callable[..., Stage]) -> None:
    stage = make(background=True)
    assert stage.ask(Verb.SNOOZE, minutes=5) == DONE
    assert stage.state_of_slots() == [SlotState.SNOOZED]
    assert stage.ask(Verb.SKIP) == DONE
    assert stage.state_of_slots() == [SlotState.SKIPPED]
    assert stage.ask(Verb.SNOOZE).reply is Reply.REFUSED
    assert stage.ask(Verb.NOT_TODAY) == DONE


def test_starting_from_outside_shows_the_window(make: Callable[..., Stage]) -> None:
    stage = make(background=True)
    assert stage.ask(Verb.START, routine="no-such-routine").reply is Reply.REFUSED
    assert not stage.windows(Frame)
    assert stage.ask(Verb.START, fullscreen=True) == DONE
    assert [frame.isFullScreen() for frame in stage.windows(Frame)] == [True]
    assert stage.ask(Verb.STATUS).status["state"] == "prepare"
    assert stage.ask(Verb.QUIT) == DONE
    assert stage.ends == [0]


def test_quitting_from_outside_without_a_window(make: Callable[..., Stage]) -> None:
    stage = make(background=True)
    assert stage.ask(Verb.QUIT) == DONE
    assert stage.ends == [0]


# A session and its slot


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


# What the window offers


def test_starting_at_login_is_read_back(make: Callable[..., Stage]) -> None:
    stage = make()
    assert stage.program.shown is not None
    view = stage.program.shown.view
    view.show_settings()
    page = view.findChild(SettingsPage)
    assert isinstance(page, SettingsPage)
    section = page.reminders
    assert not section.autostart.isChecked()
    section.autostart.click()
    assert section.autostart.isChecked()
    section.autostart.click()
    assert not section.autostart.isChecked()


def test_a_calendar_is_saved_where_the_person_says(make: Callable[..., Stage], tmp_path: Path) -> None:
    stage = make()
    shown = stage.program.shown
    assert shown is not None
    shown.export_calendar()
    settle()
    dialog = shown.frame.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "times"))
    assert (tmp_path / "times.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert any("times.ics" in sentence for sentence in shown.view.notice.sentences)
    dialog.fileSelected.emit(str(tmp_path / "no" / "such" / "times.ics"))
    assert len(shown.view.notice.sentences) == 2
    dialog.close()


def test_settings_hold_for_reminders_at_once(make: Callable[..., Stage]) -> None:
    stage = make()
    shown = stage.program.shown
    assert shown is not None
    assert len(stage.windows(ReminderWindow)) == 1
    off = replace(shown.core.settings, reminders=replace(shown.core.settings.reminders, enabled=False))
    shown.view.settings_changed.emit(off)
    settle()
    assert stage.windows(ReminderWindow) == []
    assert not shown.view.today.reminders.isVisible()


def test_the_tray_leads_to_everything(make: Callable[..., Stage]) -> None:
    stage = make(background=True)
    background = stage.program.background
    assert background is not None
    background._services.tray.seen.emit()
    tray = background._tray
    assert tray is not None
    assert not background.has_tray, "there is none on this platform"
    assert "Time to stretch" in tray.icon.toolTip()
    tray.settings_requested.emit()
    settle()
    assert stage.program.shown is not None
    assert "settings" in stage.program.shown.view._pages
    tray.start_requested.emit()
    settle()
    assert stage.program.shown.is_playing
    tray.wishes.skip_requested.emit()
    settle()
    assert "skipped" in tray.icon.toolTip()


def test_a_fault_without_a_window_is_logged(
    make: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch, expected_log: Callable[[str], None]
) -> None:
    stage = make(background=True)
    told: list[object] = []
    monkeypatch.setattr(stage.program, "_hook", lambda *what: told.append(what[0]))
    expected_log("unhandled error")
    error = RuntimeError("a fault")
    sys.excepthook(RuntimeError, error, None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert told == [RuntimeError, KeyboardInterrupt]
