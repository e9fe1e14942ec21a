"""Keeping the screen on with contexts that work, hang and fail."""

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from queue import SimpleQueue
from threading import Event

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stretchplayer.desktop.inhibit import ScreenKeeper, keep_by_display, may_go_dark, presenting
from stretchplayer.errors import DesktopError
from tests.patience import PATIENCE_S
from tests.posix import not_on_windows


class Screen:
    """Makes contexts, and tells what happens to them."""

    def __init__(self) -> None:
        self.told: SimpleQueue[str] = SimpleQueue()
        self.fail_at = ""
        self.error: Exception = RuntimeError("broken")
        self.gate = Event()
        self.gate.set()

    @contextmanager
    def _context(self) -> Iterator[None]:
        self.gate.wait(PATIENCE_S)
        self._step("on")
        yield
        self._step("off")

    def _step(self, what: str) -> None:
        self.told.put(what)
        if what == self.fail_at:
            raise self.error

    def context(self) -> AbstractContextManager[None]:
        """What a screen keeper is given."""
        self._step("asked")
        return self._context()

    def next(self) -> str:
        """What happened next."""
        return self.told.get(timeout=PATIENCE_S)


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def keeper(screen: Screen, qapp: QApplication) -> Iterator[ScreenKeeper]:
    made = ScreenKeeper(qapp, screen.context)
    yield made
    screen.gate.set()
    made.close(PATIENCE_S)
    shiboken6.delete(made)


def test_it_holds_and_releases(screen: Screen, keeper: ScreenKeeper) -> None:
    keeper.hold()
    assert [screen.next(), screen.next()] == ["asked", "on"]
    keeper.release()
    assert screen.next() == "off"


def test_holding_twice_is_holding_once(screen: Screen, keeper: ScreenKeeper) -> None:
    keeper.hold()
    keeper.hold()
    keeper.release()
    keeper.release()
    keeper.close(PATIENCE_S)
    assert [screen.next() for _ in range(3)] == ["asked", "on", "off"]
    assert screen.told.empty()


def test_it_can_be_held_again(screen: Screen, keeper: ScreenKeeper) -> None:
    for _ in range(3):
        keeper.hold()
        assert [screen.next(), screen.next()] == ["asked", "on"]
        keeper.release()
        assert screen.next() == "off"


def test_closing_releases(screen: Screen, keeper: ScreenKeeper) -> None:
    keeper.hold()
    keeper.close(PATIENCE_S)
    assert [screen.next() for _ in range(3)] == ["asked", "on", "off"]


def test_what_was_never_held_asks_for_nothing(screen: Screen, keeper: ScreenKeeper) -> None:
    keeper.release()
    keeper.close()
    assert screen.told.empty()


@pytest.mark.parametrize("fail_at", ["asked", "on"])
def test_a_failure_is_logged_and_the_next_time_works(
    screen: Screen, keeper: ScreenKeeper, caplog: pytest.LogCaptureFixture, fail_at: str
) -> None:
    screen.fail_at = fail_at
    keeper.hold()
    while screen.next() != fail_at:
        pass
    keeper.release()
    screen.fail_at = ""
    keeper.hold()
    assert [screen.next(), screen.next()] == ["asked", "on"]
    assert any(record.levelno == logging.INFO and "failed" in record.message for record in caplog.records)


def test_a_failure_on_the_way_out_does_not_stop_it(screen: Screen, keeper: ScreenKeeper) -> None:
    screen.fail_at = "off"
    keeper.hold()
    keeper.release()
    assert [screen.next() for _ in range(3)] == ["asked", "on", "off"]
    screen.fail_at = ""
    keeper.hold()
    assert [screen.next(), screen.next()] == ["asked", "on"]


def test_a_service_that_hangs_holds_nobody_up(screen: Screen, keeper: ScreenKeeper) -> None:
    screen.gate.clear()
    keeper.hold()
    keeper.release()
    keeper.hold()
    keeper.close(timeout_s=0.01)
    screen.gate.set()
    heard = [screen.next() for _ in range(6)]
    assert heard == ["asked", "on", "off"] * 2


def test_the_person_is_told_that_the_screen_may_go_dark_while_a_session_plays(
    screen: Screen, keeper: ScreenKeeper, qtbot: QtBot
) -> None:
    screen.fail_at, screen.error = "on", DesktopError("It may go dark.")
    told: list[str] = []
    keeper.problem_begun.connect(told.append)
    keeper.problem_over.connect(told.remove)
    keeper.hold()
    qtbot.waitUntil(lambda: told == ["It may go dark."])
    keeper.release()
    assert told == []


def test_nothing_is_told_after_the_session(screen: Screen, keeper: ScreenKeeper, qtbot: QtBot) -> None:
    screen.fail_at, screen.error = "on", DesktopError("It may go dark.")
    told: list[str] = []
    keeper.problem_begun.connect(told.append)
    keeper.hold()
    keeper.close(PATIENCE_S)
    qtbot.wait(0)
    assert told == []


@pytest.fixture
def no_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/no/such/bus")


@not_on_windows("Windows can always keep it on")
@pytest.mark.usefixtures("no_desktop")
def test_where_nothing_keeps_the_screen_on_that_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DesktopError) as error, presenting():
        pass
    assert str(error.value) == may_go_dark()


@pytest.mark.usefixtures("no_desktop")
@pytest.mark.parametrize("variable", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_a_display_that_is_gone_keeps_nothing_on(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv(variable, ":4711")
    with ExitStack() as held:
        assert not keep_by_display(held)


def test_other_systems_have_services_for_it() -> None:
    with ExitStack() as held:
        assert not keep_by_display(held, "win32")
