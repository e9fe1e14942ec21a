"""A reminder where the compositor gives every new window the focus: the notification comes alone and stays."""

import sys
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication

from stretchplayer.desktop.notifications.freedesktop import CRITICAL, SERVER
from stretchplayer.player.state import State
from stretchplayer.reminders.slots import SlotState
from stretchplayer.settings import Settings
from stretchplayer.ui.reminders.reminder_window import ReminderWindow
from stretchplayer.ui.window.main_window import MainWindow
from tests.app.program_stage import Stage, due_now
from tests.desktop.dbus.fake_bus import FakeBus
from tests.ui.stage import settle

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="such compositors are Linux's"),
    pytest.mark.qt_log_ignore("This plugin does not support|systemTrayWindowChanged"),
]
NUMBER = 7
"""What the notification server calls the reminder."""


class Shell:
    """The program on GNOME's Wayland. `reminded` shows the reminder on a bus with this notification server."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.bus = FakeBus()
        stage.program.services.session_bus = self.bus
        del stage.program.services.notifier  # the stage's; the real one speaks to this bus

    def reminded(self) -> None:
        self.bus.answer(SERVER.service, "GetServerInformation", "gnome-shell", "GNOME", "43.9", "1.2")
        self.bus.answer(SERVER.service, "GetCapabilities", ["actions"])
        self.bus.answer(SERVER.service, "Notify", NUMBER)
        self.stage.begin()
        settle()

    def click(self, action: str) -> None:
        self.bus.signal(SERVER, "ActionInvoked", NUMBER, action)
        settle()

    @property
    def windows(self) -> int:
        return len(self.stage.windows(ReminderWindow))


@pytest.fixture
def shell(make: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "ubuntu:GNOME")
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")
    settings = Settings(reminders=replace(due_now(), start_fullscreen=True), introduced=True, safety_shown=True)
    return Shell(make(settings, background=True, begin=False))


def test_the_notification_comes_alone_and_stays_until_it_is_answered(shell: Shell) -> None:
    shell.reminded()
    ((*_, buttons, hints, _expires),) = shell.bus.asked("Notify")
    assert isinstance(buttons, list)
    assert isinstance(hints, dict)
    assert [*buttons[::2]] == ["start", "snooze", "skip", "done", "default"]
    assert hints["urgency"] == ("y", CRITICAL), "the shells let such a one stay"
    assert shell.windows == 0
    assert shell.bus.asked("CloseNotification") == []
    shell.click("skip")
    assert shell.stage.state_of_slots() == [SlotState.SKIPPED]
    assert shell.bus.asked("CloseNotification") == [(NUMBER,)]
    assert shell.windows == 0


def test_who_did_it_already_says_so_there(shell: Shell) -> None:
    shell.reminded()
    shell.click("done")
    assert shell.stage.state_of_slots() == [SlotState.MARKED_DONE]


def test_it_is_put_off_by_its_button(shell: Shell) -> None:
    shell.reminded()
    shell.click("snooze")
    assert shell.stage.state_of_slots() == [SlotState.SNOOZED]


def test_start_leads_to_the_playing_session(shell: Shell) -> None:
    shell.reminded()
    shell.click("start")
    (main_window,) = shell.stage.windows(MainWindow)
    assert main_window.isFullScreen()
    assert shell.stage.program.foreground is not None
    assert shell.stage.program.foreground.playback.session.state is State.PREPARE


def test_where_nobody_shows_notifications_the_window_comes(shell: Shell) -> None:
    shell.stage.begin()
    settle()
    assert shell.windows == 1
