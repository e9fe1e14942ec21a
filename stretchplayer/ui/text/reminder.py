"""The text of a reminder notification."""

from stretchplayer.errors import plain
from stretchplayer.i18n import _
from stretchplayer.reminders.reminder import Reminder
from stretchplayer.reminders.slots import SlotView
from stretchplayer.reminders.snooze import USUAL_SNOOZE_MIN
from stretchplayer.routine import phrases
from stretchplayer.routine.timeline import Timeline
from stretchplayer.ui.text.durations import duration
from stretchplayer.ui.text.slots import clock_time, invitation, mark_label, skip_label, snooze_label


def notification(view: SlotView, timeline: Timeline, *, sound: bool) -> Reminder:
    routine = timeline.routine
    facts = " · ".join((routine.title, duration(timeline.total_ms), clock_time(view.slot.at)))
    sentences = [f"{facts}."]
    if routine.equipment:
        things = phrases.listing(routine.equipment)
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
