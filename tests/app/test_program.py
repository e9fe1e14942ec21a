"""The program with its window and without: what it shows, hides, keeps and is asked."""

import gc
import subprocess
import sys
import weakref
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QAccessible, QGuiApplication, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from stretchplayer.desktop.ipc.instance import LockResult
from stretchplayer.desktop.ipc.protocol import DONE, Reply, Verb
from stretchplayer.errors import StorageError
from stretchplayer.player.state import State
from stretchplayer.reminders.log import ReminderLog, SlotRecord
from stretchplayer.reminders.presence import Presence
from stretchplayer.reminders.reminder import ReminderAction
from stretchplayer.reminders.rules import advise
from stretchplayer.reminders.slots import ReminderSettings, Slot, SlotState, SlotView
from stretchplayer.routine.dose import Dose, OwnDoses
from stretchplayer.settings import Appearance, Settings
from stretchplayer.storage.doses import DoseFile
from stretchplayer.storage.reminders import ReminderFile
from stretchplayer.storage.settings import SettingsFile
from stretchplayer.ui.library.library_page import LibraryPage
from stretchplayer.ui.pages.settings_page import SettingsPage
from stretchplayer.ui.player.view import PlayerView
from stretchplayer.ui.reminders.reminder_window import ReminderWindow
from stretchplayer.ui.window.background_note import BackgroundNote
from stretchplayer.ui.window.main_view import QUIT
from stretchplayer.ui.window.main_window import MainWindow
from stretchplayer.ui.window.tray import Tray
from tests.app.program_stage import Stage, due_now, now
from tests.desktop.dbus.fake_bus import FakeBus
from tests.storage.routines.sheets import write_sheet
from tests.ui.stage import child, settle, told
from tests.ui.window.test_tray import icon_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support|systemTrayWindowChanged")
"""Without a real screen there is much that Qt can't do, and says so."""


def test_a_program_that_only_waits_loads_nothing_that_windows_and_sessions_need() -> None:
    code = "import sys, stretchplayer.app.program; print(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    )
    assert not loaded & {"PySide6.QtMultimedia", "PySide6.QtSvg", "asyncio", "sqlite3", "ssl"}
    unneeded = (
        "app.foreground",
        "app.playback",
        "figure.pose",
        "ui.figure",
        "ui.player",
        "ui.theme.style",
        "ui.widgets",
    )
    assert not [name for name in loaded if name.removeprefix("stretchplayer.").startswith(unneeded)]


def living() -> Counter[str]:
    """How many objects of ours there are, by their class, and how many weak references to such."""
    gc.collect()
    found: Counter[str] = Counter()
    for each in gc.get_objects():
        is_reference = type(each) is weakref.ReferenceType
        kind = type(each()) if is_reference else type(each)
        if str(kind.__module__).startswith("stretchplayer."):
            found[f"weak reference to {kind.__qualname__}" if is_reference else kind.__qualname__] += 1
    return found


def read_aloud(window: QWidget) -> None:
    """Look at everything in the window, as a screen reader does."""
    for widget in (window, *window.findChildren(QWidget)):
        assert QAccessible.queryAccessibleInterface(widget) is not None


def test_nothing_outlives_the_window_that_made_it(make: Callable[..., Stage]) -> None:
    stage = make(background=True)
    counts: list[Counter[str]] = []
    icons: set[int] = set()
    for _ in range(4):
        stage.program.open()
        stage.paint()
        foreground = stage.program.foreground
        assert foreground is not None
        foreground.view.show_settings()
        foreground.view.progress.open()
        foreground.main_window.set_fullscreen(True)
        settle()
        read_aloud(foreground.main_window)
        icons.add(stage.app.windowIcon().cacheKey())
        foreground.main_window.close()
        del foreground
        settle()
        counts.append(living())
    assert counts[1:] == [counts[1]] * 3
    assert len(icons) == 1, "Qt's cache keeps what is drawn of every icon"


def test_a_window_that_has_just_gone_is_collected_before_another_is_made(make: Callable[..., Stage]) -> None:
    stage = make(background=True)
    stage.program.open()
    assert stage.program.foreground is not None
    gone = weakref.ref(stage.program.foreground.view)
    stage.program.foreground.main_window.close()
    settle()
    stage.program.open()
    assert gone() is None


