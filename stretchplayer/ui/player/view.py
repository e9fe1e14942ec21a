"""The player view: figure, instruction, steps, ring and progress, in a window or full screen."""

from collections.abc import Callable, Mapping
from functools import partial
from math import ceil
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from stretchplayer.figure.pose import Pose
from stretchplayer.i18n import _
from stretchplayer.player.session import Session
from stretchplayer.player.statechart import ACTIVE_STATES, PHASE_STATES, State
from stretchplayer.routine.timeline import Phase, Timeline
from stretchplayer.settings import Settings
from stretchplayer.ui.figure.widget import Figure
from stretchplayer.ui.player.announcements import Announcements
from stretchplayer.ui.player.controls import PlayerControls
from stretchplayer.ui.player.figure_animator import FigureAnimator
from stretchplayer.ui.player.fullscreen_layout import arrange_follow_along
from stretchplayer.ui.player.keymap import KeyCommand, command_for
from stretchplayer.ui.player.layout import Arrangement, arrange_window
from stretchplayer.ui.player.leg_chip import LegChip
from stretchplayer.ui.player.ring import Ring
from stretchplayer.ui.player.session_bar import SessionBar
from stretchplayer.ui.player.steps import SMALLEST_PX, StepList
from stretchplayer.ui.text import player as player_words
from stretchplayer.ui.text.text_fitting import first_fitting, in_parts, part_at
from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.legibility import TextSizes, font_px, screen_px_per_mm, text_sizes_for
from stretchplayer.ui.theme.scaling import system_font_scale
from stretchplayer.ui.widgets.fit_label import FitLabel
from stretchplayer.ui.widgets.question import Question

FADE_AFTER_MS: Final = 3_000
_WORDS_EVERY_MS: Final = 500
"""Text changes with the second, and half-way through a hold."""


