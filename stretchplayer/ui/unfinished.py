"""The words about a session that ended in the middle."""

from PySide6.QtCore import QCoreApplication

from stretchplayer.domain.history import SessionRecord
from stretchplayer.domain.timeline import Phase, PhaseKind, Timeline
from stretchplayer.ui import player_words


def _tr(text: str) -> str:
    return QCoreApplication.translate("unfinished", text)


def place_words(plan: Timeline, place: Phase) -> str:
    """Where the session goes on: "Towel stretch, right leg"."""
    if place.kind is PhaseKind.DONE:
        return _tr("the end")
    stretch = plan.routine.stretch(place.stretch)
    side = place.side or next((later.side for later in plan.phases[place.index :] if later.step is not None), None)
    if side is None:
        return stretch.title
    return _tr("{stretch}, {side} {limb}").format(stretch=stretch.title, side=_tr(str(side)), limb=stretch.limb)


def question(plan: Timeline, place: Phase) -> str:
    """Ask whether to go on."""
    return _tr("Go on where you were: {place}?").format(place=place_words(plan, place))


def detail(record: SessionRecord) -> str:
    """Say what ended, when, and what is kept of it either way."""
    if record.held_ms < 1000:  # noqa: PLR2004 -- a second
        return _tr("Your session of {time} ended in the middle.").format(time=f"{record.started_at:%H:%M}")
    return _tr("Your session of {time} ended in the middle. {held} held are kept, whatever you choose.").format(
        time=f"{record.started_at:%H:%M}", held=player_words.exact_duration(record.held_ms)
    )
