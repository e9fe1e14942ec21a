"""The reminder in words, as the system's notifications show it."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from stretchplayer.domain import phrases
from stretchplayer.domain.reminder import Reminder
from stretchplayer.domain.slots import SlotView
from stretchplayer.domain.timeline import Timeline
from stretchplayer.ui.player_words import duration
from stretchplayer.ui.slot_words import clock_time, invitation, minutes_words

USUAL_SNOOZE_MIN: Final = 10


def _tr(text: str) -> str:
    return QCoreApplication.translate("reminders", text)


def notification(view: SlotView, timeline: Timeline, *, sound: bool) -> Reminder:
    """Remind of this slot, in which this timeline would be played."""
    routine = timeline.routine
    facts = " · ".join((routine.title, duration(timeline.total_ms), clock_time(view.slot.at)))
    sentences = [f"{facts}."]
    if routine.equipment:
        things = phrases.listing(routine.equipment)
        sentences.append(_tr("Have {things} at hand.").format(things=things))
    return Reminder(
        title=invitation(view.slot.at),
        body=" ".join(sentences),
        start=_tr("Start"),
        snooze=_tr("In {time}").format(time=minutes_words(USUAL_SNOOZE_MIN)),
        skip=_tr("Skip"),
        open=_tr("Open"),
        sound=sound,
    )
