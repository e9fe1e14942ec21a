"""The page of an exercise: its movement over and over, what is said for it, what it is for, and the person's dose."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from stretchplayer.figure.pose import Pose
from stretchplayer.figure.side import Side
from stretchplayer.i18n import _
from stretchplayer.routine import phrases
from stretchplayer.routine.dose import Dose
from stretchplayer.routine.routine import Exercise, Routine, SideMode
from stretchplayer.routine.timeline import Timeline
from stretchplayer.ui.library.dose_card import DoseCard
from stretchplayer.ui.library.personal_routine import OwnExercise, PersonalRoutine
from stretchplayer.ui.pages.page import Page, ScrollingArea
from stretchplayer.ui.player.figure_loop import FigureLoop
from stretchplayer.ui.text import exercise as words
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import at_least, keep_room, refill
from stretchplayer.ui.theme.style import draw_rounded
from stretchplayer.ui.widgets.boxes import fill, hbox, turn, vbox, width_of
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.label import plain_label
from stretchplayer.ui.widgets.panel import Panel

_STAGE_SHARE: Final = 0.5
"""The part of the width that the figure has beside the dose."""
_NARROW: Final = 560
"""Below this width, in design px, all is in one column."""
_EDGE: Final = 16
_HIGHEST_STAGE: Final = 0.42
"""The figure takes at most this share of the page's height, so that the steps below it are seen, too."""
_LEAST_STAGE: Final = 165


def _usual_hold_s(
    personal: PersonalRoutine, own: OwnExercise, timeline_of: Callable[[Routine], Timeline]
) -> float | None:
    """How long it is held unless the person chose its hold, as the settings or the routine say; None if not timed."""
    name = own.exercise.id
    usual = replace(personal, own=personal.with_dose(name, replace(own.dose, hold_s=None)))
    timeline = timeline_of(usual.alone(usual.find(name)))
    return next((hold.duration_ms / 1000 for hold in timeline.holds() if not hold.breaths), None)


class _Step(QWidget):
    """A sentence with its number, on a plate while the figure does it."""

    def __init__(self, number: int, sentence: str) -> None:
        super().__init__()
        self._current = False
        numeral = (plain_label(str(number), role=theme.MUTED, px=16), Qt.AlignmentFlag.AlignTop)
        hbox(numeral, (plain_label(sentence, wrap=True, px=16), 1), gap=10, margins=(10, 5, 10, 5), on=self)

    def set_current(self, current: bool) -> None:
        if current != self._current:
            self._current = current
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._current:
            draw_rounded(QPainter(self), QRectF(self.rect()), self.palette().color(theme.RAISED), 10)


class TitledText(Panel):
    """A sentence or two under what they are about."""

    def __init__(self, title: str, text: str, *, edged: bool = False) -> None:
        super().__init__()
        self.edged = edged
        above = plain_label(title, wrap=True, px=15, weight=QFont.Weight.DemiBold)
        below = plain_label(text, wrap=True, px=15, role=theme.MUTED)
        vbox(above, below, gap=4, margins=(20, 12, 20, 14), on=self)


