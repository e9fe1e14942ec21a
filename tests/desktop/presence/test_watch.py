"""How the presence is put together, and what each service's answers mean."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from stretchplayer.desktop.dbus.bus import DBUS
from stretchplayer.desktop.dbus.logind import MANAGER, OWN_SESSION, SERVICE, SESSION, Logind
from stretchplayer.desktop.notifications.freedesktop import SERVER
from stretchplayer.desktop.presence import do_not_disturb
from stretchplayer.desktop.presence.do_not_disturb import (
    MAKO,
    SWAYNC,
    XFCE,
    ask_servers,
    read_gsettings,
    setting_reader,
)
from stretchplayer.desktop.presence.idle_time import MUTTER, SAVER, ask_idle_time
from stretchplayer.desktop.presence.watch import (
    AWAY_AFTER_MS,
    LOOK_EVERY_MS,
    LOOK_LIMIT_MS,
    ProbedPresence,
)
from stretchplayer.reminders.presence import Presence
from tests.desktop.dbus.fake_bus import FakeBus
from tests.fakes import FakeClock, FakeTimer

AWAY_S = AWAY_AFTER_MS // 1000


class FakeProbe:
    """Finds what it is told to find; `slow`, it answers only when delivered."""

    def __init__(self, found: Presence | None = None, *, slow: bool = False) -> None:
        self.found = found
        self.slow = slow
        self.looks = 0
        self._answer: Callable[[Presence | None], None] | None = None

    def __call__(self, answer: Callable[[Presence | None], None]) -> None:
        self.looks += 1
        self._answer = answer
        if not self.slow:
            self.deliver()

    def deliver(self) -> None:
        assert self._answer is not None, "nobody looks"
        self._answer(self.found)


class Stage:
    """A watch with these probes, and what it tells."""

    def __init__(self, *probes: FakeProbe) -> None:
        self.clock = FakeClock()
        self.rounds, self.limit = FakeTimer(self.clock), FakeTimer(self.clock)
        self.watch = ProbedPresence(probes, self.rounds, self.limit)
        self.told: list[Presence] = []
        self.watch.on_change(lambda: self.told.append(self.watch.presence()))

    def look(self) -> list[Presence]:
        """Look, and return what was answered."""
        answers: list[Presence] = []
        self.watch.look(answers.append)
        return answers


@pytest.mark.parametrize(
    ("found", "presence"),
    [
        ([], Presence.FREE),
        ([None, None], Presence.FREE),
        ([None, Presence.BUSY], Presence.BUSY),
        ([Presence.BUSY, Presence.AWAY, None], Presence.AWAY),
    ],
)
def test_away_stands_before_busy_and_unknown_is_free(found: list[Presence | None], presence: Presence) -> None:
    stage = Stage(*map(FakeProbe, found))
    assert stage.watch.presence() is Presence.FREE
    assert stage.look() == [presence]
    assert stage.watch.presence() is presence
    assert not stage.limit.armed


def test_at_rest_nothing_is_looked_at() -> None:
    probe = FakeProbe()
    stage = Stage(probe)
    assert (stage.rounds.armed, probe.looks) == (False, 0)
    stage.watch.nudge()
    stage.watch.watch(on=True)
    stage.watch.watch(on=True)
    assert probe.looks == 1
    stage.watch.watch(on=False)
    assert not stage.rounds.armed


def test_changes_are_told_while_it_is_watched() -> None:
    probe = FakeProbe(Presence.BUSY)
    stage = Stage(probe)
    stage.watch.watch(on=True)
    assert stage.told == [Presence.BUSY]
    stage.rounds.run_for(2 * LOOK_EVERY_MS)
    assert probe.looks == 3
    probe.found = None
    stage.rounds.run_for(LOOK_EVERY_MS)
    probe.found = Presence.AWAY
    stage.watch.nudge()
    assert stage.told == [Presence.BUSY, Presence.FREE, Presence.AWAY]
    stage.watch.watch(on=False)
    probe.found = None
    assert stage.look() == [Presence.FREE]
    assert len(stage.told) == 3


def test_a_probe_that_hangs_is_not_known_and_not_asked_again_until_it_answers() -> None:
    hung, quick = FakeProbe(Presence.AWAY, slow=True), FakeProbe(Presence.BUSY)
    stage = Stage(hung, quick)
    stage.watch.watch(on=True)
    answers = stage.look()
    assert not answers
    assert stage.limit.due_in_ms == LOOK_LIMIT_MS
    stage.limit.fire()
    assert answers == [Presence.BUSY]
    assert stage.look() == [Presence.BUSY]
    assert hung.looks == 1
    hung.deliver()
    assert stage.told == [Presence.BUSY, Presence.AWAY]
    hung.slow = False
    assert stage.look() == [Presence.AWAY]


def test_closing_lets_go_of_everything() -> None:
    probe = FakeProbe(slow=True)
    stage = Stage(probe)
    stage.watch.watch(on=True)
    answers = stage.look()
    stage.watch.close()
    assert not stage.rounds.armed
    assert not stage.limit.armed
    probe.deliver()
    assert not answers


# Idle time


def idle(bus: FakeBus) -> Presence | None:
    """What is found out."""
    found: list[Presence | None] = []
    ask_idle_time(bus, Logind(bus), found.append)
    [only] = found
    return only


@pytest.mark.parametrize(
    ("mutter", "saver", "is_kde", "expected"),
    [
        (AWAY_AFTER_MS, None, False, Presence.AWAY),
        (AWAY_AFTER_MS - 1, AWAY_S, False, None),
        (None, AWAY_S, False, Presence.AWAY),
        (None, AWAY_S - 1, False, None),
        (None, AWAY_S, True, None),
        (None, AWAY_AFTER_MS, True, Presence.AWAY),
        ("long", AWAY_S, False, Presence.AWAY),
        (True, -5, False, None),
        (None, None, False, None),
    ],
)
def test_idle_time(mutter: object, saver: object, is_kde: bool, expected: Presence | None) -> None:
    bus = FakeBus()
    if mutter is not None:
        bus.answer(MUTTER.service, "GetIdletime", mutter)
    if saver is not None:
        bus.answer(SAVER.service, "GetSessionIdleTime", saver)
    bus.answer(DBUS.service, "NameHasOwner", is_kde)
    assert idle(bus) is expected


def put_up_logind(bus: FakeBus, *, locked: object = False, idle: object = False) -> None:
    """Something that answers as systemd-logind does."""
    bus.answer(SERVICE, "Get:Id", ("s", "7"))
    bus.answer(SERVICE, "GetSession", f"{MANAGER.path}/session/_37")
    bus.answer(SERVICE, "Get:LockedHint", ("b", locked))
    bus.answer(SERVICE, "Get:IdleHint", ("b", idle))
    bus.appear(SERVICE)


def test_logind_s_hint_is_believed_where_nobody_else_knows() -> None:
    bus = FakeBus()
    put_up_logind(bus, idle=True)
    assert idle(bus) is Presence.AWAY


@pytest.mark.parametrize("nonsense", ["yes", 1, None])
def test_nonsense_of_logind_is_not_known(nonsense: object) -> None:
    bus = FakeBus()
    put_up_logind(bus, locked=nonsense, idle=nonsense)
    logind = Logind(bus)
    bus.signal(MANAGER, "PrepareForSleep")
    bus.signal(MANAGER, "PrepareForSleep", nonsense)
    assert (logind.locked, logind.idle) == (None, None)


def test_the_session_is_known_from_the_environment_where_logind_does_not_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_SESSION_ID", "c2")
    bus = FakeBus()
    bus.appear(SERVICE)
    Logind(bus)
    assert bus.calls == [("Get:Id", (SESSION, "Id")), ("GetSession", ("c2",))]
    assert OWN_SESSION.startswith(MANAGER.path)


def test_without_any_session_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_SESSION_ID", raising=False)
    bus = FakeBus()
    bus.appear(SERVICE)
    assert Logind(bus).locked is None
    assert not bus.asked("GetSession")


# Do not disturb


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


@pytest.mark.parametrize(("said", "expected"), [("false", Presence.BUSY), ("true", None)])
def test_a_setting_is_read_with_the_desktop_s_tool(tmp_path: Path, said: str, expected: Presence | None) -> None:
    program = tool(tmp_path, f'[ "$*" = "get org.example banners" ] && echo {said}')
    assert read_gsettings(program, "org.example", "banners", "false") is expected


def test_a_tool_that_hangs_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(do_not_disturb, "ANSWER_WITHIN_S", 0.05)
    with pytest.raises(subprocess.TimeoutExpired):
        read_gsettings(tool(tmp_path, "exec sleep 60"), "org.example", "banners", "false")


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
    read = setting_reader()
    assert read is not None
    assert read() is expected


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
    tool(tmp_path, f'[ "$3" = {said} ] && echo {value}')
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", desktop)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    read = setting_reader()
    assert read is not None
    assert read() is expected


@pytest.mark.parametrize("desktop", ["KDE", ""])
def test_elsewhere_there_is_no_setting_to_read(monkeypatch: pytest.MonkeyPatch, desktop: str) -> None:
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", desktop)
    assert setting_reader() is None