def test_in_the_background_there_is_no_window_and_a_reminder_comes(make: Callable[..., Stage]) -> None:
    stage = make(background=True)
    assert stage.windows(MainWindow) == []
    (reminder,) = stage.windows(ReminderWindow)
    assert [shown.title[:13] for shown in stage.notifier.shown] == ["Time for your"]
    assert stage.state_of_slots() == [SlotState.DUE]
    reminder.skip_requested.emit()
    settle()
    assert stage.windows(ReminderWindow) == []
    assert stage.notifier.wanted is None
    assert stage.state_of_slots() == [SlotState.SKIPPED]


@pytest.mark.expected_log("what a reminder is for can't be read")
def test_a_reminder_comes_though_no_routine_can_be_read(
    make: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise StorageError("The routine is gone.")

    monkeypatch.setattr("stretchplayer.app.routine_choice.find_offered", fail)
    stage = make(background=True)
    (shown,) = stage.notifier.shown
    (reminder,) = stage.windows(ReminderWindow)
    assert shown.title.startswith("Time for your")
    assert shown.title in reminder.accessibleName()
    reminder.skip_requested.emit()
    settle()
    assert stage.state_of_slots() == [SlotState.SKIPPED]


def test_who_did_it_already_says_so_in_the_reminder_and_undoes_it_on_the_page(
    make: Callable[..., Stage], data_dir: Path
) -> None:
    stage = make(background=True)
    (reminder,) = stage.windows(ReminderWindow)
    reminder.done_requested.emit()
    settle()
    assert stage.windows(ReminderWindow) == []
    assert stage.state_of_slots() == [SlotState.MARKED_DONE]
    stage.program.open()
    stage.paint()
    assert stage.program.background is not None
    assert stage.program.foreground is not None
    (marked,) = stage.program.background.scheduler.slots
    stage.program.foreground.view.progress.mark_requested.emit(marked.slot, False)
    settle()
    assert stage.state_of_slots() == [SlotState.DUE]


@pytest.mark.parametrize("settled", [False, True])
def test_a_window_that_would_take_the_focus_comes_only_where_nobody_shows_notifications(
    make: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch, settled: bool
) -> None:
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "GNOME")
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")
    stage = make(background=True, begin=False)
    bus = FakeBus()
    bus.slow = True
    stage.program.services.__dict__["session_bus"] = bus
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
    stage = make(Settings(reminders=reminders, introduced=True, safety_shown=True), background=True)
    stage.notifier.answer(ReminderAction.START)
    settle()
    (main_window,) = stage.windows(MainWindow)
    assert main_window.isFullScreen() is fullscreen
    assert stage.program.foreground is not None
    assert stage.program.foreground.playback.session.state is State.PREPARE
    assert stage.windows(ReminderWindow) == []


@pytest.mark.parametrize(
    ("action", "state", "windows"),
    [
        (ReminderAction.SNOOZE, SlotState.SNOOZED, 0),
        (ReminderAction.SKIP, SlotState.SKIPPED, 0),
        (ReminderAction.OPEN, SlotState.DUE, 1),
    ],
)
def test_the_other_answers_to_a_notification(
    make: Callable[..., Stage], action: ReminderAction, state: SlotState, windows: int
) -> None:
    stage = make(background=True)
    stage.notifier.answer(action)
    settle()
    assert stage.state_of_slots() == [state]
    assert len(stage.windows(MainWindow)) == windows


def test_where_it_can_not_remind_the_window_and_the_status_say_so(make: Callable[..., Stage]) -> None:
    stage = make(Settings(), background=True, result=LockResult.FOREIGN)
    assert len(stage.windows(MainWindow)) == 1
    foreground = stage.program.foreground
    assert foreground is not None
    problem = stage.instance.problem
    assert problem is not None
    assert problem in told(foreground.view.notice)
    assert stage.program.background is None
    status = stage.ask(Verb.STATUS).status
    assert (status["next_reminder"], status["problem"]) == (None, problem)


