"""The menu of one day of the Progress page."""

from datetime import date

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from stretchplayer.i18n import _
from stretchplayer.progress.adherence import CalendarDay, Dot, DotState
from stretchplayer.reminders.slots import Slot
from stretchplayer.ui.text import progress as words
from stretchplayer.ui.text.dates import clock_time, long_date
from stretchplayer.ui.text.slots import mark_label


class DayMenu(QObject):
    mark_requested = Signal(Slot, bool)
    """The person says that the slot was done, or takes that back."""

    open_requested = Signal(date)
    """Show the sessions of that day."""
    delete_requested = Signal(date)
    """Delete the only session of that day."""

    def open(self, day: CalendarDay, sessions: int, owner: QWidget, at: QPoint) -> None:
        """Open it for a day with so many sessions at this place of the screen."""
        menu = QMenu(owner)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setFont(owner.font())
        menu.addAction(long_date(owner.locale(), day.day)).setEnabled(False)
        menu.addSeparator()
        for dot in day.dots:
            self._add_slot(menu, dot)
        if not day.dots:
            menu.addAction(words.slots_text(owner.locale(), day) or _("no session")).setEnabled(False)
        if sessions:
            menu.addSeparator()
            menu.addAction(_("Show what was done"), lambda: self.open_requested.emit(day.day))
        if sessions == 1:
            menu.addAction(_("Delete the session"), lambda: self.delete_requested.emit(day.day))
        menu.popup(at)

    def _add_slot(self, menu: QMenu, dot: Dot) -> None:
        if dot.state is DotState.DONE:
            menu.addAction(words.dot_text(menu.locale(), dot)).setEnabled(False)
            return
        done = dot.state is not DotState.MARKED_DONE
        time = clock_time(menu.locale(), dot.slot.at)
        action = QAction(_("{time}: {command}").format(time=time, command=mark_label(done=done)), menu)
        action.triggered.connect(lambda: self.mark_requested.emit(dot.slot, done))
        menu.addAction(action)
