"""The program from its start to its end: with its window, and without one as long as there are reminders to come."""

import gc
import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, qInstallMessageHandler
from PySide6.QtGui import QCursor, QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication

from stretchplayer.app.faults import Faults, log_qt_messages
from stretchplayer.app.garbage import collect_regularly
from stretchplayer.app.options import LaunchOptions
from stretchplayer.app.reminders.background import Background
from stretchplayer.app.reminders.slot_credit import SlotCredit, follow_session
from stretchplayer.app.remote import Remote
from stretchplayer.desktop.ipc.instance import Instance
from stretchplayer.desktop.ipc.server import RemoteServer, serve
from stretchplayer.desktop.services import DesktopServices
from stretchplayer.desktop.unix_signals import EndSignals
from stretchplayer.errors import StorageError
from stretchplayer.i18n import install
from stretchplayer.player.reminder_scheduler import ReminderScheduler
from stretchplayer.settings import Settings
from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.settings import SettingsFile
from stretchplayer.ui.text.dates import follow_language
from stretchplayer.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from stretchplayer.app.foreground import Foreground
    from stretchplayer.app.routine_choice import RoutineChoice
    from stretchplayer.player.session import Session
    from stretchplayer.routine.timeline import Timeline
    from stretchplayer.ui.theme.style import Theme

LISTEN_WITHIN_MS: Final = 3_000
"""How long to wait for the first paint, which never comes to a window out of sight, before taking requests."""
SETTLED_MS: Final = 3_000
"""How long after the window has closed, or reminders have changed without one, garbage is collected."""
REFRESH_MS: Final = 30_000
"""How often the window updates the time until the next reminder."""


