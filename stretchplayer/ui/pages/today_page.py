"""The Today page: a greeting, what is due, one button to start, and the exercises."""

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QEvent, QMargins, QSize, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QBoxLayout, QStyle, QWidget

from stretchplayer.figure.pose import Pose
from stretchplayer.i18n import _, ngettext
from stretchplayer.progress.adherence import CalendarDay
from stretchplayer.routine import phrases
from stretchplayer.routine.routine import Exercise, SideMode
from stretchplayer.routine.timeline import Timeline
from stretchplayer.ui.charts.dots import Fortnight
from stretchplayer.ui.pages.exercise_cards import ExerciseCards
from stretchplayer.ui.pages.page import FOCUS_ROOM, Page, ScrollingArea
from stretchplayer.ui.reminders.slot_cards import SlotCards
from stretchplayer.ui.text.durations import duration
from stretchplayer.ui.text.slots import ReminderStatus, greeting, today_text
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.widgets.boxes import fill, hbox, turn, vbox
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.label import plain_label

_ROOMY: Final = 640
"""From this height in design px there is room for more than one row of reminders."""


class TodayProgress(QWidget):
    """Dots on the right, and a button on the left when the reach is due to be measured."""

    measure_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._has_dots = self._is_due = False
        self._room = 0
        self.dots = Fortnight(self)
        self._measure = WideButton(_("Measure your reach"), self, clicked=self.measure_requested, px=16)
        hbox(self._measure, 1, self.dots, gap=None, on=self)
        self.show_days((), reach_is_due=False)

    @property
    def measure_button(self) -> QWidget:
        return self._measure

    def show_days(self, days: tuple[CalendarDay, ...], *, reach_is_due: bool) -> None:
        """Show these days; hidden while there was no session."""
        self.dots.show_days(days)
        self._has_dots, self._is_due = any(day.counts for day in days), reach_is_due
        self._show_parts()

    def fit(self, width: int) -> None:
        """Leave the dots out where they are wider than this; the Progress page has them too."""
        self._room = width
        self._show_parts()

    def _show_parts(self) -> None:
        measure = self._measure.sizeHint().width() if self._is_due else 0
        dots = self._has_dots and self.dots.sizeHint().width() + measure <= self._room
        self.dots.setVisible(dots)
        self._measure.setVisible(self._is_due)
        self.setVisible(dots or self._is_due)


