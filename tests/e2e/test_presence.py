"""What real and stand-in services tell of the person and of the machine."""

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Final

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stretchplayer.desktop.clock import SystemClock
from stretchplayer.desktop.dbus.bus import DBUS, Address
from stretchplayer.desktop.dbus.logind import MANAGER, SERVICE, SESSION, Logind
from stretchplayer.desktop.presence import watch
from stretchplayer.desktop.presence import x11 as x11_presence
from stretchplayer.desktop.presence.do_not_disturb import ask_servers
from stretchplayer.desktop.presence.watch import AWAY_AFTER_MS, PresenceWatch
from stretchplayer.desktop.presence.x11 import X11Presence
from stretchplayer.desktop.services import DesktopServices
from stretchplayer.desktop.system_events.linux import SAVERS, LinuxEvents
from stretchplayer.desktop.timer import QtTimer
from stretchplayer.desktop.x11.xcb import XServer
from stretchplayer.reminders.presence import Presence
from tests.e2e.bus_stage import BusStage, Dunst, StandIn
from tests.e2e.waiting import wait_until
from tests.e2e.x11 import X11Desktop

pytestmark = pytest.mark.desktop

OUR_NAME: Final = "org.example.Us"
OUR_SESSION: Final = "/org/freedesktop/login1/session/_37"
FULL_WINDOW: Final = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication(sys.argv)
window = QWidget()
window.setWindowTitle("Film")
window.showFullScreen()
sys.exit(app.exec())
"""


@pytest.fixture
def stage(x11: X11Desktop, qapp: QApplication, qtbot: QtBot) -> Iterator[BusStage]:
    stage = BusStage(x11, qtbot)
    yield stage
    stage.close()


def put_up_logind(stage: BusStage, *, locked: bool = False, idle: bool = False) -> StandIn:
    """Something that answers as systemd-logind does."""
    return stage.put_on(
        SERVICE,
        **{
            "Get:Id": ["v", [["s", "7"]]],
            "GetSession": ["o", [OUR_SESSION]],
            "Get:LockedHint": ["v", [["b", locked]]],
            "Get:IdleHint": ["v", [["b", idle]]],
        },
    )


def test_sleep_and_waking_are_told(stage: BusStage) -> None:
    logind = Logind(stage.bus)
    told: list[bool] = []
    logind.going_to_sleep.connect(lambda: told.append(True))
    logind.woken.connect(lambda: told.append(False))
    service = put_up_logind(stage)
    stage.wait_until(lambda: logind.locked is False)
    service.say(MANAGER.path, MANAGER.interface, "PrepareForSleep", "b", True)
    service.say(MANAGER.path, MANAGER.interface, "PrepareForSleep", "b", False)
    stage.wait_until(lambda: told == [True, False])


def test_who_is_not_logind_is_not_believed(stage: BusStage) -> None:
    logind = Logind(stage.bus)
    told: list[bool] = []
    logind.going_to_sleep.connect(lambda: told.append(True))
    logind.woken.connect(lambda: told.append(False))
    service = put_up_logind(stage)
    stage.wait_until(lambda: logind.locked is False)
    # What is sent to us alone passes the bus, whoever sends it.
    stage.bus.request_name(OUR_NAME, lambda _did: None)
    [us] = stage.call(DBUS, "GetNameOwner", "s", OUR_NAME)
    stranger = stage.put_on("org.example.Stranger")
    stranger.say(MANAGER.path, MANAGER.interface, "PrepareForSleep", "b", True, to=str(us))
    service.say(MANAGER.path, MANAGER.interface, "PrepareForSleep", "b", False)
    stage.wait_until(lambda: bool(told))
    assert told == [False]


def test_hints_of_logind_are_followed_till_it_is_gone(stage: BusStage) -> None:
    service = put_up_logind(stage, idle=True)
    logind = Logind(stage.bus)
    lock = LinuxEvents(stage.bus, logind)
    changes: list[bool] = []
    lock.locked.connect(lambda: changes.append(True))
    lock.unlocked.connect(lambda: changes.append(False))
    stage.wait_until(lambda: logind.idle is True and logind.locked is False)
    hint = {"LockedHint": ["b", True], "IdleHint": ["b", False]}
    service.say(OUR_SESSION, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as", SESSION, hint, [])
    stage.wait_until(lambda: changes == [True])
    assert logind.idle is False
    service.kill()
    stage.wait_until(lambda: changes == [True, False])
    assert logind.locked is None


def test_a_request_to_lock_counts_as_locking(stage: BusStage) -> None:
    service = put_up_logind(stage)
    logind = Logind(stage.bus)
    lock = LinuxEvents(stage.bus, logind)
    changes: list[bool] = []
    lock.locked.connect(lambda: changes.append(True))
    lock.unlocked.connect(lambda: changes.append(False))
    stage.wait_until(lambda: logind.idle is False)
    service.say(OUR_SESSION, SESSION, "Lock", "")
    service.say(OUR_SESSION, SESSION, "Unlock", "")
    stage.wait_until(lambda: changes == [True])
    assert not lock.is_locked


@pytest.mark.parametrize("saver", SAVERS, ids=lambda saver: saver.service)
def test_screen_savers_tell_that_they_lock(stage: BusStage, saver: Address) -> None:
    service = stage.put_on(saver.service, GetActive=["b", [True]])
    lock = LinuxEvents(stage.bus, Logind(stage.bus))
    changes: list[bool] = []
    lock.locked.connect(lambda: changes.append(True))
    lock.unlocked.connect(lambda: changes.append(False))
    stage.wait_until(lambda: changes == [True])
    service.say(saver.path, saver.interface, "ActiveChanged", "b", False)
    service.say(saver.path, saver.interface, "ActiveChanged", "b", True)
    stage.wait_until(lambda: changes == [True, False, True])
    service.kill()
    stage.wait_until(lambda: changes == [True, False, True, False])


def test_do_not_disturb_makes_a_reminder_wait(stage: BusStage, tmp_path: Path, qapp: QApplication) -> None:
    dunst = Dunst(stage.desktop, tmp_path)
    dunst.start()
    presence = PresenceWatch([partial(ask_servers, stage.bus)], SystemClock(), QtTimer(qapp), QtTimer(qapp))
    changes: list[Presence] = []
    presence.changed.connect(lambda: changes.append(presence.presence()))
    dunst.ctl("set-paused", "true")
    presence.watch(on=True)
    stage.wait_until(lambda: changes == [Presence.BUSY])
    dunst.ctl("set-paused", "false")
    presence.nudge()
    stage.wait_until(lambda: changes == [Presence.BUSY, Presence.FREE])
    presence.close()


def look(stage: BusStage, services: DesktopServices) -> Presence:
    """What is found out now."""
    found: list[Presence] = []
    told = services.presence.changed.connect(lambda: found.append(services.presence.presence()))
    services.presence.current()
    stage.wait_until(lambda: bool(found))
    services.presence.changed.disconnect(told)
    return found[0]


@pytest.fixture
def services(
    stage: BusStage, x11: X11Desktop, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DesktopServices]:
    """All of Linux' services, on this desktop."""
    for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_SESSION_TYPE", "XDG_CURRENT_DESKTOP"):
        monkeypatch.setenv(name, x11.env[name])
    monkeypatch.setattr(watch, "FRESH_MS", 0)
    services = DesktopServices(qapp)
    yield services
    services.close()
    services.deleteLater()