def test_where_it_can_not_remind_marks_and_deletions_are_kept_all_the_same(
    make: Callable[..., Stage], data_dir: Path
) -> None:
    stage = make(background=True, result=LockResult.FOREIGN)
    assert stage.program.foreground is not None
    pages = stage.program.foreground.view.progress
    (slot,) = views = [view.slot for view in due_views(stage, data_dir)]
    for done, state in ((True, SlotState.MARKED_DONE), (False, SlotState.DUE)):
        pages.mark_requested.emit(slot, done)
        assert [view.state for view in due_views(stage, data_dir)] == [state]
    ReminderFile(data_dir).save(ReminderLog(records=(SlotRecord(slot=slot, done_at=now()),)))
    assert [view.state for view in due_views(stage, data_dir)] == [SlotState.DONE]
    pages.slot_changed.emit(slot.key, None)
    assert [view.state for view in due_views(stage, data_dir)] == [SlotState.DUE]
    long_ago = Slot(day=slot.day - timedelta(days=5), at=slot.at)
    pages.mark_requested.emit(long_ago, True)
    pages.erase_requested.emit()
    assert [record.slot for record in ReminderFile(data_dir).load().records] == views


def due_views(stage: Stage, data_dir: Path) -> Sequence[SlotView]:
    """What the files say of today."""
    assert stage.program.foreground is not None
    settings = stage.program.foreground.playback.settings.reminders
    return advise(now(), settings, ReminderFile(data_dir).load()).slots


def test_deleting_everything_deletes_what_became_of_reminders(make: Callable[..., Stage], data_dir: Path) -> None:
    stage = make()
    assert stage.program.foreground is not None
    assert stage.program.background is not None
    (view,) = stage.program.background.scheduler.slots
    pages = stage.program.foreground.view.progress
    pages.mark_requested.emit(Slot(day=view.slot.day - timedelta(days=5), at=view.slot.at), True)
    assert len(ReminderFile(data_dir).load().records) == 2
    DoseFile(data_dir, "hamstring-trio").save(OwnDoses(exercises={"towel-stretch": Dose(left_out=True)}))
    pages.erase_requested.emit()
    assert [record.slot for record in ReminderFile(data_dir).load().records] == [view.slot]
    assert not [*(data_dir / "doses").iterdir()]


@pytest.mark.parametrize("background", [False, True])
def test_damaged_files_are_told_of_once_in_the_window_and_in_the_log(
    make: Callable[..., Stage], data_dir: Path, background: bool, caplog: pytest.LogCaptureFixture
) -> None:
    stage = make(background=background, begin=False)
    for name in ("settings.json", "reminders.json"):
        (data_dir / name).write_text("{")
    with caplog.at_level("INFO"):
        stage.begin()
        assert bool(stage.windows(MainWindow)) is not background
        stage.program.open()
        stage.paint()
    foreground = stage.program.foreground
    assert foreground is not None
    for name in ("settings", "reminders"):
        assert "\n".join(told(foreground.view.notice)).count(f"{name}.json is damaged") == 1
        assert caplog.text.count(f"{name}.json is damaged") == 1
        (kept,) = data_dir.glob(f"{name}.damaged-*.json")
        assert kept.read_text() == "{"


def test_a_reminder_waits_for_the_person(make: Callable[..., Stage]) -> None:
    stage = make(background=True, begin=False)
    stage.presence.become(Presence.AWAY)
    stage.begin()
    assert stage.windows(ReminderWindow) == []
    assert stage.presence.watching
    stage.presence.become(Presence.FREE)
    settle()
    assert len(stage.windows(ReminderWindow)) == 1


@pytest.mark.parametrize("waits", [True, False])
def test_a_reminder_waits_for_the_end_of_a_call_unless_that_is_turned_off(
    make: Callable[..., Stage], waits: bool
) -> None:
    reminders = replace(due_now(), wait_in_calls=waits)
    stage = make(Settings(introduced=True, safety_shown=True, reminders=reminders), background=True, begin=False)
    stage.presence.become(Presence.CALLING)
    stage.begin()
    assert len(stage.windows(ReminderWindow)) == (0 if waits else 1)
    stage.presence.become(Presence.FREE)
    settle()
    assert len(stage.windows(ReminderWindow)) == 1


