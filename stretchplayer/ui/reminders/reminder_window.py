"""The program's own reminder: a small corner window with Start, Snooze and Skip."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from stretchplayer.figure.pose import Pose
from stretchplayer.i18n import _
from stretchplayer.reminders.slots import SlotView
from stretchplayer.reminders.snooze import SNOOZE_CHOICES_MIN, USUAL_SNOOZE_MIN
from stretchplayer.routine import phrases
from stretchplayer.routine.routine import preview_pose
from stretchplayer.routine.timeline import Timeline
from stretchplayer.ui.figure.widget import Figure
from stretchplayer.ui.reminders.corner_window import CornerWindow
from stretchplayer.ui.text.player import duration
from stretchplayer.ui.text.slots import (
    another_routine,
    clock_time,
    invitation,
    mark_label,
    skip_label,
    skip_today,
    snooze_label,
)
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import at_least, fixed, spaced
from stretchplayer.ui.widgets.buttons import MoreButton, WideButton
from stretchplayer.ui.widgets.label import plain_label

OTHER_SNOOZES_MIN: Final = tuple(minutes for minutes in SNOOZE_CHOICES_MIN if minutes != USUAL_SNOOZE_MIN)


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
        self._start = at_least(WideButton(_("Start"), self, accent=True, px=16), 100, 46)
        self._snooze = at_least(WideButton(snooze_label(USUAL_SNOOZE_MIN), self, px=16), 0, 46)
        self._more = fixed(MoreButton(_("Other answers"), self), 38, 46)
        self._skip = at_least(WideButton("", self, px=16), 0, 46)
        self._start.clicked.connect(self.start_requested)
        self._snooze.clicked.connect(partial(self.snooze_requested.emit, USUAL_SNOOZE_MIN))
        self._more.clicked.connect(self._toggle_others)
        self._skip.clicked.connect(self.skip_requested)
        self._others = self._make_others()
        self._lay_out()

    def _make_others(self) -> QWidget:
        others = QWidget()
        grid = spaced(QGridLayout(others), 6)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, minutes in enumerate((*OTHER_SNOOZES_MIN, None)):
            words = _("When I'm back") if minutes is None else snooze_label(minutes)
            button = at_least(WideButton(words, others, px=16), 0, 46)
            button.clicked.connect(partial(self.snooze_requested.emit, minutes))
            grid.addWidget(button, place // 2, place % 2)
        done = at_least(WideButton(mark_label(done=True), others, px=16), 0, 46)
        done.clicked.connect(self.done_requested)
        another = at_least(WideButton(another_routine(), others, px=16), 0, 46)
        another.clicked.connect(self.library_requested)
        grid.addWidget(another, grid.rowCount(), 0, 1, 2)
        today = at_least(WideButton(skip_today(), others, px=16), 0, 46)
        today.clicked.connect(self.not_today_requested)
        row = grid.rowCount()
        grid.addWidget(done, row, 0)
        grid.addWidget(today, row, 1)
        # The window has no focus of its own, so without this Esc would leave the page that has.
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), others, self._toggle_others)
        escape.setContext(Qt.ShortcutContext.ApplicationShortcut)
        others.hide()
        return others

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        for label in (self._title, self._facts, self._equipment):
            words.addWidget(label)
        words.addStretch(1)
        head = spaced(QHBoxLayout(), 16)
        head.addWidget(self._figure)
        head.addLayout(words, 1)
        buttons = spaced(QHBoxLayout(), 6)
        buttons.addWidget(self._start, 3)
        buttons.addWidget(self._snooze, 2)
        buttons.addWidget(self._more)
        buttons.addWidget(self._skip, 2)
        self.column.addLayout(head)
        self.column.addLayout(buttons)

    def largest_size(self) -> QSize:
        """With the other answers."""
        hidden = self._others.isHidden()
        self._others.show()
        size = self.sizeHint()
        self._others.setHidden(hidden)
        return size

    def invite(self, view: SlotView, timeline: Timeline) -> None:
        """Remind of this slot, in which this timeline would be played."""
        routine, at = timeline.routine, view.slot.at
        self._title.setText(invitation(at))
        self._skip.setText(skip_label(at))
        facts = (routine.title, duration(timeline.total_ms), clock_time(at))
        self._facts.setText(" · ".join(facts))
        self._equipment.setVisible(bool(routine.equipment))
        self._equipment.clear()
        if routine.equipment:
            things = phrases.listing(routine.equipment)
            self._equipment.setText(_("Have {things} at hand").format(things=things))
        self.setAccessibleName(". ".join(filter(None, (self._title.text(), *facts, self._equipment.text()))))
        last = routine.played[-1]
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
