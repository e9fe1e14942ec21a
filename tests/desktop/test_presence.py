"""How the presence is put together, and what each service's answers mean."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stretchplayer.desktop.dbus.logind import MANAGER, OWN_SESSION, SERVICE, SESSION, Logind
from stretchplayer.desktop.notifications.freedesktop import SERVER
from stretchplayer.desktop.presence.do_not_disturb import (
    MAKO,
    SWAYNC,
    XFCE,
    DoNotDisturb,
    GSettingsDoNotDisturb,
    gsettings_sense,
    lxqt_sense,
)
from stretchplayer.desktop.presence.idle_time import MUTTER, SAVER, THE_BUS, IdleTime, LockSense
from stretchplayer.desktop.presence.watch import (
    AWAY_AFTER_MS,
    LOOK_EVERY_MS,
    LOOK_LIMIT_MS,
    NullPresence,
    SensedPresence,
)
from stretchplayer.reminders.presence import Presence
from tests.desktop.fake_bus import FakeBus
from tests.fakes import FakeClock, FakeTimer

AWAY_S = AWAY_AFTER_MS // 1000


class FakeSense:
    """Finds what it is told to find; `slow`, it answers only when delivered."""

    def __init__(self, found: Presence | None = None, *, slow: bool = False) -> None:
        self.found = found
        self.slow = slow
        self.closed = False
        self.looks = 0
        self._answer: Callable[[Presence | None], None] | None = None

    def look(self, answer: Callable[[Presence | None], None]) -> None:
        self.looks += 1
        self._answer = answer
        if not self.slow:
            self.deliver()

    def deliver(self) -> None:
        assert self._answer is not None, "nobody looks"
        self._answer(self.found)

    def close(self) -> None:
        self.closed = True


class Stage:
    """A watch with these senses, and what it tells."""

    def __init__(self, *senses: FakeSense) -> None:
        self.clock = FakeClock()
        self.rounds, self.limit = FakeTimer(self.clock), FakeTimer(self.clock)
        self.watch = SensedPresence(senses, self.rounds, self.limit)
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
    stage = Stage(*map(FakeSense, found))
    assert stage.watch.presence() is Presence.FREE
    assert stage.look() == [presence]
    assert stage.watch.presence() is presence
    assert not stage.limit.armed


def test_at_rest_nothing_is_looked_at() -> None:
    sense = FakeSense()
    stage = Stage(sense)
    assert (stage.rounds.armed, sense.looks) == (False, 0)
    stage.watch.nudge()
    stage.watch.watch(on=True)
    stage.watch.watch(on=True)
    assert sense.looks == 1
    stage.watch.watch(on=False)
    assert not stage.rounds.armed


def test_changes_are_told_while_it_is_watched() -> None:
    sense = FakeSense(Presence.BUSY)
    stage = Stage(sense)
    stage.watch.watch(on=True)
    assert stage.told == [Presence.BUSY]
    stage.rounds.run_for(2 * LOOK_EVERY_MS)
    assert sense.looks == 3
    sense.found = None
    stage.rounds.run_for(LOOK_EVERY_MS)
    sense.found = Presence.AWAY
    stage.watch.nudge()
    assert stage.told == [Presence.BUSY, Presence.FREE, Presence.AWAY]
    stage.watch.watch(on=False)
    sense.found = None
    assert stage.look() == [Presence.FREE]
    assert len(stage.told) == 3


def test_a_sense_that_hangs_is_not_known_and_not_asked_again_until_it_answers() -> None:
    hung, quick = FakeSense(Presence.AWAY, slow=True), FakeSense(Presence.BUSY)
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
    sense = FakeSense(slow=True)
    stage = Stage(sense)
    stage.watch.watch(on=True)
    answers = stage.look()
    stage.watch.close()
    assert sense.closed
    assert not stage.rounds.armed
    assert not stage.limit.armed
    sense.deliver()
    assert not answers


def test_the_null_knows_nothing() -> None:
    null, answers = NullPresence(), list[Presence]()
    null.on_change(lambda: None)
    null.watch(on=True)
    null.look(answers.append)
    null.close()
    assert [*answers, null.presence()] == [Presence.FREE, Presence.FREE]


# Idle time


def idle(bus: FakeBus) -> Presence | None:
    """What is found out."""
    found: list[Presence | None] = []
    sense = IdleTime(bus, Logind(bus))
    sense.look(found.append)
    sense.close()
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
    bus.answer(THE_BUS.service, "NameHasOwner", is_kde)
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


def test_who_has_locked_the_screen_is_away() -> None:
    found: list[Presence | None] = []
    for is_locked in (True, False):
        sense = LockSense(lambda is_locked=is_locked: is_locked)  # type: ignore[misc]
        sense.look(found.append)
        sense.close()
    assert found == [Presence.AWAY, None]


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
    sense = DoNotDisturb(bus)
    sense.look(found.append)
    sense.close()
    assert found == [expected]


@pytest.mark.parametrize(("said", "expected"), [("false", Presence.BUSY), ("true", None)])
def test_a_setting_is_read_with_the_desktop_s_tool(
    qapp: QApplication, qtbot: QtBot, said: str, expected: Presence | None
) -> None:
    found: list[Presence | None] = []
    sense = GSettingsDoNotDisturb([sys.executable, "-S", "-c", f"print({said!r})"], "false", qapp)
    sense.look(found.append)
    qtbot.waitUntil(lambda: found == [expected])
    sense.close()


def test_a_tool_that_is_not_there_or_hangs_is_not_known(qapp: QApplication, qtbot: QtBot) -> None:
    found: list[Presence | None] = []
    sense = GSettingsDoNotDisturb(["/no/such/tool"], "false", qapp)
    sense.look(found.append)
    qtbot.waitUntil(lambda: found == [None])
    hung = GSettingsDoNotDisturb([sys.executable, "-S", "-c", "import time; time.sleep(60)"], "false", qapp)
    hung.look(found.append)
    hung.close()
    assert found == [None]


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
    sense, found = lxqt_sense(), list[Presence | None]()
    assert sense is not None
    sense.look(found.append)
    sense.close()
    assert found == [expected]
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "KDE")
    assert lxqt_sense() is None


@pytest.mark.parametrize(
    ("desktop", "key"), [("ubuntu:GNOME", "show-banners"), ("MATE", "do-not-disturb"), ("KDE", None), ("", None)]
)
def test_the_tool_is_asked_on_desktops_that_keep_it_there(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, desktop: str, key: str | None
) -> None:
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", desktop)
    monkeypatch.setattr("stretchplayer.desktop.presence.do_not_disturb.shutil.which", lambda name: f"/bin/{name}")
    sense = gsettings_sense(qapp)
    assert (sense._process.arguments()[2] if sense else None) == key