def test_a_reminder_waits_until_the_introduction_has_been_left(make: Callable[..., Stage]) -> None:
    stage = make(Settings(reminders=due_now()))
    assert stage.program.foreground is not None
    assert stage.program.background is not None
    assert stage.windows(ReminderWindow) == []
    stage.program.foreground.view.show_settings()
    stage.program.background.look()
    settle()
    assert len(stage.windows(ReminderWindow)) == 1


def test_no_reminder_follows_a_session_at_once_that_was_stopped(make: Callable[..., Stage]) -> None:
    stage = make(begin=False)
    stage.presence.become(Presence.BUSY)
    stage.begin()
    foreground, background = stage.program.foreground, stage.program.background
    assert foreground is not None
    assert background is not None
    foreground.start()
    stage.presence.become(Presence.FREE)
    settle()
    foreground.playback.session.stop()
    background.look()
    settle()
    assert stage.windows(ReminderWindow) == []
    assert stage.state_of_slots() == [SlotState.DUE]
    next_at = background.scheduler.next_at
    assert next_at is not None
    assert timedelta(minutes=9) < next_at - now() <= timedelta(minutes=10)


def test_closing_the_window_tells_once_that_the_program_goes_on(make: Callable[..., Stage], data_dir: Path) -> None:
    stage = make()
    (main_window,) = stage.windows(MainWindow)
    main_window.close()
    settle()
    assert stage.program.foreground is None
    assert stage.ends == []
    assert len(stage.windows(BackgroundNote)) == 1
    assert SettingsFile(data_dir).load().reminders.background_explained
    stage.ask(Verb.RAISE)
    stage.paint()
    assert stage.windows(BackgroundNote) == []
    (main_window,) = stage.windows(MainWindow)
    main_window.close()
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
    stage = make(Settings(reminders=reminders, introduced=True, safety_shown=True), alone=alone, **options)
    (main_window,) = stage.windows(MainWindow)
    main_window.close()
    settle()
    assert stage.ends


def test_quitting_asks_while_a_session_plays(make: Callable[..., Stage]) -> None:
    stage = make()
    stage.program.open(start=True)
    settle()
    foreground = stage.program.foreground
    assert foreground is not None
    stage.program.quit()
    settle()
    assert stage.ends == []
    question = child(foreground.view, PlayerView).question
    assert question.isVisible()
    question.answered.emit(False)
    question.hide()
    stage.program.quit()
    settle()
    question.answered.emit(True)
    foreground.playback.session.stop()
    settle()
    assert stage.ends == [0]


def test_without_a_session_quitting_is_at_once(make: Callable[..., Stage]) -> None:
    stage = make(background=True)
    stage.program.quit()
    assert stage.ends == [0]


def test_the_window_quits_by_its_key(make: Callable[..., Stage]) -> None:
    stage = make()
    assert stage.program.foreground is not None
    (shortcut,) = (each for each in stage.program.foreground.view.findChildren(QShortcut) if each.key() == QUIT)
    shortcut.activated.emit()
    settle()
    assert stage.ends == [0]


# Being asked without a window


def test_status_without_a_window(make: Callable[..., Stage]) -> None:
    stage = make(background=True)
    answer = stage.ask(Verb.STATUS)
    assert answer.status["running"]
    assert (answer.status["state"], answer.status["routine"]) == ("idle", "hamstring-trio")
    assert [slot["state"] for slot in answer.status["slots"]] == ["due"]


def test_what_needs_a_session_is_refused_without_one(make: Callable[..., Stage]) -> None:
    stage = make(background=True)
    answer = stage.ask(Verb.PAUSE)
    assert (answer.reply, answer.problem) == (Reply.REFUSED, "Nothing is playing.")
    assert stage.windows(MainWindow) == []


def test_commands_about_reminders(make: Callable[..., Stage]) -> None:
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
    assert not stage.windows(MainWindow)
    assert stage.ask(Verb.START, fullscreen=True) == DONE
    assert [main_window.isFullScreen() for main_window in stage.windows(MainWindow)] == [True]
    assert stage.ask(Verb.STATUS).status["state"] == "prepare"
    assert stage.ask(Verb.QUIT) == DONE
    assert stage.ends == [0]


