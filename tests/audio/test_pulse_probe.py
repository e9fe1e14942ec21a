"""What can be known of the sound server, with sockets of the test's own in its place."""

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from stretchplayer.audio.pulse_probe import ServerLink, connections, sound_server_expected

linux_only = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="Only Linux tells of open sockets in /proc"
)


@pytest.mark.usefixtures("no_server")
@pytest.mark.parametrize("variable", ["PULSE_SERVER", "PIPEWIRE_REMOTE", "PIPEWIRE_RUNTIME_DIR"])
def test_a_server_named_by_the_environment_is_expected(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    assert not sound_server_expected()
    monkeypatch.setenv(variable, "somewhere")
    assert sound_server_expected()


@pytest.mark.usefixtures("no_server")
def test_other_systems_have_no_server_to_wait_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert sound_server_expected()


@pytest.mark.usefixtures("no_server")
def test_without_a_runtime_directory_qt_is_left_to_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert sound_server_expected()


class FakeServer:
    """Listens, and can be connected to as often as a test likes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(path))
        self._listener.listen(8)
        self._clients: list[socket.socket] = []

    def connect(self) -> socket.socket:
        client = socket.socket(socket.AF_UNIX)
        self._clients.append(client)
        client.connect(str(self.path))
        return client

    def close(self) -> None:
        for each in (*self._clients, self._listener):
            each.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[FakeServer]:
    server = FakeServer(tmp_path / "native")
    yield server
    server.close()


@linux_only
def test_a_connection_is_seen_for_as_long_as_it_is_open(server: FakeServer) -> None:
    client = server.connect()
    assert str(server.path) in connections().values()
    client.close()
    assert str(server.path) not in connections().values()


def test_a_system_that_does_not_tell_has_no_connections(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("stretchplayer.audio.pulse_probe.OPEN_FILES", tmp_path / "nowhere")
    link = ServerLink()
    link.opened()
    assert connections() == {}
    assert link.cuts() == 0


@linux_only
def test_a_link_holds_while_more_connections_are_opened(server: FakeServer) -> None:
    link = ServerLink()
    server.connect()
    link.opened()
    assert link.cuts() == 0
    server.connect()
    assert link.cuts() == 0


@linux_only
def test_a_link_is_down_until_every_connection_is_back(server: FakeServer) -> None:
    link = ServerLink()
    clients = [server.connect(), server.connect()]
    link.opened()
    assert link.cuts() == 0
    for client in clients:
        client.close()
    assert link.cuts() is None
    server.connect()
    assert link.cuts() is None
    server.connect()
    assert link.cuts() == 1


@linux_only
def test_a_cut_that_was_mended_at_once_is_noticed(server: FakeServer) -> None:
    link = ServerLink()
    client = server.connect()
    link.opened()
    assert link.cuts() == 0
    server.connect()
    client.close()
    assert link.cuts() == 1
    assert link.cuts() == 1


@linux_only
def test_connections_that_were_there_before_do_not_count(server: FakeServer) -> None:
    before = server.connect()
    link = ServerLink()
    link.opened()
    before.close()
    assert link.cuts() == 0
