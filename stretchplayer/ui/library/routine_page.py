"""The page of a routine: its exercises in the person's order, what is to be heeded, and when it is theirs."""

from collections.abc import Callable, Iterable, Mapping
from itertools import count
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QPushButton

from stretchplayer.figure.pose import Pose
from stretchplayer.i18n import _, ngettext
from stretchplayer.routine import phrases
from stretchplayer.routine.routine import Routine
from stretchplayer.routine.timeline import Timeline
from stretchplayer.settings import Settings
from stretchplayer.ui.library.exercise_list import ExerciseList
from stretchplayer.ui.library.exercise_page import TitledText
from stretchplayer.ui.library.personal_routine import PersonalRoutine
from stretchplayer.ui.pages.page import Page, ScrollingArea
from stretchplayer.ui.text import exercise as words
from stretchplayer.ui.text.durations import duration
from stretchplayer.ui.text.library import how_often
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import keep_room, refill, spaced
from stretchplayer.ui.widgets.boxes import fill, hbox, turn, vbox, width_of
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.form_card import FormCard
from stretchplayer.ui.widgets.label import plain_label
from stretchplayer.ui.widgets.switch import Switch

_LIST_SHARE: Final = 0.6
"""The part of the width that the exercises have beside the rest."""
_NARROW: Final = 600
"""Below this width, in design px, all is in one column."""


class RoutinePage(Page):
    start_requested = Signal()
    exercise_requested = Signal(str)
    """The id of the exercise in the file, as below."""
    moved = Signal(str, int)
    """The exercise, and its new place, from 0."""
    mornings_chosen = Signal(bool)
    evenings_chosen = Signal(bool)
    reset_requested = Signal()
    print_requested = Signal()
    save_requested = Signal()

    def __init__(self, poses: Mapping[str, Pose]) -> None:
        super().__init__()
        self._shown_id = ""
        self._title = plain_label("", wrap=True, px=26, weight=QFont.Weight.Bold)
        self._facts = plain_label("", wrap=True, role=theme.MUTED, px=16)
        self._own = plain_label(words.own_dose(), px=16, role=theme.MOVEMENT, weight=QFont.Weight.DemiBold)
        self._reset = WideButton(words.back_to_routine(), clicked=self.reset_requested)
        for part in (self._own, self._reset):
            keep_room(part)
        self.list = ExerciseList(poses)
        self._start = WideButton(_("Start"), self, clicked=self.start_requested, accent=True, px=20)
        self._print = WideButton(_("Print…"), self, clicked=self.print_requested, px=16)
        self._save = WideButton(_("Save as PDF…"), self, clicked=self.save_requested, px=16)
        self._back = WideButton(_("Back"), self, clicked=self.closed, px=16)
        self._when = FormCard(_("Mornings and evenings"))
        self.mornings = Switch(_("My routine for mornings"))
        self.evenings = Switch(_("My routine for evenings"))
        for switch in (self.mornings, self.evenings):
            self._when.add_whole_row(switch)
        self.mornings.clicked.connect(self.mornings_chosen)
        self.evenings.clicked.connect(self.evenings_chosen)
        self.list.opened.connect(self.exercise_requested)
        self.list.moved.connect(self.moved)
        self._lay_out()

    def _lay_out(self) -> None:
        self._head = hbox((self._title, 1), self._own, self._reset)
        order = plain_label(
            _("Drag an exercise to move it, or use Alt with the arrow keys."), wrap=True, role=theme.MUTED, px=14
        )
        self._notes = vbox()
        self._middle = hbox(vbox(self.list, order, 1, gap=10), vbox(self._when, self._notes, 1), gap=20)
        self._buttons = spaced(QGridLayout(), 12)
        self._scroller = ScrollingArea(vbox(self._head, self._facts, self._middle, 1), _("Routine"))
        fill(self.column, (self._scroller, 1), self._buttons)

    def show_routine(
        self, personal: PersonalRoutine, timeline_of: Callable[[Routine], Timeline], settings: Settings
    ) -> None:
        """Show it; `timeline_of` says how a routine would be played now."""
        routine, differs = personal.routine, personal.differs
        if routine.id != self._shown_id:
            self._shown_id = routine.id
            self._scroller.verticalScrollBar().setValue(0)
        self._title.setText(routine.title)
        self._facts.setText(self._facts_of(timeline_of(personal.dosed)))
        self._own.setVisible(differs)
        self._reset.setVisible(differs)
        numbers = count(1)
        self.list.show_exercises(
            (None if own.dose.left_out else next(numbers), own, timeline_of(personal.alone(own)))
            for own in personal.exercises
        )
        self.mornings.setChecked(settings.mornings == routine.id)
        self.evenings.setChecked(settings.evenings == routine.id)
        texts = (
            (_("Check this first"), routine.caution), (_("What it's for"), routine.description),
            (_("Where it comes from"), routine.source), (_("Written by"), routine.author),
        )  # fmt: skip
        refill(self._notes, [TitledText(title, text, edged=text == routine.caution) for title, text in texts if text])
        self.rescale()

    @staticmethod
    def _facts_of(timeline: Timeline) -> str:
        routine = timeline.routine
        number = len(routine.played)
        parts = [
            duration(timeline.total_ms),
            ngettext("{count} exercise", "{count} exercises", number).format(count=number),
            *filter(None, [how_often(routine)]),
            *dict.fromkeys(words.position(exercise) for exercise in routine.played),
        ]
        if routine.equipment:
            parts.append(_("have {things} at hand").format(things=phrases.listing(routine.equipment)))
        return " · ".join(parts)

    def focus_start(self) -> None:
        self._start.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_exercise(self, exercise_id: str) -> None:
        self.list.cards[exercise_id].setFocus(Qt.FocusReason.BacktabFocusReason)

    def arrange(self, scale: float) -> None:
        """Put the rest beside the exercises, or below them where the page is tall or narrow."""
        buttons: tuple[QPushButton, ...] = (self._start, self._print, self._save, self._back)
        needed = sum(button.sizeHint().width() + self._buttons.horizontalSpacing() for button in buttons)
        self._place(buttons, len(buttons) if needed <= self.room else 2)
        is_below = self.width() < self.height() or self.room < _NARROW * scale
        turn(self._middle, down=is_below)
        title = self._title.fontMetrics().horizontalAdvance(self._title.text())
        turn(self._head, down=title + width_of(self._head, self._own, self._reset) > self.room)
        self._middle.setStretch(0, 0 if is_below else round(100 * _LIST_SHARE))
        self._middle.setStretch(1, 0 if is_below else round(100 * (1 - _LIST_SHARE)))

    def _place(self, buttons: Iterable[QPushButton], columns: int) -> None:
        for place, button in enumerate(buttons):
            self._buttons.addWidget(button, place // columns, place % columns)
        for column in range(5):
            self._buttons.setColumnStretch(column, int(column == columns))
