"""The system's clocks, and its time zone with past and future changes of the offset."""

import ctypes
import logging
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

log = logging.getLogger(__name__)

_FIRST_KNOWN: Final = 1971


class LocalZone(tzinfo):
    """The system's local time at any moment, so that tomorrow's 08:00 is right when the clocks change tonight.

    Python's own local zone (`datetime.astimezone`) has a fixed offset, and the name of the system's zone isn't
    available everywhere. So the C library is asked, by way of naive datetimes.
    """

    def utcoffset(self, when: datetime | None) -> timedelta | None:
        return None if when is None else _in_known_years(when.replace(tzinfo=None)).astimezone().utcoffset()

    def dst(self, when: datetime | None) -> timedelta | None:
        return None

    def tzname(self, when: datetime | None) -> str | None:
        """The abbreviation at that moment: "CET"."""
        return None if when is None else _in_known_years(when.replace(tzinfo=None)).astimezone().tzname()

    def fromutc(self, when: datetime) -> datetime:
        known = _in_known_years(when.replace(tzinfo=UTC))
        offset = known.astimezone().utcoffset() or timedelta()
        found = (when.replace(tzinfo=None) + offset).replace(tzinfo=self)
        # Of a time that occurs twice this may be the second.
        return found if found.utcoffset() == offset else found.replace(fold=1)


def _in_known_years(when: datetime) -> datetime:
    """The same day of a year that Windows knows: it refuses those before 1970 and after 3000.

    400 years have the same weekdays, and the same leap years.
    """
    if sys.platform == "win32" and not _FIRST_KNOWN <= when.year < _FIRST_KNOWN + 400:
        return when.replace(year=_FIRST_KNOWN + (when.year - _FIRST_KNOWN) % 400)
    return when


LOCAL_ZONE: Final = LocalZone()
"""The only instance: Python compares moments in a repeated hour correctly only if they share one zone object."""


class SystemClock:
    """Implements `ports.Clock`: every system has a clock that stops while the machine sleeps, and one that doesn't."""

    def monotonic_ns(self) -> int:
        if sys.platform == "win32":
            library = ctypes.windll.kernelbase
            precise = getattr(library, "QueryUnbiasedInterruptTimePrecise", None)  # Wine 8 has only the coarse one
            return _interrupt_time_ns(precise or library.QueryUnbiasedInterruptTime)
        return time.monotonic_ns()

    def boottime_ns(self) -> int:
        if sys.platform == "win32":
            precise = getattr(ctypes.windll.kernelbase, "QueryInterruptTimePrecise", None)
            return _interrupt_time_ns(precise) if precise else time.perf_counter_ns()
        if sys.platform == "linux":
            return time.clock_gettime_ns(time.CLOCK_BOOTTIME)
        return time.clock_gettime_ns(time.CLOCK_MONOTONIC)

    def now(self) -> datetime:
        """The wall clock, aware, in a zone that knows past and future changes of the offset.

        A zone a day or more from UTC, which Python refuses, becomes UTC for the whole program.
        """
        # Otherwise the C library stays in the zone the program started in.
        if sys.platform == "win32":
            ctypes.cdll.ucrtbase._tzset()  # noqa: SLF001 -- so it is called there
        else:
            time.tzset()
        try:
            return datetime.now(LOCAL_ZONE)
        except ValueError as error:
            log.warning("TZ=%s can't be used, so all times are in UTC: %s", os.environ.get("TZ"), error)
            os.environ["TZ"] = "UTC0"
            return self.now()


def _interrupt_time_ns(query: Callable[[object], None]) -> int:
    """What this function of Windows tells, in units of 100 ns (learn.microsoft.com, realtimeapiset.h)."""
    ticks = ctypes.c_uint64()
    query(ctypes.byref(ticks))
    return ticks.value * 100


def system_now() -> datetime:
    return SystemClock().now()
