"""A day with reminders, for tests of the widgets that show it."""

from datetime import datetime, time, timedelta, timezone

from stretchplayer.reminders.slots import Slot, SlotState, SlotView
from stretchplayer.ui.text.slots import ReminderStatus

NOW = datetime(2026, 11, 24, 17, 20, tzinfo=timezone(timedelta(hours=1)))
"""A Tuesday."""
TODAY = NOW.date()


def view(hour: int, state: SlotState, *, done: str | None = None, snoozed: str | None = None, ago: int = 0) -> SlotView:
    """A slot of today, or of `ago` days before; the times as "08:12"."""

    def at(text: str | None) -> datetime | None:
        return None if text is None else datetime.combine(TODAY, time.fromisoformat(text), tzinfo=NOW.tzinfo)

    slot = Slot(day=TODAY - timedelta(days=ago), at=time(hour))
    return SlotView(slot=slot, state=state, done_at=at(done), snoozed_until=at(snoozed))


DONE = view(8, SlotState.DONE, done="08:12")
EVENING = NOW.replace(hour=20, minute=0)
USUAL = ReminderStatus(slots=(DONE, view(20, SlotState.COMING)), now=NOW, next_at=EVENING)
DUE = ReminderStatus(slots=(DONE, view(17, SlotState.DUE)), now=NOW, next_at=NOW)
