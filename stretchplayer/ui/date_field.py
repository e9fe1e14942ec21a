"""A field for a day, drawn as a plate, with an arrow that opens a calendar."""

from typing import Final

from PySide6.QtCore import QDate, QEvent, QPointF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCharFormat,
)
from PySide6.QtWidgets import QAbstractButton, QCalendarWidget, QDateEdit, QWidget

from stretchplayer.ui import theme
from stretchplayer.ui.plate import draw_arrow, draw_plate, plate_of
from stretchplayer.ui.step_field import SMALLEST

_BEFORE: Final = 0.6
"""Room before the words, in ems."""


class _OpenButton(QAbstractButton):
    """The arrow. With the keyboard the day is changed in the field itself."""

    def __init__(self, field: "DateField") -> None:
        super().__init__(field)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Choose in a calendar"))
        self.clicked.connect(field.open_calendar)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the arrow."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2, self.height() / 2)
        draw_arrow(painter, middle, QFontMetricsF(self.font()).height(), self.palette().color(theme.INK))


class DateField(QDateEdit):
    """A day; the arrow keys change it, and the arrow at its end opens a calendar."""

    def __init__(self, day: QDate, parent: QWidget | None = None) -> None:
        super().__init__(day, parent)
        self.setCalendarPopup(True)
        self.setFrame(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        clear = QPalette()
        clear.setColor(QPalette.ColorRole.Base, QColor(Qt.GlobalColor.transparent))
        self.lineEdit().setPalette(clear)
        self.open_button = _OpenButton(self)
        calendar = self.calendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(weekday, QTextCharFormat())  # Qt's red can't be read in the dark

    def open_calendar(self) -> None:
        """Open the calendar. Qt does that only for a press on its own arrow, which is below ours."""
        spot = QPointF(self.width() - 6, self.height() / 2)
        button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        press = QMouseEvent(QEvent.Type.MouseButtonPress, spot, self.mapToGlobal(spot), button, button, none)
        self.calendarWidget().setFont(self.font())
        super().mousePressEvent(press)

    def _em(self) -> float:
        return QFontMetricsF(self.font()).height()

    def _place(self) -> None:
        box, width = plate_of(self).toRect(), max(SMALLEST, round(1.5 * self._em()))
        self.open_button.setGeometry(box.right() + 1 - width, box.top(), width, box.height())
        self.lineEdit().setTextMargins(round(_BEFORE * self._em()), 0, 0, 0)

    def sizeHint(self) -> QSize:
        """Room for the day and the arrow."""
        across = QFontMetricsF(self.font()).horizontalAdvance(self.text()) + 3.5 * self._em()
        return QSize(round(across), round(max(1.9 * self._em(), SMALLEST + 4)))

    def changeEvent(self, event: QEvent) -> None:
        """Keep the arrow as large as the letters."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the arrow at the end."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the plate; the day and the arrow are drawn by themselves."""
        draw_plate(QPainter(self), self, focus=self.hasFocus())
