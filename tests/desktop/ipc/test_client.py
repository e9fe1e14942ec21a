"""Finding and asking a running program: sockets nobody, a deaf one or a strange one listens at."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from stretchplayer.desktop.ipc import address as address_module
from stretchplayer.desktop.ipc import client as client_module
from stretchplayer.desktop.ipc.address import LONGEST_PATH, socket_address
from stretchplayer.desktop.ipc.client import SessionLink, ask
from stretchplayer.desktop.ipc.protocol import (
    DONE,
    MAX_ANSWER_BYTES,
    Answer,
    Reply,
    Request,
    Verb,
    decode_request,
    encode_answer,
)
from stretchplayer.errors import DesktopError
from tests.desktop.callers import spin_until
from tests.posix import unix_socket, user_number

pytestmark = pytest.mark.skipif(os.name != "posix", reason="elsewhere the address is a pipe's")
STATUS = Request(verb=Verb.STATUS)
SHORT_S = 0.1
"""How long a test waits for an answer that doesn't come."""


@pytest.fixture
def address(short_folder: Path) -> str:
    return str(short_folder / "x.socket")


@pytest.fixture
def serve(address: str) -> Iterator[Callable[..., list[bytes]]]:
    """Answers one connection after the other with these bytes, in a thread; what was asked is kept."""
    with ExitStack() as ending:

        def serve(*answers: bytes) -> list[bytes]:
            heard: list[bytes] = []
            listener = ending.enter_context(unix_socket())
            listener.bind(address)
            listener.listen()

            def run() -> None:
                for answer in answers:
                    connection, _ = listener.accept()
                    with connection:
                        heard.append(connection.recv(4096))
                        connection.sendall(answer)

            thread = threading.Thread(target=run, name="server")
            thread.start()
            ending.callback(thread.join)
            return heard

        yield serve


# Where


