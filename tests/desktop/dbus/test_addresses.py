import pytest

from stretchplayer.desktop.dbus.bus import session_address, system_address


def test_addresses_are_the_system_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/a")
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/b")
    assert (session_address(), system_address()) == ("unix:path=/a", "unix:path=/b")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    monkeypatch.delenv("DBUS_SYSTEM_BUS_ADDRESS")
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/me")
    assert session_address() == "unix:path=/run/me/bus"
    assert system_address() == "unix:path=/var/run/dbus/system_bus_socket"
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert session_address() == ""
