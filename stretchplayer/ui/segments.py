"""The progress of a session: a bar for each leg of each stretch."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from stretchplayer.domain.timeline import Phase, PhaseKind, Timeline
from stretchplayer.ui import accessible, theme

MOST_SEGMENTS: Final = 24
"""More legs than this are drawn as one bar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of the session, in ms of the timeline."""

    start_ms: int
    end_ms: int

    def done(self, position_ms: float) -> float:
        """How much of it lies behind `position_ms`, 0 to 1."""
        length_ms = self.end_ms - self.start_ms
        return min(max((position_ms - self.start_ms) / length_ms, 0.0), 1.0) if length_ms else 1.0


def segments_of(timeline: Timeline) -> tuple[Segment, ...]:
    """Cut the timeline into one segment for each leg of each stretch and set; getting ready belongs to the next."""
    segments: list[Segment] = []
    key: tuple[object, ...] | None = None
    start_ms = 0
    last: Phase | None = None
    for phase in timeline.phases:
        if phase.kind in {PhaseKind.PREPARE, PhaseKind.TRANSITION, PhaseKind.DONE}:
            continue
        here = (phase.ordinal, phase.set_number, phase.side)
        if key is not None and here != key and last is not None:
            segments.append(Segment(start_ms=start_ms, end_ms=last.end_ms))
            start_ms = last.end_ms
        key, last = here, phase
    segments.append(Segment(start_ms=start_ms, end_ms=timeline.total_ms))
    if len(segments) > MOST_SEGMENTS:
        return (Segment(start_ms=0, end_ms=timeline.total_ms),)
    return tuple(segments)


class SegmentBar(QWidget):
    """Draws how far each segment is done."""

    ACCESSIBLE_ROLE = accessible.Role.ProgressBar

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._segments: tuple[Segment, ...] = ()
        self._position_ms = 0.0
        self._drawn: tuple[int, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_timeline(self, timeline: Timeline) -> None:
        """Take another timeline."""
        self._segments = segments_of(timeline)
        self.update()

    def show_position(self, position_ms: float) -> None:
        """Show how far the session has come; drawn again only when a pixel changes."""
        self._position_ms = position_ms
        widths = tuple(round(segment.done(position_ms) * self.width()) for segment in self._segments)
        if widths != self._drawn:
            self._drawn = widths
            total_ms = self._segments[-1].end_ms if self._segments else 0
            percent = round(100 * position_ms / total_ms) if total_ms else 0
            self.setAccessibleName(self.tr("{percent} % of the session").format(percent=percent))
            self.update()

    def sizeHint(self) -> QSize:
        """A thin line."""
        return QSize(300, 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a track for each segment, and over it what is done."""
        if not self._segments:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        height = float(self.height())
        gap = min(height * 1.2, self.width() / len(self._segments) / 4) if len(self._segments) > 1 else 0
        width = (self.width() - gap * (len(self._segments) - 1)) / len(self._segments)
        for place, segment in enumerate(self._segments):
            box = QRectF(place * (width + gap), 0, width, height)
            painter.setBrush(self.palette().color(theme.TRACK))
            painter.drawRoundedRect(box, height / 2, height / 2)
            done = segment.done(self._position_ms)
            if done:
                painter.setClipRect(QRectF(box.x(), 0, width * done, height))
                painter.setBrush(self.palette().color(theme.MARK))
                painter.drawRoundedRect(box, height / 2, height / 2)
                painter.setClipping(False)
