"""Wires the session to the window."""

import logging
import sys
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from stretchplayer.domain.launch import LaunchOptions
from stretchplayer.ui.frame import Frame

if TYPE_CHECKING:
    from stretchplayer.app.core import Core
    from stretchplayer.domain.cues import CueName
    from stretchplayer.domain.preferences import Settings
    from stretchplayer.player.session import Session
    from stretchplayer.storage.logfile import LogFile
    from stretchplayer.ui.fault_dialog import FaultDialog
    from stretchplayer.ui.player_view import PlayerView

log = logging.getLogger(__name__)


def run_window(options: LaunchOptions, log_file: "LogFile") -> int:
    """Show the window and stay until it is closed. Returns the exit code.

    The frame is shown first and everything else is loaded while the system puts it on the screen; nothing is drawn
    before the event loop runs.
    """
    app = QApplication([sys.argv[0]])
    app.setApplicationName("stretchplayer")
    app.setApplicationDisplayName("Stretch Player")
    app.setDesktopFileName("stretchplayer")
    frame = Frame()
    if options.fullscreen:
        frame.showFullScreen()
    else:
        frame.show()

    from stretchplayer.app.core import Core

    core = Core(options, app)
    window = _Window(core, app, frame, log_file)
    try:
        if options.start:
            window.start()
        if options.exit_when_done:
            core.end_with_session()
        return app.exec()
    finally:
        core.close()
        window.close()


class _Window:
    """The wires between the core and the main view."""

    def __init__(self, core: "Core", app: QApplication, frame: Frame, log_file: "LogFile") -> None:
        from stretchplayer.storage.assets import asset_dir
        from stretchplayer.ui.main_view import MainView
        from stretchplayer.ui.theme import Theme

        self._app = app
        self._core = core
        self._theme: Theme = Theme(app, core.settings.appearance)
        self._view: MainView = MainView(core.session, asset_dir("icons"), core.settings)
        self._view.show_timeline(core.timeline())
        self._faults = _Faults(core.session, log_file, frame)
        frame.set_content(self._view, self._view.today.start_button)
        if not (core.settings.introduced or core.options.start):
            self._view.introduce()
        frame.fullscreen_changed.connect(self._view.follow_fullscreen)
        frame.first_painted.connect(self._load_the_rest)
        self._view.start_requested.connect(core.start)
        self._view.settings_changed.connect(self._take_settings)
        self._view.try_sound_requested.connect(self._try_sound)
        self._view.try_voice_requested.connect(self._try_voice)
        self._view.voices_requested.connect(self._look_for_voices)
        self._view.about_requested.connect(self._show_about)
        self._view.player_built.connect(self._wire_player)
        core.cues.on_problem(self._view.notice.tell)

    def start(self) -> None:
        """Play at once; what shows it is built before, so that the first moments are on time."""
        self._view.set_poses(self._core.poses.poses())
        self._view.prepare_player()
        self._core.start()

    def _load_the_rest(self) -> None:
        """Load what the first picture of the window did not need, a piece at a time, so that keys are answered."""
        pieces = iter(
            (
                self._load_poses,
                self._view.prepare_player,
                self._set_icon,
                self._tell_problems,
                self._core.warm,
                _keep_for_good,
            )
        )

        def load_next() -> None:
            piece = next(pieces, None)
            if piece is not None:
                piece()
                QTimer.singleShot(0, load_next)

        load_next()

    def _load_poses(self) -> None:
        self._view.set_poses(self._core.poses.poses())

    def _set_icon(self) -> None:
        from stretchplayer.storage.assets import asset_dir
        from stretchplayer.ui.app_icon import app_icon

        self._app.setWindowIcon(app_icon(asset_dir("icons")))

    def _tell_problems(self) -> None:
        core = self._core
        core.routines.routines()
        for problem in (*core.store.problems, *core.routines.problems, *core.poses.problems):
            self._view.notice.tell(problem)

    def _wire_player(self, player: "PlayerView") -> None:
        session = self._core.session
        player.toggle_requested.connect(session.toggle)
        player.pause_requested.connect(session.pause)
        player.next_requested.connect(session.next)
        player.back_requested.connect(session.back)
        player.restart_side_requested.connect(session.restart_side)
        player.skip_stretch_requested.connect(session.skip_stretch)
        player.stop_requested.connect(session.stop)

    def _take_settings(self, settings: "Settings") -> None:
        from stretchplayer.domain.errors import StorageError

        core = self._core
        if settings.appearance is not core.settings.appearance:
            self._theme.choose(settings.appearance)
        try:
            core.take_settings(settings)
        except StorageError as error:
            self._view.notice.tell(str(error))
        self._view.show_timeline(core.timeline())

    def _try_sound(self, name: "CueName") -> None:
        if self._core.sound is not None:
            self._core.sound.try_tone(name)

    def _try_voice(self) -> None:
        if self._core.sound is not None:
            self._core.sound.try_voice()

    def _look_for_voices(self) -> None:
        if self._core.sound is not None:
            self._core.sound.look_for_voices(self._view.show_voices)

    def _show_about(self) -> None:
        from stretchplayer import __version__
        from stretchplayer.domain.errors import StorageError
        from stretchplayer.storage.licences import find_credits

        try:
            self._view.show_about(__version__, find_credits())
        except StorageError as error:
            self._view.notice.tell(str(error))

    def close(self) -> None:
        """Take the wires off that reach beyond Qt."""
        self._faults.close()


def _keep_for_good() -> None:
    """What is there now stays: collecting garbage, which the command line turned off, need never look at it again."""
    import gc

    gc.freeze()
    gc.enable()


class _Faults:
    """Takes every error nobody caught: pauses the session, logs it and shows it."""

    def __init__(self, session: "Session", log_file: "LogFile", parent: Frame) -> None:
        self._session = session
        self._log_file = log_file
        self._parent = parent
        self._dialog: FaultDialog | None = None
        self._hook: Callable[..., object] = sys.excepthook
        sys.excepthook = self._on_fault

    def _on_fault(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        import traceback

        if issubclass(kind, KeyboardInterrupt):
            self._hook(kind, error, trace)
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        log.error("unhandled error\n%s", details)
        self._session.pause()
        if self._dialog is None:
            from stretchplayer.ui.fault_dialog import FaultDialog

            self._dialog = FaultDialog(str(self._log_file.path), self._parent)
        self._dialog.report(details)

    def close(self) -> None:
        """Give unhandled errors back to whoever had them."""
        sys.excepthook = self._hook
