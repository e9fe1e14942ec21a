"""The preview of an exercise: its movement over and over, and what is said for it."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from stretchplayer.figure.pose import Pose
from stretchplayer.figure.side import Side
from stretchplayer.i18n import _
from stretchplayer.routine import phrases
from stretchplayer.routine.timeline import Timeline
from stretchplayer.ui.pages.page import Page, ScrollingArea
from stretchplayer.ui.player.figure_loop import FigureLoop
from stretchplayer.ui.text import exercise as words
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import at_least, padded, refill, spaced
from stretchplayer.ui.theme.style import draw_rounded
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.label import plain_label
from stretchplayer.ui.widgets.panel import Panel

_STAGE_SHARE: Final = 0.6
"""The part of the width that the figure has beside the words."""
_NARROW: Final = 500
"""Below this width, in design px, the words are below the figure."""
_LEAST_STAGE: Final = 150
"""The figure's plate is at least this high, in design px, even if the button below it is then out of sight."""
_EDGE: Final = 16


class _Step(QWidget):
    """A sentence with its number, on a plate while the figure does it."""

    def __init__(self, number: int, sentence: str) -> None:
        super().__init__()
        self._current = False
        self._number = plain_label(str(number), role=theme.MUTED, px=17)
        self._sentence = plain_label(sentence, wrap=True, px=17)
        row = padded(spaced(QHBoxLayout(self), 10), 10, 6, 10, 6)
        row.addWidget(self._number, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._sentence, 1)

    def set_current(self, current: bool) -> None:
        if current != self._current:
            self._current = current
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._current:
            draw_rounded(QPainter(self), QRectF(self.rect()), self.palette().color(theme.RAISED), 10)


class PreviewPage(Page):
    start_requested = Signal(int)
    """Start the session with this exercise, counted from 0."""

    def __init__(self, poses: Mapping[str, Pose], *, reduced_motion: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._poses = poses
        self._timeline: Timeline | None = None
        self._ordinal = 0
        self._side: Side | None = None
        self._lines: list[_Step] = []
        self._title = plain_label("", wrap=True, px=26, weight=QFont.Weight.Bold)
        self._facts = plain_label("", wrap=True, role=theme.MUTED, px=16)
        self._figure = at_least(FigureLoop(poses), 160, 100)
        self._figure.set_reduced_motion(reduced_motion)
        self._figure.step_shown.connect(self._mark_step)
        self._start = WideButton(_("Start here"), self, accent=True, px=22)
        self._back = WideButton(_("Back"), self, px=16)
        self._other_side = WideButton("", self, px=16)
        self._start.clicked.connect(self._request_start)
        self._back.clicked.connect(self.closed)
        self._other_side.clicked.connect(self._turn)
        self._lay_out()

    def _lay_out(self) -> None:
        self._stage = Panel()
        padded(QVBoxLayout(self._stage), *[_EDGE] * 4).addWidget(self._figure)
        left = spaced(QVBoxLayout(), 12)
        left.addWidget(self._stage, 1)
        left.addWidget(self._other_side, 0, Qt.AlignmentFlag.AlignLeft)
        left.addStretch()
        self._steps = spaced(QVBoxLayout(), 4)
        self._middle = spaced(QHBoxLayout(), 16)
        self._middle.addLayout(left)
        self._middle.addLayout(self._steps)
        body = QWidget()
        inside = spaced(QVBoxLayout(body), 12)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._title)
        inside.addWidget(self._facts)
        inside.addLayout(self._middle, 1)
        self._buttons = spaced(QHBoxLayout(), 12)
        self._buttons.addWidget(self._start)
        self._buttons.addWidget(self._back)
        self._buttons.addStretch(1)
        self.column.addWidget(ScrollingArea(body, _("Steps")), 1)
        self.column.addLayout(self._buttons)

    def show_exercise(self, timeline: Timeline, ordinal: int) -> None:
        """Show an exercise of this timeline on its first side."""
        self._timeline, self._ordinal = timeline, ordinal
        exercise = timeline.exercises[ordinal]
        self._title.setText(f"{ordinal + 1}  {exercise.title}")
        self._facts.setText(words.facts(timeline, ordinal))
        self._show_side(timeline, timeline.sides_of(ordinal)[0])

    def _show_side(self, timeline: Timeline, side: Side | None) -> None:
        exercise = timeline.exercises[self._ordinal]
        self._side = side
        self._other_side.setVisible(side is not None)
        if side is not None:
            self._other_side.setText(words.show_side(side.other, exercise))
        sentences = (phrases.setup(exercise), *words.spoken_steps(timeline, self._ordinal, side))
        self._lines = [_Step(number, sentence) for number, sentence in enumerate(sentences, start=1)]
        refill(self._steps, self._lines)
        self._steps.addStretch(1)
        phases = timeline.steps_of(self._ordinal, side)
        self._stage.setVisible(any(phase.pose in self._poses for phase in phases))
        self._figure.show_steps(timeline, phases)
        self.rescale()

    def _turn(self) -> None:
        if self._timeline is not None and self._side is not None:
            self._show_side(self._timeline, self._side.other)

    def _mark_step(self, step: int) -> None:
        for place, line in enumerate(self._lines, start=-1):
            line.set_current(place == step)

    def _request_start(self) -> None:
        self.start_requested.emit(self._ordinal)

    def focus_start(self) -> None:
        self._start.setFocus(Qt.FocusReason.OtherFocusReason)

    def arrange(self, scale: float) -> None:
        """Put the words beside the figure, or below it where the page is tall or narrow."""
        below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        needed = sum(button.sizeHint().width() + self._buttons.spacing() for button in (self._start, self._back))
        self._buttons.setDirection(beside if needed <= self.room else below)
        is_below = self.width() < self.height() or self.room < _NARROW * scale
        self._middle.setDirection(below if is_below else beside)
        share = 1.0 if is_below else _STAGE_SHARE
        self._middle.setStretch(0, 0 if is_below else round(100 * share))
        self._middle.setStretch(1, round(100 * (1 - _STAGE_SHARE)))
        edges = 2 * _EDGE * scale
        height = round((share * self.room - edges) / self._figure.aspect + edges)
        if not is_below:
            parts = (self._title, self._facts, self._other_side, self._start)
            others = sum(part.sizeHint().height() + self.column.spacing() for part in parts)
            room = self.height() - 2 * self.column.contentsMargins().top() - others
            height = min(height, max(room, round(_LEAST_STAGE * scale)))
        self._stage.setMaximumHeight(height)
        self._stage.setMinimumHeight(height if is_below else 0)
