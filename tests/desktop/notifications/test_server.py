"""Who shows notifications, where nobody does. A real server is asked in the tests with a virtual desktop."""

import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such service")


@pytest.mark.parametrize("address", [None, "", "tcp:host=localhost,port=1", "unix:path=/no/such/bus"])
def test_without_a_bus_there_is_nobody(monkeypatch: pytest.MonkeyPatch, address: str | None) -> None:
    from stretchplayer.desktop.notifications.server import notification_server

    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    if address is not None:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert notification_server() is None
