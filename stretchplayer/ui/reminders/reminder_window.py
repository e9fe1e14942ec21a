"""The program's own reminder: a small corner window with Start, Snooze and Skip."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QCloseEvent, QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QWidget

from stretchplayer.figure.pose import Pose
from stretchplayer.i18n import _
from stretchplayer.reminders.slots import SlotView
from stretchplayer.reminders.snooze import SNOOZE_CHOICES_MIN, USUAL_SNOOZE_MIN
from stretchplayer.routine import phrases
from stretchplayer.routine.routine import preview_pose
from stretchplayer.routine.timeline import Timeline
from stretchplayer.ui.figure.widget import Figure
from stretchplayer.ui.reminders.corner_window import CornerWindow
from stretchplayer.ui.text.reminder import reminder_facts
from stretchplayer.ui.text.slots import (
    another_routine,
    invitation,
    mark_label,
    skip_label,
    skip_today,
    snooze_label,
)
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import at_least, fixed, spaced
from stretchplayer.ui.widgets.boxes import fill, hbox, vbox
from stretchplayer.ui.widgets.buttons import MoreButton, WideButton
from stretchplayer.ui.widgets.label import plain_label

OTHER_SNOOZES_MIN: Final = tuple(minutes for minutes in SNOOZE_CHOICES_MIN if minutes != USUAL_SNOOZE_MIN)


def _answer(words: str, parent: QWidget, clicked: Callable[[], None] | SignalInstance) -> WideButton:
    return at_least(WideButton(words, parent, clicked=clicked, px=16), 0, 46)


class ReminderWindow(CornerWindow):
    """Stays until it is answered, the slot is settled, or a session starts."""

    start_requested = Signal()
    snooze_requested = Signal(object)
    """Minutes, or None for until the person is back."""
    skip_requested = Signal()
    not_today_requested = Signal()
    done_requested = Signal()
    """The person says that they did it already."""
    library_requested = Signal()
    """The person wants to choose another routine."""

    def __init__(self, poses: Mapping[str, Pose]) -> None:
        super().__init__()
        self.setWindowTitle(_("Time to exercise"))
        self._figure = fixed(Figure(poses), 118, 88)
        self._title = plain_label("", wrap=True, px=20, weight=QFont.Weight.Bold)
        self._facts = plain_label("", wrap=True, role=theme.MUTED)
        self._equipment = plain_label("", wrap=True, role=theme.MUTED)
        start = WideButton(_("Start"), self, clicked=self.start_requested, accent=True, px=16)
        self._start = at_least(start, 100, 46)
        self._snooze = self._snooze_button(USUAL_SNOOZE_MIN, self)
        self._more = fixed(MoreButton(_("Other answers"), self), 38, 46)
        self._more.clicked.connect(self._toggle_others)
        self._skip = _answer("", self, self.skip_requested)
        self._others = self._make_others()
        self._lay_out()

    def _snooze_button(self, minutes: int | None, parent: QWidget) -> WideButton:
        words = _("When I'm back") if minutes is None else snooze_label(minutes)
        return _answer(words, parent, partial(self.snooze_requested.emit, minutes))

    def _make_others(self) -> QWidget:
        others = QWidget()
        grid = spaced(QGridLayout(others), 6)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, minutes in enumerate((*OTHER_SNOOZES_MIN, None)):
            grid.addWidget(self._snooze_button(minutes, others), place // 2, place % 2)
        done = _answer(mark_label(done=True), others, self.done_requested)
        grid.addWidget(_answer(another_routine(), others, self.library_requested), grid.rowCount(), 0, 1, 2)
        row = grid.rowCount()
        grid.addWidget(done, row, 0)
        grid.addWidget(_answer(skip_today(), others, self.not_today_requested), row, 1)
        # The window has no focus of its own, so without this Esc would leave the page that has.
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), others, self._toggle_others)
        escape.setContext(Qt.ShortcutContext.ApplicationShortcut)
        others.hide()
        return others

    def _lay_out(self) -> None:
        words = vbox(1, self._title, self._facts, self._equipment, 1, gap=2)
        buttons = hbox((self._start, 3), (self._snooze, 2), self._more, (self._skip, 2), gap=6)
        fill(self.column, hbox(self._figure, (words, 1), gap=16), buttons)

    def largest_size(self) -> QSize:
        """With the other answers."""
        hidden = self._others.isHidden()
        self._others.show()
        size = self.sizeHint()
        self._others.setHidden(hidden)
        return size

    def invite(self, view: SlotView, timeline: Timeline | None) -> None:
        """Remind of this slot, in which this timeline would be played; None if it can't be read."""
        at, facts = view.slot.at, reminder_facts(view, timeline)
        equipment = () if timeline is None else timeline.routine.equipment
        self._title.setText(invitation(at))
        self._skip.setText(skip_label(at))
        self._facts.setText(" · ".join(facts))
        self._equipment.setVisible(bool(equipment))
        self._equipment.clear()
        if equipment:
            things = phrases.listing(equipment)
            self._equipment.setText(_("Have {things} at hand").format(things=things))
        self.setAccessibleName(". ".join(filter(None, (self._title.text(), *facts, self._equipment.text()))))
        self._figure.setVisible(timeline is not None)
        if timeline is not None:
            last = timeline.routine.played[-1]
            side = timeline.pictured_side(last.id)
            self._figure.show_movement(None, preview_pose(last), side=side, progress=1, instead=last)
        if not self.isVisible():
            self._others.hide()
            # Nothing under the pointer may move when they appear: they do so on the side to which the window grows.
            self.column.insertWidget(1 if self.grows_up else 2, self._others)
        self.come_up()

    def _toggle_others(self) -> None:
        self._others.setVisible(self._others.isHidden())
        self.fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the window snoozes the reminder."""
        super().closeEvent(event)
        if event.spontaneous():
            self.snooze_requested.emit(USUAL_SNOOZE_MIN)