class PlayerView(QWidget):
    toggle_requested = Signal()
    pause_requested = Signal()
    next_requested = Signal()
    back_requested = Signal()
    restart_side_requested = Signal()
    skip_stretch_requested = Signal()
    stop_requested = Signal()
    decline_requested = Signal()
    fullscreen_requested = Signal(bool)

    def __init__(self, session: Session, icons: Path, poses: Mapping[str, Pose], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._follow_along = False
        self._distance_m = Settings().viewing_distance_m
        self._needed: TextSizes | None = None
        """The text sizes in full screen; None in a window."""
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
        self._hint = FitLabel(self, role=theme.MUTED)
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
            "hint": self._hint,
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
        """Switch between the full-screen layout (light on dark, essentials only) and the window's."""
        self._follow_along = on
        # An empty palette inherits the application's, including later changes.
        self.setPalette(theme.palette(theme.DARK) if on else QPalette())
        self.setAutoFillBackground(on)
        self._controls.set_fullscreen(on)
        self._arrange()
        self._show_controls()

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
        self.question.ask(
            _("Stop the session here?"),
            _("You have held {time} so far. Press Enter to stop, Space to resume.").format(time=held),
            self._arrangement().scale,
        )

    # Facts

    def _refresh(self, _fact: object = None) -> None:
        phase, timeline = self._session.phase, self._session.timeline
        if phase is None or timeline is None or self._session.state not in ACTIVE_STATES:
            return
        stretch = timeline.routine.stretch(phase.stretch)
        self._show_words(timeline, phase)
        self._segments.show_timeline(timeline)
        self._leg.set_text(player_words.leg(stretch, phase))
        self._steps.show_lines(player_words.steps(timeline, phase))
        self._hint.set_text(player_words.hint(self._session.state))
        self._controls.show_state(self._session.state)
        self._described = ()
        self._refresh_time()

    def _show_words(self, timeline: Timeline, phase: Phase) -> None:
        """Show instruction, next step and title; in full screen, as much as is legible."""
        title = timeline.routine.stretch(phase.stretch).title
        count = len(timeline.routine.stretches)
        of = _("{number} of {count}").format(number=phase.ordinal + 1, count=count)
        instruction = player_words.instruction(self._session)
        titles = [f"{title}  ·  {of}", title, of]
        coming = [player_words.what_comes(timeline, phase)]
        if self._follow_along:
            if self._session.state in player_words.HALTED_STATES:
                coming = [player_words.hint(self._session.state)]
            else:
                coming.append(player_words.what_comes_briefly(timeline, phase))
        needed = self._needed
        essential = needed.essential if needed else None
        self._parts = in_parts(instruction, self._readable(self._instruction, needed.instruction if needed else None))
        self._title.set_text(first_fitting(titles, self._readable(self._title, essential)))
        self._next.set_text(first_fitting(coming, self._readable(self._next, essential)))
        self._show_part()

    def _show_part(self) -> None:
        phase = self._session.phase
        length_ms = phase.duration_ms if phase else 0
        progress = 1 - self._session.phase_left_ms / length_ms if length_ms else 0.0
        self._instruction.set_text(part_at(self._parts, progress))

    def _letters(self) -> TextSizes:
        return text_sizes_for(screen_px_per_mm(self.screen()), self._distance_m, self.font())

    @staticmethod
    def _readable(label: FitLabel, cap_height: float | None) -> Callable[[str], bool]:
        """Whether a text fits into the label at this cap height; without one, any text does."""
        return lambda text: cap_height is None or label.fits_with(text, cap_height)

    def _refresh_time(self) -> None:
        session = self._session
        left_ms, phase = session.phase_left_ms, session.phase
        self._show.refresh()
        self._segments.show_position(session.position_ms)
        described = (phase, session.state, ceil(left_ms / _WORDS_EVERY_MS), ceil(session.left_ms / 1000))
        if described == self._described and session.state in PHASE_STATES and phase is not None:
            self.ring.show_left(left_ms / max(phase.duration_ms, 1))
        else:
            self._described = described
            self._refresh_words()

    def _refresh_words(self) -> None:
        """Update the text that changes with time; seldom, because it costs more than moving the ring's end."""
        self.ring.show_face(player_words.face(self._session))
        self._announcements.refresh()
        left = player_words.duration(self._session.left_ms)
        if left != self._left:
            self._left = left
            words = [_("{time} left").format(time=left), left]
            essential = self._needed.essential if self._needed else None
            self._time_left.set_text(first_fitting(words, self._readable(self._time_left, essential)))
        self._show_part()

    # Commands

    def _connect_controls(self) -> None:
        controls = self._controls
        controls.toggle.clicked.connect(self.toggle_requested)
        controls.next.clicked.connect(self.next_requested)
        controls.back.clicked.connect(self.back_requested)
        controls.restart_side.clicked.connect(self.restart_side_requested)
        controls.skip_stretch.clicked.connect(self.skip_stretch_requested)
        controls.stop.clicked.connect(self.ask_to_stop)
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

    def _arrangement(self) -> Arrangement:
        if self._follow_along:
            place = arrange_follow_along(self.width(), self.height(), self._letters())
        else:
            place = arrange_window(self.width(), self.height())
        return place.mirrored(self.rect()) if self.isRightToLeft() else place

    def _arrange(self) -> None:
        place = self._arrangement()
        scale = place.scale
        letters = place.letters
        wanted = self._letters() if letters else None
        self._needed = letters if letters and wanted and letters.instruction < wanted.instruction else wanted
        self._left = ""
        larger = 1.0 if letters else system_font_scale()
        essential = font_px(self.font(), letters.essential) if letters else 0
        title = font_px(self.font(), letters.essential, QFont.Weight.DemiBold) if letters else 0
        instruction = font_px(self.font(), letters.instruction, QFont.Weight.DemiBold) if letters else 0
        for label, pixels in (
            (self._title, title or 21.0 * scale),
            (self._time_left, essential or 20.0 * scale),
            (self._instruction, instruction or 28.0 * scale),
            (self._next, essential or 18.0 * scale),
            (self._hint, 16.0 * scale),
        ):
            label.set_max_px(max(13.0, pixels) * larger)
        self._next.set_max_lines(2 if letters and self.height() > self.width() else 1)
        self.ring.set_text_sizes(letters)
        self._steps.set_max_px(max(13.0, 19 * scale) * larger, SMALLEST_PX * larger)
        for name, widget in self._placed.items():
            rect: QRect = getattr(place, name)
            widget.setGeometry(rect)
            widget.setVisible(not rect.isEmpty())
        self._controls.arrange(place.controls, place.corner_controls, scale, over=place.next if letters else None)
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
            KeyCommand.SKIP_STRETCH: self.skip_stretch_requested.emit,
            KeyCommand.LEAVE: self._leave,
            KeyCommand.STOP: self.ask_to_stop,
            KeyCommand.FULLSCREEN: lambda: self.fullscreen_requested.emit(not self._follow_along),
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
