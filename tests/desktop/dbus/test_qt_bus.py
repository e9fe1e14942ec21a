"""Whether Qt may use the buses."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from stretchplayer.desktop.dbus import qt_bus
from stretchplayer.desktop.dbus.qt_bus import NO_BUS, QUESTIONS, READERS_BUS, SESSION_BUS, bus_for_qt, qt_buses_answer
from stretchplayer.desktop.timed_question import TimedQuestion
from tests.desktop.dbus.played_bus import PlayedBus
from tests.patience import PATIENCE_S
from tests.posix import unix_socket

AT_ONCE_S = 0.05


@pytest.fixture
def play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., PlayedBus]]:
    """Makes buses; the last one is the session's."""
    played: list[PlayedBus] = []

    def make(**answers: str | None) -> PlayedBus:
        bus = PlayedBus(tmp_path / f"bus{len(played)}", **answers)
        monkeypatch.setenv(SESSION_BUS, bus.address)
        played.append(bus)
        return bus

    yield make
    for each in reversed(played):
        each.close()


def test_a_bus_that_answers_is_used(play: Callable[..., PlayedBus]) -> None:
    bus = play()
    assert qt_buses_answer()
    assert bus.heard == ["Hello", *["GetId"] * QUESTIONS, "GetAddress"]


def test_so_is_the_bus_of_screen_readers(play: Callable[..., PlayedBus]) -> None:
    readers = play()
    play(GetAddress=f"{readers.address},guid=12")
    assert qt_buses_answer()
    assert readers.heard == ["Hello"]


@pytest.mark.parametrize("silent", ["GetId", "GetAddress"])
def test_a_bus_that_falls_silent_is_not_waited_for(play: Callable[..., PlayedBus], silent: str) -> None:
    play(**{silent: None})
    assert not TimedQuestion(qt_buses_answer).is_yes(within_s=AT_ONCE_S)


def test_neither_is_one_that_lets_nobody_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SESSION_BUS, f"unix:path={tmp_path / 'bus'}")
    with unix_socket() as bus:
        bus.bind(str(tmp_path / "bus"))
        bus.listen()
        assert not TimedQuestion(qt_buses_answer).is_yes(within_s=AT_ONCE_S)


@pytest.mark.parametrize("address", ["", "nonsense", "disabled:", "unix:path=/no/such/bus"])
def test_without_a_bus_there_is_none_to_use(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv(SESSION_BUS, address)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    assert not qt_buses_answer()


def test_other_systems_have_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qt_bus, "sys", SimpleNamespace(platform="win32"))
    assert qt_buses_answer()


@pytest.mark.parametrize("before", [None, "unix:path=/bus"])
def test_qt_is_kept_from_a_bus_that_does_not_answer(monkeypatch: pytest.MonkeyPatch, before: str | None) -> None:
    monkeypatch.setenv(READERS_BUS, "unix:path=/readers")
    monkeypatch.delenv(SESSION_BUS, raising=False)
    if before is not None:
        monkeypatch.setenv(SESSION_BUS, before)
    with bus_for_qt(TimedQuestion(lambda: True), within_s=PATIENCE_S):
        assert (os.environ.get(SESSION_BUS), os.environ[READERS_BUS]) == (before, "unix:path=/readers")
    with bus_for_qt(TimedQuestion(lambda: False), within_s=PATIENCE_S):
        assert (os.environ[SESSION_BUS], os.environ[READERS_BUS]) == (NO_BUS, NO_BUS)
    assert os.environ.get(SESSION_BUS) == before, "our own connection may yet succeed"