def test_quitting_from_outside_without_a_window(make: Callable[..., Stage]) -> None:
    stage = make(background=True)
    assert stage.ask(Verb.QUIT) == DONE
    assert stage.ends == [0]


# What the window offers


def test_starting_at_login_is_read_back(make: Callable[..., Stage]) -> None:
    stage = make()
    assert stage.program.foreground is not None
    view = stage.program.foreground.view
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
    foreground = stage.program.foreground
    assert foreground is not None
    foreground.view.show_settings()
    child(foreground.view, SettingsPage).reminders.calendar_requested.emit()
    settle()
    dialog = foreground.main_window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "times"))
    assert (tmp_path / "times.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert any("times.ics" in sentence for sentence in told(foreground.view.notice))
    dialog.fileSelected.emit(str(tmp_path / "no" / "such" / "times.ics"))
    assert len(told(foreground.view.notice)) == 2
    dialog.close()


def test_settings_hold_for_reminders_at_once(make: Callable[..., Stage]) -> None:
    stage = make()
    foreground = stage.program.foreground
    assert foreground is not None
    assert len(stage.windows(ReminderWindow)) == 1
    off = replace(
        foreground.playback.settings, reminders=replace(foreground.playback.settings.reminders, enabled=False)
    )
    foreground.view.settings_changed.emit(off)
    settle()
    assert stage.windows(ReminderWindow) == []
    assert not foreground.view.today.reminders.isVisible()


def test_the_tray_leads_to_everything(make: Callable[..., Stage]) -> None:
    stage = make(background=True)
    background = stage.program.background
    assert background is not None
    if not background.findChildren(Tray):  # other systems always have one
        stage.program.services.tray.seen.emit()
    tray = child(background, Tray)
    assert not background.has_tray, "there is none on this platform"
    assert "Time to exercise" in icon_of(tray).toolTip()
    tray.settings_requested.emit()
    settle()
    assert stage.program.foreground is not None
    assert child(stage.program.foreground.view, SettingsPage).isVisible()
    tray.reminder_menu.library_requested.emit()
    settle()
    assert child(stage.program.foreground.view, LibraryPage).isVisible()
    tray.start_requested.emit()
    settle()
    assert stage.program.foreground.is_playing
    tray.reminder_menu.library_requested.emit()
    settle()
    assert not child(stage.program.foreground.view, LibraryPage).isVisible(), "a session goes on"
    tray.reminder_menu.skip_requested.emit()
    settle()
    assert "skipped" in icon_of(tray).toolTip()


@pytest.mark.parametrize("in_front", [True, False])
def test_who_works_in_the_window_is_reminded_there_alone(
    make: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch, in_front: bool
) -> None:
    monkeypatch.setattr(MainWindow, "isActiveWindow", lambda _window: in_front)
    stage = make()
    assert len(stage.windows(ReminderWindow)) == 1
    assert len(stage.notifier.shown) == (0 if in_front else 1)


# The routine of the time of day


@pytest.mark.parametrize("known", [True, False])
def test_a_reminder_offers_the_routine_of_its_time(make: Callable[..., Stage], data_dir: Path, known: bool) -> None:
    write_sheet(data_dir / "routines" / ("mine.toml" if known else "other.toml"))
    settings = Settings(
        reminders=due_now(), introduced=True, safety_shown=True, appearance=Appearance.DARK, mornings="mine",
        evenings="mine",
    )  # fmt: skip
    stage = make(settings, background=True)
    routine, title = ("mine", "Two exercises") if known else ("hamstring-trio", "Hamstring trio")
    assert stage.notifier.shown[0].body.startswith(title)
    assert stage.ask(Verb.STATUS).status["routine"] == routine
    assert stage.ask(Verb.START) == DONE
    assert stage.ask(Verb.STATUS).status["routine"] == routine
    assert stage.program.foreground is not None
    stage.paint()
    assert any("“mine” can't be played" in each for each in told(stage.program.foreground.view.notice)) is not known
