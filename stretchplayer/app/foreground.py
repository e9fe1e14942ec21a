"""The window and everything that lives no longer than it: pages, the session, sound."""

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from stretchplayer.app.options import LaunchOptions
from stretchplayer.app.playback import Playback
from stretchplayer.app.raise_window import raise_window
from stretchplayer.app.reminder_service import wire_menu
from stretchplayer.app.slot_credit import follow_session
from stretchplayer.app.window import Window
from stretchplayer.desktop.services import DesktopServices
from stretchplayer.errors import StorageError
from stretchplayer.player.reminder_scheduler import ReminderScheduler
from stretchplayer.player.statechart import ACTIVE_STATES
from stretchplayer.storage.calendar_file import ENDING, write_calendar
from stretchplayer.ui.theme.style import Theme
from stretchplayer.ui.widgets.files import ask_for_file
from stretchplayer.ui.window.main_view import MainView
from stretchplayer.ui.window.main_window import MainWindow

log = logging.getLogger(__name__)


class Foreground:
    """Makes and wires it, in a main window that is on the screen already; `close` leaves nothing of it."""

    def __init__(
        self,
        app: QApplication,
        options: LaunchOptions,
        main_window: MainWindow,
        *,
        services: DesktopServices,
        theme: Theme | None,
    ) -> None:
        self._options = options
        self.main_window = main_window
        self.playback = Playback(options, app, services=services)
        self.theme = theme or Theme(app, self.playback.settings.appearance)
        self.window = Window(self.playback, app, main_window, self.theme)

    @property
    def view(self) -> MainView:
        """What is in the window."""
        return self.window.view

    @property
    def is_playing(self) -> bool:
        """Whether a session is being played."""
        return self.playback.session.state in ACTIVE_STATES

    @property
    def holds_reminders(self) -> bool:
        """Whether a reminder has to wait: for the end of a session, or for a person who is only getting to know us."""
        return self.is_playing or self.view.is_introducing

    def begin(self) -> None:
        """Play if asked to."""
        if self._options.start:
            self.window.start()
        if self._options.exit_when_done:
            self.playback.end_with_session()

    def start(self, routine: str | None, *, fullscreen: bool) -> None:
        """Play a routine, None for the one that is offered; StorageError when it can't be read.

        A session that was left may be gone on with instead: then the window asks. One that plays goes on.
        """
        if self.is_playing:
            return
        if routine is not None:
            self.playback.routine = self.playback.routines.find(routine)
            self.view.show_timeline(self.playback.timeline())
        if fullscreen:
            self.view.set_fullscreen(True)
        self.window.start()

    def come_forward(self, token: str | None) -> None:
        """Show the window above all others."""
        raise_window(self.main_window, token)

    def wire_reminders(self, scheduler: ReminderScheduler) -> None:
        """Let the Today page snooze and skip reminders, and the history know the slot of a session."""
        self.playback.open_history().recorder.slot_of = scheduler.slot_of
        wire_menu(self.view.today.reminders.menu, scheduler)

    def follow_session(
        self, on_started: Callable[[], None], on_finished: Callable[[], None], on_over: Callable[[], None]
    ) -> None:
        """Tell when a session begins, when one was played to its end at the speed of life, and then when it is over."""
        follow_session(self.playback.session, on_started, on_finished, on_over)

    def export_calendar(self) -> None:
        """Ask for a file and write the reminders into it."""
        ask_for_file(self.main_window, f"stretchplayer{ENDING}", self._write_calendar)

    def _write_calendar(self, path: str) -> None:
        file = Path(path) if Path(path).suffix else Path(path + ENDING)
        try:
            write_calendar(file, self.playback.settings.reminders, self.playback.timeline())
        except StorageError as error:
            self.view.notice.tell(str(error))
        else:
            self.view.tell_saved(str(file))

    def remember_told(self) -> None:
        """Remember that the person knows of the program going on without its window."""
        settings = self.playback.settings
        try:
            self.playback.take_settings(
                replace(settings, reminders=replace(settings.reminders, background_explained=True))
            )
        except StorageError as error:
            log.warning("what the person was told can't be saved: %s", error)

    def close(self) -> None:
        """Take the window away, and everything that was made for it."""
        self.window.close()
        self.playback.close()
        self.main_window.deleteLater()
