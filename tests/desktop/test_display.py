"""Whether there is a display, asked without Qt."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from stretchplayer.desktop import display
from stretchplayer.desktop.display import display_problem


@pytest.fixture
def listening() -> Iterator[list[socket.socket]]:
    """Sockets that are closed after the test."""
    opened: list[socket.socket] = []
    yield opened
    for each in opened:
        each.close()


def listen(listening: list[socket.socket], path: str) -> None:
    server = socket.socket(socket.AF_UNIX)
    listening.append(server)
    server.bind(path)
    server.listen()


@pytest.fixture
def x_sockets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "x"
    folder.mkdir()
    monkeypatch.setattr(display, "_X_SOCKETS", str(folder))
    return folder


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


@pytest.mark.parametrize("name", [":7", ":7.0", "unix:7"])
def test_an_x_server_that_listens(x_sockets: Path, listening: list[socket.socket], name: str) -> None:
    assert display_problem({"DISPLAY": name}, "linux") == f"The display {name} doesn't answer"
    listen(listening, str(x_sockets / "X7"))
    assert display_problem({"DISPLAY": name}, "linux") is None


def test_an_x_server_that_left_its_socket_behind(x_sockets: Path, listening: list[socket.socket]) -> None:
    listen(listening, str(x_sockets / "X7"))
    listening.pop().close()
    assert (x_sockets / "X7").exists()
    assert display_problem({"DISPLAY": ":7"}, "linux") == "The display :7 doesn't answer"


def test_an_x_server_that_listens_without_a_file(x_sockets: Path, listening: list[socket.socket]) -> None:
    listen(listening, f"\0{x_sockets}/X7")
    assert display_problem({"DISPLAY": ":7"}, "linux") is None


def test_an_x_server_with_a_path(tmp_path: Path, listening: list[socket.socket]) -> None:
    listen(listening, str(tmp_path / "launch:0"))
    assert display_problem({"DISPLAY": f"{tmp_path}/launch:0"}, "linux") is None


def test_an_x_server_on_the_network(listening: list[socket.socket]) -> None:
    server = socket.create_server(("127.0.0.1", 0))
    listening.append(server)
    number = server.getsockname()[1] - 6000
    name = f"127.0.0.1:{number}.0"
    assert display_problem({"DISPLAY": name}, "linux") is None
    server.close()
    assert display_problem({"DISPLAY": name}, "linux") == f"The display {name} doesn't answer"


@pytest.mark.parametrize("name", ["nonsense", ":", "host:", ":x", "::", ":1x"])
def test_a_name_that_is_none(x_sockets: Path, name: str) -> None:
    assert x_sockets.is_dir()
    assert display_problem({"DISPLAY": name}, "linux") == f"The display {name} doesn't answer"


def test_a_wayland_compositor(tmp_path: Path, listening: list[socket.socket]) -> None:
    environ = {"WAYLAND_DISPLAY": "wayland-5", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert display_problem(environ, "linux") == "The display wayland-5 doesn't answer"
    listen(listening, str(tmp_path / "wayland-5"))
    assert display_problem(environ, "linux") is None
    by_path = {"WAYLAND_DISPLAY": str(tmp_path / "wayland-5"), "XDG_RUNTIME_DIR": "/nowhere"}
    assert display_problem(by_path, "linux") is None


def test_x_is_enough_where_the_compositor_is_gone(x_sockets: Path, listening: list[socket.socket]) -> None:
    environ = {"WAYLAND_DISPLAY": "gone", "XDG_RUNTIME_DIR": str(x_sockets), "DISPLAY": ":7"}
    listen(listening, str(x_sockets / "X7"))
    assert display_problem(environ, "linux") is None


def test_a_path_too_long_for_a_socket(tmp_path: Path) -> None:
    name = "w" * 200
    environ = {"WAYLAND_DISPLAY": name, "XDG_RUNTIME_DIR": str(tmp_path)}
    assert display_problem(environ, "linux") == f"The display {name} doesn't answer"
