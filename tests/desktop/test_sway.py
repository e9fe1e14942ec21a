"""Asking sway to leave the focus where it is."""

import json
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from stretchplayer.desktop import sway
from stretchplayer.desktop.sway import HEADER, MAGIC, find_socket, keep_from_focus

YES = json.dumps([{"success": True}]).encode()
NO = json.dumps([{"success": False, "error": "Unknown command"}]).encode()


def framed(body: bytes, *, magic: bytes = MAGIC, length: int | None = None) -> bytes:
    return HEADER.pack(magic, len(body) if length is None else length, 0) + body


class Server:
    """Answers one call."""

    def __init__(self, folder: Path, answer: bytes) -> None:
        self.path = str(folder / "sway-ipc.1.2.sock")
        self.asked = b""
        self._answer = answer
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.bind(self.path)
        self._socket.listen(1)
        self._thread = Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        caller, _ = self._socket.accept()
        with caller:
            self.asked = caller.recv(4096)
            caller.sendall(self._answer)

    def close(self) -> None:
        self._thread.join(5)
        self._socket.close()


@pytest.fixture
def folder() -> Iterator[Path]:
    """A place with a short name, as sockets need it."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@pytest.mark.parametrize(
    ("answer", "agreed"),
    [
        (framed(YES), True),
        (framed(NO), False),
        (framed(b"[]"), False),
        (framed(b"no JSON"), False),
        (framed(YES, magic=b"foobar"), False),
        (framed(YES, length=1 << 30), False),
        (framed(YES, length=len(YES) + 5), False),
        (b"", False),
    ],
)
def test_whether_sway_agrees(folder: Path, answer: bytes, agreed: bool) -> None:
    server = Server(folder, answer)
    assert keep_from_focus("app", 'Time to "stretch"', {"SWAYSOCK": server.path}) is agreed
    server.close()
    magic, length, kind = HEADER.unpack(server.asked[: HEADER.size])
    command = server.asked[HEADER.size :].decode()
    assert (magic, length, kind) == (MAGIC, len(command), sway.RUN_COMMAND)
    assert command == 'no_focus [app_id="^app$" title="^Time.to..stretch."]'


def test_where_there_is_no_sway_nothing_happens(folder: Path) -> None:
    assert not keep_from_focus("app", "title", {})
    assert not keep_from_focus("app", "title", {"WAYLAND_DISPLAY": str(folder / "wayland-1")})
    assert not keep_from_focus("app", "title", {"SWAYSOCK": str(folder / "gone")})


def test_its_socket_is_beside_the_compositor_s(folder: Path) -> None:
    (folder / "sway-ipc.5.6.sock").touch()
    expected = str(folder / "sway-ipc.5.6.sock")
    assert find_socket({"WAYLAND_DISPLAY": str(folder / "wayland-1")}) == expected
    assert find_socket({"WAYLAND_DISPLAY": "wayland-1", "XDG_RUNTIME_DIR": str(folder)}) == expected
    assert find_socket({"WAYLAND_DISPLAY": "wayland-1", "SWAYSOCK": "named"}) == "named"
