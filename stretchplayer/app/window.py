"""Wires the session to the window."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from stretchplayer import __version__
from stretchplayer.app.playback import LONGEST_LOOK_MS, Playback
from stretchplayer.app.progress_controller import Progress
from stretchplayer.app.raise_window import raise_window
from stretchplayer.errors import StorageError
from stretchplayer.player.media_session import MediaSession
from stretchplayer.player.statechart import ACTIVE_STATES
from stretchplayer.progress.history import SessionRecord
from stretchplayer.reminders.slots import SlotView
from stretchplayer.routine.cues import CueName
from stretchplayer.routine.resume import place_to_go_on
from stretchplayer.settings import Settings
from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.licences import find_credits
from stretchplayer.storage.logfile import FILE_NAME
from stretchplayer.ui.player.view import PlayerView
from stretchplayer.ui.text import resume as unfinished
from stretchplayer.ui.text.media import media_title
from stretchplayer.ui.theme.icons import app_icon
from stretchplayer.ui.theme.style import Theme
from stretchplayer.ui.window.fault_dialog import FaultDialog
from stretchplayer.ui.window.main_view import MainView
from stretchplayer.ui.window.main_window import MainWindow


class Window:
    """The wires between the core and the main view."""

    def __init__(self, core: Playback, app: QApplication, frame: MainWindow, theme: Theme | None = None) -> None:
        self._app = app
        self._core = core
        self._frame = frame
        self._more: tuple[Callable[[], None], ...] = ()
        self._is_closed = False
        self._on_settings: Callable[[Settings], None] = lambda _settings: None
        self._theme: Theme = theme or Theme(app, core.settings.appearance)
        self._view: MainView = MainView(core.session, asset_dir("icons"), core.settings, core.poses.poses())
        self._view.show_timeline(core.timeline())
        self._progress: Progress | None = None
        self._is_start_asked_for = False
        self._fault_dialog: FaultDialog | None = None
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
        self._view.help_requested.connect(self._show_help)
        self._view.player_built.connect(self._wire_player)
        core.cues.on_problem(self._view.notice.tell)

    @property
    def view(self) -> MainView:
        """What is in the window."""
        return self._view

    def on_settings(self, callback: Callable[[Settings], None]) -> None:
        """Set what is told of settings that hold from now on."""
        self._on_settings = callback

    def then(self, *pieces: Callable[[], None]) -> None:
        """Load these, too, when the window is there."""
        self._more = pieces

    def start(self) -> None:
        """Play; what shows it is built before, so that the first moments are on time.

        Where a session was left that can be gone on with, the person is asked first. Who only wants a session played
        and recorded (`--exit`, `--trace`, `--rate`) may not be there to answer: it plays at once, and the other stays.
        """
        self._view.prepare_player()
        options = self._core.options
        if options.exit_when_done or options.trace is not None or options.rate != 1:
            self._core.start()
            return
        self._is_start_asked_for = True
        self._open_history()
        if self._core.open_history().has_looked:
            self._on_unfinished(self._core.open_history().unfinished)
        else:
            QTimer.singleShot(LONGEST_LOOK_MS, self._view, self._start_if_asked_for)

    def _load_the_rest(self) -> None:
        """Load what the first picture of the window did not need, a piece at a time, so that keys are answered."""
        pieces = iter(
            (
                self._view.prepare_player,
                self._set_icon,
                self._tell_problems,
                self._open_history,
                *self._more,
                self._wire_media_remote,
                self._core.warm,
            )
        )

        def load_next() -> None:
            piece = next(pieces, None)
            if piece is not None and not self._is_closed:
                piece()
                QTimer.singleShot(0, load_next)

        load_next()

    def _set_icon(self) -> None:
        self._app.setWindowIcon(app_icon(asset_dir("icons")))

    def _tell_problems(self) -> None:
        core = self._core
        core.routines.routines()
        for problem in (*core.store.problems, *core.routines.problems, *core.poses.problems):
            self._view.notice.tell(problem)

    def _open_history(self) -> None:
        if self._progress is not None:
            return
        history = self._core.open_history()
        history.recorder.leaving = lambda: self._view.closing
        history.problem_told.connect(self._view.notice.tell)
        history.unfinished_found.connect(self._on_unfinished)
        self._view.going_on.go_on_requested.connect(self._go_on)
        self._view.going_on.close_requested.connect(history.close_unfinished)
        self._view.start_requested.connect(history.close_unfinished)
        self._progress = Progress(self._core, history, self._view)
        self._progress.refresh()

    def _on_unfinished(self, record: SessionRecord | None) -> None:
        """Ask whether to go on; not above a session, nor in the first place a rehearsal, which would be none then."""
        core = self._core
        plays = core.session.state in ACTIVE_STATES
        plan = None if record is None or core.options.rate != 1 or plays else core.plan_of(record)
        if record is None or plan is None:
            self._start_if_asked_for()
            return
        question = unfinished.question(plan, place_to_go_on(plan, record.phase))
        self._view.ask_to_go_on(question, unfinished.detail(record), anew=self._is_start_asked_for)
        self._is_start_asked_for = False

    def _start_if_asked_for(self) -> None:
        asked_for, self._is_start_asked_for = self._is_start_asked_for, False
        if asked_for and self._core.session.state not in ACTIVE_STATES:
            self._core.start()

    def _go_on(self) -> None:
        self._view.prepare_player()
        self._core.go_on()

    def _wire_player(self, player: PlayerView) -> None:
        session = self._core.session
        player.toggle_requested.connect(session.toggle)
        player.pause_requested.connect(session.pause)
        player.next_requested.connect(session.next)
        player.back_requested.connect(session.back)
        player.restart_side_requested.connect(session.restart_side)
        player.skip_stretch_requested.connect(session.skip_stretch)
        player.stop_requested.connect(session.stop)
        player.decline_requested.connect(session.decline)

    def _wire_media_remote(self) -> None:
        media = MediaSession(self._core.session, self._core.services.media, media_title)
        media.raise_requested.connect(self._come_forward)
        media.quit_requested.connect(self._core.end)

    def _come_forward(self) -> None:
        raise_window(self._frame, None)

    def _take_settings(self, settings: Settings) -> None:
        core = self._core
        if settings.appearance is not core.settings.appearance:
            self._theme.choose(settings.appearance)
        try:
            core.take_settings(settings)
        except StorageError as error:
            self._view.notice.tell(str(error))
        self._view.show_timeline(core.timeline())
        self._on_settings(settings)

    def _try_sound(self, name: CueName) -> None:
        if self._core.sound is not None:
            self._core.sound.try_tone(name)

    def _try_voice(self) -> None:
        if self._core.sound is not None:
            self._core.sound.try_voice()

    def _look_for_voices(self) -> None:
        if self._core.sound is not None:
            self._core.sound.look_for_voices(self._view.show_voices)

    def _show_about(self) -> None:
        try:
            self._view.show_about(__version__, find_credits())
        except StorageError as error:
            self._view.notice.tell(str(error))

    def _show_help(self) -> None:
        self._view.show_help((asset_dir("help") / "manual.md").read_text(encoding="utf-8"))

    def note_slots(self, views: Sequence[SlotView], unasked: frozenset[str]) -> None:
        """Remember which of these slots were left out or missed for good, and of which others there were none."""
        if self._progress is not None:
            self._progress.note_slots(views, unasked)

    def show_fault(self, details: str) -> None:
        """Pause the session, and show an error that nobody caught."""
        self._core.session.pause()
        if self._fault_dialog is None:
            self._fault_dialog = FaultDialog(str(self._core.options.data_dir / FILE_NAME), self._frame)
        self._fault_dialog.report(details)

    def stop_reading(self) -> None:
        """Ask the history nothing more; it is about to be closed."""
        if self._progress is not None:
            self._progress.close()

    def close(self) -> None:
        """Take the wires off that reach beyond the window."""
        self._is_closed = True
        self._core.services.media.on_command(lambda _command: None)
        self._core.services.media.ask_position(lambda: 0.0)
        self.stop_reading()
