"""The buttons of our own: round ones with an icon for the player, and wide ones with words."""

from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from stretchplayer.ui import theme
from stretchplayer.ui.icons import Icon


class _PaintedButton(QAbstractButton):
    """What both kinds share: hover, a visible focus, and Enter as the key that presses them."""

    def __init__(self, parent: QWidget | None, *, accent: bool) -> None:
        super().__init__(parent)
        self._accent = accent
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def _colours(self) -> tuple[QColor, QColor]:
        """Surface and ink."""
        if not self.isEnabled():
            muted = self.palette().color(QPalette.ColorGroup.Disabled, theme.INK)
            return self.palette().color(theme.RAISED), muted
        surface = self.palette().color(theme.ACCENT if self._accent else theme.RAISED)
        ink = self.palette().color(theme.ON_ACCENT if self._accent else theme.INK)
        if self.isDown():
            surface = surface.darker(115)
        elif self.underMouse():
            surface = surface.lighter(112)
        return surface, ink

    def _draw_surface(self, painter: QPainter, surface: QColor, radius: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(surface)
        painter.drawRoundedRect(box, radius, radius)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(theme.INK), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-1.5, -1.5, 1.5, 1.5), radius + 1.5, radius + 1.5)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses; every other key, Space too, belongs to the page."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Nothing happens on release."""
        event.ignore()


class RoundButton(_PaintedButton):
    """A round button with an icon; `name` is what a screen reader and the tooltip say."""

    def __init__(
        self, icons: Path, icon: str, name: str, parent: QWidget | None = None, *, accent: bool = False
    ) -> None:
        super().__init__(parent, accent=accent)
        self._icons = icons
        self._icon = Icon(icons, icon)
        self.setFixedSize(56, 56)
        self.set_name(name)

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = Icon(self._icons, icon)
        self.update()

    def set_name(self, name: str) -> None:
        """Say something else about what it does."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        """As large as it is."""
        return self.size()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the disc and the icon on it."""
        painter = QPainter(self)
        surface, ink = self._colours()
        self._draw_surface(painter, surface, self.width() / 2 - 3)
        side = self.width() * 0.46
        box = QRectF(0, 0, side, side)
        box.moveCenter(QRectF(self.rect()).center())
        self._icon.paint(painter, box, ink)


class _SmallButton(_PaintedButton):
    """A small button with a sign; `name` is what a screen reader and the tooltip say."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, accent=False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(30, 30)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Say something else about what it does."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space press it."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As large as it is."""
        return self.size()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the plate and the sign on it."""
        painter = QPainter(self)
        surface, ink = self._colours()
        self._draw_surface(painter, surface, min(self.height() * 0.3, 14))
        self._draw_sign(painter, QRectF(self.rect()).center(), min(self.width(), self.height()), ink)

    def _draw_sign(self, painter: QPainter, middle: QPointF, side: float, ink: QColor) -> None:
        """Draw the sign round `middle`, in a square of `side` px."""
        raise NotImplementedError


class MoreButton(_SmallButton):
    """Three dots: there is more."""

    def _draw_sign(self, painter: QPainter, middle: QPointF, side: float, ink: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for place in (-1, 0, 1):
            painter.drawEllipse(middle + QPointF(place * side * 0.17, 0), side * 0.055, side * 0.055)


class CrossButton(_SmallButton):
    """A cross: away with it."""

    def _draw_sign(self, painter: QPainter, middle: QPointF, side: float, ink: QColor) -> None:
        painter.setPen(QPen(ink, side * 0.07, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        arm = side * 0.13
        painter.drawLine(middle - QPointF(arm, arm), middle + QPointF(arm, arm))
        painter.drawLine(middle - QPointF(arm, -arm), middle + QPointF(arm, -arm))


class WideButton(_PaintedButton):
    """A button with words, sized by its font."""

    def __init__(self, text: str, parent: QWidget | None = None, *, accent: bool = False) -> None:
        super().__init__(parent, accent=accent)
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space press it."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Room for the words and a comfortable edge."""
        metrics = QFontMetricsF(self._font())
        across = metrics.horizontalAdvance(self.text()) + metrics.height() * 2.2
        return QSize(round(across), round(metrics.height() * 2.1) + 6)

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the plate and the words on it."""
        painter = QPainter(self)
        surface, ink = self._colours()
        self._draw_surface(painter, surface, min(self.height() * 0.24, 18))
        painter.setFont(self._font())
        painter.setPen(ink)
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text())
