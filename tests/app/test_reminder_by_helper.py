"""A reminder whose small window another process shows, since one of the program's own would take the focus."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication

from stretchplayer.domain.invitation import HelperEvent
from stretchplayer.domain.reminder import ReminderAction
from stretchplayer.domain.settings import Settings
from stretchplayer.domain.slots import SlotState
from stretchplayer.player.statechart import State
from stretchplayer.ui.frame import Frame
from stretchplayer.ui.reminder_window import ReminderWindow
from tests.app.program_stage import Stage, due_now
from tests.fake_services import FakeReminderHelper
from tests.services.fake_bus import FakeBus
from tests.ui.stage import settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support|systemTrayWindowChanged")


class Helped:
    """The program on GNOME's Wayland, with an X server for old programs."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.helper = FakeReminderHelper()
        self.bus = FakeBus()
        services = stage.program.services.__dict__
        services["_reminder_process"], services["_session_bus"] = self.helper, self.bus

    def remind(self) -> FakeReminderHelper:
        """Let it come."""
        self.stage.begin()
        return self.helper

    @property
    def is_seen(self) -> bool:
        """Whether the reminder is to be seen anywhere."""
        return self.helper.visible is not None or self.stage.notifier.visible is not None


@pytest.fixture
def helped(make: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch) -> Helped:
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "GNOME")
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")
    monkeypatch.setattr("stretchplayer.desktop.display.display_problem", lambda _environ: None)
    settings = Settings(reminders=replace(due_now(), start_fullscreen=True), introduced=True)
    return Helped(make(settings, background=True, begin=False))


def test_the_window_comes_beside_the_notification(helped: Helped) -> None:
    helper = helped.remind()
    assert helped.stage.notifier.visible is not None
    assert len(helper.shown) == 1
    assert helper.visible is helper.shown[0]
    assert helper.shown[0].invitation.title == "Hamstring trio"
    assert helped.stage.windows(ReminderWindow) == []
    helper.answer(HelperEvent.SKIP)
    settle()
    assert helped.stage.state_of_slots() == [SlotState.SKIPPED]
    assert not helped.is_seen


@pytest.mark.parametrize("minutes", [30, None])
def test_it_can_be_put_off(helped: Helped, minutes: int | None) -> None:
    helper = helped.remind()
    helper.answer(HelperEvent.SNOOZE, minutes)
    settle()
    assert helped.stage.program.background is not None
    (slot,) = helped.stage.program.background.reminding.keeper.slots
    assert slot.state is SlotState.SNOOZED
    assert (slot.snoozed_until is None) is (minutes is None)
    assert not helped.is_seen


def test_start_leads_to_the_playing_session(helped: Helped) -> None:
    helped.remind().answer(HelperEvent.START)
    settle()
    (frame,) = helped.stage.windows(Frame)
    assert frame.isFullScreen()
    assert helped.stage.program.shown is not None
    assert helped.stage.program.shown.core.session.state is State.PREPARE
    assert helped.helper.visible is None


def test_it_goes_when_the_notification_is_answered(helped: Helped) -> None:
    helper = helped.remind()
    helped.stage.notifier.answer(ReminderAction.SKIP)
    assert helper.visible is None


def test_where_the_helper_fails_the_notification_is_alone(helped: Helped) -> None:
    helper = helped.remind()
    helped.bus.answer("org.freedesktop.Notifications", "GetServerInformation", "gnome-shell", "GNOME", "43.9", "1.2")
    helper.die()
    settle()
    assert helped.stage.windows(ReminderWindow) == []
    assert helped.stage.notifier.visible is not None


def test_where_nobody_shows_notifications_either_the_program_does(helped: Helped) -> None:
    helped.helper.broken = True
    helped.remind()
    settle()
    assert len(helped.stage.windows(ReminderWindow)) == 1
