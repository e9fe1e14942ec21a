"""The window and everything that lives no longer than it: pages, the session, sound."""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QApplication, QWidget

from stretchplayer import __version__
from stretchplayer.app.autostart_controller import AutostartController
from stretchplayer.app.dose_controller import DoseController
from stretchplayer.app.library_controller import LibraryController
from stretchplayer.app.playback import LONGEST_LOOK_MS, Playback
from stretchplayer.app.progress_controller import ProgressController
from stretchplayer.app.raise_window import raise_window
from stretchplayer.app.reminders.background import wire_menu
from stretchplayer.app.reminders.slot_credit import SlotCredit
from stretchplayer.errors import SoundError, StorageError
from stretchplayer.i18n import _
from stretchplayer.player.media_session import MediaSession
from stretchplayer.player.reminder_scheduler import ReminderScheduler
from stretchplayer.player.state import ACTIVE_STATES, Outcome
from stretchplayer.progress.history import SessionRecord
from stretchplayer.reminders.slots import SlotView
from stretchplayer.routine.cues import CueName
from stretchplayer.routine.resume import resume_point
from stretchplayer.settings import Settings
from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.calendar_file import ENDING, write_calendar
from stretchplayer.storage.doses import delete_doses
from stretchplayer.storage.licences import find_credits
from stretchplayer.storage.logfile import FILE_NAME
from stretchplayer.ui.library.library_page import LibraryPage
from stretchplayer.ui.pages.first_run import FirstRunPage
from stretchplayer.ui.pages.settings_page import SettingsPage
from stretchplayer.ui.player.view import PlayerView
from stretchplayer.ui.text import resume as unfinished
from stretchplayer.ui.text.player import media_title
from stretchplayer.ui.theme.icons import app_icon
from stretchplayer.ui.theme.style import Theme
from stretchplayer.ui.widgets.files import FileChooser
from stretchplayer.ui.window.fault_dialog import FaultDialog
from stretchplayer.ui.window.main_view import MainView
from stretchplayer.ui.window.main_window import MainWindow

log = logging.getLogger(__name__)


