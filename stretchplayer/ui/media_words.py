"""What media players' displays show of a session: lock screens, headsets, phones."""

from PySide6.QtCore import QCoreApplication

from stretchplayer.domain.timeline import Phase, PhaseKind, Timeline


def _tr(text: str) -> str:
    return QCoreApplication.translate("media", text)


def media_title(timeline: Timeline, phase: Phase) -> str:
    """Name the stretch, the leg that works, and the hold if it is one: "Towel stretch · left leg · hold"."""
    stretch = timeline.routine.stretch(phase.stretch)
    parts = [stretch.title]
    if phase.kind is PhaseKind.TRANSITION:
        parts = [_tr("Next: {stretch}").format(stretch=stretch.title)]
    if phase.side is not None:
        parts.append(_tr("{side} {limb}").format(side=_tr(str(phase.side)), limb=stretch.limb))
    if phase.kind is PhaseKind.HOLD:
        parts.append(_tr("hold"))
    return " · ".join(parts)
