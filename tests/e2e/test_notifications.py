"""Reminders through real notification servers, and through some that are none."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stretchplayer.desktop.dbus.bus import DBUS
from stretchplayer.desktop.notifications.freedesktop import SERVER, FreedesktopNotifier, notification_server
from stretchplayer.reminders.reminder import Reminder, ReminderAction
from tests.e2e.bus_stage import BusStage, Dunst
from tests.e2e.x11 import X11Desktop

pytestmark = pytest.mark.desktop

REMINDER: Final = Reminder(
    title="Time to exercise", body="Hamstring trio <5 min>", start="Start", snooze="Snooze",
    skip="Skip", done="Done", open="Open",
)  # fmt: skip
LATER: Final = Reminder(
    title="Still time",
    body="Hamstring trio",
    start="Start",
    snooze="Snooze",
    skip="Skip",
    done="Done",
    open="Open",
    sound=False,
)


class Stage(BusStage):
    """A notifier, and what it was answered."""

    def __init__(self, desktop: X11Desktop, qtbot: QtBot, folder: Path) -> None:
        super().__init__(desktop, qtbot)
        self.dunst = Dunst(desktop, folder)
        self.notifier = FreedesktopNotifier(self.bus)
        self.answers: list[ReminderAction] = []
        self.notifier.on_action(self.answers.append)

    def catch_up(self) -> None:
        """Let everything be done that the notifier still has to ask of the server there is."""
        for _ in range(3):  # the abilities, one notification, and the next one that replaces it
            self.call(SERVER, "GetCapabilities")

    def wait_displayed(self, count: int) -> None:
        self.wait_until(lambda: self.dunst.displayed == count)


@pytest.fixture
def stage(x11: X11Desktop, qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(x11, qtbot, tmp_path)
    yield stage
    stage.notifier.close()
    stage.close()


def test_each_button_does_what_it_says(stage: Stage) -> None:
    stage.dunst.start()
    for label, action in (
        ("Start", ReminderAction.START),
        ("Snooze", ReminderAction.SNOOZE),
        ("Skip", ReminderAction.SKIP),
        ("", ReminderAction.OPEN),
    ):
        stage.answers.clear()
        stage.notifier.show(REMINDER)
        stage.wait_displayed(1)
        if label:
            stage.dunst.click(label)
        else:
            stage.dunst.click_body()
        stage.wait_until(lambda: bool(stage.answers))
        assert stage.answers == [action]
        stage.wait_displayed(0)


def test_a_reminder_is_replaced_and_withdrawn(stage: Stage) -> None:
    stage.dunst.start()
    stage.notifier.show(REMINDER)
    stage.wait_displayed(1)
    stage.notifier.show(LATER)
    stage.notifier.show(REMINDER)
    stage.notifier.show(LATER)
    stage.catch_up()
    assert stage.dunst.displayed == 1
    stage.notifier.withdraw()
    stage.wait_displayed(0)
    assert stage.dunst.last["summary"] == LATER.title
    assert stage.dunst.last["appname"] == "Stretch Player"


def test_text_is_shown_as_it_is(stage: Stage) -> None:
    stage.dunst.start()
    stage.notifier.show(REMINDER)
    stage.wait_displayed(1)
    stage.dunst.ctl("close-all")
    stage.wait_displayed(0)
    assert "Hamstring trio <5 min>" in stage.dunst.last["message"]


def test_a_server_that_comes_late_dies_or_restarts_loses_nothing(stage: Stage) -> None:
    owners: list[str] = []
    stage.notifier.show(REMINDER)
    stage.bus.watch_name(SERVER.service, owners.append)  # called after the notifier is
    stage.wait_until(lambda: len(owners) > 1)  # our question is answered after the notifier's
    stage.dunst.start()
    stage.wait_displayed(1)
    stage.dunst.kill()
    stage.wait_until(lambda: owners[-1] == "")
    stage.dunst.start()
    stage.wait_displayed(1)
    stage.dunst.click("Start")
    stage.wait_until(lambda: stage.answers == [ReminderAction.START])
    stage.dunst.kill()
    stage.wait_until(lambda: owners[-1] == "")
    stage.dunst.start()
    stage.wait_until(lambda: owners[-1] != "")
    stage.catch_up()
    assert stage.dunst.displayed == 0


def test_a_reminder_the_person_closed_does_not_come_back(stage: Stage) -> None:
    stage.dunst.start()
    stage.notifier.show(REMINDER)
    stage.wait_displayed(1)
    stage.dunst.ctl("close-all")
    stage.catch_up()
    stage.dunst.kill()
    stage.dunst.start()
    stage.catch_up()
    assert stage.dunst.displayed == 0


def test_a_server_without_buttons_is_told_of_none(stage: Stage) -> None:
    server = stage.put_on(
        SERVER.service, GetCapabilities=["as", [["body"]]], Notify=["u", [7]], CloseNotification=["", []]
    )
    stage.notifier.show(LATER)
    stage.catch_up()
    [(app, replaces, icon, title, body, buttons, hints, expires)] = server.asked("Notify")
    assert (app, replaces, icon, title, body) == ("Stretch Player", 0, "stretchplayer", LATER.title, LATER.body)
    assert (buttons, expires) == ([], -1)
    assert hints == {
        "urgency": ["y", 1],
        "category": ["s", "x-stretchplayer.reminder"],
        "desktop-entry": ["s", "stretchplayer"],
        "suppress-sound": ["b", True],
    }
    stage.notifier.show(REMINDER)
    stage.catch_up()
    assert server.asked("Notify")[1][1] == 7
    assert server.asked("Notify")[1][4] == REMINDER.body
    stage.notifier.withdraw()
    stage.wait_until(lambda: server.asked("CloseNotification") == [[7]])


def test_a_server_that_hangs_is_waited_for_by_nobody(stage: Stage) -> None:
    server = stage.put_on(SERVER.service, GetCapabilities=None)
    stage.notifier.show(REMINDER)
    stage.wait_until(lambda: bool(server.asked("GetCapabilities")))
    stage.notifier.show(LATER)
    stage.notifier.withdraw()
    assert not server.asked("Notify")
    server.kill()
    stage.call(DBUS, "ListNames")
    assert not server.asked("Notify")


def test_the_token_for_the_focus_is_handed_to_qt(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "")
    server = stage.put_on(
        SERVER.service, GetCapabilities=["as", [["actions"]]], Notify=["u", [7]], CloseNotification=["", []]
    )  # fmt: skip
    stage.notifier.show(REMINDER)
    stage.catch_up()
    server.say(SERVER.path, SERVER.interface, "ActivationToken", "us", 7, "the-token")
    server.say(SERVER.path, SERVER.interface, "ActionInvoked", "us", 8, "start")
    server.say(SERVER.path, SERVER.interface, "ActionInvoked", "us", 7, "nonsense")
    server.say(SERVER.path, SERVER.interface, "NotificationClosed", "uu", 7, 2)
    server.say(SERVER.path, SERVER.interface, "ActionInvoked", "us", 7, "start")
    stage.wait_until(lambda: stage.answers == [ReminderAction.START])
    assert os.environ["XDG_ACTIVATION_TOKEN"].startswith("the")


def test_the_server_tells_its_name(x11: X11Desktop, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", x11.env["DBUS_SESSION_BUS_ADDRESS"])
    stage.put_on(SERVER.service, GetServerInformation=["ssss", ["dunst", "knopwob", "1.9", "1.2"]])
    assert notification_server() == "dunst 1.9"
