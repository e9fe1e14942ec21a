"""The top-level window, shown empty before its content has loaded."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget

SMALLEST: Final = QSize(800, 500)
USUAL: Final = QSize(1060, 720)


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

    def set_content(self, content: QWidget, focus: QWidget, may_close: Callable[[], bool]) -> None:
        """Fill the window, with the keyboard on `focus`. Where it may not close, `may_close` says why, or asks.

        `focus` must accept the Tab focus: when the window is activated, Qt moves the focus from any other widget to the
        first that does.
        """
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(content)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenRemoved.connect(self._on_screen_removed)
        self._may_close = may_close
        focus.setFocus()

    def show_on_screen(self, *, fullscreen: bool) -> None:
        if fullscreen:
            self.showFullScreen()
        else:
            self.show()

    def set_fullscreen(self, on: bool) -> None:
        if on and not self.isFullScreen():
            self._was_maximised = self.isMaximized()
            self.showFullScreen()
        elif not on and self.isFullScreen():
            if self._was_maximised:
                self.showMaximized()
            else:
                self.showNormal()

    def _on_screen_removed(self, _screen: QScreen) -> None:
        # Qt moves the window to another screen but keeps the size of the removed one.
        QTimer.singleShot(0, self._fit_screen)

    def _fit_screen(self) -> None:
        screen = self.screen()
        if self.isFullScreen():
            self.setGeometry(screen.geometry())
            self.showFullScreen()
        elif not screen.availableGeometry().intersects(self.frameGeometry()):
            self.move(screen.availableGeometry().topLeft())

    def changeEvent(self, event: QEvent) -> None:
        """Emit `fullscreen_changed`, also when the window manager made the change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.fullscreen_changed.emit(self.isFullScreen())

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