class TodayPage(Page):
    start_requested = Signal()
    fullscreen_start_requested = Signal()
    safety_requested = Signal()
    routine_requested = Signal()
    """Show all about the routine."""
    preview_requested = Signal(int)
    """The exercise, counted from 0."""

    def __init__(self, poses: Mapping[str, Pose]) -> None:
        super().__init__()
        self._greeting = plain_label("", wrap=True, px=30, weight=QFont.Weight.Bold)
        self._due = plain_label(_("Ready when you are"), wrap=True, px=18)
        self._start = WideButton(_("Start"), self, clicked=self.start_requested, accent=True, px=22)
        self._fullscreen = WideButton(_("Start full screen"), self, clicked=self.fullscreen_start_requested, px=16)
        self.reminders = SlotCards()
        self._title = plain_label("", wrap=True, px=20, weight=QFont.Weight.DemiBold)
        self._facts = plain_label("", wrap=True, role=theme.MUTED, px=16)
        self.cards = ExerciseCards(poses)
        self.progress = TodayProgress()
        self._safety = WideButton(_("Before you start"), self, clicked=self.safety_requested, px=16)
        self._routine = WideButton(_("Change or print"), self, clicked=self.routine_requested, px=16)
        self.cards.preview_requested.connect(self.preview_requested)
        self._lay_out()

    def _lay_out(self) -> None:
        for part in (self._greeting, self._due, self._title, self._facts, self.reminders, self.cards):
            part.setContentsMargins(FOCUS_ROOM, 0, FOCUS_ROOM, 0)  # in line with the buttons among them
        hello = vbox(self._greeting, self._due, gap=2)
        self._buttons = hbox(self._start, self._fullscreen)
        self._head = hbox((hello, 1), self._buttons)
        self._head.setContentsMargins(FOCUS_ROOM, 0, FOCUS_ROOM, 0)  # as the scroll area
        about = vbox(self._title, self._facts, gap=2)
        self._about = hbox((about, 1), (self._routine, Qt.AlignmentFlag.AlignVCenter))
        self._foot = hbox((self._safety, Qt.AlignmentFlag.AlignLeft), 1, (self.progress, 1))
        self._body = vbox(self.reminders, 1, self._about, (self.cards, 1000), 1, self._foot)
        fill(self.column, self._head, (ScrollingArea(self._body, _("Today")), 1))

    @property
    def start_button(self) -> QWidget:
        return self._start

    def greet(self, now: datetime) -> None:
        """Greet by the local time of day."""
        self._greeting.setText(greeting(now.time()))

    def show_reminders(self, shown: ReminderStatus) -> None:
        self.greet(shown.now)
        self._due.setText(today_text(shown))
        self._start.set_accent(not shown.is_done)
        self.reminders.show_reminders(shown)

    def show_timeline(self, timeline: Timeline) -> None:
        """Show what would be played."""
        self._title.setText(timeline.routine.title)
        self._facts.setText(self._facts_of(timeline))
        self.cards.show_timeline(timeline)
        for one, following in pairwise((self._routine, *self.cards.cards, self._safety, self.progress.measure_button)):
            QWidget.setTabOrder(one, following)
        self.rescale()

    def show_progress(self, days: tuple[CalendarDay, ...], *, reach_is_due: bool) -> None:
        """Show the most recent days, and whether the reach is to be measured."""
        self.progress.show_days(days, reach_is_due=reach_is_due)
        self.rescale()

    def _facts_of(self, timeline: Timeline) -> str:
        routine = timeline.routine
        count = len(routine.played)
        parts = [ngettext("{count} exercise", "{count} exercises", count).format(count=count)]
        if all(exercise.sides is SideMode.EACH for exercise in routine.played):
            parts.append(_("both legs") if self._all_legs(routine.played) else _("both sides"))
        parts.append(duration(timeline.total_ms))
        if routine.equipment:
            parts.append(_("have {things} at hand").format(things=phrases.listing(routine.equipment)))
        return " · ".join(parts)

    @staticmethod
    def _all_legs(exercises: tuple[Exercise, ...]) -> bool:
        return all(exercise.limb == "leg" for exercise in exercises)

    def arrange(self, scale: float) -> None:
        # The buttons in the scroll area are where other pages have them.
        around = self.column.contentsMargins()
        self.column.setContentsMargins(around - QMargins(FOCUS_ROOM, 0, FOCUS_ROOM, 0))
        self.reminders.arrange(self._width - 4 * FOCUS_ROOM, tight=self.height() < _ROOMY * scale)
        self._fit()

    @property
    def _width(self) -> int:
        """The width of the scroll area, px, with room for its bar."""
        return self.room - self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)

    def _fit(self) -> None:
        """Stack what doesn't fit side by side, and give the cards what the rest leaves."""
        width = self._width

        def fit(box: QBoxLayout, *widths: int) -> None:
            turn(box, down=sum(widths) + len(widths) * self._foot.spacing() > width)

        buttons = [self._start.sizeHint().width(), self._fullscreen.sizeHint().width()]
        words = self._greeting.fontMetrics().horizontalAdvance(self._greeting.text())
        fit(self._buttons, *buttons)
        fit(self._head, words, *buttons)
        title = self._title.fontMetrics().horizontalAdvance(self._title.text())
        fit(self._about, title, self._routine.sizeHint().width())
        self.progress.fit(width)
        parts = (self._safety, self._routine, self.progress)
        fit(self._foot, *(part.sizeHint().width() for part in parts if not part.isHidden()))
        others = self._body.totalSizeHint().height() - self.cards.sizeHint().height()
        height = self.height() - self._head.sizeHint().height() - 2 * self.column.contentsMargins().top() - others
        self.cards.arrange((self.room - 4 * FOCUS_ROOM) / self._scale, height / self._scale)

    def event(self, event: QEvent) -> bool:
        """Lay out again when something appears or disappears."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self._scale:
            self._fit()
        return handled

    def minimumSizeHint(self) -> QSize:
        return QSize(300, 240)
