"""Which services each system has, and that all of them are let go of."""

from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stretchplayer.desktop.dbus.mpris import Mpris
from stretchplayer.desktop.notifications.freedesktop import SERVER, FreedesktopNotifier
from stretchplayer.desktop.notifications.native import NativeNotifier
from stretchplayer.desktop.presence.watch import PresenceWatch
from stretchplayer.desktop.services import DesktopServices, is_x11
from stretchplayer.desktop.system_events import SystemEvents
from stretchplayer.desktop.system_events.linux import LinuxEvents
from stretchplayer.reminders.reminder import Reminder
from stretchplayer.routine.now_playing import NowPlaying, PlayingStatus
from tests.desktop.dbus.fake_bus import FakeBus
from tests.posix import not_on_windows

REMINDER = Reminder(title="Time", body="Now", start="Start", snooze="Snooze", skip="Skip", done="Done", open="Open")


@not_on_windows("it has other services")
def test_linux_has_them_all(qapp: QApplication) -> None:
    services = DesktopServices(qapp, icon=Path("/icon.svg"), system="linux")
    assert isinstance(services.notifier, FreedesktopNotifier)
    assert isinstance(services.presence, PresenceWatch)
    assert isinstance(services.linux_events, LinuxEvents)
    assert isinstance(services.media, Mpris)
    assert services.notifier is services.notifier
    services.notifier.show(REMINDER)
    services.close()
    services.close()


@pytest.mark.parametrize(("desktop", "few"), [("LXQt", True), ("KDE", False)])
def test_the_notifier_suits_the_desktop_s_server(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, desktop: str, few: bool
) -> None:
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", desktop)
    services = DesktopServices(qapp, system="linux")
    bus = services.session_bus = FakeBus()
    bus.answer(SERVER.service, "GetCapabilities", ["actions"])
    services.notifier.show(REMINDER)
    buttons = bus.asked("Notify")[0][5]
    assert isinstance(buttons, list)
    assert ("default" not in buttons) is few
    services.close()


@pytest.mark.parametrize("system", ["win32", "darwin", "freebsd14"])
def test_what_is_spoken_over_the_bus_does_nothing_elsewhere(qapp: QApplication, system: str) -> None:
    services = DesktopServices(qapp, system=system)
    assert isinstance(services.notifier, NativeNotifier) is (system != "freebsd14")
    told: list[str] = []
    services.events.woken.connect(lambda: told.append("wake"))
    services.events.locked.connect(lambda: told.append("lock"))
    services.media.show(NowPlaying(status=PlayingStatus.PLAYING, title="A", routine="B", number=1, length_ms=1))
    services.media.jumped()
    services.media.clear()
    services.other_players.pause_playing()
    services.other_players.close()
    services.close()
    assert not told


@pytest.mark.parametrize(
    ("display_wayland_kind", "expected"),
    [
        ((":0", "", "x11"), True),
        ((":0", "", ""), True),
        ((":0", "wayland-0", ""), False),
        ((":0", "", "wayland"), False),
        (("", "", "tty"), False),
    ],
)
def test_an_x_server_for_old_programs_is_not_the_screen(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, display_wayland_kind: tuple[str, ...], expected: bool
) -> None:
    names = ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE")
    for name, value in zip(names, display_wayland_kind, strict=True):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "GNOME")
    assert is_x11() is expected
    services = DesktopServices(qapp, system="linux")
    assert isinstance(services.presence, PresenceWatch)
    services.close()


@pytest.mark.parametrize(
    ("system", "platform", "desktop", "answers", "shown"),
    [
        ("linux", "wayland", "ubuntu:GNOME", True, False),
        ("linux", "wayland", "ubuntu:GNOME", False, True),
        ("linux", "xcb", "GNOME", True, True),
        ("linux", "wayland", "KDE", True, False),
        ("linux", "xcb", "KDE", True, True),
        ("linux", "wayland", "sway", True, True),
        ("darwin", "cocoa", "", True, True),
    ],
)
def test_a_window_comes_beside_a_notification_unless_it_would_take_the_focus(  # noqa: PLR0917 -- a row of the table
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    system: str,
    platform: str,
    desktop: str,
    answers: bool,
    shown: bool,
) -> None:
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", desktop)
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: platform)
    bus, made = FakeBus(), list[bool]()
    if answers:
        # What gnome-shell 43.9 said.
        bus.answer(SERVER.service, "GetServerInformation", "gnome-shell", "GNOME", "43.9", "1.2")
    services = DesktopServices(qapp, system=system)
    services.session_bus = bus
    services.show_beside_notification(lambda: made.append(True))
    assert bool(made) is shown
    services.close()


def test_sleep_and_the_lock_are_told_by_the_system_s_own_means(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stretchplayer.desktop.services.MacEvents", SystemEvents)
    monkeypatch.setattr("stretchplayer.desktop.services.WindowsEvents", SystemEvents)
    for system in ("win32", "darwin"):
        services = DesktopServices(qapp, system=system)
        assert type(services.events) is SystemEvents
        services.close()
    services = DesktopServices(qapp, system="linux")
    told: list[str] = []
    for name in ("going_to_sleep", "woken", "locked", "unlocked"):
        getattr(services.events, name).connect(partial(told.append, name))
    services.logind.going_to_sleep.emit()
    services.logind.woken.emit()
    services.linux_events.locked.emit()
    services.linux_events.unlocked.emit()
    assert told == ["going_to_sleep", "woken", "locked", "unlocked"]
    services.close()


@pytest.mark.parametrize(("system", "name"), [("win32", "WindowsPresence"), ("darwin", "MacPresence")])
def test_presence_is_asked_of_the_system(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, system: str, name: str
) -> None:
    asked: list[str] = []
    library = SimpleNamespace(find_out=lambda: asked.append(system))
    monkeypatch.setattr(f"stretchplayer.desktop.services.{name}", lambda: library)
    monkeypatch.setattr("stretchplayer.desktop.services.call_finder", lambda _system: None)
    services = DesktopServices(qapp, system=system)
    services.presence.watch(on=True)
    qtbot.waitUntil(lambda: asked == [system])
    services.close()


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_windows_and_macos_always_have_a_tray(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    services, seen = DesktopServices(qapp, system=system), list[bool]()
    services.tray.seen.connect(lambda: seen.append(True))
    services.tray.begin()
    assert seen == [True]
    services.close()


@pytest.mark.parametrize("system", ["linux", "darwin"])
def test_only_macos_has_a_dock(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    shown: list[bool] = []
    monkeypatch.setattr("stretchplayer.desktop.services.show_in_dock", shown.append)
    services = DesktopServices(qapp, system=system)
    services.show_in_dock(False)
    assert shown == [False] * (system == "darwin")
    services.close()


def test_a_dock_that_refuses_is_only_logged(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(_shown: bool) -> None:
        raise NameError("no such class")  # what Rubicon says

    monkeypatch.setattr("stretchplayer.desktop.services.show_in_dock", refuse)
    services = DesktopServices(qapp, system="darwin")
    services.show_in_dock(True)
    assert "the icon in the Dock could not be changed" in caplog.text
    services.close()
