"""The small window of a reminder in a process of its own, on X11, where no window manager gives it the focus."""

import os
import signal
import sys
from functools import partial
from typing import TYPE_CHECKING, Final, NoReturn

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, Qt
from PySide6.QtWidgets import QApplication

from stretchplayer.domain.errors import DomainError
from stretchplayer.domain.invitation import HelperAnswer, HelperEvent, HelperOrder, answer_line, read_order
from stretchplayer.domain.settings import Appearance
from stretchplayer.storage.poses import open_poses
from stretchplayer.storage.settings import read_settings
from stretchplayer.ui.reminder_window import ReminderWindow
from stretchplayer.ui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_READ: Final = 65_536
WRONG_USE: Final = 2


class HelperWindow(QObject):
    """Shows what it is told to, and tells `answer` of the person's choice."""

    def __init__(self, app: QApplication, answer: "Callable[[HelperAnswer], None]") -> None:
        super().__init__(app)
        self._app = app
        self._answer = answer
        self._theme: Theme | None = None
        self.window = window = ReminderWindow(composited=True)
        # Whom no window manager manages, it can't give the focus; nor move, nor list among the windows.
        window.setWindowFlag(Qt.WindowType.BypassWindowManagerHint)
        window.installEventFilter(self)
        window.start_requested.connect(partial(self._choose, HelperEvent.START))
        window.snooze_requested.connect(self._snooze)
        window.skip_requested.connect(partial(self._choose, HelperEvent.SKIP))
        self._is_told = False

    def take(self, order: HelperOrder) -> None:
        """Show this, in place of what was shown."""
        appearance = read_settings(order.data_dir).appearance
        if appearance is Appearance.SYSTEM:
            appearance = Appearance.DARK if order.dark else Appearance.LIGHT
        if self._theme is None:
            self._theme = Theme(self._app, appearance)
        else:
            self._theme.choose(appearance)
        self._is_told = False
        self.window.show_invitation(order.invitation, open_poses(order.data_dir).poses())
        self.window.raise_()
        self.window.update()

    def _snooze(self, minutes: int | None) -> None:
        self._choose(HelperEvent.SNOOZE, minutes)

    def _choose(self, event: HelperEvent, snooze_min: int | None = None) -> None:
        self.window.hide()
        self._answer(HelperAnswer(event=event, snooze_min=snooze_min))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- as Qt calls it
        """Tell that the window is on the screen when it is painted, which it isn't before."""
        if event.type() == QEvent.Type.Paint and not self._is_told:
            self._is_told = True
            self._answer(HelperAnswer(event=HelperEvent.SHOWN))
        return super().eventFilter(watched, event)


def serve(source: int, channel: int) -> NoReturn:
    """Read lines from one descriptor and answer to the other, until the end of the program that writes and reads them.

    Once the window is on the screen there is no alarm any more that would end this process.
    """
    app = QApplication(sys.argv[:1])
    app.setApplicationName("stretchplayer")
    app.setApplicationDisplayName("Stretch Player")
    app.setDesktopFileName("stretchplayer")
    app.setQuitOnLastWindowClosed(False)

    def answer(given: HelperAnswer) -> None:
        signal.alarm(0)
        try:
            os.write(channel, answer_line(given))
        except OSError:
            os._exit(0)  # nobody listens any more

    window = HelperWindow(app, answer)
    unread = b""

    def read() -> None:
        nonlocal unread
        given = os.read(source, MOST_READ)
        if not given:
            os._exit(0)
        *lines, unread = (unread + given).split(b"\n")
        for line in lines:
            try:
                window.take(read_order(line))
            except DomainError as error:
                sys.stderr.write(f"{error}\n")
                os._exit(WRONG_USE)

    notifier = QSocketNotifier(source, QSocketNotifier.Type.Read, app)
    notifier.activated.connect(read)
    app.exec()
    os._exit(0)
