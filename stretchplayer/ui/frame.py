"""The window itself, empty: it is shown before what goes into it has been loaded."""

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QCoreApplication, QSize, QTimer, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtGui import QCloseEvent, QPaintEvent, QScreen

SMALLEST: Final = QSize(800, 500)
USUAL: Final = QSize(1060, 720)


class Content(Protocol):
    """What the frame asks of what is in it."""

    def may_close(self) -> bool:
        """Whether the window may be closed now; when it may not, the content says why, or asks."""


class Frame(QWidget):
    """A window that can fill the screen it is on and comes back to what it was."""

    first_painted = Signal()
    fullscreen_changed = Signal(bool)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._content: Content | None = None
        self._painted = False
        self._is_closed = False
        self._was_maximised = False
        # The name of the program stands in for a title that isn't there, but not for every window manager.
        self.setWindowTitle(QCoreApplication.translate("Frame", "Stretch Player"))
        self.setMinimumSize(SMALLEST)
        self.resize(USUAL)

    def set_content(self, content: QWidget, focus: QWidget | None = None) -> None:
        """Fill the window, with the keyboard on `focus`. The content may have a method `may_close`.

        The focus has to be a widget that takes it by Tab too: when the window becomes active, Qt moves it from any
        other one to the first that does.
        """
        # Each has enumerations for which the window needn't wait.
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QGuiApplication
        from PySide6.QtWidgets import QVBoxLayout

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(content)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenRemoved.connect(self._on_screen_removed)
        self.installEventFilter(self)
        self._content = content if hasattr(content, "may_close") else None
        (focus or content).setFocus(Qt.FocusReason.OtherFocusReason)

    def set_fullscreen(self, on: bool) -> None:
        """Fill the screen the window is on, or go back to what it was."""
        if on and not self.isFullScreen():
            self._was_maximised = self.isMaximized()
            self.showFullScreen()
        elif not on and self.isFullScreen():
            if self._was_maximised:
                self.showMaximized()
            else:
                self.showNormal()

    def _on_screen_removed(self, _screen: "QScreen") -> None:
        # Qt moves the window to another screen, but keeps the size of the one that is gone.
        QTimer.singleShot(0, self._fit_screen)

    def _fit_screen(self) -> None:
        screen = self.screen()
        if self.isFullScreen():
            self.setGeometry(screen.geometry())
            self.showFullScreen()
        elif not screen.availableGeometry().intersects(self.frameGeometry()):
            self.move(screen.availableGeometry().topLeft())

    def eventFilter(self, watched: "QObject", event: "QEvent") -> bool:
        """Tell when the window fills the screen and when it no longer does, whoever made it so.

        This listens only when there is content. An override of `changeEvent` would hear of the title, and for that Qt's
        enumeration of events would have to be made before the window is shown.
        """
        from PySide6.QtCore import QEvent

        if event.type() == QEvent.Type.WindowStateChange and watched is self:
            self.fullscreen_changed.emit(self.isFullScreen())
        return False

    def paintEvent(self, event: "QPaintEvent") -> None:
        """Tell, once, that the window is there: what can wait begins then."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.first_painted.emit)

    def closeEvent(self, event: "QCloseEvent") -> None:
        """Close, unless the content has something against it."""
        if self._content is None or self._content.may_close():
            super().closeEvent(event)
            if not self._is_closed:  # Qt may say so twice
                self._is_closed = True
                self.closed.emit()
        else:
            event.ignore()
