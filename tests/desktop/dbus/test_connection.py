"""Our own end of a D-Bus connection, against one that is played by hand. Real buses are in tests/desktop."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from jeepney import HeaderFields, Message, Parser, new_method_return
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stretchplayer.desktop.dbus import connection
from stretchplayer.desktop.dbus.bus import Address, Body
from stretchplayer.desktop.dbus.connection import BusConnection
from tests.posix import unix_socket

SOMEONE = Address(service="org.example.Someone", path="/", interface="org.example.Someone")


class Daemon:
    """The other end. It says only what it is told to."""

    def __init__(self, path: Path) -> None:
        self._listening = unix_socket()
        self._listening.bind(str(path))
        self._listening.listen()
        self.address = f"unix:path={path}"
        self._connected: socket.socket | None = None

    def say(self, data: bytes) -> None:
        """Send bytes."""
        self.connected.sendall(data)

    @property
    def connected(self) -> socket.socket:
        """The connection of the bus."""
        if self._connected is None:
            self._connected, _ = self._listening.accept()
        return self._connected

    def let_in(self, qtbot: QtBot) -> list[Message]:
        """Accept who connects, and wait until they begin to speak; what they say then is returned."""
        self.say(b"OK 1234\r\n")
        self.connected.setblocking(False)
        heard = bytearray()

        def has_begun() -> bool:
            with suppress(BlockingIOError):
                heard.extend(self.connected.recv(65_536))
            return b"BEGIN" in heard

        qtbot.waitUntil(has_begun)
        parser = Parser()
        parser.add_data(bytes(heard.partition(b"BEGIN\r\n")[2]))
        return list(iter(parser.get_next_message, None))

    def close(self) -> None:
        """Hang up."""
        if self._connected is not None:
            self._connected.close()
        self._listening.close()


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[Daemon]:
    daemon = Daemon(tmp_path / "bus")
    yield daemon
    daemon.close()


@pytest.fixture
def bus(qapp: QApplication, daemon: Daemon) -> Iterator[BusConnection]:
    bus = BusConnection(daemon.address)
    yield bus
    bus.close()


@pytest.mark.parametrize("address", ["", "disabled:", "tcp:host=localhost,port=1", "unix:path=/no/such/bus"])
def test_without_a_bus_every_answer_is_none(qapp: QApplication, address: str) -> None:
    bus = BusConnection(address)
    answers: list[object] = []
    bus.call(SOMEONE, "Do", answers.append)
    bus.watch_name(SOMEONE.service, answers.append)
    bus.request_name("org.example.Us", answers.append)
    bus.subscribe(SOMEONE, "Done", answers.append)
    bus.emit_signal("/", "org.example.Us", "Done", "", ())
    bus.release_name("org.example.Us")
    bus.close()
    assert answers == [None, "", False]


@pytest.mark.parametrize("what", [b"REJECTED EXTERNAL\r\n", b"OK 1234\r\n" + b"\0" * 64, b"?" * 9_000])
def test_a_bus_that_speaks_nonsense_is_given_up(bus: BusConnection, daemon: Daemon, qtbot: QtBot, what: bytes) -> None:
    answers: list[Body | None] = []
    bus.call(SOMEONE, "Do", answers.append)
    daemon.say(what)
    qtbot.waitUntil(lambda: answers == [None])


def test_nonsense_after_a_good_beginning_is_no_better(bus: BusConnection, daemon: Daemon, qtbot: QtBot) -> None:
    answers: list[Body | None] = []
    bus.call(SOMEONE, "Do", answers.append)
    daemon.let_in(qtbot)
    daemon.say(b"?" * 64)
    qtbot.waitUntil(lambda: answers == [None])


def test_a_bus_that_hangs_up_answers_none(bus: BusConnection, daemon: Daemon, qtbot: QtBot) -> None:
    answers: list[Body | None] = []
    bus.call(SOMEONE, "Do", answers.append)
    assert daemon.connected.fileno() >= 0
    daemon.close()
    qtbot.waitUntil(lambda: answers == [None])
    bus.call(SOMEONE, "Do", answers.append)
    assert answers == [None, None]


def test_a_bus_that_says_nothing_is_not_waited_for(
    bus: BusConnection, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "TIMEOUT_MS", 1)
    answers: list[Body | None] = []
    bus.call(SOMEONE, "Do", answers.append)
    qtbot.waitUntil(lambda: answers == [None])


def test_what_the_bus_said_while_we_were_busy_is_not_late(
    bus: BusConnection, daemon: Daemon, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    daemon.let_in(qtbot)
    monkeypatch.setattr(connection, "TIMEOUT_MS", 0)
    answers: list[Body | None] = []
    bus.call(SOMEONE, "Do", answers.append)
    parser = Parser()
    parser.add_data(daemon.connected.recv(65_536))
    (asked,) = iter(parser.get_next_message, None)
    daemon.say(new_method_return(asked, "s", ("done",)).serialise(serial=1))
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [("done",)]


def test_who_owns_a_name_is_heard_however_late_the_bus_says_so(
    bus: BusConnection, daemon: Daemon, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "TIMEOUT_MS", 1)
    owners: list[str] = []
    answers: list[Body | None] = []
    bus.watch_name(SOMEONE.service, owners.append)
    bus.call(SOMEONE, "Do", answers.append)
    qtbot.waitUntil(lambda: answers == [None])
    assert owners == [], "the bus has not said that there is none"
    (asked,) = (each for each in daemon.let_in(qtbot) if each.header.fields[HeaderFields.member] == "GetNameOwner")
    daemon.say(new_method_return(asked, "s", (":1.7",)).serialise(serial=1))
    qtbot.waitUntil(lambda: owners == [":1.7"])


def test_what_does_not_fit_is_sent_later(bus: BusConnection, daemon: Daemon, qtbot: QtBot) -> None:
    daemon.let_in(qtbot)
    text = "x" * 1_000_000
    bus.call(SOMEONE, "Do", lambda _body: None, signature="s", body=(text,))
    got = bytearray()

    def read() -> bool:
        with suppress(BlockingIOError):
            got.extend(daemon.connected.recv(1_000_000))
        return text.encode() in got

    qtbot.waitUntil(read)


def test_sending_to_a_bus_that_is_gone_is_noticed(bus: BusConnection, daemon: Daemon, qtbot: QtBot) -> None:
    daemon.let_in(qtbot)
    daemon.close()
    answers: list[Body | None] = []
    bus.call(SOMEONE, "Do", answers.append)
    qtbot.waitUntil(lambda: answers == [None])
