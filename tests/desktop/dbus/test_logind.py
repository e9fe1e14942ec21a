"""What logind tells, and which session it is asked for."""

import pytest

from stretchplayer.desktop.dbus.logind import MANAGER, OWN_SESSION, SERVICE, SESSION, Logind
from tests.desktop.dbus.fake_bus import FakeBus, put_up_logind


@pytest.mark.parametrize("nonsense", ["yes", 1, None])
def test_nonsense_of_logind_is_not_known(nonsense: object) -> None:
    bus = FakeBus()
    put_up_logind(bus, locked=nonsense, idle=nonsense)
    logind = Logind(bus)
    bus.signal(MANAGER, "PrepareForSleep")
    bus.signal(MANAGER, "PrepareForSleep", nonsense)
    assert (logind.locked, logind.idle) == (None, None)


def test_the_session_is_known_from_the_environment_where_logind_does_not_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_SESSION_ID", "c2")
    bus = FakeBus()
    bus.appear(SERVICE)
    Logind(bus)
    assert bus.calls == [("Get:Id", (SESSION, "Id")), ("GetSession", ("c2",))]
    assert OWN_SESSION.startswith(MANAGER.path)


def test_without_any_session_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_SESSION_ID", raising=False)
    bus = FakeBus()
    bus.appear(SERVICE)
    assert Logind(bus).locked is None
    assert not bus.asked("GetSession")
