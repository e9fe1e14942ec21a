"""Text buttons, drawn by the style, and icon buttons."""

from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QPushButton, QStyleOptionButton, QWidget

from stretchplayer.ui.theme.icons import Icon
from stretchplayer.ui.theme.scaling import USUAL_PX, with_font
from stretchplayer.ui.theme.style import State, button_colours, draw_rounded, focus_colour


def _press_by_space(button: QAbstractButton, event: QKeyEvent) -> None:
    """Click on press: by the time the key is released another page may be shown. Other keys go to the page."""
    if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
        button.click()
    else:
        event.ignore()


class WideButton(QPushButton):
    """A text button; the accent colour marks a page's primary button."""

    def __init__(self, text: str, parent: QWidget | None = None, *, accent: bool = False, px: float = USUAL_PX) -> None:
        super().__init__(text, parent)
        with_font(self, px)
        self.set_accent(accent)
        self.setAutoDefault(False)

    def set_accent(self, accent: bool) -> None:
        self.setProperty("accent", accent)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        _press_by_space(self, event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.ignore()


class _SignButton(QAbstractButton):
    """A button with a symbol; `name` is its accessible name and tooltip."""

    def __init__(self, name: str, parent: QWidget | None, *, accent: bool = False) -> None:
        super().__init__(parent)
        self._accent = accent
        self.set_name(name)

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        self.setToolTip(name)

    def _radius(self) -> float:
        return min(self.height() * 0.3, 14)

    def _draw_sign(self, painter: QPainter, box: QRectF, ink: QColor) -> None:
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOptionButton()
        option.initFrom(self)
        if self.isDown():
            option.state |= State.State_Sunken
        surface, ink = button_colours(option, accent=self._accent)
        box = QRectF(self.rect())
        draw_rounded(painter, box.adjusted(3, 3, -3, -3), surface, self._radius(), focus_colour(option))
        self._draw_sign(painter, box, ink)


class RoundButton(_SignButton):
    """A round icon button. Only Enter presses it; all other keys, Space too, belong to the page."""

    def __init__(
        self, icons: Path, icon: str, name: str, parent: QWidget | None = None, *, accent: bool = False
    ) -> None:
        super().__init__(name, parent, accent=accent)
        self._icons = icons
        self._icon = Icon(icons, icon)
        self.setFixedSize(56, 56)

    def set_icon(self, icon: str) -> None:
        self._icon = Icon(self._icons, icon)
        self.update()

    def _radius(self) -> float:
        return self.width() / 2 - 3

    def _draw_sign(self, painter: QPainter, box: QRectF, ink: QColor) -> None:
        icon = QRectF(0, 0, box.width() * 0.46, box.width() * 0.46)
        icon.moveCenter(box.center())
        self._icon.paint(painter, icon, ink)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.ignore()


class _SmallButton(_SignButton):
    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(30, 30)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        _press_by_space(self, event)


class MoreButton(_SmallButton):
    def _draw_sign(self, painter: QPainter, box: QRectF, ink: QColor) -> None:
        side = min(box.width(), box.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for place in (-1, 0, 1):
            painter.drawEllipse(box.center() + QPointF(place * side * 0.17, 0), side * 0.055, side * 0.055)


class CrossButton(_SmallButton):
    """Removes a row, so that the next one comes under the pointer: a double click removes only one."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def _draw_sign(self, painter: QPainter, box: QRectF, ink: QColor) -> None:
        side, middle = min(box.width(), box.height()), box.center()
        painter.setPen(QPen(ink, side * 0.07, c=Qt.PenCapStyle.RoundCap))
        arm = side * 0.13
        painter.drawLine(middle - QPointF(arm, arm), middle + QPointF(arm, arm))
        painter.drawLine(middle - QPointF(arm, -arm), middle + QPointF(arm, -arm))
