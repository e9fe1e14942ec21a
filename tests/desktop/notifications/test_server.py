"""Who shows notifications, where nobody does. A real server is asked in the tests with a virtual desktop."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such service")


@pytest.mark.parametrize("address", [None, "", "tcp:host=localhost,port=1", "unix:path=/no/such/bus"])
def test_without_a_bus_there_is_nobody(monkeypatch: pytest.MonkeyPatch, address: str | None) -> None:
    from stretchplayer.desktop.notifications.freedesktop import notification_server

    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    if address is not None:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert notification_server() is None


@pytest.mark.parametrize("answers", [True, False])
def test_the_server_is_named_with_its_version(monkeypatch: pytest.MonkeyPatch, answers: bool) -> None:
    from jeepney import Message, MessageType

    from stretchplayer.desktop.notifications import freedesktop as server

    kind = MessageType.method_return if answers else MessageType.error
    answer = SimpleNamespace(header=SimpleNamespace(message_type=kind), body=("dunst", "knopwob", "1.9", "1.2"))

    def send(question: Message, *, timeout: float) -> SimpleNamespace:
        assert question.body == ()
        assert timeout > 0
        return answer

    @contextmanager
    def open_connection(bus: str) -> Iterator[SimpleNamespace]:
        assert bus == "SESSION"
        yield SimpleNamespace(send_and_get_reply=send)

    monkeypatch.setattr(server, "open_dbus_connection", open_connection)
    assert server.notification_server() == ("dunst 1.9" if answers else None)
