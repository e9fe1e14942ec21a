"""Sleep, waking and the locked screen."""

from stretchplayer.desktop.dbus.bus import PROPERTIES, Address
from stretchplayer.desktop.dbus.logind import MANAGER, SERVICE, SESSION, Logind
from stretchplayer.desktop.presence.screen_lock import SAVERS, ScreenLock
from stretchplayer.desktop.presence.system_events import LogindEvents
from tests.desktop.dbus.fake_bus import FakeBus, put_up_logind


def test_what_happens_to_the_machine_is_told_until_closed() -> None:
    bus = FakeBus()
    logind = Logind(bus)
    events = LogindEvents(logind, ScreenLock(bus, logind))
    told: list[str] = []
    events.on_sleep(lambda: told.append("sleep"))
    events.on_wake(lambda: told.append("wake"))
    events.on_lock(lambda: told.append("lock"))
    events.on_unlock(lambda: told.append("unlock"))
    bus.signal(MANAGER, "PrepareForSleep", True)
    bus.signal(SAVERS[0], "ActiveChanged", True)
    bus.signal(SAVERS[1], "ActiveChanged", True)
    bus.signal(SAVERS[0], "ActiveChanged", False)
    bus.signal(SAVERS[1], "ActiveChanged", "nonsense")
    bus.signal(MANAGER, "PrepareForSleep", False)
    assert told == ["sleep", "lock", "unlock", "wake"]
    events.close()
    bus.signal(MANAGER, "PrepareForSleep", True)
    assert len(told) == 4
    bus.appear(SERVICE, "")


def test_a_request_to_lock_counts_and_so_does_the_session_s_own_hint() -> None:
    bus = FakeBus()
    put_up_logind(bus)
    logind = Logind(bus)
    lock = ScreenLock(bus, logind)
    told: list[bool] = []
    lock.on_change(told.append)
    session = Address(service=SERVICE, path=f"{MANAGER.path}/session/_37", interface=SESSION)
    bus.signal(session, "Lock")
    assert (told, lock.locked) == ([True], False)
    properties = Address(service=SERVICE, path=session.path, interface=PROPERTIES)
    bus.signal(properties, "PropertiesChanged", SESSION, {"LockedHint": ("b", True), "IdleHint": ("b", True)}, [])
    assert lock.locked
    assert logind.idle
    bus.signal(session, "Lock")
    bus.signal(session, "Unlock")
    bus.signal(properties, "PropertiesChanged", SESSION, {"LockedHint": ("b", False)}, [])
    assert told == [True, True, False]


def test_a_saver_that_comes_is_asked_and_one_that_goes_counts_no_more() -> None:
    bus = FakeBus()
    logind = Logind(bus)
    lock = ScreenLock(bus, logind)
    bus.answer(SAVERS[0].service, "GetActive", True)
    bus.appear(SAVERS[0].service)
    assert lock.locked is True
    bus.appear(SAVERS[0].service, "")
    assert (lock.locked,) == (False,)
