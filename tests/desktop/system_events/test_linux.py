"""Sleep, waking and the locked screen."""

from stretchplayer.desktop.dbus.bus import PROPERTIES, Address
from stretchplayer.desktop.dbus.logind import MANAGER, SERVICE, SESSION, Logind
from stretchplayer.desktop.system_events.linux import SAVERS, LinuxEvents
from tests.desktop.dbus.fake_bus import FakeBus, put_up_logind


def test_what_happens_to_the_machine_is_told() -> None:
    bus = FakeBus()
    logind = Logind(bus)
    lock = LinuxEvents(bus, logind)
    told: list[str] = []
    logind.going_to_sleep.connect(lambda: told.append("sleep"))
    logind.woken.connect(lambda: told.append("wake"))
    lock.locked.connect(lambda: told.append("lock"))
    lock.unlocked.connect(lambda: told.append("unlock"))
    bus.signal(MANAGER, "PrepareForSleep", True)
    bus.signal(SAVERS[0], "ActiveChanged", True)
    bus.signal(SAVERS[1], "ActiveChanged", True)
    bus.signal(SAVERS[0], "ActiveChanged", False)
    bus.signal(SAVERS[1], "ActiveChanged", "nonsense")
    bus.signal(MANAGER, "PrepareForSleep", False)
    assert told == ["sleep", "lock", "unlock", "wake"]
    bus.appear(SERVICE, "")


def test_a_request_to_lock_counts_and_so_does_the_session_s_own_hint() -> None:
    bus = FakeBus()
    put_up_logind(bus)
    logind = Logind(bus)
    lock = LinuxEvents(bus, logind)
    told: list[bool] = []
    lock.locked.connect(lambda: told.append(True))
    lock.unlocked.connect(lambda: told.append(False))
    session = Address(service=SERVICE, path=f"{MANAGER.path}/session/_37", interface=SESSION)
    bus.signal(session, "Lock")
    assert (told, lock.is_locked) == ([True], False)
    properties = Address(service=SERVICE, path=session.path, interface=PROPERTIES)
    bus.signal(properties, "PropertiesChanged", SESSION, {"LockedHint": ("b", True), "IdleHint": ("b", True)}, [])
    assert lock.is_locked
    assert logind.idle
    bus.signal(session, "Lock")
    bus.signal(session, "Unlock")
    bus.signal(properties, "PropertiesChanged", SESSION, {"LockedHint": ("b", False)}, [])
    assert told == [True, True, False]


def test_a_saver_that_comes_is_asked_and_one_that_goes_counts_no_more() -> None:
    bus = FakeBus()
    logind = Logind(bus)
    lock = LinuxEvents(bus, logind)
    bus.answer(SAVERS[0].service, "GetActive", True)
    bus.appear(SAVERS[0].service)
    assert lock.is_locked is True
    bus.appear(SAVERS[0].service, "")
    assert (lock.is_locked,) == (False,)
