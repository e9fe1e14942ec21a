"""Fields for a number and for a time, drawn as plates, with an arrow down and one up that can be hit."""

from functools import partial
from typing import Final, Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTime
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QDoubleSpinBox, QTimeEdit, QWidget

from stretchplayer.ui import theme
from stretchplayer.ui.plate import draw_arrow, draw_plate, plate_of

SMALLEST: Final = 28
"""The least width and height of what is hit, px."""
_BEFORE: Final = 0.6
"""Room before the words, in ems."""


class StepButton(QAbstractButton):
    """An arrow that changes the value of the field it stands in. The keyboard doesn't stop here: it has arrows."""

    def __init__(self, step: Literal[-1, 1], field: QAbstractSpinBox) -> None:
        super().__init__(field)
        self._step = step
        self._field = field
        self.setAutoRepeat(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Later or more") if step > 0 else self.tr("Earlier or less"))
        self.clicked.connect(partial(field.stepBy, step))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The keyboard goes on in the field."""
        self._field.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the arrow, and a plate under it when it is pointed at."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self.palette().color
        if self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme.TRACK).lighter(130) if self.isDown() else colour(theme.TRACK))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 3, -2, -3), 6, 6)
        em = QFontMetricsF(self.font()).height()
        ink = colour(theme.INK if self.isEnabled() else theme.MUTED)
        if not self.isEnabled():
            ink.setAlphaF(0.45)
        draw_arrow(painter, QPointF(self.width() / 2, self.height() / 2), em, ink, up=self._step > 0)


class _Dress:
    """Gives one of Qt's fields our looks; everything it does stays Qt's."""

    def __init__(self, field: QAbstractSpinBox) -> None:
        self._field = field
        field.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        field.setFrame(False)
        field.setAttribute(Qt.WidgetAttribute.WA_Hover)
        line = field.lineEdit()
        clear = QPalette()  # it has but one colour of its own, so that all others follow the theme
        clear.setColor(QPalette.ColorRole.Base, QColor(Qt.GlobalColor.transparent))
        line.setPalette(clear)
        self.less, self.more = StepButton(-1, field), StepButton(1, field)

    def _em(self) -> float:
        return QFontMetricsF(self._field.font()).height()

    def _button_width(self) -> int:
        return max(SMALLEST, round(1.25 * self._em()))

    def size(self, words: str) -> QSize:
        """Room for words as long as these and the arrows."""
        across = QFontMetricsF(self._field.font()).horizontalAdvance(words) + 2 * _BEFORE * self._em() + 8
        return QSize(round(across + 2 * self._button_width()), round(max(1.9 * self._em(), SMALLEST + 4)))

    def place(self) -> None:
        """Put the arrows at the end, the one up last."""
        box, width = plate_of(self._field).toRect(), self._button_width()
        for place, button in enumerate((self.more, self.less), start=1):
            button.setGeometry(box.right() + 1 - place * width, box.top(), width, box.height())
        self._field.lineEdit().setTextMargins(round(_BEFORE * self._em()), 0, 2 * width + 3, 0)

    def show_ways(self, ways: QAbstractSpinBox.StepEnabledFlag) -> None:
        """Show which ways the value can still go."""
        self.less.setEnabled(bool(ways & QAbstractSpinBox.StepEnabledFlag.StepDownEnabled))
        self.more.setEnabled(bool(ways & QAbstractSpinBox.StepEnabledFlag.StepUpEnabled))

    def paint(self) -> None:
        """Draw the plate."""
        draw_plate(QPainter(self._field), self._field, focus=self._field.hasFocus())


class TimeField(QTimeEdit):
    """A time of the day. The wheel is left to the page, which it scrolls."""

    def __init__(self, at: QTime, parent: QWidget | None = None) -> None:
        super().__init__(at, parent)
        self.dress = _Dress(self)

    def sizeHint(self) -> QSize:
        """Room for any time."""
        return self.dress.size(self.textFromDateTime(self.dateTime()).replace("1", "0"))

    def minimumSizeHint(self) -> QSize:
        """Nothing of it is cut off."""
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the page."""
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the arrows as large as the letters."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.dress.place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the arrows at the end."""
        super().resizeEvent(event)
        self.dress.place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the plate; words and arrows are drawn by themselves."""
        self.dress.paint()


class NumberField(QDoubleSpinBox):
    """A number; below 0 it is none yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dress = _Dress(self)
        self.valueChanged.connect(self._show_ways)
        self._show_ways()

    def _show_ways(self) -> None:
        self.dress.show_ways(self.stepEnabled())

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        """No number, and 0, can only grow."""
        up = QAbstractSpinBox.StepEnabledFlag.StepUpEnabled
        return up if self.value() <= 0 else super().stepEnabled()

    def stepBy(self, steps: int) -> None:
        """From none the first step leads to 0, and from there no further down."""
        if self.value() < 0:
            self.setValue(0 if steps > 0 else self.minimum())
        else:
            super().stepBy(max(steps, -int(self.value() / self.singleStep())))

    def sizeHint(self) -> QSize:
        """Room for the largest number."""
        return self.dress.size(self.textFromValue(self.maximum()))

    def minimumSizeHint(self) -> QSize:
        """Nothing of it is cut off."""
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the page."""
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the arrows at the end."""
        super().resizeEvent(event)
        self.dress.place()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the arrows as large as the letters."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.dress.place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the plate; the number and the arrows are drawn by themselves."""
        self.dress.paint()
