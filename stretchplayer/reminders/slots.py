"""The day's reminder times: slots, the state each is in, and what the person chose about them."""

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
    """A time of day, local and to the minute, at which a reminder comes on these weekdays (Monday is 0)."""

    at: Minute
    weekdays: frozenset[int] = field(default=EVERY_DAY, compare=False)

    def __post_init__(self) -> None:
        _check_minute(self.at)
        if not self.weekdays or not self.weekdays <= EVERY_DAY:
            raise DomainError(_("A reminder comes on at least one of the weekdays 0 (Monday) to 6 (Sunday)."))


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Slot:
    """One reminder of one day; local date and time are its key, so that a change of the clocks never doubles it."""

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
        raise DomainError(_("A reminder is at a whole minute of the local day, and {at} is not.").format(at=at))


class SlotState(StrEnum):
    """What has become of a slot."""

    COMING = "coming"
    """Its time has not come, and nothing was done early for it."""
    DUE = "due"
    SNOOZED = "snoozed"
    DONE = "done"
    SKIPPED = "skipped"
    """By the person: this one, or the whole day."""
    MISSED = "missed"
    """Its window is over and nothing was done."""
    PAUSED = "paused"
    """It falls into a time for which the person has paused reminders."""


UNSETTLED: Final = frozenset({SlotState.DUE, SlotState.SNOOZED})
"""The states of a slot for which something can be done now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotView:
    """What there is to show of a slot.

    `state` now; `done_at` when it was done, `snoozed_until` when the reminder comes again (None: when the person is
    back), both aware and in local time.
    """

    slot: Slot
    state: SlotState
    done_at: datetime | None = None
    snoozed_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderSettings:
    """What the person chose about reminders.

    `slots` in the order of the day; none at all is a choice, too. With `sound` a soft tone comes with the reminder.
    With `start_fullscreen` its Start leads to the session in full screen. With `keep_running` closing the window leaves
    the program in the background, so that reminders come; `background_explained` is whether that has been told.
    """

    enabled: bool = True
    slots: tuple[SlotTime, ...] = (SlotTime(at=time(8, 0)), SlotTime(at=time(20, 0)))
    sound: bool = True
    start_fullscreen: bool = False
    keep_running: bool = True
    background_explained: bool = False

    def __post_init__(self) -> None:
        times = [slot.at for slot in self.slots]
        if times != sorted(set(times)):
            raise DomainError(_("Reminders have to be at different times, in the order of the day."))
        if len(times) > MAX_SLOTS:
            raise DomainError(_("There can be at most {max_slots} reminders a day.").format(max_slots=MAX_SLOTS))

    def slots_on(self, day: date) -> tuple[Slot, ...]:
        """The slots chosen for that day, in order, whether reminders are enabled or not."""
        return tuple(Slot(day=day, at=each.at) for each in self.slots if day.weekday() in each.weekdays)
