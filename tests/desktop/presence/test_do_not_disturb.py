"""What each desktop's answer to "do not disturb" means."""

import os
from pathlib import Path

import pytest

from stretchplayer.desktop.notifications.freedesktop import SERVER
from stretchplayer.desktop.presence.do_not_disturb import (
    MAKO,
    SWAYNC,
    XFCE,
    ask_servers,
    read_gsettings,
    setting_reader,
)
from stretchplayer.reminders.presence import Presence
from tests.desktop.dbus.fake_bus import FakeBus
from tests.posix import make_pipe, not_on_windows


@pytest.mark.parametrize(
    ("service", "member", "answer", "expected"),
    [
        (SERVER.service, "Get:Inhibited", ("b", True), Presence.BUSY),
        (SERVER.service, "Get:Inhibited", ("b", False), None),
        (SERVER.service, "Get:Inhibited", "yes", None),
        (SERVER.service, "Get:paused", ("b", True), Presence.BUSY),
        (XFCE.service, "GetProperty", ("b", True), Presence.BUSY),
        (SWAYNC.service, "GetDnd", True, Presence.BUSY),
        # What mako 1.7.1 said after `makoctl mode -a do-not-disturb`, and after `-r`.
        (MAKO.service, "ListModes", ["default", "do-not-disturb"], Presence.BUSY),
        (MAKO.service, "ListModes", ["default"], None),
        (MAKO.service, "ListModes", "dnd", None),
        ("org.example.Nobody", "GetDnd", True, None),
    ],
)
def test_do_not_disturb(service: str, member: str, answer: object, expected: Presence | None) -> None:
    bus, found = FakeBus(), list[Presence | None]()
    bus.answer(service, member, answer)
    ask_servers(bus, found.append)
    assert found == [expected]


def tool(folder: Path, *lines: str) -> str:
    """A program that stands for gsettings."""
    program = folder / "gsettings"
    program.write_text("\n".join(("#!/bin/sh", *lines, "")), encoding="utf-8")
    program.chmod(0o755)
    return str(program)


@not_on_windows("the tools are Linux's")
@pytest.mark.parametrize(("said", "expected"), [("false", Presence.BUSY), ("true", None)])
def test_a_setting_is_read_with_the_desktop_s_tool(tmp_path: Path, said: str, expected: Presence | None) -> None:
    program = tool(tmp_path, f'[ "$*" = "get org.example banners" ] && echo {said}')
    assert read_gsettings(program, "org.example", "banners", "false") is expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        # What lxqt-config-notificationd 1.2 keeps.
        ("[General]\n__userfile__=true\ndoNotDisturb=true\n", Presence.BUSY),
        ("[General]\n__userfile__=true\ndoNotDisturb=false\n", None),
        (None, None),
    ],
)
def test_lxqt_keeps_it_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str | None, expected: Presence | None
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "LXQt")
    if said is not None:
        (tmp_path / "lxqt").mkdir()
        (tmp_path / "lxqt" / "notifications.conf").write_text(said, encoding="utf-8")
    else:
        (tmp_path / "lxqt").mkdir()
        make_pipe(tmp_path / "lxqt" / "notifications.conf")  # nobody waits for what it says
    read = setting_reader()
    assert read is not None
    assert read() is expected


@not_on_windows("the tools are Linux's")
@pytest.mark.parametrize(
    ("desktop", "said", "expected"),
    [
        ("ubuntu:GNOME", "show-banners", Presence.BUSY),
        ("ubuntu:GNOME", "do-not-disturb", None),
        ("MATE", "do-not-disturb", Presence.BUSY),
    ],
)
def test_the_tool_is_asked_on_desktops_that_keep_it_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desktop: str, said: str, expected: Presence | None
) -> None:
    value = "true" if desktop == "MATE" else "false"
    tool(tmp_path, f'[ "$3" = {said} ] && echo {value}; :')
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", desktop)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    read = setting_reader()
    assert read is not None
    assert read() is expected


@pytest.mark.parametrize("desktop", ["KDE", ""])
def test_elsewhere_there_is_no_setting_to_read(monkeypatch: pytest.MonkeyPatch, desktop: str) -> None:
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", desktop)
    assert setting_reader() is None
