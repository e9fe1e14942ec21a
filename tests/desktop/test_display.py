"""Whether there is a display, asked without Qt."""

import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from stretchplayer.desktop.display import display_problem
from tests.posix import unix_socket


@pytest.fixture
def listening() -> Iterator[list[socket.socket]]:
    """Sockets that are closed after the test."""
    opened: list[socket.socket] = []
    yield opened
    for each in opened:
        each.close()


def listen(listening: list[socket.socket], path: str) -> socket.socket:
    server = unix_socket()
    listening.append(server)
    server.bind(path)
    server.listen()
    return server


def test_without_a_display_it_says_so() -> None:
    assert display_problem({}, "linux") == "There is no display"
    assert display_problem({"DISPLAY": "", "WAYLAND_DISPLAY": ""}, "linux") == "There is no display"


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_always_have_one(platform: str) -> None:
    assert display_problem({}, platform) is None


@pytest.mark.parametrize("plugin", ["offscreen", "minimal", "vnc:port=5901"])
def test_some_of_qt_s_platforms_need_none(plugin: str) -> None:
    assert display_problem({"QT_QPA_PLATFORM": plugin}, "linux") is None


def test_another_platform_does_need_one() -> None:
    assert display_problem({"QT_QPA_PLATFORM": "xcb"}, "linux") == "There is no display"


@pytest.mark.parametrize("name", [":4711", ":4711.0", "localhost:4711", "nonsense", ":", "host:", ":x", "::", ":1x"])
def test_an_x_server_that_is_not_there(name: str) -> None:
    assert display_problem({"DISPLAY": name}, "linux") == f"The display {name} doesn't answer"


def test_a_wayland_compositor(tmp_path: Path, listening: list[socket.socket]) -> None:
    environ = {"WAYLAND_DISPLAY": "wayland-5", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert display_problem(environ, "linux") == "The display wayland-5 doesn't answer"
    server = listen(listening, str(tmp_path / "wayland-5"))
    by_path = {"WAYLAND_DISPLAY": str(tmp_path / "wayland-5"), "XDG_RUNTIME_DIR": "/nowhere"}
    answering = Thread(target=answer_two, args=(server,))
    answering.start()
    assert display_problem(environ, "linux") is None
    assert display_problem(by_path, "linux") is None
    answering.join()


def answer_two(server: socket.socket) -> None:
    """Answer one request of each of two clients."""
    for _ in range(2):
        with server.accept()[0] as client:
            client.sendall(client.recv(1))


@pytest.mark.parametrize("variable", ["WAYLAND_DISPLAY", "DISPLAY"])
def test_one_that_lets_programs_in_and_says_nothing(
    tmp_path: Path, listening: list[socket.socket], monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setattr("stretchplayer.desktop.display.DISPLAY_ANSWERS_S", 0.05)
    name = str(tmp_path / "display:0")
    listen(listening, name)
    assert display_problem({variable: name}, "linux") == f"The display {name} doesn't answer"


def test_a_path_too_long_for_a_socket(tmp_path: Path) -> None:
    name = "w" * 200
    environ = {"WAYLAND_DISPLAY": name, "XDG_RUNTIME_DIR": str(tmp_path)}
    assert display_problem(environ, "linux") == f"The display {name} doesn't answer"
