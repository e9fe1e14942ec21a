"""Text buttons, drawn by the style, and icon buttons."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, SignalInstance
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QPushButton, QStyleOptionButton, QWidget

from stretchplayer.i18n import _
from stretchplayer.ui.theme.icons import Icon
from stretchplayer.ui.theme.palette import INK, MUTED, pixel_font
from stretchplayer.ui.theme.scaling import USUAL_PX, with_font
from stretchplayer.ui.theme.style import State, button_colours, draw_rounded, focus_colour


def _press_by_space(button: QAbstractButton, event: QKeyEvent) -> None:
    """Click on press: by the time the key is released another page may be shown. Other keys go to the page."""
    if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
        button.click()
    else:
        event.ignore()


class WideButton(QPushButton):
    """A text button; the accent colour marks a page's primary button. A click calls or emits `clicked`."""

    def __init__(
        self,
        text: str,
        parent: QWidget | None = None,
        *,
        clicked: Callable[..., object] | SignalInstance | None = None,
        accent: bool = False,
        px: float = USUAL_PX,
    ) -> None:
        super().__init__(text, parent)
        if clicked is not None:
            self.clicked.connect(clicked)
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
        self.setProperty("accent", accent)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        self.setToolTip(name)

    def _radius(self) -> float:
        return min(self.height() * 0.3, 14)

    def _sign_box(self) -> QRectF:
        return QRectF(self.rect())

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
        surface, ink = button_colours(option, accent=bool(self.property("accent")))
        box = self._sign_box()
        draw_rounded(painter, box.adjusted(3, 3, -3, -3), surface, self._radius(), focus_colour(option))
        self._draw_sign(painter, box, ink)


class RoundButton(_SignButton):
    """A round icon over its name and key. Only Enter presses it: all other keys, Space too, belong to the page."""

    def __init__(
        self, icons: Path, icon: str, name: str, key: str, parent: QWidget | None = None, *, accent: bool = False
    ) -> None:
        super().__init__("", parent, accent=accent)
        self._icons = icons
        self._circle = 56
        self._label = (12, 40, True)
        """Font size and height in px, and whether the key stands under the name."""
        self.show_as(icon, name, key)

    def show_as(self, icon: str, name: str, key: str) -> None:
        self._icon = Icon(self._icons, icon)
        self._words = (name, key)
        self.set_name(_("{action} ({key})").format(action=name, key=key) if key else name)
        self.update()

    def arrange(self, box: QRect, circle: int, label_px: int, label_height: int, *, with_key: bool) -> None:
        """Fill `box` with a circle of this diameter, centred above its label; a name without its key may wrap."""
        self._circle, self._label = circle, (label_px, label_height, with_key)
        self.setGeometry(box)

    def label_font(self, pixels: int | None = None) -> QFont:
        return pixel_font(self.font(), pixels or self._label[0])

    def label_width(self, pixels: int, *, wrapped: bool) -> float:
        """The width of the label at this font size, on one line or with a line per word."""
        words = self._words[0].split() if wrapped else self._words
        return max(map(QFontMetricsF(self.label_font(pixels)).horizontalAdvance, words))

    def _radius(self) -> float:
        return self._circle / 2 - 3

    def _sign_box(self) -> QRectF:
        box = QRectF(0, 0, self._circle, self._circle)
        box.moveCenter(QPointF(self.width() / 2, (self.height() - self._label[1]) / 2))
        return box

    def _draw_sign(self, painter: QPainter, box: QRectF, ink: QColor) -> None:
        icon = QRectF(0, 0, box.width() * 0.46, box.width() * 0.46)
        icon.moveCenter(box.center())
        self._icon.paint(painter, icon, ink)
        _pixels, height, with_key = self._label
        painter.setFont(self.label_font())
        room = QRectF(0, self.height() - height, self.width(), height)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.setPen(self.palette().color(INK))
        painter.drawText(room, int(flags), self._words[0])
        if with_key:
            painter.setPen(self.palette().color(MUTED))
            painter.drawText(room.translated(0, painter.fontMetrics().lineSpacing()), int(flags), self._words[1])

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
