"""Text about a session that was cut short."""

from stretchplayer.i18n import _, ngettext
from stretchplayer.progress.history import SessionRecord
from stretchplayer.routine import phrases
from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline
from stretchplayer.ui.text.durations import exact_duration
from stretchplayer.ui.text.slots import clock_time


def place_text(plan: Timeline, place: Phase) -> str:
    """Where the session resumes: "Towel stretch, right leg"."""
    if place.kind is PhaseKind.DONE:
        return _("the end")
    exercise = plan.routine.exercise(place.exercise)
    side = place.side or next((later.side for later in plan.phases[place.index :] if later.step is not None), None)
    if side is None:
        return exercise.title
    return f"{exercise.title}, {phrases.limb_of_side(side, exercise.limb)}"


def question(plan: Timeline, place: Phase) -> str:
    return _("Resume at {place}?").format(place=place_text(plan, place))


def detail(record: SessionRecord) -> str:
    """Say what ended, when, and what is kept of it either way."""
    time = clock_time(record.started_at.time())
    ended = _("Your session at {time} ended in the middle.").format(time=time)
    parts = []
    if record.held_ms >= 1000:  # noqa: PLR2004 -- a second
        parts.append(_("The {held} you held are kept either way.").format(held=exact_duration(record.held_ms)))
    if n := record.repetitions_done:
        kept = ngettext("Your {n} repetition is kept either way.", "Your {n} repetitions are kept either way.", n)
        parts.append(kept.format(n=n))
    return " ".join((ended, *parts))
