"""The day's reminder times: slots, their states, and the reminder settings."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Annotated, Final, TypeAlias

from msgspec import Meta

from stretchplayer.errors import DomainError
from stretchplayer.i18n import _

EVERY_DAY: Final = frozenset(range(7))
"""Monday is 0, as in `date.weekday`."""
MAX_SLOTS: Final = 24

Minute: TypeAlias = Annotated[time, Meta(tz=False)]
"""A local time of day, to the minute."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class SlotTime:
    """A reminder at a local time of day on these weekdays (Monday is 0)."""

    at: Minute
    weekdays: frozenset[int] = field(default=EVERY_DAY, compare=False)

    def __post_init__(self) -> None:
        _check_minute(self.at)
        if not self.weekdays or not self.weekdays <= EVERY_DAY:
            raise DomainError(_("A reminder needs at least one weekday, from 0 (Monday) to 6 (Sunday)."))


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Slot:
    """One reminder of one day. Its key is the local date and time, so a clock change never doubles it."""

    day: date
    at: Minute

    def __post_init__(self) -> None:
        _check_minute(self.at)

    @property
    def key(self) -> str:
        """The key as text: "2026-03-02T08:00"."""
        return f"{self.day.isoformat()}T{self.at.isoformat('minutes')}"


def _check_minute(at: time) -> None:
    if at.tzinfo is not None or at.second or at.microsecond:
        raise DomainError(_("A reminder time must be in whole minutes, without a time zone, not {at}."), at=at)


class SlotState(StrEnum):
    COMING = "coming"
    """Its time is yet to come, and it wasn't done early."""
    DUE = "due"
    SNOOZED = "snoozed"
    DONE = "done"
    MARKED_DONE = "marked-done"
    """The person says that it was done; no session was played for it."""
    SKIPPED = "skipped"
    """The slot itself, or its whole day."""
    MISSED = "missed"
    """Its window is over, without a session."""
    PAUSED = "paused"


UNSETTLED: Final = frozenset({SlotState.DUE, SlotState.SNOOZED})
"""The states in which a session now counts for the slot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotView:
    """A slot and its state now.

    `done_at` and `snoozed_until` are aware and local; a snoozed slot without the latter is snoozed until the person is
    back.
    """

    slot: Slot
    state: SlotState
    done_at: datetime | None = None
    snoozed_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderSettings:
    """The person's reminder settings.

    `slots` are sorted by time and may be empty. `sound` plays a soft tone with the reminder. `start_fullscreen` makes
    its Start button open the session in full screen. `keep_running` keeps the program in the background when the window
    is closed; `background_explained` is whether the person has been told so. With `wait_in_calls` reminders wait while
    another program records or shares the screen.
    """

    enabled: bool = True
    slots: tuple[SlotTime, ...] = (SlotTime(at=time(8, 0)), SlotTime(at=time(20, 0)))
    sound: bool = True
    start_fullscreen: bool = False
    keep_running: bool = True
    background_explained: bool = False
    wait_in_calls: bool = True

    def __post_init__(self) -> None:
        times = [slot.at for slot in self.slots]
        if times != sorted(set(times)):
            raise DomainError(_("Reminders must be at different times, earliest first."))
        if len(times) > MAX_SLOTS:
            raise DomainError(_("There can be at most {max_slots} reminders a day."), max_slots=MAX_SLOTS)

    def slots_on(self, day: date) -> tuple[Slot, ...]:
        """The slots chosen for that day, in order, whether reminders are enabled or not."""
        return tuple(Slot(day=day, at=each.at) for each in self.slots if day.weekday() in each.weekdays)
