"""A small window in the corner of the screen that takes no focus."""

import os
import sys
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QCursor, QGuiApplication, QPainter, QPainterPath, QPaintEvent, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import QWidget

from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import rescale, scale_of, system_font_scale
from stretchplayer.ui.widgets.boxes import vbox

_GAP: Final = 18
"""px to the edges of the screen."""
_RADIUS: Final = 16
ARRIVAL_MS: Final = 700
"""A click in this time after the window has come up under the pointer was meant for what was there before."""
_NOTIFIED_BELOW: Final = frozenset({"kde", "lxqt"})
"""Desktops with notifications in the lower right corner, like Windows (checked with Plasma 5.27, LXQt 1.2)."""
_SHARED_BY_ALL: Final = (
    # A Qt.Tool window stays out of the taskbar; macOS would hide it while another program is active.
    Qt.WindowType.Tool
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowDoesNotAcceptFocus
)


def notifications_come_below(platform: str, environ: Mapping[str, str]) -> bool:
    """Whether system notifications would cover a window in the lower right corner."""
    desktops = {name.strip().lower() for name in environ.get("XDG_CURRENT_DESKTOP", "").split(":")}
    return platform == "win32" or bool(desktops & _NOTIFIED_BELOW)


class CornerWindow(QWidget):
    """Appears in a corner of the screen with the pointer, on top: the lower right one, if it is free.

    It doesn't take the focus where the system allows that. Where it has to (some Wayland compositors), keys meant for
    another window do nothing here: only Tab reaches its buttons. On Wayland the compositor chooses the place.
    Subclasses fill `column`.
    """

    def __init__(self) -> None:
        super().__init__(None, _SHARED_BY_ALL)
        accessible.describe(self, accessible.Role.AlertMessage)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        # Without a compositor, X11 paints transparency black; there a mask rounds the corners.
        self._is_masked = QGuiApplication.platformName() == "xcb"
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, not self._is_masked)
        # When a window is activated Qt gives the focus to its first child that takes it. So that is no button, which
        # Enter would press.
        self._rest = QWidget(self)
        self._rest.setFixedSize(0, 0)
        self._rest.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._shield = QWidget(self)
        self._shield.hide()
        self._arrival = QTimer(self, singleShot=True, interval=ARRIVAL_MS)
        self._arrival.setObjectName("arrival")
        self._arrival.timeout.connect(self._shield.hide)
        self.column = vbox(gap=14, margins=(22, 20, 22, 20), on=self)

    def come_up(self) -> None:
        """Show the window in its corner, and announce it."""
        self.setScreen(QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen())
        self.rescale()
        self.fit()
        if not self.isVisible() and self.geometry().contains(QCursor.pos()):
            self._shield.setGeometry(self.rect())
            self._shield.show()
            self._shield.raise_()
            self._arrival.start()
        self.show()
        self._rest.setAccessibleName(self.accessibleName())
        self._rest.setFocus(Qt.FocusReason.OtherFocusReason)
        accessible.announce(self, self.accessibleName())

    def rescale(self) -> None:
        """Scale to the system's font, as far as the window fits the screen."""
        for part in range(20, 8, -1):
            rescale(self, system_font_scale() * part / 20)
            size, room = self.largest_size(), self._room().size()
            if size.width() <= room.width() and size.height() <= room.height():
                break

    @property
    def grows_up(self) -> bool:
        """Whether the lower edge stays where it is when the window grows; otherwise the upper does."""
        is_placed_by_us = not QGuiApplication.platformName().startswith("wayland")
        return is_placed_by_us and not notifications_come_below(sys.platform, os.environ)

    def _room(self) -> QRect:
        return self.screen().availableGeometry().adjusted(_GAP, _GAP, -_GAP, -_GAP)

    def fit(self) -> None:
        """Fit the content, and be in the right corner of the screen."""
        self.setFixedSize(self.sizeHint())
        place = QRect(QPoint(0, 0), self.size())
        if self.grows_up:
            place.moveBottomRight(self._room().bottomRight())
        else:
            place.moveTopRight(self._room().topRight())
        self.move(place.topLeft())

    def sizeHint(self) -> QSize:
        """The design width, or more for large fonts, and the height for it."""
        self.column.activate()  # or nested layouts return cached size hints
        width = max(round(430 * scale_of(self)), self.column.minimumSize().width())
        height = (
            self.column.heightForWidth(width) if self.column.hasHeightForWidth() else self.column.sizeHint().height()
        )
        return QSize(width, height)

    def largest_size(self) -> QSize:
        """The size when everything that may be shown is."""
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        """Follow a change of the system font."""
        if event.type() == QEvent.Type.ApplicationFontChange and self.isVisible():
            self.rescale()
            self.fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Round the corners where the window can't be transparent."""
        super().resizeEvent(event)
        if self._is_masked:
            path = QPainterPath()
            path.addRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
            self.setMask(QRegion(path.toFillPolygon().toPolygon()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QPen(self.palette().color(theme.TRACK), 2)
        painter.setPen(edge)
        painter.setBrush(self.palette().color(theme.PANEL))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _RADIUS - 1, _RADIUS - 1)
