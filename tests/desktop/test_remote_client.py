"""Finding and asking a running program: sockets nobody, a deaf one or a strange one listens at, and pipes."""

import errno
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import pytest

from stretchplayer.desktop import remote_address as remote_address_module
from stretchplayer.desktop import remote_client
from stretchplayer.desktop.ipc.remote import DONE, Answer, Reply, Request, Verb, encode_answer
from stretchplayer.desktop.remote_address import LONGEST_PATH, remote_address
from stretchplayer.desktop.remote_client import ask, is_listening
from stretchplayer.errors import DesktopError

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
            listener = ending.enter_context(socket.socket(socket.AF_UNIX))
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
    monkeypatch.setattr(remote_address_module, "RUNTIME_FOLDERS", "/no/such/folders")


def test_two_data_directories_are_two_programs(short_folder: Path) -> None:
    environ = {"XDG_RUNTIME_DIR": str(short_folder)}
    one, other = (remote_address(short_folder / name, environ) for name in ("one", "other"))
    assert one is not None
    assert one != other
    assert Path(one).parent == short_folder
    (short_folder / "link").symlink_to(short_folder / "one")
    assert remote_address(short_folder / "link", environ) == one


@pytest.mark.usefixtures("no_runtime_folders")
@pytest.mark.parametrize("runtime", [None, "", "relative", "/no/such/folder", "/" + "x" * LONGEST_PATH])
def test_without_a_runtime_directory_there_is_a_private_folder(short_folder: Path, runtime: str | None) -> None:
    environ = {"TMPDIR": str(short_folder)} | ({} if runtime is None else {"XDG_RUNTIME_DIR": runtime})
    assert remote_address(short_folder, environ) is None, "nobody can be there yet"
    made = remote_address(short_folder, environ, make=True)
    assert made is not None
    assert Path(made).parent == short_folder / f"stretchplayer-{os.geteuid()}"
    assert Path(made).parent.stat().st_mode & 0o777 == 0o700
    assert remote_address(short_folder, environ) == made


def test_a_folder_that_others_can_write_to_is_not_used(short_folder: Path) -> None:
    run = short_folder / "run"
    run.mkdir()
    run.chmod(0o777)
    environ = {"XDG_RUNTIME_DIR": str(run), "TMPDIR": str(short_folder)}
    assert str(remote_address(short_folder, environ, make=True)).startswith(f"{short_folder}/stretchplayer-")
    (short_folder / f"stretchplayer-{os.geteuid()}").chmod(0o755)
    assert remote_address(short_folder, environ, make=True) is None


@pytest.mark.usefixtures("no_runtime_folders")
def test_a_link_to_a_folder_is_not_used(short_folder: Path) -> None:
    (short_folder / "other").mkdir(mode=0o700)
    (short_folder / f"stretchplayer-{os.geteuid()}").symlink_to(short_folder / "other")
    assert remote_address(short_folder, {"TMPDIR": str(short_folder)}, make=True) is None


def test_who_has_no_variable_finds_the_folder(short_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote_address_module, "RUNTIME_FOLDERS", str(short_folder))
    run = short_folder / str(os.geteuid())
    run.mkdir(mode=0o700)
    assert remote_address(short_folder, {}) == remote_address(short_folder, {"XDG_RUNTIME_DIR": str(run)})


def test_on_windows_it_is_a_pipe(short_folder: Path) -> None:
    assert str(remote_address(short_folder, {}, "win32")).startswith("\\\\.\\pipe\\stretchplayer-")


# Asking


def test_nobody_listens(address: str) -> None:
    assert not is_listening(address)
    assert ask(address, STATUS) is None


def test_a_socket_that_was_left_behind_is_nobody(address: str) -> None:
    left = socket.socket(socket.AF_UNIX)
    left.bind(address)
    left.close()
    assert not is_listening(address)
    assert ask(address, STATUS) is None


def test_an_answer_is_taken(address: str, serve: Callable[..., list[bytes]]) -> None:
    heard = serve(encode_answer(DONE))
    assert ask(address, STATUS) == DONE
    assert heard == [b'{"verb":"status"}\n']


def test_who_is_busy_or_hangs_up_is_asked_again(address: str, serve: Callable[..., list[bytes]]) -> None:
    heard = serve(encode_answer(Answer(reply=Reply.BUSY)), b"", encode_answer(DONE))
    assert ask(address, STATUS) == DONE
    assert len(heard) == 3


@pytest.mark.parametrize("data", [b"what?\n", b"half a li", b"x" * 5_000, b'{"reply":"maybe"}\n'])
def test_a_strange_answer_is_told_of(address: str, serve: Callable[..., list[bytes]], data: bytes) -> None:
    serve(data)
    with pytest.raises(DesktopError, match="no Stretch Player of this version"):
        ask(address, STATUS)


def test_who_does_not_answer_is_told_of(address: str) -> None:
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(address)
        deaf.listen()
        assert is_listening(address)
        with pytest.raises(DesktopError, match="running but doesn't answer; end it, or wait"):
            ask(address, STATUS, within_s=SHORT_S)


def test_where_so_many_wait_that_there_is_no_room_someone_listens(address: str) -> None:
    with ExitStack() as callers, socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(address)
        deaf.listen(0)
        caller = callers.enter_context(socket.socket(socket.AF_UNIX))
        caller.connect(address)
        assert is_listening(address)
        with pytest.raises(DesktopError, match="doesn't answer"):
            ask(address, STATUS, within_s=SHORT_S)


# Pipes


class Pipe:
    """A named pipe as Python opens it on Windows."""

    def __init__(self, answer: bytes) -> None:
        self.answer = answer
        self.written: list[bytes] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        """Nothing is to be closed."""

    def write(self, data: bytes) -> None:
        self.written.append(data)

    def readline(self, _most: int) -> bytes:
        return self.answer


def ask_pipe(monkeypatch: pytest.MonkeyPatch, *found: Pipe | OSError, within_s: float = 5) -> Answer | None:
    ways = list(found)

    def open_pipe(_name: str, _mode: str, *, buffering: int) -> Pipe:
        assert buffering == 0
        way = ways.pop(0)
        if isinstance(way, OSError):
            raise way
        return way

    monkeypatch.setattr(remote_client, "open", open_pipe, raising=False)
    return ask(r"\\.\pipe\x", STATUS, within_s=within_s, exchange=remote_client._over_pipe)


def test_a_pipe_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = Pipe(encode_answer(DONE))
    assert ask_pipe(monkeypatch, pipe) == DONE
    assert pipe.written == [b'{"verb":"status"}\n']


def test_without_a_pipe_nobody_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask_pipe(monkeypatch, FileNotFoundError()) is None


def test_a_pipe_that_is_taken_or_breaks_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = OSError(errno.EINVAL, "all pipes are busy")
    taken.winerror = 231  # type: ignore[attr-defined,unused-ignore]  # as on Windows
    assert ask_pipe(monkeypatch, taken, OSError(errno.EPIPE, "broken"), Pipe(encode_answer(DONE))) == DONE


def test_a_pipe_that_hangs_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()

    class Hanging(Pipe):
        def readline(self, _most: int) -> bytes:
            gate.wait()
            return b""

    with pytest.raises(DesktopError, match="doesn't answer"):
        ask_pipe(monkeypatch, Hanging(b""), within_s=SHORT_S)
    gate.set()
