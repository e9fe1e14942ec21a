"""Starting at login: which way of it this system has, and the command that is started.

Each system has its file: `xdg`, `windows`, `macos`. Which one it is, is decided here.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from stretchplayer.desktop.autostart.macos import MacAutostart
from stretchplayer.desktop.autostart.windows import WindowsAutostart, user_registry
from stretchplayer.desktop.autostart.xdg import XdgAutostart
from stretchplayer.ports import Autostart

BACKGROUND: Final = "--background"
_MODULE: Final = "stretchplayer"


def autostart_for(command: Sequence[str], platform: str = sys.platform) -> Autostart:
    """What this system has for starting `command` at login."""
    if platform == "win32":
        return WindowsAutostart(command, user_registry())
    if platform == "darwin":
        return MacAutostart(command)
    return XdgAutostart(command)


def background_command(
    *,
    executable: str = sys.executable,
    frozen: bool = getattr(sys, "frozen", False),
    environ: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
    data_dir: Path | None = None,
) -> list[str]:
    """The command that starts this program out of sight, wherever it came from.

    A bundle is its own program; an AppImage is the file the person has, not what it unpacks itself to. A wheel or a
    checkout has a script beside its Python, and Python itself, which on Windows opens no console as `pythonw`. With a
    `data_dir`, because it is not the usual one, the program is told of it.
    """
    told = [] if data_dir is None else ["--data-dir", str(data_dir)]
    return [*_program(executable, frozen=frozen, environ=environ, platform=platform), *told, BACKGROUND]


def _program(executable: str, *, frozen: bool, environ: Mapping[str, str], platform: str) -> list[str]:
    python = Path(executable)
    if frozen:
        return [environ.get("APPIMAGE") or executable]
    if platform == "win32":
        quiet = python.with_name("pythonw.exe")
        return [str(quiet if quiet.exists() else python), "-m", _MODULE]
    script = python.with_name(_MODULE)
    return [str(script)] if script.exists() else [executable, "-m", _MODULE]
