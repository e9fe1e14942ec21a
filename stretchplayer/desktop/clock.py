"""The system's clocks."""

import logging
import os
import sys
import time
from datetime import datetime

from stretchplayer.desktop.local_zone import LOCAL_ZONE

log = logging.getLogger(__name__)


class SystemClock:
    """Implements `ports.Clock`.

    Linux has a separate clock that keeps running during suspend; on macOS CLOCK_MONOTONIC does, and on Windows the
    performance counter (before Python 3.13 time.monotonic has a resolution of only 15.6 ms there).
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
        """The wall clock, aware, in a zone that knows past and future changes of the offset.

        A zone a day or more from UTC, which Python refuses, becomes UTC for the whole program.
        """
        if sys.platform != "win32":
            time.tzset()  # Otherwise the C library stays in the zone the program started in
        try:
            return datetime.now(LOCAL_ZONE)
        except ValueError as error:
            log.warning("TZ=%s can't be used, so all times are in UTC: %s", os.environ.get("TZ"), error)
            os.environ["TZ"] = "UTC0"
            return self.now()


def system_now() -> datetime:
    return SystemClock().now()
