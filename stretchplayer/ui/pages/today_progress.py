"""What the Today page shows of progress: the last fourteen days and, when it is due, a way to measure the reach."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from stretchplayer.i18n import _
from stretchplayer.progress.adherence import CalendarDay
from stretchplayer.ui.charts.fortnight import Fortnight
from stretchplayer.ui.widgets.buttons import WideButton


class TodayProgress(QWidget):
    """A line of dots at the right, and a button at the left when there is something to be measured."""

    measure_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._has_dots = self._is_due = self._cramped = False
        self.dots = Fortnight(self)
        self._measure = WideButton(_("Measure your reach"), self, px=16)
        self._measure.clicked.connect(self.measure_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._measure)
        row.addStretch(1)
        row.addWidget(self.dots)
        self.show_days((), reach_is_due=False)

    def show_days(self, days: tuple[CalendarDay, ...], *, reach_is_due: bool) -> None:
        """Show these days; hidden as long as no session was done in any of them."""
        self.dots.show_days(days)
        self._has_dots, self._is_due = any(day.active for day in days), reach_is_due
        self._show_parts()

    def _show_parts(self) -> None:
        dots = self._has_dots and not self._cramped
        self.dots.setVisible(dots)
        self._measure.setVisible(self._is_due)
        self.setVisible(dots or self._is_due)

    def set_cramped(self, cramped: bool) -> None:
        """On a cramped page the dots, which the Progress page has too, are left out."""
        self._cramped = cramped
        self._show_parts()
