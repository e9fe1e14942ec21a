"""Asks sway not to give the focus to a window of ours that is about to come up (man 7 sway-ipc, man 5 sway).

On Wayland a program can't say that by itself. sway gives the focus to every new window, unless it is told not to. So do
GNOME and KDE, which can't be told (`services.new_windows_take_focus`).
"""

import json
import logging
import os
import re
import socket
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Final

MAGIC: Final = b"i3-ipc"
RUN_COMMAND: Final = 0
HEADER: Final = struct.Struct("=6sII")
ANSWER_WITHIN_S: Final = 0.3
MOST_BYTES: Final = 65_536

log = logging.getLogger(__name__)


def keep_from_focus(app_id: str, title: str, environ: Mapping[str, str] = os.environ) -> bool:
    """Keep windows of this application whose title begins so from the focus; whether sway has agreed.

    Where there is no sway nothing happens. It is not waited for longer than ANSWER_WITHIN_S.
    """
    path = find_socket(environ)
    if path is None:
        return False
    try:
        answers = json.loads(_ask(path, _command(app_id, title)))
    except (OSError, ValueError, struct.error) as error:
        log.info("sway could not be told which window not to focus: %s", error)
        return False
    return bool(answers) and all(isinstance(each, dict) and each.get("success") is True for each in answers)


def find_socket(environ: Mapping[str, str] = os.environ) -> str | None:
    """Where sway listens; None when there is none. It is beside the compositor's own socket, if not named."""
    named, display = environ.get("SWAYSOCK"), environ.get("WAYLAND_DISPLAY")
    if named or not display:
        return named or None
    folder = Path(environ.get("XDG_RUNTIME_DIR", ""), display).parent
    return next((str(path) for path in sorted(folder.glob("sway-ipc.*.sock"))), None)


def _command(app_id: str, title: str) -> bytes:
    begins_so = re.sub(r"\W", ".", title)  # any character stands for one that would need to be quoted
    return f'no_focus [app_id="^{app_id}$" title="^{begins_so}"]'.encode()


def _ask(path: str, command: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sway:
        sway.settimeout(ANSWER_WITHIN_S)
        sway.connect(path)
        sway.sendall(HEADER.pack(MAGIC, len(command), RUN_COMMAND) + command)
        magic, length, _kind = HEADER.unpack(_read(sway, HEADER.size))
        if magic != MAGIC or length > MOST_BYTES:
            raise ValueError("that was no answer of sway's")
        return _read(sway, length)


def _read(sway: socket.socket, length: int) -> bytes:
    data = b""
    while len(data) < length:
        part = sway.recv(length - len(data))
        if not part:
            raise ValueError("the answer ended too soon")
        data += part
    return data
