"""The system's time zone, including past and future changes of its offset."""

from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final


class LocalZone(tzinfo):
    """The system's local time at any moment, so that tomorrow's 08:00 is right when the clocks change tonight.

    Python's own local zone (`datetime.astimezone`) has a fixed offset, and the name of the system's zone isn't
    available everywhere. So the C library is asked, by way of naive datetimes.
    """

    def utcoffset(self, when: datetime | None) -> timedelta | None:
        return None if when is None else when.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, when: datetime | None) -> timedelta | None:
        """Unknown, and nothing here needs it."""
        return None

    def tzname(self, when: datetime | None) -> str | None:
        """The abbreviation at that moment: "CET"."""
        return None if when is None else when.replace(tzinfo=None).astimezone().tzname()

    def fromutc(self, when: datetime) -> datetime:
        local = when.replace(tzinfo=UTC).astimezone()
        found = local.replace(tzinfo=self)
        # Of a time that occurs twice this may be the second.
        return found if found.utcoffset() == local.utcoffset() else found.replace(fold=1)


LOCAL_ZONE: Final = LocalZone()
"""The only instance: Python compares moments in a repeated hour correctly only if they share one zone object."""
