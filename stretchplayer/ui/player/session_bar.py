"""The progress bar of a session, one segment per leg of each exercise."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from stretchplayer.i18n import _
from stretchplayer.routine.routine import SideMode
from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline
from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme import palette as theme

MOST_SEGMENTS: Final = 24
"""More segments than this are drawn as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of the session, in ms of the timeline."""

    start_ms: int
    end_ms: int

    def done(self, position_ms: float) -> float:
        """The share that is done at `position_ms`, 0 to 1."""
        length_ms = self.end_ms - self.start_ms
        return min(max((position_ms - self.start_ms) / length_ms, 0.0), 1.0) if length_ms else 1.0


def segments_of(timeline: Timeline) -> tuple[Segment, ...]:
    """One segment per exercise, set and leg, or both in turn; `prepare` belongs to the segment it leads to."""
    segments: list[Segment] = []
    key: tuple[object, ...] | None = None
    start_ms = 0
    last: Phase | None = None
    for phase in timeline.phases:
        if phase.kind in {PhaseKind.PREPARE, PhaseKind.TRANSITION, PhaseKind.DONE}:
            continue
        alternates = timeline.routine.exercise(phase.exercise).sides is SideMode.ALTERNATE
        here = (phase.ordinal, phase.set_number, None if alternates else phase.side)
        if key is not None and here != key and last is not None:
            segments.append(Segment(start_ms=start_ms, end_ms=last.end_ms))
            start_ms = last.end_ms
        key, last = here, phase
    segments.append(Segment(start_ms=start_ms, end_ms=timeline.total_ms))
    if len(segments) > MOST_SEGMENTS:
        return (Segment(start_ms=0, end_ms=timeline.total_ms),)
    return tuple(segments)


class SessionBar(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        accessible.describe(self, accessible.Role.ProgressBar)
        self._segments: tuple[Segment, ...] = ()
        self._position_ms = 0.0
        self._drawn: tuple[int, ...] = ()
        self._percent: int | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_timeline(self, timeline: Timeline) -> None:
        self._segments = segments_of(timeline)
        self._drawn = ()
        self.update()

    def show_position(self, position_ms: float) -> None:
        """Show the position, if it makes a difference of a px."""
        self._position_ms = position_ms
        width = self._width() if self._segments else 0
        widths = tuple(round(segment.done(position_ms) * width) for segment in self._segments)
        if widths == self._drawn:
            return
        total_ms = self._segments[-1].end_ms if self._segments else 0
        self._name(round(100 * position_ms / total_ms) if total_ms else 0)
        self.update()
        self._drawn = widths

    def _name(self, percent: int) -> None:
        if percent != self._percent:
            self._percent = percent
            self.setAccessibleName(_("{percent} % of the session").format(percent=percent))

    # Where the segments are, in px

    def _gap(self) -> float:
        count = len(self._segments)
        return min(self.height() * 1.2, self.width() / count / 4) if count > 1 else 0.0

    def _width(self) -> float:
        count = len(self._segments)
        return (self.width() - self._gap() * (count - 1)) / count

    def _box(self, place: int) -> QRectF:
        width = self._width()
        return QRectF(place * (width + self._gap()), 0, width, self.height())

    def sizeHint(self) -> QSize:
        return QSize(300, 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        round_end = self.height() / 2
        for place, segment in enumerate(self._segments):
            box = self._box(place)
            painter.setBrush(self.palette().color(theme.TRACK))
            painter.drawRoundedRect(box, round_end, round_end)
            done = segment.done(self._position_ms)
            if done:
                painter.setClipRect(QRectF(box.x(), 0, box.width() * done, box.height()))
                painter.setBrush(self.palette().color(theme.MOVEMENT))
                painter.drawRoundedRect(box, round_end, round_end)
                painter.setClipping(False)
