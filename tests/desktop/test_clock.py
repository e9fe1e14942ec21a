"""The system's clocks."""

import ctypes
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic_ns

import pytest

from stretchplayer.desktop import clock as clock_module
from stretchplayer.desktop.clock import SystemClock


def test_the_clocks_are_the_system_s() -> None:
    clock = SystemClock()
    assert clock.monotonic_ns() <= clock.monotonic_ns()
    assert clock.boottime_ns() <= clock.boottime_ns()
    if sys.platform == "linux":
        boot = time.CLOCK_BOOTTIME
        assert time.clock_gettime_ns(boot) <= clock.boottime_ns() <= time.clock_gettime_ns(boot)
    if sys.platform != "win32":
        assert monotonic_ns() <= clock.monotonic_ns() <= monotonic_ns()


def test_the_wall_clock_is_aware_and_local() -> None:
    now = SystemClock().now()
    assert now.tzinfo is not None
    assert now.utcoffset() == datetime.now(UTC).astimezone().utcoffset()
    assert timedelta(0) <= datetime.now(UTC) - now < timedelta(minutes=1)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such variable")
@pytest.mark.expected_log("TZ=XXX-24 can't be used, so all times are in UTC")
def test_a_zone_that_can_not_be_becomes_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "XXX-24")
        assert SystemClock().now().utcoffset() == timedelta(0)
        assert datetime.now(UTC).astimezone().utcoffset() == timedelta(0)
    if sys.platform != "win32":
        time.tzset()


class OtherSystem:
    """Stands for `sys` on another system."""

    def __init__(self, platform: str) -> None:
        self.platform = platform


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such clock to compare with")
def test_on_macos_the_monotonic_clock_of_the_system_counts_time_asleep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock_module, "sys", OtherSystem("darwin"))
    clock = SystemClock()
    assert monotonic_ns() <= clock.monotonic_ns() <= monotonic_ns()
    if sys.platform != "win32":
        monotonic = time.CLOCK_MONOTONIC
        assert time.clock_gettime_ns(monotonic) <= clock.boottime_ns() <= time.clock_gettime_ns(monotonic)


def test_windows_tells_time_with_and_without_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    def tells(ticks: int) -> Callable[[ctypes.c_void_p], None]:
        def query(pointer: ctypes.c_void_p) -> None:
            ctypes.cast(pointer, ctypes.POINTER(ctypes.c_uint64))[0] = ticks

        return query

    class Kernel:
        QueryUnbiasedInterruptTimePrecise = staticmethod(tells(7))
        QueryInterruptTimePrecise = staticmethod(tells(12))

    class Libraries:
        kernelbase = Kernel

    monkeypatch.setattr(clock_module, "sys", OtherSystem("win32"))
    monkeypatch.setattr(ctypes, "windll", Libraries, raising=False)
    assert (SystemClock().monotonic_ns(), SystemClock().boottime_ns()) == (700, 1200)