def test_a_program_that_fills_the_screen_makes_a_reminder_wait(
    stage: BusStage, services: DesktopServices, x11: X11Desktop
) -> None:
    assert look(stage, services) is Presence.FREE
    film = x11.start([sys.executable, "-c", FULL_WINDOW])
    x11.wait_for_window("Film", lambda window: window.fullscreen and window.focused)
    assert look(stage, services) is Presence.BUSY
    film.terminate()
    film.wait()
    wait_until(lambda: not x11.windows(), "the film's end")
    assert look(stage, services) is Presence.FREE


def test_our_own_window_that_fills_the_screen_does_not(
    stage: BusStage, services: DesktopServices, x11: X11Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = x11.start([sys.executable, "-c", FULL_WINDOW])
    x11.wait_for_window("Film", lambda window: window.fullscreen and window.focused)
    monkeypatch.setattr(x11_presence, "os", SimpleNamespace(getpid=lambda: film.pid))
    assert look(stage, services) is Presence.FREE


def test_who_has_locked_the_screen_with_xscreensaver_is_away(
    stage: BusStage, services: DesktopServices, x11: X11Desktop
) -> None:
    # What XScreenSaver 6.06 was seen to say: (LOCK, when, which picture), and the version at a window of its own.
    x11.set_root_property("_SCREENSAVER_STATUS", "INTEGER", [x11.atom("LOCK"), 1_795_555_354, 153])
    assert look(stage, services) is Presence.FREE, "it was killed, and this is what it left"
    with x11.window_with("_SCREENSAVER_VERSION", "6.06"):
        assert look(stage, services) is Presence.AWAY
        x11.set_root_property("_SCREENSAVER_STATUS", "INTEGER", [0, 1_795_555_415, 153])
        assert look(stage, services) is Presence.FREE


def test_who_does_not_touch_the_machine_is_away(
    stage: BusStage, services: DesktopServices, x11: X11Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    with XServer() as server:
        idle_ms = server.idle_ms()
    assert idle_ms is not None
    assert 0 <= idle_ms < AWAY_AFTER_MS
    monkeypatch.setattr(x11_presence, "AWAY_AFTER_MS", 0)
    assert look(stage, services) is Presence.AWAY


def test_an_x_server_that_comes_late_is_found(x11: X11Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":987")
    servers: list[XServer] = []

    def connect() -> XServer:
        servers.append(XServer())
        return servers[-1]

    presence = X11Presence(connect)
    with pytest.raises(OSError, match="X server"):
        presence.find_out()
    monkeypatch.setenv("DISPLAY", x11.env["DISPLAY"])
    assert presence.find_out() is None
    servers[0].close()
    with pytest.raises(OSError, match="X server"):
        presence.find_out()
    assert presence.find_out() is None
    servers[1].close()


def test_services_that_hang_leave_the_person_free(
    stage: BusStage, services: DesktopServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stretchplayer.desktop.presence.watch.LOOK_LIMIT_MS", 50)
    stage.put_on("org.freedesktop.Notifications", Get=None, **{"Get:Inhibited": None, "Get:paused": None})
    assert look(stage, services) is Presence.FREE
    assert look(stage, services) is Presence.FREE
