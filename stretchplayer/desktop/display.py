"""Whether there is a display a window can be shown on, found out before Qt is asked.

Qt ends the whole program when it can't reach the display, so it must not be tried.
"""

import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_X_SOCKETS: Final = "/tmp/.X11-unix"  # noqa: S108 -- where X servers listen, on every system that has them
_X_TCP_BASE: Final = 6000
_ANSWER_WITHIN_S: Final = 1.0


def display_problem(environ: Mapping[str, str], platform: str = sys.platform) -> str | None:
    """Return None when a window can be shown, otherwise why not, as the beginning of a sentence."""
    if platform in {"win32", "darwin"} or environ.get("QT_QPA_PLATFORM", "").split(":")[0] in {
        "offscreen", "minimal", "vnc",
    }:  # fmt: skip
        return None
    wayland, x11 = environ.get("WAYLAND_DISPLAY"), environ.get("DISPLAY")
    if not wayland and not x11:
        return "There is no display"
    if wayland and _answers(Path(environ.get("XDG_RUNTIME_DIR", "/run")) / wayland):
        return None
    if x11 and _x_answers(x11):
        return None
    return f"The display {x11 or wayland} doesn't answer"


def _x_answers(display: str) -> bool:
    host, _, number = display.rpartition(":")
    screenless = number.split(".")[0]
    if not screenless.isdigit():
        return False
    if host in {"", "unix"}:
        return _answers(Path(_X_SOCKETS) / f"X{screenless}") or _answers_abstract(f"{_X_SOCKETS}/X{screenless}")
    if host.startswith("/"):
        return _answers(Path(f"{host}:{number}"))
    return _connects_tcp(host, _X_TCP_BASE + int(screenless))


def _answers(path: Path) -> bool:
    return _connects(str(path))


def _answers_abstract(name: str) -> bool:
    return sys.platform == "linux" and _connects("\0" + name)


def _connects(address: str) -> bool:
    client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    client.settimeout(_ANSWER_WITHIN_S)
    try:
        client.connect(address)
    except OSError:
        return False
    else:
        return True
    finally:
        client.close()


def _connects_tcp(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=_ANSWER_WITHIN_S):
            return True
    except OSError:
        return False