class Program(QObject):
    """Shows the window and takes it away again, and keeps what outlives it.

    A QObject: for every other object that outlives a window and connects a method to its signals, PySide leaks a
    little.
    """

    def __init__(self, app: QApplication, options: LaunchOptions, instance: Instance, faults: Faults) -> None:
        super().__init__(app)
        self._app = app
        self._options = options
        self._instance = instance
        self.services = DesktopServices(self, icon=asset_dir("icons") / "app.svg")
        self._slot_credit = SlotCredit(options.data_dir, self._settings, instance, self.tell)
        self._theme: Theme | None = None
        self.foreground: Foreground | None = None
        self.background: Background | None = None
        self._signals: EndSignals | None = None
        self._is_quitting = False
        self._is_listening = False
        self._pending_problems: list[str] = []
        """Problems that came while there was no window."""
        self._server: RemoteServer | None = None
        self._refresh = QTimer(self, interval=REFRESH_MS)
        self._refresh.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._refresh.timeout.connect(self.show_reminders)
        self._settling = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settling.timeout.connect(self._collect)
        self._collecting = collect_regularly(self)
        self.remote = Remote(self)
        self._faults = faults
        app.applicationStateChanged.connect(self._on_application_state)
        install(asset_dir("translations"), options.language or SettingsFile(options.data_dir).peek().language)
        follow_language()

    def begin(self, main_window: MainWindow | None) -> None:
        options = self._options
        if main_window is None:
            self._rest()
            self._begin_background()
        else:
            self._fill(main_window, start=options.start, routine=None)
            # A window that is out of sight is never painted.
            QTimer.singleShot(LISTEN_WITHIN_MS, self, self._begin_background)

    # The window

    def open(
        self,
        *,
        start: bool = False,
        fullscreen: bool = False,
        routine: str | None = None,
        token: str | None = None,
        screen: QScreen | None = None,
    ) -> None:
        """Show the window, and play at once if asked to; StorageError when the routine can't be read.

        A window that is new or fills the screen comes to `screen`.
        """
        self._is_quitting = False
        if self.foreground is None:
            if self._settling.isActive():
                self._collect()  # the window before has only just gone
            main_window = MainWindow()
            main_window.show_on_screen(screen, fullscreen=fullscreen)
            self._fill(main_window, start=start, routine=routine)
            return
        self.foreground.come_forward(token)
        if start:
            self.foreground.start(routine, fullscreen=fullscreen, screen=screen)

    def open_file(self, path: str) -> None:
        """Play a routine that was opened in Finder."""
        try:
            self._routine_choice().check(path)
        except StorageError as error:
            self.open()
            self.tell(str(error))
        else:
            self.open(start=True, routine=path)

    def _on_application_state(self, state: Qt.ApplicationState) -> None:
        """Open the window for a click on the Dock; macOS says of it no more than that the program is in front."""
        in_front = state is Qt.ApplicationState.ApplicationActive
        if sys.platform == "darwin" and in_front and not any(each.isVisible() for each in self._app.topLevelWidgets()):
            self.open()

    def _fill(self, main_window: MainWindow, *, start: bool, routine: str | None) -> None:
        from stretchplayer.app import foreground, playback  # noqa: PLC0415 -- a program that only waits is 8 MiB smaller

        self.services.show_in_dock(True)
        self._close_signals()
        self._collecting.start()
        is_first = self._theme is None
        options = replace(
            self._options,
            start=start,
            routine=routine or (self._options.routine if is_first else None),
            trace=self._options.trace if is_first else None,
        )
        self.foreground = filled = foreground.Foreground(
            playback.Playback(options, self._app, services=self.services),
            self._app,
            main_window,
            self._theme,
            on_settings=self._take_settings,
            load_late=(self._begin_background, self._show_beside),
            reminder_problem=self._instance.problem,
        )
        self._theme = filled.theme
        self._faults.show = filled.show_fault
        while self._pending_problems:
            self.tell(self._pending_problems.pop(0))
        main_window.closed.connect(self._on_closed)
        view = filled.view
        view.quit_requested.connect(partial(self._note_quitting, True))
        view.closing_refused.connect(partial(self._note_quitting, False))
        view.safety_opened.connect(self._look)
        follow_session(filled.playback.session, self._on_started, self._on_finished, self._on_session_over)
        if self.background is not None:
            self.background.hide_closing_note()
            self.background.look()
        filled.begin()

    def _show_beside(self) -> None:
        self.show_reminders()
        self._refresh.start()
        if self.foreground is not None and self.background is not None:
            scheduler = self.background.scheduler
            self.foreground.note_slots((*scheduler.left_out, *scheduler.slots), scheduler.added_late)
            self.foreground.autostart.look()

    def _on_closed(self) -> None:
        foreground, self.foreground = self.foreground, None
        if foreground is None:
            return
        if self._is_quitting or not self._stays(foreground.playback.settings):
            self.foreground = foreground  # it is taken away with the rest
            self._end()
            return
        self._refresh.stop()
        is_first_time = not foreground.playback.settings.reminders.background_explained
        if is_first_time:
            foreground.remember_background_explained()
        settings = foreground.playback.settings
        self._faults.show = None
        foreground.close()
        self._rest()
        if self.background is not None:
            self.background.take_settings(settings)
            if is_first_time:
                self.background.show_closing_note()

    def _stays(self, settings: Settings) -> bool:
        reminders = settings.reminders
        return self.background is not None and reminders.enabled and reminders.keep_running

    def free_memory_soon(self) -> None:
        self._settling.start()

    def _rest(self) -> None:
        self.services.show_in_dock(False)
        self._collecting.stop()
        log_qt_messages()
        if self._signals is None:
            self._signals = EndSignals(self._end, self)
        self._settling.start()

    def _collect(self) -> None:
        if self.foreground is None:
            gc.collect()

    def _close_signals(self) -> None:
        if self._signals is not None:
            self._signals.close()
            self._signals.deleteLater()
            self._signals = None

    # Quitting

    def quit(self) -> None:
        """End the program; while a session plays, ask before."""
        foreground = self.foreground
        if foreground is not None and foreground.is_playing:
            self._is_quitting = True
            foreground.come_forward()
            foreground.main_window.close()
        else:
            self._end()

    def _end(self) -> None:
        # Not by `quit`, which closes the windows first: closing one may mean to go on without it.
        self._app.exit(0)

    def _note_quitting(self, is_quitting: bool) -> None:
        self._is_quitting = is_quitting

    # Reminders

    def _begin_background(self) -> None:
        """Start reminding, notice sleep and locks, and take requests from outside, unless that was begun already."""
        if not self._is_listening:
            self._is_listening = True
            self.services.events.going_to_sleep.connect(self._interrupt)
            self.services.events.locked.connect(self._interrupt)
            self._server = serve(self._instance, self.remote.handle, self)
            if self._server is not None:
                self._server.sessions_changed.connect(self._look)
                self._server.session_ended.connect(self._rest_from_session)
        if self.background is None and self._instance.reminds and not self._options.exit_when_done:
            self.background = Background(self, self.services, self._options.data_dir, self._settings(), self)
            self.background.begin()
            if self.foreground is not None and self.foreground.is_playing:
                self.background.scheduler.note_session_started()
        if self.foreground is not None and (self.background is not None or self._instance.alone):
            self.foreground.wire_reminders(self._slot_credit if self.background is None else self.background.scheduler)

    def _look(self) -> None:
        """See whether a reminder is due: a session in another program has begun or ended."""
        if self.background is not None:
            self.background.scheduler.look()

    def _interrupt(self) -> None:
        if self.foreground is not None:
            self.foreground.playback.session.interrupt()

    def holds_reminders(self) -> bool:
        """Whether a reminder has to wait for the end of a session, here or in another program."""
        here = self.foreground is not None and self.foreground.holds_reminders
        return here or (self._server is not None and self._server.has_sessions)

    def is_in_front(self) -> bool:
        """Whether the person works in the window."""
        return self.foreground is not None and self.foreground.main_window.isActiveWindow()

    def apply_theme(self) -> None:
        """Apply our colours, for which a program without a window has no use."""
        if self._theme is None:
            from stretchplayer.ui.theme.style import Theme  # noqa: PLC0415 -- as above

            self._theme = Theme(self._app, self._settings().appearance, asset_dir("fonts"))

    def _settings(self) -> Settings:
        if self.foreground is not None:
            return self.foreground.playback.settings
        store = SettingsFile(self._options.data_dir)
        settings = store.load()
        for problem in store.problems:
            self.tell(problem)
        return settings

    def offered_timeline(self) -> "Timeline":
        if self.foreground is not None:
            return self.foreground.playback.timeline()
        return self._routine_choice().timeline(self.tell)

    def _routine_choice(self) -> "RoutineChoice":
        from stretchplayer.app.routine_choice import RoutineChoice  # noqa: PLC0415 -- reading routines: 2 MiB

        return RoutineChoice(self._options.data_dir, self._settings())

    def show_reminders(self) -> None:
        if self.foreground is None:
            self._settling.start()  # this is the one moment at which a program that only waits does anything
            return
        self.foreground.follow_slots()
        if self.background is not None:
            self.foreground.view.show_reminders(self.background.status)
            scheduler = self.background.scheduler
            self.foreground.note_slots(scheduler.slots, scheduler.added_late)
        else:
            self.foreground.greet()

    def tell(self, problem: str) -> None:
        if self.foreground is not None:
            self.foreground.view.notice.tell(problem)
        elif problem not in self._pending_problems:
            self._pending_problems.append(problem)

    def _take_settings(self, settings: Settings) -> None:
        if self.background is not None:
            self.background.take_settings(settings)
            self.show_reminders()

    def open_settings(self) -> None:
        self.open()
        if self.foreground is not None and not self.foreground.is_playing:
            self.foreground.view.show_settings()

    def open_library(self) -> None:
        self.open()
        if self.foreground is not None and not self.foreground.is_playing:
            self.foreground.view.show_library()

    def start_reminded(self, screen: QScreen | None) -> None:
        screen = screen or QGuiApplication.screenAt(QCursor.pos())
        self.open(start=True, fullscreen=self._settings().reminders.start_fullscreen, screen=screen)

    def _on_started(self) -> None:
        self._slot_credit.note_started()
        if self.background is not None:
            self.background.scheduler.note_session_started()

    def _on_finished(self) -> None:
        if self.background is not None:
            self.background.scheduler.note_session_finished()
        else:
            self._slot_credit.note_finished()

    def _on_session_over(self) -> None:
        self._slot_credit.note_session_over()
        self._rest_from_session()

    def _rest_from_session(self) -> None:
        """Let no reminder follow a session at once."""
        if self.background is not None:
            self.background.scheduler.note_session_ended()

    # What the remote control asks of a front end

    @property
    def has_window(self) -> bool:
        return True

    @property
    def session(self) -> "Session | None":
        return None if self.foreground is None else self.foreground.playback.session

    @property
    def reminders(self) -> ReminderScheduler | None:
        return None if self.background is None else self.background.scheduler

    @property
    def reminder_problem(self) -> str | None:
        return self._instance.problem

    def routine_id(self) -> str:
        if self.foreground is not None:
            return self.foreground.playback.routine.id
        return self._routine_choice().offered().id

    def raise_window(self, token: str | None) -> None:
        self.open(token=token)

    def start(self, routine: str | None, *, fullscreen: bool, token: str | None) -> None:
        if self.foreground is None and routine is not None:
            # What can't be read is said to who asked, and not by a window that then has nothing to show.
            self._routine_choice().check(routine)
        self.open(start=True, fullscreen=fullscreen, routine=routine, token=token)

    # The end

    def close(self) -> None:
        if self._server is not None:
            self._server.close()
        self._instance.close()
        if self.background is not None:
            self.background.close()
            self.background = None
        self._faults.show = None
        if self.foreground is not None:
            self.foreground.close()
            self.foreground = None
        self._slot_credit.close()
        self._close_signals()
        self.services.close()
        qInstallMessageHandler(None)
        self.deleteLater()