class ExercisePage(Page):
    start_requested = Signal()
    """Start the routine with this exercise."""
    only_requested = Signal()
    dose_changed = Signal(Dose)
    reset_requested = Signal()

    def __init__(
        self,
        personal: PersonalRoutine,
        exercise: Exercise,
        timeline_of: Callable[[Routine], Timeline],
        poses: Mapping[str, Pose],
        *,
        reduced_motion: bool,
    ) -> None:
        """`exercise` is as in the file; `timeline_of` says how a routine would be played."""
        super().__init__()
        self._exercise = exercise
        self._timeline_of = timeline_of
        self._poses = poses
        self._side: Side | None = None
        self._lines: list[_Step] = []
        self._title = plain_label("", wrap=True, px=26, weight=QFont.Weight.Bold)
        self._facts = plain_label("", wrap=True, role=theme.MUTED, px=16)
        self._own = plain_label(words.own_dose(), px=16, role=theme.MOVEMENT, weight=QFont.Weight.DemiBold)
        self._figure = at_least(FigureLoop(poses), 160, 100)
        self._figure.set_reduced_motion(reduced_motion)
        self._figure.step_shown.connect(self._mark_step)
        self._start = WideButton(_("Start here"), self, clicked=self.start_requested, accent=True, px=20)
        self._only = WideButton(_("Only this one"), self, clicked=self.only_requested, px=16)
        self._back = WideButton(_("Back"), self, clicked=self.closed, px=16)
        self._other_side = WideButton("", self, clicked=self._turn, px=16)
        self.dose = DoseCard(personal.routine, exercise)
        self.dose.dose_changed.connect(self.dose_changed)
        self.dose.reset_requested.connect(self.reset_requested)
        self._lay_out()
        self.show_dose(personal)

    def _lay_out(self) -> None:
        self._stage = Panel()
        vbox(self._figure, margins=(_EDGE,) * 4, on=self._stage)
        self._steps = vbox(gap=2)
        self._about = vbox()
        movement = vbox(self._stage, (self._other_side, Qt.AlignmentFlag.AlignLeft), self._steps, 1, gap=10)
        self._middle = hbox(movement, vbox(self.dose, self._about, 1), gap=20)
        keep_room(self._own)
        if self._exercise.sides is not SideMode.NONE:
            keep_room(self._other_side)
        body = vbox(vbox(self._title, self._facts, self._own, gap=2), self._middle, 1)
        self._buttons = hbox(self._start, self._only, self._back, 1)
        fill(self.column, (ScrollingArea(body, _("Exercise")), 1), self._buttons)

    def show_dose(self, personal: PersonalRoutine) -> None:
        """Show the exercise at its present dose."""
        own, place = personal.find(self._exercise.id), personal.place_of(self._exercise.id)
        self._timeline = self._timeline_of(personal.alone(own))
        self._title.setText(words.numbered(None if place is None else place + 1, own.played))
        self._facts.setText(words.facts(self._timeline, 0))
        self._own.setText(words.left_out() if own.dose.left_out else words.own_dose())
        self._own.setVisible(own.differs)
        self._start.setEnabled(place is not None)
        usual_hold_s = _usual_hold_s(personal, own, self._timeline_of)
        self.dose.show_dose(own, usual_hold_s=usual_hold_s, may_leave_out=len(personal.dosed.played) > 1)
        refill(self._about, self._notes(own.played, personal.routine.caution))
        sides = self._timeline.sides_of(0)
        self._show_side(self._side if self._side in sides else sides[0])

    def _notes(self, exercise: Exercise, caution: str) -> list[QWidget]:
        """What there is to say about the exercise, on one card."""
        parts = (
            (_("Check this first"), caution), (_("What it's for"), exercise.why),
            (_("What you should feel"), exercise.feel), (_("What to avoid"), exercise.avoid),
        )  # fmt: skip
        return [TitledText(title, text, edged=text == caution) for title, text in parts if text]

    def _show_side(self, side: Side | None) -> None:
        timeline = self._timeline
        exercise = timeline.routine.exercises[0]
        self._side = side
        self._other_side.setVisible(side is not None and len(timeline.sides_of(0)) > 1)
        if side is not None:
            self._other_side.setText(words.show_side(side.other, exercise))
        sentences = (phrases.setup(exercise), *words.spoken_steps(timeline, 0, side))
        self._lines = [_Step(number, sentence) for number, sentence in enumerate(sentences, start=1)]
        refill(self._steps, self._lines)
        phases = timeline.steps_of(0, side)
        self._stage.setVisible(exercise.picture_path != "" or any(phase.pose in self._poses for phase in phases))
        self._figure.show_steps(timeline, phases)
        self.rescale()

    def _turn(self) -> None:
        if self._side is not None:
            self._show_side(self._side.other)

    def _mark_step(self, step: int) -> None:
        for place, line in enumerate(self._lines, start=-1):
            line.set_current(place == step)

    def focus_start(self) -> None:
        (self._start if self._start.isEnabled() else self._only).setFocus(Qt.FocusReason.OtherFocusReason)

    def arrange(self, scale: float) -> None:
        """Put the dose beside the figure, or below it where the page is tall or narrow."""
        turn(self._buttons, down=width_of(self._buttons, self._start, self._only, self._back) > self.room)
        is_below = self.width() < self.height() or self.room < _NARROW * scale
        turn(self._middle, down=is_below)
        share = 1.0 if is_below else _STAGE_SHARE
        self._middle.setStretch(0, 0 if is_below else round(100 * share))
        self._middle.setStretch(1, 0 if is_below else round(100 * (1 - share)))
        self.dose.arrange((1.0 if is_below else 1 - share) * self.room / scale)
        edges = 2 * _EDGE * scale
        height = (share * self.room - edges) / self._figure.aspect + edges
        most = max(_HIGHEST_STAGE * self.height(), _LEAST_STAGE * scale)
        self._stage.setFixedHeight(round(min(height, most)))
