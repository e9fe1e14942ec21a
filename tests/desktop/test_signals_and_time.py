"""Ending on a signal, the clocks and the alarm."""

import os
import signal
from datetime import UTC, datetime, timedelta
from time import CLOCK_BOOTTIME, clock_gettime_ns, monotonic_ns, perf_counter_ns

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from stretchplayer.desktop import clock as clock_module
from stretchplayer.desktop.clock import SystemClock
from stretchplayer.desktop.timer import QtTimer
from stretchplayer.desktop.unix_signals import EndSignals


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_the_program_in_the_event_loop(qtbot: QtBot, number: signal.Signals) -> None:
    calls: list[str] = []
    signals = EndSignals(lambda: calls.append("end"))
    try:
        os.kill(os.getpid(), number)
        assert calls == [], "a signal handler must not run the program's own code"
        qtbot.waitUntil(lambda: bool(calls))
        os.kill(os.getpid(), number)
        qtbot.wait(1)
        assert calls == ["end"], "asking twice is asking once"
    finally:
        signals.close()


def test_the_signals_are_given_back(qtbot: QtBot) -> None:
    assert qtbot is not None
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
    signals = EndSignals(lambda: None)
    assert signal.getsignal(signal.SIGTERM) is not before[1]
    signals.close()
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)] == before
    assert signal.set_wakeup_fd(-1) == -1


def test_the_clocks_are_the_system_s() -> None:
    clock = SystemClock()
    assert monotonic_ns() <= clock.monotonic_ns() <= monotonic_ns()
    assert clock_gettime_ns(CLOCK_BOOTTIME) <= clock.boottime_ns() <= clock_gettime_ns(CLOCK_BOOTTIME)


def test_the_wall_clock_is_aware_and_local() -> None:
    now = SystemClock().now()
    assert now.tzinfo is not None
    assert now.utcoffset() == datetime.now(UTC).astimezone().utcoffset()
    assert timedelta(0) <= datetime.now(UTC) - now < timedelta(minutes=1)


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_the_clocks_of_other_systems(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    class OtherSystem:
        """Stands for `sys` on another system."""

    OtherSystem.platform = platform  # type: ignore[attr-defined]  # all of `sys` that is asked
    monkeypatch.setattr(clock_module, "sys", OtherSystem)
    clock = SystemClock()
    reference = perf_counter_ns if platform == "win32" else monotonic_ns
    assert reference() <= clock.monotonic_ns() <= reference()
    assert clock.boottime_ns() <= clock.boottime_ns()


def test_the_alarm_goes_off_once(qtbot: QtBot) -> None:
    parent = QObject()
    calls: list[str] = []
    timer = QtTimer(parent)
    timer.connect(lambda: calls.append("now"))
    timer.arm(0)
    qtbot.waitUntil(lambda: bool(calls))
    qtbot.wait(5)
    assert calls == ["now"]


def test_arming_again_replaces_and_cancelling_forgets(qtbot: QtBot) -> None:
    parent = QObject()
    calls: list[str] = []
    timer = QtTimer(parent)
    timer.connect(lambda: calls.append("now"))
    timer.arm(100_000)
    timer.arm(0)
    qtbot.waitUntil(lambda: bool(calls))
    timer.arm(1)
    timer.cancel()
    qtbot.wait(10)
    assert calls == ["now"]
