"""Starting at login on Linux: what is written, and what is read back whoever wrote it."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretchplayer.desktop.autostart.xdg import XdgAutostart, entry_for, split_exec
from stretchplayer.errors import DesktopError
from tests.posix import make_pipe

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has another way")
Make = Callable[..., XdgAutostart]
NAMES = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Zl", "Zp", "Cc"]), min_size=1, max_size=30)


@pytest.fixture
def program(tmp_path: Path) -> str:
    """A program that is there."""
    path = tmp_path / "stretchplayer"
    path.touch(mode=0o755)
    return str(path)


@pytest.fixture
def make(tmp_path: Path, program: str) -> Make:
    """Makes the service for a person whose folders are below tmp_path."""

    def make(*command: str, **environ: str) -> XdgAutostart:
        folders = {"HOME": str(tmp_path / "home"), "XDG_CONFIG_DIRS": f"relative:{tmp_path / 'everyone'}"}
        return XdgAutostart(command or (program, "--background"), {**folders, **environ})

    return make


@pytest.fixture
def entry(tmp_path: Path) -> Path:
    """The person's own entry."""
    return tmp_path / "home" / ".config" / "autostart" / "stretchplayer.desktop"


def put(path: Path, *lines: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(("[Desktop Entry]", *lines)) + "\n", encoding="utf-8")


def test_it_is_turned_on_and_off(make: Make, entry: Path, program: str) -> None:
    autostart = make()
    assert autostart.is_available()
    assert not autostart.is_on()
    autostart.set(True)
    assert autostart.is_on()
    assert f"Exec={program} --background" in entry.read_text(encoding="utf-8").splitlines()
    autostart.set(True)
    assert [path.name for path in entry.parent.iterdir()] == [entry.name]
    autostart.set(False)
    assert not autostart.is_on()
    assert not entry.exists()
    autostart.set(False)


def test_the_folder_of_settings_may_be_elsewhere(make: Make, tmp_path: Path) -> None:
    make(XDG_CONFIG_HOME=str(tmp_path / "config")).set(True)
    assert (tmp_path / "config" / "autostart" / "stretchplayer.desktop").exists()


@pytest.mark.parametrize("environ", [{"FLATPAK_ID": "x"}, {"SNAP": "/snap/x"}, {"HOME": ""}, {"XDG_CONFIG_HOME": "x"}])
def test_where_the_desktop_would_not_see_it_it_is_not_available(make: Make, environ: dict[str, str]) -> None:
    assert not make(**environ).is_available()


@pytest.mark.parametrize(
    ("line", "on"),
    [
        ("Name=x", True),
        ("Hidden=false", True),
        ("Hidden=true", False),
        ("Hidden = true", False),
        ("X-GNOME-Autostart-enabled=true", True),
        ("X-GNOME-Autostart-enabled=false", False),
        ("# Hidden=true", True),
        ("TryExec=/no/such/program", False),
        ("TryExec=sh", True),
        ("OnlyShowIn=GNOME;KDE;", True),
        ("OnlyShowIn=XFCE;", False),
        ("NotShowIn=KDE;", False),
        ("NotShowIn=XFCE;", True),
        ("[Desktop Action x]\nHidden=true", True),
    ],
)
def test_what_the_entry_says_is_read_back(make: Make, entry: Path, program: str, line: str, on: bool) -> None:
    put(entry, f"Exec={program}", line)
    assert make(XDG_CURRENT_DESKTOP="ubuntu:GNOME:KDE").is_on() is on


@pytest.mark.parametrize("command", ["", "/gone/stretchplayer --background", '"unfinished', "   "])
def test_a_program_that_is_gone_is_not_started(make: Make, entry: Path, command: str) -> None:
    put(entry, f"Exec={command}")
    assert not make().is_on()


def test_an_entry_without_a_command_starts_nothing(make: Make, entry: Path) -> None:
    put(entry, "Name=x")
    assert not make().is_on()


def test_an_entry_that_can_not_be_read_is_off(make: Make, entry: Path) -> None:
    entry.parent.mkdir(parents=True)
    entry.write_bytes(b"[Desktop Entry]\nExec=\xff\xfe")
    assert not make().is_on()
    assert not make().repair()
    for other in (make_pipe, Path.mkdir):
        entry.unlink()
        other(entry)
        assert not make().is_on()


