"""Sleep, waking and the locked screen."""

from stretchplayer.desktop.dbus.logind import MANAGER, SERVICE, Logind
from stretchplayer.desktop.presence.screen_lock import SAVERS, ScreenLock
from stretchplayer.desktop.presence.system_events import LogindEvents
from tests.desktop.dbus.fake_bus import FakeBus


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
