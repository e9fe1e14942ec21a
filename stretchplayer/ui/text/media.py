"""What lock screens, headsets and phones show of a session."""

from stretchplayer.i18n import _
from stretchplayer.routine import phrases
from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline


def media_title(timeline: Timeline, phase: Phase) -> str:
    """For example "Towel stretch · left leg · hold"."""
    stretch = timeline.routine.stretch(phase.stretch)
    parts = [stretch.title]
    if phase.kind is PhaseKind.TRANSITION:
        parts = [_("Next: {stretch}").format(stretch=stretch.title)]
    if phase.side is not None:
        parts.append(phrases.limb_of_side(phase.side, stretch.limb))
    if phase.kind is PhaseKind.HOLD:
        parts.append(_("hold"))
    return " · ".join(parts)