@pytest.fixture
def no_runtime_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have one."""
    monkeypatch.setattr(address_module, "RUNTIME_FOLDERS", Path("/no/such/folders"))


def test_two_data_directories_are_two_programs(short_folder: Path) -> None:
    environ = {"XDG_RUNTIME_DIR": str(short_folder)}
    one, other = (socket_address(short_folder / name, environ) for name in ("one", "other"))
    assert one is not None
    assert one != other
    assert Path(one).parent == short_folder
    (short_folder / "link").symlink_to(short_folder / "one")
    assert socket_address(short_folder / "link", environ) == one


@pytest.mark.usefixtures("no_runtime_folders")
@pytest.mark.parametrize("runtime", [None, "", "relative", "/no/such/folder", "/" + "x" * LONGEST_PATH])
def test_without_a_runtime_directory_there_is_a_private_folder(short_folder: Path, runtime: str | None) -> None:
    environ = {"TMPDIR": str(short_folder)} | ({} if runtime is None else {"XDG_RUNTIME_DIR": runtime})
    assert socket_address(short_folder / "data", environ) is None, "nobody can be there yet"
    made = socket_address(short_folder / "data", environ, make=True)
    assert made is not None
    assert Path(made).parent == short_folder / f"stretchplayer-{user_number()}"
    assert Path(made).parent.stat().st_mode & 0o777 == 0o700
    assert socket_address(short_folder / "data", environ) == made


def test_a_folder_that_others_can_write_to_is_not_used(short_folder: Path) -> None:
    run = short_folder / "run"
    run.mkdir()
    run.chmod(0o777)
    environ = {"XDG_RUNTIME_DIR": str(run), "TMPDIR": str(short_folder)}
    private = socket_address(short_folder, environ, make=True)
    assert str(private).startswith(f"{short_folder}/stretchplayer-")
    (short_folder / f"stretchplayer-{user_number()}").chmod(0o755)
    assert socket_address(short_folder, environ, make=True) == str(short_folder / Path(str(private)).name)
    short_folder.chmod(0o777)
    assert socket_address(short_folder, environ, make=True) is None


@pytest.mark.usefixtures("no_runtime_folders")
def test_a_link_to_a_folder_is_not_used(short_folder: Path) -> None:
    (short_folder / "other").mkdir(mode=0o700)
    (short_folder / f"stretchplayer-{user_number()}").symlink_to(short_folder / "other")
    address = socket_address(short_folder, {"TMPDIR": str(short_folder)}, make=True)
    assert address is not None
    assert Path(address).parent == short_folder


def test_who_has_no_variable_finds_the_folder(short_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address_module, "RUNTIME_FOLDERS", short_folder)
    run = short_folder / str(user_number())
    run.mkdir(mode=0o700)
    assert socket_address(short_folder, {}) == socket_address(short_folder, {"XDG_RUNTIME_DIR": str(run)})


def test_on_windows_it_is_a_pipe(short_folder: Path) -> None:
    assert str(socket_address(short_folder, {}, "win32")).startswith("\\\\.\\pipe\\stretchplayer-")


# Asking


def test_nobody_listens(address: str) -> None:
    assert ask(address, STATUS) is None


def test_a_socket_that_was_left_behind_is_nobody(address: str) -> None:
    left = unix_socket()
    left.bind(address)
    left.close()
    assert ask(address, STATUS) is None


def test_an_answer_is_taken(address: str, serve: Callable[..., list[bytes]]) -> None:
    heard = serve(encode_answer(DONE))
    assert ask(address, STATUS) == DONE
    assert heard == [b'{"verb":"status"}\n']


def test_who_is_busy_or_hangs_up_is_asked_again(address: str, serve: Callable[..., list[bytes]]) -> None:
    heard = serve(encode_answer(Answer(reply=Reply.BUSY)), b"", encode_answer(DONE))
    assert ask(address, STATUS) == DONE
    assert len(heard) == 3


@pytest.mark.parametrize("data", [b"what?\n", b"half a li", b"x" * (MAX_ANSWER_BYTES + 1), b'{"reply":"maybe"}\n'])
def test_a_strange_answer_is_told_of(address: str, serve: Callable[..., list[bytes]], data: bytes) -> None:
    serve(data)
    with pytest.raises(DesktopError, match="Another version of Stretch Player is running"):
        ask(address, STATUS)


def test_who_does_not_answer_is_told_of(address: str) -> None:
    with unix_socket() as deaf:
        deaf.bind(address)
        deaf.listen()
        with pytest.raises(DesktopError, match="running but doesn't answer; quit it, or wait"):
            ask(address, STATUS, within_s=SHORT_S)


def test_without_a_safe_place_nobody_is_asked() -> None:
    assert ask(None, STATUS) is None


# Telling of a session


class Resident:
    """A running program, which hears of sessions."""

    def __init__(self, address: str) -> None:
        self._listener = unix_socket()
        self._listener.bind(address)
        self._listener.listen()
        self._listener.setblocking(False)
        self._session: socket.socket | None = None
        self._heard = b""

    @property
    def is_told(self) -> bool:
        """Whether it has been told of a session since it was asked last."""
        self._read()
        is_told, self._heard = self._heard.endswith(b"\n"), b""
        return is_told

    @property
    def is_left(self) -> bool:
        return self._read() == b""

    def _read(self) -> bytes | None:
        """What has come, if anything; nothing comes when the other side has hung up."""
        try:
            if self._session is None:
                self._session, _ = self._listener.accept()
                self._session.setblocking(False)
            data = self._session.recv(4096)
        except BlockingIOError:
            return None
        self._heard += data
        for line in data.splitlines(keepends=True):
            assert decode_request(line) == Request(verb=Verb.SESSION_STARTED)
        return data

    def close(self) -> None:
        self._listener.close()
        if self._session is not None:
            self._session.close()


@pytest.fixture
def link(short_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionLink]:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short_folder))
    monkeypatch.setattr(client_module, "RECONNECT_MS", 1)
    made = SessionLink(short_folder)
    yield made
    made.end()


@pytest.fixture
def place(short_folder: Path) -> str:
    found = socket_address(short_folder, {"XDG_RUNTIME_DIR": str(short_folder)})
    assert found is not None
    return found


@pytest.mark.usefixtures("qapp")
def test_a_session_is_told_of_until_its_end(link: SessionLink, place: str) -> None:
    with closing(Resident(place)) as resident:
        link.begin()
        spin_until(lambda: resident.is_told)
        link.end()
        spin_until(lambda: resident.is_left)


@pytest.mark.usefixtures("qapp")
def test_a_session_says_again_that_it_plays(link: SessionLink, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "REPEAT_MS", 1)
    with closing(Resident(place)) as resident:
        link.begin()
        for _ in range(3):
            spin_until(lambda: resident.is_told)


@pytest.mark.usefixtures("qapp")
def test_a_program_that_starts_in_the_middle_of_the_session_is_told(link: SessionLink, place: str) -> None:
    link.begin()
    with closing(Resident(place)) as first:
        spin_until(lambda: first.is_told)
    Path(place).unlink()
    with closing(Resident(place)) as second:
        spin_until(lambda: second.is_told)