def test_what_is_on_for_everyone_is_turned_off_for_this_person(
    make: Make, entry: Path, tmp_path: Path, program: str
) -> None:
    put(tmp_path / "everyone" / "autostart" / "stretchplayer.desktop", f"Exec={program}")
    autostart = make()
    assert autostart.is_on()
    autostart.set(False)
    assert not autostart.is_on()
    assert "Hidden=true" in entry.read_text(encoding="utf-8")
    autostart.set(True)
    assert autostart.is_on()


def test_where_it_can_not_be_written_that_is_said(make: Make, tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    with pytest.raises(DesktopError, match=r"Starting at login can't be changed: .*autostart can't be written to"):
        make().set(True)


def test_a_failed_write_leaves_the_old_entry(make: Make, entry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make().set(True)
    before = entry.read_text(encoding="utf-8")

    def fail(_path: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(DesktopError, match="No space left"):
        make("/elsewhere").set(True)
    assert entry.read_text(encoding="utf-8") == before
    assert [path.name for path in entry.parent.iterdir()] == [entry.name]


def test_a_linked_entry_stays_a_link(make: Make, entry: Path, tmp_path: Path) -> None:
    put(tmp_path / "dotfiles" / "entry", "Name=x")
    entry.parent.mkdir(parents=True)
    entry.symlink_to(tmp_path / "dotfiles" / "entry")
    make().set(True)
    assert entry.is_symlink()
    assert make().is_on()


# When the program has moved


def test_an_entry_for_another_command_is_repaired(make: Make, entry: Path, tmp_path: Path) -> None:
    make("/old/stretchplayer", "--background").set(True)
    autostart = make()
    assert not autostart.is_on()
    assert autostart.repair()
    assert autostart.is_on()
    assert not autostart.repair()


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_what_was_turned_off_stays_off(make: Make, entry: Path, line: str) -> None:
    put(entry, "Exec=/old/stretchplayer", line)
    assert not make().repair()
    assert not make().is_on()


def test_what_was_never_on_is_not_repaired(make: Make, entry: Path) -> None:
    assert not make().repair()
    assert not entry.exists()


# How commands are written


@given(st.lists(NAMES, min_size=1, max_size=4))
def test_any_command_comes_out_as_it_went_in(command: list[str]) -> None:
    line = next(line for line in entry_for(command).splitlines() if line.startswith("Exec="))
    assert split_exec(unescaped(line.removeprefix("Exec="))) == command


@given(st.lists(st.text("ab $`\\\"'%&;*?()<>|~#", min_size=1, max_size=8), min_size=1, max_size=3))
def test_a_shell_would_read_it_the_same(command: list[str]) -> None:
    # The rules for quoting are those of the shell, and % alone is the desktop's own.
    line = next(line for line in entry_for(command).splitlines() if line.startswith("Exec="))
    told = unescaped(line.removeprefix("Exec=")).replace("%%", "%")
    done = subprocess.run(["sh", "-c", rf"printf '%s\0' {told}"], check=True, capture_output=True, text=True)
    assert done.stdout.split("\0")[:-1] == command


def unescaped(value: str) -> str:
    """A value of the type string, as the specification reads it."""
    return (
        value.replace("\\\\", "\0").replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r").replace("\0", "\\")
    )


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("/opt/stretchplayer", "/opt/stretchplayer"),
        ("/opt/Stretch Player/x", '"/opt/Stretch Player/x"'),
        ("/opt/50%/x", "/opt/50%%/x"),
        ("/opt/$x", '"/opt/\\\\$x"'),
        ("/opt/a\\b", '"/opt/a\\\\\\\\b"'),
        ('/opt/"x"', '"/opt/\\\\"x\\\\""'),
        ("/opt/übung", "/opt/übung"),
        ("/opt/a\nb", '"/opt/a\\nb"'),
    ],
)
def test_the_command_is_quoted_as_the_specification_says(path: str, written: str) -> None:
    assert f"Exec={written} --background" in entry_for([path, "--background"]).splitlines()
