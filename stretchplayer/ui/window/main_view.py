"""The window's content: navigation and pages, replaced by the player while a session plays."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final, TypeVar, cast

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QStyle, QWidget

from stretchplayer.figure.pose import Pose
from stretchplayer.i18n import _
from stretchplayer.player.session import Session
from stretchplayer.player.state import ACTIVE_STATES, Outcome, State
from stretchplayer.routine.attribution import Attribution
from stretchplayer.routine.routine import Routine
from stretchplayer.routine.timeline import Timeline
from stretchplayer.settings import Settings
from stretchplayer.ui.library.exercise_page import ExercisePage
from stretchplayer.ui.library.library_page import LibraryPage
from stretchplayer.ui.library.personal_routine import PersonalRoutines
from stretchplayer.ui.library.routine_page import RoutinePage
from stretchplayer.ui.library.routine_pages import RoutinePages
from stretchplayer.ui.pages.about_page import AboutPage
from stretchplayer.ui.pages.first_run import FirstRunPage
from stretchplayer.ui.pages.help_page import HelpPage
from stretchplayer.ui.pages.page import Page
from stretchplayer.ui.pages.progress_page import ProgressPage
from stretchplayer.ui.pages.progress_pages import ProgressPages
from stretchplayer.ui.pages.safety_page import SafetyPage
from stretchplayer.ui.pages.session_page import SessionPage
from stretchplayer.ui.pages.settings_page import SettingsPage
from stretchplayer.ui.pages.today_page import TodayPage
from stretchplayer.ui.player.keymap import KeyCommand, command_for
from stretchplayer.ui.player.view import PlayerView
from stretchplayer.ui.reminders.autostart_switch import AutostartControl
from stretchplayer.ui.text.slots import ReminderStatus
from stretchplayer.ui.theme.reduced_motion import reduces_motion
from stretchplayer.ui.widgets.boxes import hbox, vbox
from stretchplayer.ui.widgets.crossfade import CrossFade
from stretchplayer.ui.widgets.latin_keys import matches
from stretchplayer.ui.widgets.notice_bar import NoticeBar
from stretchplayer.ui.widgets.question import ask_once, floor_scale, forget_questions
from stretchplayer.ui.window.main_window import USUAL, MainWindow
from stretchplayer.ui.window.navigation import Navigation

QUIT: Final = QKeySequence("Ctrl+Q")
"""Cmd on macOS. Windows has no standard key for it."""
SETTINGS: Final = QKeySequence("Ctrl+,")
_TODAY, _LIBRARY, _PROGRESS, _SETTINGS, _HELP = range(5)
_NOTICE_EDGE = 12
"""px around a notice that floats over a page."""
_Kind = TypeVar("_Kind", bound=QWidget)


def _section_of(page: QWidget) -> int | None:
    """The entry of the navigation to which a page belongs; None for that from which it was opened."""
    if isinstance(page, RoutinePage | ExercisePage):
        return None
    if isinstance(page, SettingsPage | AboutPage):
        return _SETTINGS
    if isinstance(page, ProgressPage | SessionPage):
        return _PROGRESS
    if isinstance(page, LibraryPage):
        return _LIBRARY
    return _HELP if isinstance(page, HelpPage) else _TODAY


class MainView(QWidget):
    """Shows pages and passes commands on. All but the first page are built when first needed."""

    start_requested = Signal()
    start_here_requested = Signal(int)
    """Start with this exercise, counted from 0."""
    start_only_requested = Signal(Routine)
    """Play this part of the routine."""
    resume_requested = Signal()
    discard_requested = Signal()
    """The session that was cut short isn't to be resumed."""
    routine_chosen = Signal(str)
    """The routine with this id is to be played next."""
    doses_changed = Signal(str)
    """The person's doses of the routine with this id are others now."""
    settings_changed = Signal(Settings)
    help_requested = Signal()
    page_built = Signal(QWidget)
    """Whatever else the page asks for is to be connected now."""
    safety_opened = Signal()
    """How to stay safe is shown: nothing should cover it."""
    quit_requested = Signal()
    """The window is about to be closed, and the program is to end with it."""
    closing_refused = Signal()

    def __init__(
        self,
        session: Session,
        icons: Path,
        settings: Settings,
        poses: Mapping[str, Pose],
        autostart: AutostartControl | None = None,
        *,
        routines: PersonalRoutines,
        reminder_problem: str | None = None,
    ) -> None:
        super().__init__()
        self._session = session
        self._icons = icons
        self._settings = settings
        self._timeline: Timeline | None = None
        self._poses = poses
        self._pages: dict[str, QWidget] = {}
        self.closing = False
        """Whether the window closes as soon as the session ends."""
        self._autostart = autostart
        self._reminder_problem = reminder_problem
        self.notice = NoticeBar(self)
        self.notice.changed.connect(self._place_notice)
        self._navigation = self._make_navigation()
        self.today = self._make_today()
        self.progress = ProgressPages(self, poses, self.today, self._show_content, self.show_today)
        self.progress.start_requested.connect(self.request_start)
        self.progress.told.connect(self.notice.tell_of_action)
        self.progress.undo_offered.connect(self.notice.offer_undo)
        self.routines = self._make_routines(routines)
        self._content = QStackedWidget()
        self._content.addWidget(self.today)
        self._before_help: QWidget = self.today
        """The page to which Esc leads from Help."""
        self._lay_out()
        self._fade = CrossFade(self)
        self._fade.set_reduced_motion(reduces_motion(settings.motion))
        session.state_changed.connect(self._on_state)
        session.ended.connect(self._on_ended)
        # Key repeats must not toggle again.
        fullscreen = QShortcut(QKeySequence(Qt.Key.Key_F11), self, autoRepeat=False)
        fullscreen.activated.connect(lambda: self.set_fullscreen(not self.window().isFullScreen()))
        QShortcut(QUIT, self, self._quit, autoRepeat=False)

    def _make_navigation(self) -> Navigation:
        entries = (
            ("today", _("Today")),
            ("library", _("Library")),
            ("progress", _("Progress")),
            ("settings", _("Settings")),
            ("help", _("Help")),
        )
        navigation = Navigation(self._icons, "Stretch Player", entries, self)
        navigation.chosen.connect(self._choose)
        return navigation

    def _lay_out(self) -> None:
        self._shell = QWidget()
        hbox(self._navigation, (self._content, 1), gap=0, on=self._shell)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._shell)
        self._down = vbox(self._stack, on=self)

    def _make_today(self) -> TodayPage:
        page = TodayPage(self._poses)
        page.start_requested.connect(self.request_start)
        page.fullscreen_start_requested.connect(self._start_fullscreen)
        page.safety_requested.connect(lambda: self._show_safety(self.request_start))
        page.preview_requested.connect(self._show_exercise)
        page.routine_requested.connect(self._show_routine)
        return page

    def _make_routines(self, routines: PersonalRoutines) -> RoutinePages:
        pages = RoutinePages(self, self._poses, routines, lambda: self._settings, self._show_content)
        pages.start_requested.connect(self.start_routine)
        pages.only_requested.connect(lambda part: self._start_safely(partial(self.start_only_requested.emit, part)))
        pages.slot_chosen.connect(lambda slot, routine: self.change_settings(**{slot: routine}))
        pages.doses_changed.connect(self.doses_changed)
        pages.told.connect(self.notice.tell_of_action)
        pages.undo_offered.connect(self.notice.offer_undo)
        return pages

    def show_timeline(self, timeline: Timeline) -> None:
        """Offer this timeline on the Today page."""
        self._timeline = timeline
        self.today.show_timeline(timeline)
        if self.is_introducing:
            self._introduction().show_timeline(timeline)

    def show_reminders(self, shown: ReminderStatus) -> None:
        self.today.show_reminders(shown)
        self.progress.show_reminders(shown)

    def tell_saved(self, path: str) -> None:
        self.notice.tell_of_action(_("Saved as {path}.").format(path=path))

    def set_fullscreen(self, on: bool) -> None:
        window = self.window()
        if isinstance(window, MainWindow):
            window.set_fullscreen(on)

    def follow_fullscreen(self, on: bool) -> None:
        """Switch the player's layout with the window state."""
        if on or "player" in self._pages:
            self._player().set_follow_along(on)

    # Pages

    def _page(self, name: str, build: Callable[[], _Kind]) -> _Kind:
        if name not in self._pages:
            self._pages[name] = build()
            self.page_built.emit(self._pages[name])
        return cast("_Kind", self._pages[name])

    def _player(self) -> PlayerView:
        def build() -> PlayerView:
            player = PlayerView(self._session, self._icons, self._poses)
            player.fullscreen_requested.connect(self.set_fullscreen)
            self._stack.addWidget(player)
            player.set_viewing_distance(self._settings.viewing_distance_m)
            player.set_steps_shown(self._settings.steps_shown)
            player.steps_requested.connect(self._show_steps)
            player.set_follow_along(self.window().isFullScreen())
            player.set_reduced_motion(reduces_motion(self._settings.motion))
            return player

        return self._page("player", build)

    def _show_steps(self, shown: bool) -> None:
        self._player().set_steps_shown(shown)
        self.change_settings(steps_shown=shown)

    def prepare_player(self) -> None:
        """Build the player before it is needed, so that a session starts at once."""
        self._player()

    def _show_content(self, page: QWidget) -> None:
        if page is not self._pages.get("introduction"):
            self._leave_introduction()
        if self._content.indexOf(page) < 0:
            self._content.addWidget(page)
        if self._content.currentWidget() is not page or self._stack.currentWidget() is not self._shell:
            self._fade.begin()
            self.notice.turn_page()
        self._content.setCurrentWidget(page)
        self._stack.setCurrentWidget(self._shell)
        self._place_notice()
        section = _section_of(page)
        if section is not None:
            self._navigation.mark(section)
        self._navigation.setVisible(not self.is_introducing)

    def _choose(self, number: int) -> None:
        self._leave_introduction()  # before the Settings page is built from the settings
        if number == _SETTINGS:
            self._show_content(self._page("settings", self._build_settings))
        elif number == _LIBRARY:
            self.show_library()
        elif number == _PROGRESS:
            self.progress.open()
        elif number == _HELP:
            self.help_requested.emit()
        else:
            self.show_today()

    def _build_settings(self) -> SettingsPage:
        page = SettingsPage(self._settings, self._autostart)
        page.closed.connect(self.show_today)
        page.settings_changed.connect(self._take_settings)
        page.introduction_requested.connect(self.introduce)
        page.export_requested.connect(self.progress.export)
        page.import_requested.connect(self.progress.import_data)
        page.erase_requested.connect(self.progress.erase_question_requested)
        return page

    def _take_settings(self, settings: Settings) -> None:
        self._settings = settings
        self._fade.set_reduced_motion(reduces_motion(settings.motion))
        if "player" in self._pages:
            self._player().set_viewing_distance(settings.viewing_distance_m)
            self._player().set_reduced_motion(reduces_motion(settings.motion))
        self.settings_changed.emit(settings)

    def change_settings(self, **changes: object) -> None:
        """Change settings from outside the Settings page, which is rebuilt when next shown."""
        settings = replace(self._settings, **changes)  # type: ignore[arg-type]  # fields of the settings
        self._forget("settings")  # even if they are the same: own sounds may be others
        if settings != self._settings:
            self._take_settings(settings)

    def _forget(self, name: str) -> None:
        page = self._pages.pop(name, None)
        if page is not None:
            self._content.removeWidget(page)
            page.deleteLater()
        if self._before_help is page:
            self._before_help = self.today

    def _introduction(self) -> FirstRunPage:
        def build() -> FirstRunPage:
            page = FirstRunPage(self._poses, self._settings, self._autostart, reminder_problem=self._reminder_problem)
            page.start_requested.connect(self._leave_introduction)
            page.start_requested.connect(self.request_start)
            page.closed.connect(partial(self._choose, _SETTINGS if self._settings.introduced else _TODAY))
            page.settings_changed.connect(lambda changes: self.change_settings(**changes))
            return page

        return self._page("introduction", build)

    @property
    def is_introducing(self) -> bool:
        return self._content.currentWidget() is self._pages.get("introduction")

    def _leave_introduction(self) -> None:
        if self.is_introducing and not self._settings.introduced:
            self.change_settings(introduced=True)

    def introduce(self) -> None:
        """Show the introduction in place of all else, from the step that was shown last."""
        self._forget("introduction")  # the settings may have changed since
        page = self._introduction()
        if self._timeline is not None:
            page.show_timeline(self._timeline)
        self._show_content(page)
        page.show_step(0 if self._settings.introduced else self._settings.introduction_step)

    def show_settings(self) -> None:
        self._choose(_SETTINGS)

    def show_library(self) -> None:
        """Show all routines, with the keyboard on them."""
        page = self._page("library", self._build_library)
        self._show_content(page)
        page.focus_cards()

    def _build_library(self) -> LibraryPage:
        page = LibraryPage(self._poses, reduced_motion=reduces_motion(self._settings.motion))
        page.closed.connect(self.show_today)
        page.routine_chosen.connect(lambda routine: self.routines.open(routine, self.show_library))
        return page

    def show_today(self) -> None:
        self._show_content(self.today)
        self._focus_start()

    def _focus_start(self) -> None:
        self.today.start_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_about(self, version: str, credits_: Sequence[Attribution]) -> None:
        def build() -> AboutPage:
            page = AboutPage(version, credits_)
            page.closed.connect(lambda: self._choose(_SETTINGS))
            return page

        page = self._page("about", build)
        self._show_content(page)
        page.focus_close()

    def show_help(self, manual: str) -> None:
        """Show the manual, in Markdown."""

        def build() -> HelpPage:
            page = HelpPage(manual)
            page.closed.connect(lambda: self._show_content(self._before_help))
            return page

        page = self._page("help", build)
        before = self._content.currentWidget()
        if before is not None and before is not page:
            self._before_help = before
        self._show_content(page)
        page.focus_text()

    @property
    def is_reading_safety(self) -> bool:
        page = self._content.currentWidget()
        return page is self._pages.get("safety") and self._stack.currentWidget() is self._shell

    def _show_safety(self, start: Callable[[], None]) -> None:
        """Show how to stay safe; a start from there is this one."""

        def build() -> SafetyPage:
            page = SafetyPage()
            page.start_requested.connect(start)
            page.closed.connect(self.show_today)
            return page

        self._forget("safety")
        page = self._page("safety", build)
        if self._timeline is not None:
            page.show_routine(self._timeline.routine)
        self._show_content(page)
        page.focus_start()
        self.change_settings(safety_shown=True)
        self.safety_opened.emit()

    def _start_safely(self, start: Callable[[], None]) -> None:
        """Start, but show how to stay safe first if nobody has seen it yet."""
        if self._settings.safety_shown:
            start()
        else:
            self._show_safety(start)

    def request_start(self, exercise: int = 0) -> None:
        """Start with an exercise, counted from 0."""
        if exercise:
            self._start_safely(partial(self.start_here_requested.emit, exercise))
        else:
            self._start_safely(self.start_requested.emit)

    def start_routine(self, routine_id: str, exercise: int = 0) -> None:
        """Start a routine with an exercise, counted from 0."""
        self.routine_chosen.emit(routine_id)
        self.request_start(exercise)

    def _show_routine(self) -> None:
        """Show the page of the routine that Today offers."""
        if self._timeline is not None:
            self.routines.open(self._timeline.routine.id, self.show_today)

    def _show_exercise(self, ordinal: int) -> None:
        def leave() -> None:
            self._show_content(self.today)
            cards = self.today.cards.cards
            cards[min(ordinal, len(cards) - 1)].setFocus(Qt.FocusReason.BacktabFocusReason)

        if self._timeline is not None:
            routine = self._timeline.routine
            self.routines.open_exercise(routine.id, routine.played[ordinal].id, leave)

    def ask_to_resume(self, title: str, detail: str, *, anew: bool = False) -> None:
        """Ask whether to resume a session that was cut short; modal to the window.

        The other answer discards it and, with `anew`, starts a new one; the question is then legible from the floor.
        """

        def on_answered(yes: bool) -> None:
            self._focus_start()
            (self.resume_requested if yes else self.discard_requested).emit()
            if anew and not yes:
                self.request_start()

        self.show_today()
        no = _("Start over") if anew else _("Discard")
        keys = _("Enter to resume, Space to start over.") if anew else _("Enter to resume, Space to discard.")
        scale = self._shell.height() / USUAL.height()
        if anew:
            scale = floor_scale(self._shell, self._settings.viewing_distance_m, scale)
        words = title, f"{detail} {keys}"
        ask_once(self._shell, words, (_("Resume"), no), on_answered, scale, careful=False)

    # The session

    def _on_state(self, state: State) -> None:
        if state in ACTIVE_STATES and self._stack.currentWidget() is not self._pages.get("player"):
            self.show_player()

    def show_player(self) -> None:
        """Show the player: from now on every key and click is its own. Called when the person has asked to start."""
        forget_questions(self)
        self.notice.turn_page()
        for window in QApplication.topLevelWidgets():
            is_modal = window.isModal() or window.windowType() is Qt.WindowType.Popup
            if window.isVisible() and is_modal:
                window.close()  # a menu or a dialog that was left open
        self._stack.setCurrentWidget(self._player())
        self._player().setFocus(Qt.FocusReason.OtherFocusReason)
        self._place_notice()

    def _on_ended(self, outcome: Outcome) -> None:
        if self.window().isFullScreen():
            self.set_fullscreen(False)
        page = self.progress.finish
        held = self._session.held
        if held is not None:
            # A rehearsal isn't a real session, and without a whole hold there is nothing to ask about.
            ask = self._settings.progress.ask_pain and self._session.rate == 1 and held.anything_whole
            page.show_held(held, finished=outcome is Outcome.FINISHED, ask=ask)
        self._show_content(page)
        page.focus_first()
        self.progress.background_requested.emit()
        if self.closing:
            self.window().close()

    def _start_fullscreen(self) -> None:
        self.set_fullscreen(True)
        self.request_start()

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The player gets all keys while it is shown; otherwise those that no widget takes have a meaning here."""
        command = command_for(event)
        if matches(event, QUIT):
            self._quit()
        elif self._stack.currentWidget() is not self._shell:
            self._player().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.HelpContents):
            self._choose(_HELP)
        elif matches(event, SETTINGS) and not self.is_introducing:
            self._choose(_SETTINGS)
        elif command is KeyCommand.LEAVE and self.window().isFullScreen():
            self.set_fullscreen(False)
        elif command is KeyCommand.LEAVE and isinstance(page := self._content.currentWidget(), Page):
            page.leave()
        elif command is KeyCommand.FULLSCREEN and self._starts_by_key:
            self._start_fullscreen()
        else:
            super().keyPressEvent(event)

    @property
    def _starts_by_key(self) -> bool:
        """Whether a key may start a session: not where it may have been meant as an answer."""
        page = self._content.currentWidget()
        return not (isinstance(page, Page) and page.takes_answers)

    def may_close(self) -> bool:
        """During a session, ask first: closing would end it."""
        if self._session.state not in ACTIVE_STATES:
            return True
        self.closing = True
        self.show_player()
        self._player().question.answered.connect(self._on_answered, Qt.ConnectionType.SingleShotConnection)
        self._player().ask_to_stop()
        return False

    def _quit(self) -> None:
        self.quit_requested.emit()
        self.window().close()

    def _on_answered(self, yes: bool) -> None:
        self.closing = self.closing and yes
        if not yes:
            self.closing_refused.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_navigation()
        self._place_notice()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the system font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_navigation()
            for page in self.findChildren(Page):
                page.rescale()

    def _place_notice(self) -> None:
        """Put the notice over what scrolls on a page, which leaves its title and buttons, or before the player."""
        is_over = self._stack.currentWidget() is self._shell
        left = self._navigation.width() if is_over and not self._navigation.isHidden() else 0
        edge = _NOTICE_EDGE if is_over else 0
        width = self.width() - left - 2 * edge
        height = self.notice.heightForWidth(width)
        page = self._content.currentWidget()
        lowest = self._floor_of(page) if is_over and isinstance(page, Page) else height
        place = QRect(left + edge, max(edge, lowest - edge - height), width, height)
        self.notice.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))
        self.notice.raise_()
        before = 0 if is_over or self.notice.isHidden() else height
        self._down.setContentsMargins(0, before, 0, 0)

    def _floor_of(self, page: Page) -> int:
        """How far down a notice may be: to where what scrolls on a page ends, above the buttons."""
        layout = page.layout()
        if layout is not None:
            layout.activate()
        return page.mapTo(self, QPoint(0, page.floor)).y()

    def _fit_navigation(self) -> None:
        scale = min(self.width() / USUAL.width(), self.height() / USUAL.height())
        self._navigation.fit(min(max(scale, 0.85), 3.0), self.size())
