"""The day's slots in a line: dot, time and state of each."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from stretchplayer.i18n import _
from stretchplayer.progress.adherence import CalendarDay, DotState
from stretchplayer.ui.charts.chart import Chart, ChartStyle, wrapped, write
from stretchplayer.ui.charts.dots import draw_dot
from stretchplayer.ui.text import progress as words
from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme import palette as theme

_PX = 16.0


class SlotLine(Chart):
    """Wraps the slots that don't fit; hidden without any."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, role=accessible.Role.StaticText)
        self._parts: tuple[tuple[DotState, str], ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def show_day(self, day: CalendarDay) -> None:
        self._parts = tuple(
            (dot.state, words.dot_text(self.locale(), dot)) for dot in day.dots if dot.state is not DotState.BEFORE
        )
        told = ", ".join(part for _unused, part in self._parts)
        self.set_accessible_text(_("Today: {slots}").format(slots=told), told)
        self.setVisible(bool(self._parts))
        self.updateGeometry()
        self.update()

    def _places(self, width: float, style: ChartStyle) -> list[QRectF]:
        widths = (style.width_of(part, _PX) + 52 * style.unit for _state, part in self._parts)
        return wrapped(widths, width, style.line(_PX) * 1.5)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self._places(width, self.style_now)
        return round(places[-1].bottom()) if places else 0

    def sizeHint(self) -> QSize:
        return QSize(round(400 * self.unit), self.heightForWidth(round(400 * self.unit)))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.heightForWidth(max(160, self.width())))

    def draw(self, painter: QPainter, box: QRectF, style: ChartStyle) -> None:
        for place, (state, part) in zip(self._places(box.width(), style), self._parts, strict=True):
            centre = QPointF(place.left() + 10 * style.unit, place.center().y())
            draw_dot(painter, style, centre, 15 * style.unit, state)
            text = place.adjusted(26 * style.unit, 0, 0, 0)
            write(painter, style, text, part, role=theme.INK, pixels=_PX)
