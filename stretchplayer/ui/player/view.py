"""The player view: figure, ring, instruction and what comes next, in a window or full screen."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from math import ceil
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from stretchplayer.figure.breath import breath_at
from stretchplayer.figure.pose import Pose
from stretchplayer.i18n import _
from stretchplayer.player.session import Session
from stretchplayer.player.state import ACTIVE_STATES, PHASE_STATES, State
from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline
from stretchplayer.settings import Settings
from stretchplayer.ui.figure.widget import Figure
from stretchplayer.ui.player.announcements import Announcements
from stretchplayer.ui.player.controls import PlayerControls
from stretchplayer.ui.player.figure_animator import FigureAnimator
from stretchplayer.ui.player.keymap import KeyCommand, command_for
from stretchplayer.ui.player.layout import arrange, scale_of, window_sizes
from stretchplayer.ui.player.leg_chip import LegChip
from stretchplayer.ui.player.ring import Ring
from stretchplayer.ui.player.session_bar import SessionBar
from stretchplayer.ui.player.steps import SMALLEST_PX, StepList
from stretchplayer.ui.text import player as player_words
from stretchplayer.ui.text.durations import duration
from stretchplayer.ui.text.exercise import own_dose
from stretchplayer.ui.text.text_fitting import first_fitting, in_parts, part_at
from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.contrast import has_contrast_theme
from stretchplayer.ui.theme.legibility import NO_DISTANCE, TextSizes, font_px, screen_px_per_mm, text_sizes_for
from stretchplayer.ui.theme.scaling import system_font_scale
from stretchplayer.ui.widgets.fit_label import FitLabel
from stretchplayer.ui.widgets.question import Question, floor_scale

FADE_AFTER_MS: Final = 3_000


def _breath(phase: Phase, position_ms: float) -> float:
    """How full the chest is, 0 to 1."""
    if phase.breaths:
        into_ms = position_ms - phase.breathing_ms
        return breath_at(into_ms, phase.breath_ms) if 0 <= into_ms < phase.breaths * phase.breath_ms else 0.0
    return breath_at(position_ms - phase.start_ms) if phase.kind is PhaseKind.HOLD else 0.0


class PlayerView(QWidget):
    toggle_requested = Signal()
    pause_requested = Signal()
    next_requested = Signal()
    back_requested = Signal()
    restart_side_requested = Signal()
    skip_exercise_requested = Signal()
    stop_requested = Signal()
    decline_requested = Signal()
    fullscreen_requested = Signal(bool)
    steps_requested = Signal(bool)

    def __init__(self, session: Session, icons: Path, poses: Mapping[str, Pose], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._follow_along = False
        self._distance_m = Settings().viewing_distance_m
        self._needed = NO_DISTANCE
        """The text sizes below which a text is shortened or shown in parts."""
        self._steps_shown = False
        self._left = ""
        self._described: tuple[object, ...] = ()
        """The moment to which the text shown belongs."""
        self._parts: tuple[str, ...] = ("",)
        """The instruction, in parts that are legible from the floor one at a time."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Player"))
        self.setMouseTracking(True)
        self._title = FitLabel(self, weight=QFont.Weight.DemiBold)
        self._segments = SessionBar(self)
        self._time_left = FitLabel(self, role=theme.MUTED, align=Qt.AlignmentFlag.AlignRight)
        self._figure = Figure(poses, self)
        self._show = FigureAnimator(self._figure, session, poses)
        self._leg = LegChip(self)
        self._instruction = FitLabel(self, weight=QFont.Weight.DemiBold, max_lines=2)
        self._steps = StepList(poses, self)
        self._next = FitLabel(self, role=theme.MUTED)
        self.ring = Ring(self)
        self._controls = PlayerControls(icons, self)
        self._placed: dict[str, QWidget] = {
            "title": self._title,
            "segments": self._segments,
            "time_left": self._time_left,
            "figure": self._figure,
            "leg": self._leg,
            "instruction": self._instruction,
            "steps": self._steps,
            "next": self._next,
            "ring": self.ring,
        }
        """The widgets that an `Arrangement` places, by its field names."""
        for name, widget in self._placed.items():
            widget.setObjectName(name)
        self.question = Question(self, yes=_("Stop"), no=_("Resume"))
        self.question.answered.connect(self._on_answered)
        self._connect_controls()
        self._fade = QTimer(self, singleShot=True, interval=FADE_AFTER_MS)
        self._fade.setObjectName("fade")
        self._fade.timeout.connect(self._fade_controls)
        self._click = QTimer(self, singleShot=True)
        self._click.setObjectName("click")
        self._click.timeout.connect(self.toggle_requested)
        self._announcements = Announcements(session, partial(accessible.announce, self.ring))
        session.ticked.connect(self._refresh_time)
        session.phase_started.connect(self._refresh)
        session.state_changed.connect(self._refresh)

    def set_follow_along(self, on: bool) -> None:
        """Switch between full screen (light on dark, read from the floor) and the window."""
        self._follow_along = on
        # An empty palette inherits the application's, including later changes.
        self.setPalette(theme.palette(theme.DARK) if on and not has_contrast_theme() else QPalette())
        self.setAutoFillBackground(on)
        self._controls.set_fullscreen(on)
        self._arrange()
        self._show_controls()

    def set_steps_shown(self, shown: bool) -> None:
        """Show the list of steps in the window."""
        self._steps_shown = shown
        self._controls.show_steps(shown)
        self._arrange()

    def set_viewing_distance(self, metres: float) -> None:
        """Make full-screen text legible from this distance."""
        self._distance_m = metres
        self._arrange()

    def set_reduced_motion(self, reduced: bool) -> None:
        """Show only end poses, and move the ring once a second."""
        self._figure.set_reduced_motion(reduced)
        self.ring.set_reduced_motion(reduced)

    def ask_to_stop(self) -> None:
        self.pause_requested.emit()
        held = player_words.held_summary(self._session.held)
        self._show_controls()
        scale = scale_of(self.width(), self.height())
        self.question.ask(
            _("Stop the session here?"),
            _("You have held {time} so far. Press Enter to stop, Space to resume.").format(time=held),
            floor_scale(self, self._distance_m, scale) if self._follow_along else scale,
        )

    # Facts

    def _refresh(self, _fact: object = None) -> None:
        phase, timeline = self._session.phase, self._session.timeline
        if phase is None or timeline is None or self._session.state not in ACTIVE_STATES:
            return
        exercise = timeline.routine.exercise(phase.exercise)
        self._show_words(timeline, phase)
        self._segments.show_timeline(timeline)
        self._leg.set_text(player_words.leg(exercise, phase))
        self._controls.show_state(self._session.state)
        self._described = ()
        self._refresh_time()

    def _show_words(self, timeline: Timeline, phase: Phase) -> None:
        """Show title, instruction and what comes next, as much as is legible; what the steps say isn't said twice."""
        exercise = timeline.routine.exercise(phase.exercise)
        of = _("{number} of {count}").format(number=phase.ordinal + 1, count=len(timeline.exercises))
        own = own_dose() if exercise.own_dose else ""
        parts = list(filter(None, (exercise.title, of, player_words.set_of(phase), own)))
        titles = ["  ·  ".join(parts[:count]) for count in range(len(parts), 0, -1)] + [of]
        coming = [player_words.coming(self._session), player_words.coming(self._session, briefly=True)]
        if self._lists_steps:
            self._steps.show_lines(player_words.steps(timeline, phase))
            following = timeline.next_of(phase)
            asks = self._session.state in player_words.HALTED_STATES - {State.WAITING}
            if following.step is not None and following.ordinal == phase.ordinal and not asks:
                coming = [""]
        self._parts = in_parts(
            player_words.instruction(self._session),
            lambda text: self._instruction.fits_with(text, self._needed.instruction),
        )
        self._show_first(self._title, titles)
        self._show_first(self._next, coming)
        self._show_part()

    @property
    def _lists_steps(self) -> bool:
        return self._steps_shown and not self._follow_along

    def _show_part(self) -> None:
        phase = self._session.phase
        length_ms = phase.duration_ms if phase else 0
        progress = 1 - self._session.phase_left_ms / length_ms if length_ms else 0.0
        self._instruction.set_text(part_at(self._parts, progress))

    def _show_first(self, label: FitLabel, texts: Sequence[str]) -> None:
        """Show the first text that is legible from afar; in a window, where letters may shrink, the first."""
        if self._follow_along:
            label.set_text(first_fitting(texts, lambda text: label.fits_with(text, self._needed.essential)))
        else:
            label.set_text(texts[0])

    def _refresh_time(self) -> None:
        session = self._session
        phase = session.phase
        if phase is None:
            return
        breath = _breath(phase, session.position_ms)
        self._show.refresh(breath)
        self.ring.show_breath(breath)
        self._segments.show_position(session.position_ms)
        seconds = (ceil(session.phase_left_ms / 1000), ceil(session.left_ms / 1000))
        described = (phase, session.state, *seconds, player_words.breathing(session))
        if described == self._described and session.state in PHASE_STATES:
            self.ring.show_filled(player_words.filled(session))
        else:
            self._described = described
            self._refresh_words()

    def _refresh_words(self) -> None:
        """Update the text that changes with time; seldom, because it costs more than moving the ring's end."""
        self.ring.show_face(player_words.face(self._session))
        self._announcements.refresh()
        left = duration(self._session.left_ms)
        if left != self._left:
            self._left = left
            self._show_first(self._time_left, [_("{time} left").format(time=left), left])
        self._show_part()

    # Commands

    def _connect_controls(self) -> None:
        controls = self._controls
        controls.toggle.clicked.connect(self.toggle_requested)
        controls.next.clicked.connect(self.next_requested)
        controls.back.clicked.connect(self.back_requested)
        controls.restart_side.clicked.connect(self.restart_side_requested)
        controls.skip_exercise.clicked.connect(self.skip_exercise_requested)
        controls.stop.clicked.connect(self.ask_to_stop)
        controls.steps.clicked.connect(lambda: self.steps_requested.emit(not self._steps_shown))
        controls.fullscreen.clicked.connect(lambda: self.fullscreen_requested.emit(not self._follow_along))

    def _on_answered(self, yes: bool) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if yes:
            self.stop_requested.emit()
        elif self._session.state in {State.PAUSED, State.INTERRUPTED}:
            self.toggle_requested.emit()

    def _leave(self) -> None:
        if self._session.state is State.OFFERING:
            self.decline_requested.emit()
        elif self._follow_along:
            self.fullscreen_requested.emit(False)
        else:
            self.ask_to_stop()

    # The pointer

    def _show_controls(self) -> None:
        self._controls.setVisible(True)
        self.unsetCursor()
        if self._follow_along:
            self._fade.start()
        else:
            self._fade.stop()

    def _fade_controls(self) -> None:
        if self._follow_along and not self.question.isVisible():
            if self._controls.has_focus():
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._controls.setVisible(False)
            self.setCursor(Qt.CursorShape.BlankCursor)

    # Layout

    def _wanted(self) -> TextSizes:
        """The text sizes that are legible from the floor or, in a window, suit it and the system's font."""
        floor = text_sizes_for(screen_px_per_mm(self.screen()), self._distance_m, self.font())
        if self._follow_along:
            return floor
        return window_sizes(scale_of(self.width(), self.height()), system_font_scale(), floor.line)

    def _arrange(self) -> None:
        wanted = self._wanted()
        place = arrange(self.width(), self.height(), wanted, fullscreen=self._follow_along, steps=self._lists_steps)
        if self.isRightToLeft():
            place = place.mirrored(self.rect())
        letters = place.letters
        self._needed = letters if letters.instruction < wanted.instruction else wanted
        self._left = ""
        essential = font_px(self.font(), letters.essential)
        for label, pixels in (
            (self._title, font_px(self.font(), letters.essential, QFont.Weight.DemiBold)),
            (self._time_left, essential),
            (self._instruction, font_px(self.font(), letters.instruction, QFont.Weight.DemiBold)),
            (self._next, essential),
        ):
            label.set_max_px(pixels)
        self._next.set_max_lines(2 if self.height() > self.width() else 1)
        self.ring.set_text_sizes(letters)
        self._steps.set_max_px(essential, SMALLEST_PX * system_font_scale())
        for name, widget in self._placed.items():
            rect: QRect = getattr(place, name)
            widget.setGeometry(rect)
            widget.setVisible(not rect.isEmpty())
        self._controls.arrange(place.controls, place.corner_controls, over=place.next)
        self._refresh()

    # Qt

    def event(self, event: QEvent) -> bool:
        """Keep the arrow keys from moving the focus: they move within the session."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and command_for(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Almost any key pauses or resumes. While the question is shown, keys go to it."""
        if self.question.isVisible():
            self.question.keyPressEvent(event)
            return
        command = command_for(event)
        if command is None:
            event.ignore()
            return
        grant: dict[KeyCommand, Callable[[], object]] = {
            KeyCommand.TOGGLE: self.toggle_requested.emit,
            KeyCommand.PAUSE: self.pause_requested.emit,
            KeyCommand.NEXT: self.next_requested.emit,
            KeyCommand.BACK: self.back_requested.emit,
            KeyCommand.RESTART_SIDE: self.restart_side_requested.emit,
            KeyCommand.SKIP_EXERCISE: self.skip_exercise_requested.emit,
            KeyCommand.LEAVE: self._leave,
            KeyCommand.STOP: self.ask_to_stop,
            KeyCommand.FULLSCREEN: lambda: self.fullscreen_requested.emit(not self._follow_along),
            KeyCommand.STEPS: self._controls.steps.click if not self._follow_along else self.toggle_requested.emit,
        }
        grant[command]()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on an empty place pauses or resumes, once it can't become a double click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._click.start(QApplication.doubleClickInterval())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._click.stop()
            self.fullscreen_requested.emit(not self._follow_along)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._show_controls()
        super().mouseMoveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
