"""Starting at login: the implementation for this system, and the command to start."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from stretchplayer.desktop.autostart.macos import MacAutostart
from stretchplayer.desktop.autostart.windows import WindowsAutostart
from stretchplayer.desktop.autostart.xdg import XdgAutostart

BACKGROUND: Final = "--background"
_MODULE: Final = "stretchplayer"


def autostart_for(
    command: Sequence[str], platform: str = sys.platform
) -> XdgAutostart | MacAutostart | WindowsAutostart:
    if platform == "win32":
        return WindowsAutostart(command)
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
    """The command that starts this program in the background, however it was installed.

    A bundle is its own executable; for an AppImage that is the file itself, not what it is unpacked to, and on Windows
    the one of the two that opens no console. A wheel or a checkout has a script beside its Python, or `pythonw`.
    `data_dir` is passed on if given.
    """
    options = [] if data_dir is None else ["--data-dir", str(data_dir)]
    return [*_program(executable, frozen=frozen, environ=environ, platform=platform), *options, BACKGROUND]


def _program(executable: str, *, frozen: bool, environ: Mapping[str, str], platform: str) -> list[str]:
    python = Path(executable)
    if frozen and platform == "win32":
        return [str(python.with_suffix(".exe"))]
    if frozen:
        return [environ.get("APPIMAGE") or executable]
    if platform == "win32":
        quiet = python.with_name("pythonw.exe")
        return [str(quiet if quiet.exists() else python), "-m", _MODULE]
    script = python.with_name(_MODULE)
    return [str(script)] if script.exists() else [executable, "-m", _MODULE]
