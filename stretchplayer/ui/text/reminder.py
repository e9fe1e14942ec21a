"""The text of a reminder."""

from stretchplayer.errors import plain
from stretchplayer.i18n import _
from stretchplayer.reminders.reminder import Reminder
from stretchplayer.reminders.slots import SlotView
from stretchplayer.reminders.snooze import USUAL_SNOOZE_MIN
from stretchplayer.routine import phrases
from stretchplayer.routine.timeline import Timeline
from stretchplayer.ui.text.durations import duration
from stretchplayer.ui.text.slots import clock_time, invitation, mark_label, skip_label, snooze_label


def reminder_facts(view: SlotView, timeline: Timeline | None) -> tuple[str, ...]:
    """What would be played, how long it takes, and when it was to be; only that if it is not known what."""
    played = () if timeline is None else (timeline.routine.title, duration(timeline.total_ms))
    return (*played, clock_time(view.slot.at))


def notification(view: SlotView, timeline: Timeline | None, *, sound: bool) -> Reminder:
    """`timeline` is what would be played, None if it can't be read."""
    sentences = [f"{' · '.join(reminder_facts(view, timeline))}."]
    if timeline is not None and timeline.routine.equipment:
        things = phrases.listing(timeline.routine.equipment)
        sentences.append(_("Have {things} at hand.").format(things=things))
    return Reminder(
        title=invitation(view.slot.at),
        body=plain(" ".join(sentences)),
        start=_("Start"),
        snooze=snooze_label(USUAL_SNOOZE_MIN),
        skip=skip_label(view.slot.at),
        done=mark_label(done=True),
        open=_("Open"),
        sound=sound,
    )
