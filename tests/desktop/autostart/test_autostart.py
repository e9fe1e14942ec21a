"""The command that is started at login, and which way each system has for that."""

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from stretchplayer.desktop.autostart import autostart_for, background_command
from stretchplayer.desktop.autostart.macos import MacAutostart
from stretchplayer.desktop.autostart.windows import WindowsAutostart
from stretchplayer.desktop.autostart.xdg import XdgAutostart
from tests.posix import not_on_windows


@not_on_windows("paths look different there")
def test_a_bundle_starts_itself() -> None:
    command = background_command(executable="/opt/sp/stretchplayer", frozen=True, environ={})
    assert command == ["/opt/sp/stretchplayer", "--background"]
    unpacked = {"APPIMAGE": "/mnt/Stretch_Player.AppImage"}
    command = background_command(executable="/mnt/x/stretchplayer", frozen=True, environ=unpacked)
    assert command == ["/mnt/Stretch_Player.AppImage", "--background"]


@pytest.mark.parametrize("name", ["stretchplayer.exe", "stretchplayer.com"])
def test_the_twin_with_a_console_is_not_started_at_login(tmp_path: Path, name: str) -> None:
    command = background_command(executable=str(tmp_path / name), frozen=True, environ={}, platform="win32")
    assert command == [str(tmp_path / "stretchplayer.exe"), "--background"]


@not_on_windows("paths look different there")
def test_a_wheel_starts_its_script_and_a_checkout_its_python(tmp_path: Path) -> None:
    python = str(tmp_path / "python")
    command = background_command(executable=python, frozen=False, platform="linux")
    assert command == [python, "-m", "stretchplayer", "--background"]
    (tmp_path / "stretchplayer").touch()
    command = background_command(executable=python, frozen=False, platform="linux", data_dir=Path("/mine"))
    assert command == [str(tmp_path / "stretchplayer"), "--data-dir", "/mine", "--background"]


def test_on_windows_no_console_is_opened(tmp_path: Path) -> None:
    python = str(tmp_path / "python.exe")
    assert background_command(executable=python, frozen=False, platform="win32")[0] == python
    (tmp_path / "pythonw.exe").touch()
    command = background_command(executable=python, frozen=False, platform="win32")
    assert command == [str(tmp_path / "pythonw.exe"), "-m", "stretchplayer", "--background"]


def test_this_program_can_be_started_by_its_command() -> None:
    command = background_command()
    done = subprocess.run([*command[:-1], "--version"], check=True, capture_output=True, text=True)
    assert done.stdout.startswith("Stretch Player ")


def test_each_system_has_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(autostart_for(["x"], "linux"), XdgAutostart)
    assert isinstance(autostart_for(["x"], "freebsd14"), XdgAutostart)
    assert isinstance(autostart_for(["x"], "darwin"), MacAutostart)
    monkeypatch.setitem(sys.modules, "winreg", ModuleType("winreg"))
    assert isinstance(autostart_for(["x"], "win32"), WindowsAutostart)
