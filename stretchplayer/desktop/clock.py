"""The system's clocks."""

import sys
import time
from datetime import datetime

from stretchplayer.desktop.local_zone import LOCAL_ZONE


class SystemClock:
    """Implements `ports.Clock`.

    Linux has a clock of its own that goes on during suspend; on macOS CLOCK_MONOTONIC does, and on Windows the
    performance counter (time.monotonic has a resolution of only 15.6 ms there before Python 3.13).
    """

    def monotonic_ns(self) -> int:
        if sys.platform == "win32":
            return time.perf_counter_ns()
        return time.monotonic_ns()

    def boottime_ns(self) -> int:
        if sys.platform == "linux":
            return time.clock_gettime_ns(time.CLOCK_BOOTTIME)
        if sys.platform == "darwin":
            return time.clock_gettime_ns(time.CLOCK_MONOTONIC)
        return time.perf_counter_ns()

    def now(self) -> datetime:
        """The wall clock, aware, in local time; its zone knows what the clocks did and will do."""
        if sys.platform != "win32":
            time.tzset()  # Or the C library goes on in the zone in which the program started
        return datetime.now(LOCAL_ZONE)


def system_now() -> datetime:
    return SystemClock().now()