class Foreground:
    """Wires the session to the window, which is on the screen already; `close` removes both."""

    def __init__(
        self,
        playback: Playback,
        app: QApplication,
        main_window: MainWindow,
        theme: Theme | None = None,
        *,
        on_settings: Callable[[Settings], None] = lambda _settings: None,
        load_late: Sequence[Callable[[], None]] = (),
        reminder_problem: str | None = None,
    ) -> None:
        self._app = app
        self.playback = playback
        self.main_window = main_window
        self._load_late = load_late
        self._is_closed = False
        self._is_wired = False
        """Whether the pages can settle reminders."""
        self._on_settings = on_settings
        self.theme = theme or Theme(app, playback.settings.appearance, asset_dir("fonts"))
        self.autostart = AutostartController(playback.options.data_dir, main_window)
        poses, icons = playback.poses.poses(), asset_dir("icons")
        self._desk = DoseController(playback, self._tell)
        self.view = MainView(
            playback.session,
            icons,
            playback.settings,
            poses,
            self.autostart,
            routines=self._desk,
            reminder_problem=reminder_problem,
        )
        self.autostart.problem.connect(self.view.notice.tell_of_action)
        if reminder_problem is not None:
            self.view.notice.tell(reminder_problem)
        self._offer()
        self.greet()
        self._progress: ProgressController | None = None
        self._is_start_asked_for = False
        self._fault_dialog: FaultDialog | None = None
        self._unsaved = ""
        """Why the settings could not be saved the last time."""
        main_window.set_content(self.view, self.view.today.start_button, self.view.may_close)
        main_window.fullscreen_changed.connect(self.view.follow_fullscreen)
        main_window.first_painted.connect(self._load_the_rest)
        self.view.start_requested.connect(playback.start)
        self.view.start_here_requested.connect(playback.start)
        self.view.start_only_requested.connect(playback.start_only)
        self.view.today.reminders.start_requested.connect(self._start_routine_at)
        self.view.routine_chosen.connect(self._choose_routine)
        self.view.doses_changed.connect(self._offer)
        playback.session.ended.connect(self._count_guided_session)
        playback.session.ended.connect(partial(self.follow_slots, anew=True))
        self.view.settings_changed.connect(self._take_settings)
        self.view.help_requested.connect(self._show_help)
        self.view.page_built.connect(self._wire_page)
        playback.tell_problems(self.view.notice.tell, self.view.notice.withdraw)
        if not (playback.settings.introduced or playback.options.start):
            self.view.introduce()

    @property
    def is_playing(self) -> bool:
        return self.playback.session.state in ACTIVE_STATES

    @property
    def holds_reminders(self) -> bool:
        """Whether a reminder has to wait: for the end of a session or of the introduction, or for the safety rules.

        A window that was left open at those, and isn't in front, holds nothing back.
        """
        is_reading = self.view.is_reading_safety and self.main_window.isActiveWindow()
        return self.is_playing or self.view.is_introducing or is_reading

    def begin(self) -> None:
        if self.playback.options.start:
            self._play()
        if self.playback.options.exit_when_done:
            self.playback.end_with_session()

    def start(self, routine: str | None = None, *, fullscreen: bool = False, screen: QScreen | None = None) -> None:
        """Play a routine, None for the one that is offered; StorageError when it can't be read.

        If an unfinished session can be resumed, the window asks first. A session that is playing continues.
        """
        if self.is_playing:
            return
        if routine is not None:
            self._choose_routine(routine)
        if fullscreen:
            self.main_window.set_fullscreen(True, screen)
        self._play()

    def follow_slots(self, *_outcome: Outcome, anew: bool = False) -> None:
        """Offer the routine for the reminder that is due or comes next, even in place of a chosen one with `anew`."""
        if not self.is_playing and self.playback.follow_slots(anew=anew):
            self._offer()
        self._tell_unplayable()

    def _tell_unplayable(self) -> None:
        while self.playback.problems:
            self._tell(self.playback.problems.pop())

    def _choose_routine(self, routine: str) -> None:
        if routine != self.playback.routine.id:
            self.playback.choose(routine)
        self._offer()

    def _offer(self) -> None:
        """Show on Today what would be played now."""
        personal = self._desk.find(self.playback.routine.id)
        self.view.show_timeline(self.playback.timeline_of(personal.dosed))
        self._name_routines()

    def _name_routines(self) -> None:
        """Say on Today which routine comes when, if there are two."""
        settings, titles = self.playback.settings, {}
        if settings.mornings != settings.evenings:
            for routine in (settings.mornings, settings.evenings):
                with suppress(StorageError):  # it is told when it can't be played
                    titles[routine] = self.playback.routines.find(routine).title
        self.view.today.reminders.name_routines(lambda at: titles.get(settings.routine_at(at), ""))

    def _start_routine_at(self, at: time) -> None:
        self.view.start_routine(self.playback.settings.routine_at(at))

    def _tell(self, sentence: str) -> None:
        self.view.notice.tell(sentence)

    def greet(self) -> None:
        self.view.today.greet(self.playback.clock.now())

    def come_forward(self, token: str | None = None) -> None:
        raise_window(self.main_window, token)

    def wire_reminders(self, reminders: ReminderScheduler | SlotCredit) -> None:
        """Let the pages snooze, skip and settle reminders, and the history know the slot of a session."""
        if self._is_wired:
            return
        self._is_wired = True
        pages = self.view.progress
        pages.mark_requested.connect(reminders.mark)
        pages.slot_changed.connect(reminders.note_slot_done)
        pages.erase_requested.connect(reminders.forget)
        pages.erase_requested.connect(self._delete_doses)
        if isinstance(reminders, ReminderScheduler):
            self.playback.open_history().recorder.slot_of = reminders.slot_of
            wire_menu(self.view.today.reminders.menu, reminders)
            self.view.today.reminders.menu.library_requested.connect(self.view.show_library)

    def _delete_doses(self) -> None:
        delete_doses(self.playback.options.data_dir)
        self._offer()

    def _count_guided_session(self, outcome: Outcome) -> None:
        if outcome is Outcome.FINISHED and self.playback.is_newcomer:
            self.view.change_settings(sessions_guided=self.playback.settings.sessions_guided + 1)

    def _export_calendar(self) -> None:
        name = f"stretchplayer{ENDING}"
        FileChooser().place_to_save(self.main_window, _("Save as"), name, "", self._write_calendar)

    def _write_calendar(self, path: Path) -> None:
        file = path if path.suffix else path.with_name(path.name + ENDING)
        try:
            write_calendar(file, self.playback.settings.reminders, self.playback.timeline_at)
        except StorageError as error:
            self.view.notice.tell_of_action(str(error))
        else:
            self.view.tell_saved(str(file))

    def remember_background_explained(self) -> None:
        settings = self.playback.settings
        try:
            self.playback.take_settings(
                replace(settings, reminders=replace(settings.reminders, background_explained=True))
            )
        except StorageError as error:
            log.warning("what the person was told can't be saved: %s", error)

    def _play(self) -> None:
        """Play; the sound helper and the player are begun first, so that the first moments are on time.

        If an unfinished session can be resumed, the person is asked first, except with `--exit`, `--trace` or `--rate`,
        where nobody may be there to answer: then the new one plays at once, and the unfinished one is kept.
        """
        self.playback.warm()
        self.view.prepare_player()
        options = self.playback.options
        if options.exit_when_done or options.trace is not None or options.rate != 1:
            self.view.show_player()
            self.playback.start()
            return
        if not self.playback.settings.safety_shown:
            self.view.request_start()
            return
        self._is_start_asked_for = True
        self._open_history()
        if self.playback.open_history().has_looked:
            self._on_unfinished(self.playback.open_history().unfinished)
        else:
            self.view.show_player()
            self.playback.session.await_start()
            QTimer.singleShot(LONGEST_LOOK_MS, self.view, self._start_if_asked_for)

    def _load_the_rest(self) -> None:
        """Load what the first frame did not need, a piece at a time, so that keys are still answered."""
        pieces = iter(
            (
                self.view.prepare_player,
                self._set_icon,
                self._tell_problems,
                self._open_history,
                *self._load_late,
                self._wire_media_remote,
                self.playback.warm,
            )
        )

        def load_next() -> None:
            piece = next(pieces, None)
            if piece is not None and not self._is_closed:
                piece()
                QTimer.singleShot(0, load_next)

        load_next()

    def _set_icon(self) -> None:
        if self._app.windowIcon().isNull():  # once only: Qt's cache keeps what is drawn of every new icon
            self._app.setWindowIcon(app_icon(asset_dir("icons")))

    def _tell_problems(self) -> None:
        playback = self.playback
        playback.routines.routines()
        unusable = (*playback.routines.problems, *playback.poses.problems)
        for problem in unusable:
            log.info("%s", problem)
        for problem in (*playback.store.problems, *unusable):
            self.view.notice.tell(problem)
        self._tell_unplayable()

    def _open_history(self) -> None:
        if self._progress is not None:
            return
        history = self.playback.open_history()
        history.recorder.leaving = lambda: self.view.closing
        history.problem_told.connect(self.view.notice.tell)
        for problem in history.problems:
            self.view.notice.tell(problem)
        history.unfinished_found.connect(self._on_unfinished)
        self.view.resume_requested.connect(self._resume)
        self.view.discard_requested.connect(history.close_unfinished)
        self.view.start_requested.connect(history.close_unfinished)
        self.view.start_here_requested.connect(history.close_unfinished)
        self.view.start_only_requested.connect(history.close_unfinished)
        self._progress = ProgressController(self.playback, history, self.view)
        self._progress.refresh()

    def _on_unfinished(self, record: SessionRecord | None) -> None:
        """Ask whether to resume it; not during a session, nor in a rehearsal, which resuming would end."""
        playback = self.playback
        plays = playback.session.state in ACTIVE_STATES
        plan = None if record is None or playback.options.rate != 1 or plays else playback.plan_of(record)
        if record is None or plan is None:
            self._start_if_asked_for()
            return
        playback.session.cancel_start()
        question = unfinished.question(plan, resume_point(plan, record.phase))
        self.view.ask_to_resume(question, unfinished.detail(record), anew=self._is_start_asked_for)
        self._is_start_asked_for = False

    def _start_if_asked_for(self) -> None:
        asked_for, self._is_start_asked_for = self._is_start_asked_for, False
        if asked_for and self.playback.session.state not in ACTIVE_STATES:
            self.playback.start()

    def _resume(self) -> None:
        self.view.prepare_player()
        self.playback.resume_session()

    def _wire_page(self, page: QWidget) -> None:
        sound = self.playback.sound
        if isinstance(page, PlayerView):
            self._wire_player(page)
        if isinstance(page, LibraryPage):
            LibraryController(self.playback, self.view, page, self._choose_routine)
        if isinstance(page, SettingsPage):
            page.show_routines(self.playback.routines.routines())
            page.reminders.calendar_requested.connect(self._export_calendar)
            page.about_requested.connect(self._show_about)
            page.show_own_sounds(self.playback.own_sounds.names)
            page.own_sound_requested.connect(partial(self._ask_for_own_sound, page))
            page.shipped_sound_requested.connect(partial(self._use_shipped_sound, page))
        if isinstance(page, SettingsPage | FirstRunPage) and sound is not None:
            page.try_sound_requested.connect(sound.try_tone)
            page.try_voice_requested.connect(sound.try_voice)
        if isinstance(page, SettingsPage) and sound is not None:
            page.voices_requested.connect(sound.system_voice.look_for_voices)
            page.voices_requested.connect(sound.warm)
            sound.system_voice.voices_changed.connect(page.show_voices)

    def _ask_for_own_sound(self, page: SettingsPage, name: CueName) -> None:
        kinds = _("Sounds (*.wav *.flac *.ogg *.oga)")
        take = partial(self._use_own_sound, page, name)
        FileChooser().file_to_open(self.main_window, _("Choose a sound"), kinds, take)

    def _use_own_sound(self, page: SettingsPage, name: CueName, path: Path) -> None:
        self._change_sound(page, name, lambda: self.playback.own_sounds.take(name, path))

    def _use_shipped_sound(self, page: SettingsPage, name: CueName) -> None:
        self._change_sound(page, name, lambda: self.playback.own_sounds.remove(name))

    def _change_sound(self, page: SettingsPage, name: CueName, change: Callable[[], None]) -> None:
        try:
            change()
        except SoundError as error:
            self.view.notice.tell_of_action(str(error))
            return
        page.show_own_sounds(self.playback.own_sounds.names)
        if self.playback.sound is not None:
            self.playback.sound.chimes.reload()
            self.playback.sound.try_tone(name)

    def _wire_player(self, player: PlayerView) -> None:
        session = self.playback.session
        player.toggle_requested.connect(session.toggle)
        player.pause_requested.connect(session.pause)
        player.next_requested.connect(session.next)
        player.back_requested.connect(session.back)
        player.restart_side_requested.connect(session.restart_side)
        player.skip_exercise_requested.connect(session.skip_exercise)
        player.stop_requested.connect(session.stop)
        player.decline_requested.connect(session.decline)

    def _wire_media_remote(self) -> None:
        media = MediaSession(self.playback.session, self.playback.services.media, media_title)
        media.raise_requested.connect(self.come_forward)
        media.quit_requested.connect(self.playback.end)

    def _take_settings(self, settings: Settings) -> None:
        playback = self.playback
        if settings.appearance is not playback.settings.appearance:
            self.theme.choose(settings.appearance)
        self.view.notice.withdraw(self._unsaved)
        try:
            playback.take_settings(settings)
        except StorageError as error:
            self._unsaved = str(error)
            self.view.notice.tell(self._unsaved)
        playback.follow_slots()
        self._tell_unplayable()
        self._offer()
        self._on_settings(settings)

    def _show_about(self) -> None:
        try:
            self.view.show_about(__version__, find_credits())
        except StorageError as error:
            self.view.notice.tell_of_action(str(error))

    def _show_help(self) -> None:
        self.view.show_help((asset_dir("help") / "manual.md").read_text(encoding="utf-8"))

    def note_slots(self, views: Sequence[SlotView], added_late: frozenset[str]) -> None:
        """Record which of these slots were skipped or missed; `added_late` don't count."""
        if self._progress is not None:
            self._progress.note_slots(views, added_late)

    def show_fault(self, details: str) -> None:
        self.playback.session.pause()
        if self._fault_dialog is None:
            self._fault_dialog = FaultDialog(str(self.playback.options.data_dir / FILE_NAME), self.main_window)
        self._fault_dialog.report(details)

    def disconnect(self) -> None:
        self._is_closed = True
        self.playback.services.media.on_command(lambda _command: None)
        self.playback.services.media.ask_position(lambda: 0.0)
        if self._progress is not None:
            self._progress.close()

    def close(self) -> None:
        self.disconnect()
        self.playback.close()
        self.main_window.deleteLater()
