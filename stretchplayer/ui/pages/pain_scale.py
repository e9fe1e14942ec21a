"""The numeric pain rating scale: eleven large buttons, 0 to 10, each with a key."""

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from stretchplayer.i18n import _
from stretchplayer.progress.history import LEAST_PAIN, WORST_PAIN
from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import with_font
from stretchplayer.ui.widgets.label import plain_label

SMALLEST_PX: Final = 44
"""Minimum width and height of a button."""
_GAP: Final = 6
_KEY_OF_TEN: Final = Qt.Key.Key_X


class _Number(QAbstractButton):
    """Never takes the focus: the scale has it."""

    def __init__(self, number: int, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        with_font(self, 18)
        self.setText(str(number))
        self.setAccessibleName(name)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self.palette().color
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        chosen = self.isChecked()
        surface = colour(theme.ACCENT if chosen else theme.RAISED)
        painter.setPen(QPen(colour(theme.INK), 2.5) if chosen else Qt.PenStyle.NoPen)
        painter.setBrush(surface.lighter(112) if self.underMouse() and not chosen else surface)
        painter.drawRoundedRect(box, 9, 9)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Bold if chosen else QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(colour(theme.ON_ACCENT if chosen else theme.INK))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self.text())


class PainScale(QWidget):
    """Asks one question. 0 to 9 answer it, X is ten, arrows change it and Backspace takes the answer back."""

    ACCESSIBLE_ROLE = accessible.Role.Slider

    answered = Signal()
    """Also when the answer is taken back."""
    settled = Signal()
    """By one key or click; move on to the next question."""

    def __init__(self, question: str, parent: QWidget | None = None, *, explained: bool = True) -> None:
        super().__init__(parent)
        self._value: int | None = None
        self._question = plain_label(question, wrap=True, px=18, weight=QFont.Weight.DemiBold)
        self._question.setParent(self)
        ends = _("0 is no pain, 10 the worst you can imagine") if explained else ""
        self._ends = plain_label(ends, role=theme.MUTED, wrap=True, px=13)
        self._ends.setParent(self)
        self._numbers = [
            _Number(number, _("{question} {number}").format(question=question, number=number), self)
            for number in range(LEAST_PAIN, WORST_PAIN + 1)
        ]
        for number, button in enumerate(self._numbers):
            button.clicked.connect(partial(self._settle, number))
        self.setAccessibleName(question)
        self.setAccessibleDescription(_("Keys 0 to 9, and X for ten. Backspace takes it back."))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def value(self) -> int | None:
        return self._value

    def set_value(self, value: int | None) -> None:
        for number, button in enumerate(self._numbers):
            button.setChecked(number == value)
        if value != self._value:
            self._value = value
            accessible.announce(self, f"{self.accessibleName()} {self.accessible_value()}")
            self.answered.emit()

    def accessible_value(self) -> str:
        return _("not answered") if self._value is None else str(self._value)

    def _settle(self, number: int) -> None:
        self.set_value(number)
        self.settled.emit()

    # Places

    def _rows(self, width: int) -> tuple[int, int, int]:
        """Columns, rows, and the side of a button."""
        side = max(SMALLEST_PX, round(self._numbers[0].fontMetrics().height() * 1.7))
        for rows in (1, 2, 3, 4):
            columns = -(-len(self._numbers) // rows)
            if columns * (side + _GAP) - _GAP <= width:
                return columns, rows, side
        return 1, len(self._numbers), side

    def _head(self, width: int) -> tuple[int, int]:
        """The heights of the question and of the caption below the numbers."""
        return self._question.heightForWidth(width), self._ends.heightForWidth(width) if self._ends.text() else 0

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        _unused, rows, side = self._rows(width)
        question, ends = self._head(width)
        return question + ends + rows * (side + _GAP) + 2 * _GAP

    def sizeHint(self) -> QSize:
        side = max(SMALLEST_PX, round(self._numbers[0].fontMetrics().height() * 1.7))
        width = len(self._numbers) * (side + _GAP)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(max(240, self.width())))

    def _lay_out(self) -> None:
        width = self.width()
        columns, rows, side = self._rows(width)
        question, ends = self._head(width)
        self._question.setGeometry(0, 0, width, question)
        top = question + _GAP
        across = min((width + _GAP) // columns - _GAP, round(side * 1.5))
        for number, button in enumerate(self._numbers):
            row, column = divmod(number, columns)
            button.setGeometry(column * (across + _GAP), top + row * (side + _GAP), across, side)
        self._ends.setGeometry(0, top + rows * (side + _GAP), width, ends)

    # Qt

    def event(self, event: QEvent) -> bool:
        """Lay the numbers out again when the font has changed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._lay_out()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click outside the numbers does nothing."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Number keys answer at once; keys the scale doesn't use belong to the page."""
        key = event.key()
        if event.isAutoRepeat() or event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
        ):
            event.ignore()
        elif Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self._settle(key - Qt.Key.Key_0)
        elif key == _KEY_OF_TEN:
            self._settle(WORST_PAIN)
        elif key in {Qt.Key.Key_Right, Qt.Key.Key_Left}:
            self._step(1 if key == Qt.Key.Key_Right else -1)
        elif key in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
            self.set_value(None)
        else:
            event.ignore()

    def _step(self, by: int) -> None:
        start = self._value if self._value is not None else LEAST_PAIN - by
        self.set_value(min(max(start + by, LEAST_PAIN), WORST_PAIN))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(theme.INK), 2))
        last = self._numbers[-1] if self._rows(self.width())[1] == 1 else max(self._numbers, key=lambda n: n.x())
        bottom = self._numbers[-1].geometry().bottom()
        top = self._numbers[0].y()
        painter.drawRoundedRect(QRectF(1, top - 3, last.geometry().right() + 2, bottom - top + 7), 11, 11)
