"""What goes on when there is no window: reminders, the icon in the tray, and a word about it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from stretchplayer.app.reminder_chime import play_softly
from stretchplayer.app.reminder_service import ReminderService, wire_menu
from stretchplayer.audio.speech_time import speech_time
from stretchplayer.desktop.services import DesktopServices
from stretchplayer.routine.routine import DEFAULT_ROUTINE, Routine
from stretchplayer.routine.timeline import Timeline
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.settings import Appearance, Settings
from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.routines.routine_folder import RoutineFiles
from stretchplayer.ui.window.background_note import BackgroundNote
from stretchplayer.ui.window.tray import Tray


class Background(QObject):
    """Reminds, and shows in the tray how today stands. What the person wants of the program is told by its signals.

    `dress` gives the program its colours, and is called before anything is shown that has some.
    """

    open_requested = Signal()
    settings_requested = Signal()
    start_requested = Signal()
    """From the tray: play the routine."""
    reminded_start_requested = Signal()
    """From a reminder: play it, in full screen if so set."""
    quit_requested = Signal()
    changed = Signal()
    """What there is to show of reminders."""
    menu_closed = Signal()
    """That of the tray, for which some memory was taken."""
    problem = Signal(str)

    def __init__(
        self,
        services: DesktopServices,
        data_dir: Path,
        settings: Settings,
        *,
        is_playing: Callable[[], bool],
        offered: Callable[[], Timeline],
        dress: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._settings = settings
        self._dress = dress
        self._tray: Tray | None = None
        self._note: BackgroundNote | None = None
        self.reminder_service = ReminderService(
            services,
            data_dir,
            settings.reminders,
            is_playing=is_playing,
            timeline=offered,
            play_tone=self._play_tone,
            dress=dress,
            parent=self,
        )
        self.reminder_service.start_requested.connect(self.reminded_start_requested)
        self.reminder_service.open_requested.connect(self.open_requested)
        self.reminder_service.changed.connect(self._show)
        self.reminder_service.problem.connect(self.problem)
        services.tray.seen.connect(self._on_tray)

    def begin(self) -> None:
        """Remind from now on, and be in the tray as soon as there is one."""
        self.reminder_service.begin()
        self._services.tray.begin()

    def look(self) -> None:
        """Look at everything now: the person is here."""
        self.reminder_service.scheduler.look()
        self._services.tray.look()

    @property
    def _has_system_colours(self) -> bool:
        return self._settings.appearance is Appearance.SYSTEM

    @property
    def has_tray(self) -> bool:
        """Whether the person can see the icon."""
        return self._tray is not None and self._tray.is_available

    def take_settings(self, settings: Settings) -> None:
        """Let other settings hold from now on."""
        self._settings = settings
        self.reminder_service.take_settings(settings.reminders)

    def tell_of_closing(self) -> None:
        """Say that the program goes on."""
        self._note = BackgroundNote()
        self._services.keep_from_focus(self._note.windowTitle())
        self._note.quit_requested.connect(self.quit_requested)
        self._note.tell(self.reminder_service.shown, has_tray=self.has_tray)
        self._services.keep_off_taskbars(int(self._note.winId()))

    def forget_closing(self) -> None:
        """Take that away: the window is there again."""
        if self._note is not None:
            self._note.close()
            self._note.deleteLater()
            self._note = None

    def _play_tone(self) -> None:
        play_softly(self._settings.sound, self)

    def _on_tray(self) -> None:
        self._tray = tray = Tray(
            asset_dir("icons"), self, dress=self._dress, follows_system=lambda: self._has_system_colours
        )
        tray.open_requested.connect(self.open_requested)
        tray.settings_requested.connect(self.settings_requested)
        tray.start_requested.connect(self.start_requested)
        tray.quit_requested.connect(self.quit_requested)
        tray.menu_closed.connect(self.menu_closed)
        wire_menu(tray.reminder_menu, self.reminder_service.scheduler)
        tray.show_reminders(self.reminder_service.shown)

    def _show(self) -> None:
        if self._tray is not None:
            self._tray.show_reminders(self.reminder_service.shown)
        self.changed.emit()

    def close(self) -> None:
        """Remind no more, and leave the tray."""
        self.forget_closing()
        self.reminder_service.close()
        if self._tray is not None:
            self._tray.close()


def offered_routine(data_dir: Path, name: str | None) -> Routine:
    """The routine that would be played; StorageError when it can't be read."""
    return RoutineFiles(data_dir).find(name or DEFAULT_ROUTINE)


def offered_timeline(data_dir: Path, name: str | None, settings: Settings) -> Timeline:
    """What would be played; StorageError when it can't be read."""
    speech_ms = speech_time(asset_dir("voice") / "en", settings.speech)
    return build_timeline(offered_routine(data_dir, name), settings.playing, speech_ms)
