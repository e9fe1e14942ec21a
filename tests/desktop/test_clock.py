"""The system's clocks."""

import ctypes
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic_ns
from types import SimpleNamespace

import pytest

from stretchplayer.desktop import clock as clock_module
from stretchplayer.desktop.clock import LOCAL_ZONE, SystemClock


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

    monkeypatch.setattr(clock_module, "sys", OtherSystem("win32"))
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernelbase=Kernel), raising=False)
    assert (SystemClock().monotonic_ns(), SystemClock().boottime_ns()) == (700, 1200)
    wine = SimpleNamespace(QueryUnbiasedInterruptTime=tells(3))
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernelbase=wine), raising=False)
    assert SystemClock().monotonic_ns() == 300
    assert time.perf_counter_ns() <= SystemClock().boottime_ns() <= time.perf_counter_ns()


def test_windows_is_asked_for_the_zone_of_now(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    library = SimpleNamespace(_tzset=lambda: asked.append("zone"))
    monkeypatch.setattr(clock_module, "sys", OtherSystem("win32"))
    monkeypatch.setattr(ctypes, "cdll", SimpleNamespace(ucrtbase=library))
    assert abs(SystemClock().now() - datetime.now(UTC)) < timedelta(minutes=1)
    assert asked == ["zone"]


@pytest.mark.parametrize(("year", "known"), [(1, 2001), (1900, 2300), (9999, 1999)])
def test_years_that_windows_refuses_have_the_zone_of_years_that_it_knows(
    monkeypatch: pytest.MonkeyPatch, year: int, known: int
) -> None:
    monkeypatch.setattr(clock_module, "sys", OtherSystem("win32"))
    moment = datetime(year, 7, 1, tzinfo=UTC)
    local, like = moment.astimezone(LOCAL_ZONE), moment.replace(year=known).astimezone(LOCAL_ZONE)
    assert local == moment
    assert (local.utcoffset(), local.tzname()) == (like.utcoffset(), like.tzname())
