"""The system's clocks."""

import time
from datetime import UTC, datetime, timedelta
from time import CLOCK_BOOTTIME, clock_gettime_ns, monotonic_ns, perf_counter_ns

import pytest

from stretchplayer.desktop import clock as clock_module
from stretchplayer.desktop.clock import SystemClock


def test_the_clocks_are_the_system_s() -> None:
    clock = SystemClock()
    assert monotonic_ns() <= clock.monotonic_ns() <= monotonic_ns()
    assert clock_gettime_ns(CLOCK_BOOTTIME) <= clock.boottime_ns() <= clock_gettime_ns(CLOCK_BOOTTIME)


def test_the_wall_clock_is_aware_and_local() -> None:
    now = SystemClock().now()
    assert now.tzinfo is not None
    assert now.utcoffset() == datetime.now(UTC).astimezone().utcoffset()
    assert timedelta(0) <= datetime.now(UTC) - now < timedelta(minutes=1)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows has no such variable")
@pytest.mark.expected_log("TZ=XXX-24 can't be used, so all times are in UTC")
def test_a_zone_that_can_not_be_becomes_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "XXX-24")
        assert SystemClock().now().utcoffset() == timedelta(0)
        assert datetime.now(UTC).astimezone().utcoffset() == timedelta(0)
    time.tzset()


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
