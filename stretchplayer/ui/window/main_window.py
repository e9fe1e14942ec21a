"""The top-level window, shown empty before its content has loaded."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QCursor, QGuiApplication, QPaintEvent, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stretchplayer.ui.theme.screen_room import room_for

SMALLEST: Final = QSize(480, 280)
USUAL: Final = QSize(1060, 720)
SETTLED_MS: Final = 300
"""By then the system has given the window the size that belongs to its new state or screen."""


class MainWindow(QWidget):
    """A window that restores its previous state after full screen."""

    first_painted = Signal()
    fullscreen_changed = Signal(bool)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._may_close: Callable[[], bool] = lambda: True
        self._painted = False
        self._is_closed = False
        self._was_maximised = False
        # Qt falls back to the application's name, but not every window manager shows that.
        self.setWindowTitle("Stretch Player")
        self.setMinimumSize(SMALLEST)
        self.resize(USUAL)
        self._fitting = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._fitting.setObjectName("fitting")
        self._fitting.timeout.connect(self._fit_screen)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self._follow)
            # Qt moves the window to another screen but keeps the size of the removed one.
            application.screenRemoved.connect(self._fit_soon)
            for screen in application.screens():
                self._follow(screen)

    def set_content(self, content: QWidget, focus: QWidget, may_close: Callable[[], bool]) -> None:
        """Fill the window, with the keyboard on `focus`. Where it may not close, `may_close` says why, or asks.

        `focus` must accept the Tab focus: when the window is activated, Qt moves the focus from any other widget to the
        first that does.
        """
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(content)
        self._may_close = may_close
        focus.setFocus()

    def show_on_screen(self, screen: QScreen | None = None, *, fullscreen: bool) -> None:
        """Show the window as large as usual or, where the screen is too small for that, maximised.

        It comes up on the screen with the pointer, unless one is given.
        """
        self._go_to(screen or QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen())
        is_short = self.size() != USUAL
        if fullscreen:
            self._was_maximised = is_short
            self.showFullScreen()
        elif is_short:
            self.showMaximized()
        else:
            self.show()

    def set_fullscreen(self, on: bool, screen: QScreen | None = None) -> None:
        """Fill the screen, by default that on which the window is, or no longer."""
        if on and not self.isFullScreen():
            self._was_maximised = self.isMaximized()
            if screen not in {None, self.screen()}:
                self.showNormal()
                self._go_to(screen)
            self.showFullScreen()
        elif not on and self.isFullScreen():
            if self._was_maximised:
                self.showMaximized()
            else:
                self.showNormal()

    def _go_to(self, screen: QScreen) -> None:
        self.setScreen(screen)
        self.resize(self.size().boundedTo(room_for(self)))
        if len(screen.virtualSiblings()) > 1:  # otherwise the window manager finds a better place
            place = QRect(QPoint(0, 0), self.size())
            place.moveCenter(screen.availableGeometry().center())
            self.move(place.topLeft())

    def _follow(self, screen: QScreen) -> None:
        screen.availableGeometryChanged.connect(self._fit_soon)

    def _fit_soon(self) -> None:
        self._fitting.start()

    def _fit_screen(self) -> None:
        """Be on the screen as a whole, whatever has become of it."""
        screen = self.screen()
        if self.isFullScreen():
            self.setGeometry(screen.geometry())
            self.showFullScreen()
        elif self.isVisible() and not (self.isMaximized() or self.isMinimized()):
            self.resize(self.size().boundedTo(room_for(self)))
            room, frame = screen.availableGeometry(), self.frameGeometry()
            frame.moveRight(min(frame.right(), room.right()))
            frame.moveBottom(min(frame.bottom(), room.bottom()))
            frame.moveTopLeft(QPoint(max(frame.left(), room.left()), max(frame.top(), room.top())))
            if frame != self.frameGeometry():
                self.move(frame.topLeft())

    def changeEvent(self, event: QEvent) -> None:
        """Emit `fullscreen_changed`, also when the window manager made the change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.fullscreen_changed.emit(self.isFullScreen())
            if not self.isFullScreen():
                self._fit_soon()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Emit `first_painted` once; deferred work starts then."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.first_painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close, unless the content objects."""
        if self._may_close():
            super().closeEvent(event)
            if not self._is_closed:  # Qt may send the event twice
                self._is_closed = True
                self.closed.emit()
        else:
            event.ignore()
