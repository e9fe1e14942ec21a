"""The zone the system is set to, with what its clocks did and will do."""

from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final


class LocalZone(tzinfo):
    """The system's local time at any moment, not only now, so that tomorrow's 08:00 is right in a night of change.

    Python has only the present offset (`datetime.astimezone`), and the name of the system's zone can't be had
    everywhere. Both questions are therefore put to the C library, by way of naive datetimes.
    """

    def utcoffset(self, when: datetime | None) -> timedelta | None:
        return None if when is None else when.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, when: datetime | None) -> timedelta | None:
        """That isn't known, and nothing here needs it."""
        return None

    def tzname(self, when: datetime | None) -> str | None:
        """What the system calls local time then: "CET"."""
        return None if when is None else when.replace(tzinfo=None).astimezone().tzname()

    def fromutc(self, when: datetime) -> datetime:
        local = when.replace(tzinfo=UTC).astimezone()
        found = local.replace(tzinfo=self)
        # Of a time that the clocks show twice this may be the second.
        return found if found.utcoffset() == local.utcoffset() else found.replace(fold=1)


LOCAL_ZONE: Final = LocalZone()
"""The one there is. (Python finds two moments in an hour that comes twice unequal unless their zone is one object.)"""
