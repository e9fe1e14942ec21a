"""Asks until which day reminders are to be paused."""

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from stretchplayer.i18n import _
from stretchplayer.ui.pages.page import letter_factor, plain_label
from stretchplayer.ui.text.slots import date_format
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.widgets.buttons import WideButton

LONGEST: Final = timedelta(days=366)
_USUAL: Final = timedelta(days=7)


class PauseDialog(QDialog):
    """A small window of its own: the tray asks when there may be no other one."""

    chosen = Signal(date)
    """The day on which reminders come again."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Pause reminders"))
        words = plain_label(_("Reminders come again on"))
        self.day = QDateEdit(QDate(*(today + _USUAL).timetuple()[:3]))
        self.day.setMinimumDate(QDate(*(today + timedelta(days=1)).timetuple()[:3]))
        self.day.setMaximumDate(QDate(*(today + LONGEST).timetuple()[:3]))
        self.day.setDisplayFormat(date_format())
        self.day.setCalendarPopup(True)
        calendar = self.day.calendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(weekday, QTextCharFormat())  # Qt's red can't be read in the dark
        self.day.setAccessibleName(words.text())
        words.setBuddy(self.day)
        pause = WideButton(_("Pause"), self, accent=True)
        pause.clicked.connect(self.accept)
        cancel = WideButton(_("Cancel"), self)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(pause)
        buttons.addWidget(cancel)
        column = QVBoxLayout(self)
        for widget in (words, self.day):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addLayout(buttons)
        self.accepted.connect(self._tell)
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        scale = letter_factor(self)
        for part in (words, self.day, calendar, pause, cancel):
            part.setFont(theme.pixel_font(self.font(), 16 * scale))
        self.day.setMinimumSize(round(220 * scale), round(36 * scale))
        margin = round(20 * scale)
        column.setContentsMargins(margin, margin, margin, margin)

    def _tell(self) -> None:
        chosen = self.day.date()
        self.chosen.emit(date(chosen.year(), chosen.month(), chosen.day()))
