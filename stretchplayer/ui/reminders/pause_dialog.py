"""Asks on which day reminders resume."""

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QDialog

from stretchplayer.i18n import _
from stretchplayer.ui.text.dates import date_format
from stretchplayer.ui.theme.scaling import at_least, rescale, system_font_scale, with_font
from stretchplayer.ui.widgets.boxes import hbox, vbox
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.label import plain_label

LONGEST: Final = timedelta(days=366)
_USUAL: Final = timedelta(days=7)


class PauseDialog(QDialog):
    """A top-level window: the tray may ask while there is no other."""

    chosen = Signal(date)
    """The day on which reminders resume."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Pause reminders"))
        words = plain_label(_("Resume reminders on"))
        self.day = QDateEdit(QDate(*(today + _USUAL).timetuple()[:3]))
        self.day.setMinimumDate(QDate(*(today + timedelta(days=1)).timetuple()[:3]))
        self.day.setMaximumDate(QDate(*(today + LONGEST).timetuple()[:3]))
        self.day.setDisplayFormat(date_format(QLocale()))
        self.day.setCalendarPopup(True)
        calendar = self.day.calendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(weekday, QTextCharFormat())  # Qt's red is illegible on dark
        self.day.setAccessibleName(words.text())
        words.setBuddy(self.day)
        pause = WideButton(_("Pause"), self, clicked=self.accept, accent=True)
        cancel = WideButton(_("Cancel"), self, clicked=self.reject)
        column = vbox(words, self.day, gap=None, margins=(20, 20, 20, 20), on=self)
        column.addSpacing(8)
        column.addLayout(hbox(1, pause, cancel, gap=None))
        self.accepted.connect(self._tell)
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        for part in (words, self.day, calendar, pause, cancel):
            with_font(part, 16)
        at_least(self.day, 220, 36)
        rescale(self, system_font_scale())

    def _tell(self) -> None:
        chosen = self.day.date()
        self.chosen.emit(date(chosen.year(), chosen.month(), chosen.day()))
