"""Edits the reminder times and their weekdays."""

from datetime import time
from functools import partial
from itertools import chain
from typing import Final

from PySide6.QtCore import QLocale, QRectF, QSignalBlocker, QSize, Qt, QTime, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QTimeEdit, QVBoxLayout, QWidget

from stretchplayer.i18n import _
from stretchplayer.reminders.slots import EVERY_DAY, MAX_SLOTS, SlotTime
from stretchplayer.ui.text.dates import time_format, weekday_names
from stretchplayer.ui.text.slots import clock_time
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import adopt, at_least, fixed, scale_of, spaced
from stretchplayer.ui.theme.style import draw_focus, shows_focus
from stretchplayer.ui.widgets.boxes import vbox
from stretchplayer.ui.widgets.buttons import CrossButton, WideButton
from stretchplayer.ui.widgets.label import plain_label

_LIKELY: Final = (time(8), time(20), time(13), time(17), time(10), time(6))
"""Times to suggest for a new reminder."""
_WEEK: Final = 370.0
"""Weekday buttons wider than this together, in px of the design, are put into two rows."""
_BESIDE: Final = 2
"""So many times without their weekdays are side by side."""


class DayButton(QAbstractButton):
    """One weekday of a time, on or off; a line under the text marks it as on."""

    def __init__(self, day: int, at: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = day
        self.setCheckable(True)
        self.setText(weekday_names(QLocale())[day])
        self.set_time(at)

    def set_time(self, at: str) -> None:
        name = QLocale().standaloneDayName(self.day + 1)
        self.setAccessibleName(_("{day} at {time}").format(day=name, time=at))
        self.setToolTip(name)

    def _font(self, *, on: bool) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Bold if on else QFont.Weight.Normal)
        return font

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._font(on=True))
        side = max(28, round(metrics.height() * 1.7))
        return QSize(max(side, round(metrics.horizontalAdvance(self.text()) + metrics.height() * 0.7)), side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self.palette().color
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        on = self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen if on else QPen(colour(theme.MUTED), 1))
        painter.setBrush(colour(theme.RAISED) if on else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), 6, 6)
        if shows_focus(self):
            draw_focus(painter, box, colour(theme.INK), 8)
        painter.setFont(self._font(on=on))
        painter.setPen(colour(theme.INK if on else theme.MUTED))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self.text())
        if on:
            line = QRectF(0, 0, box.width() * 0.42, 2)
            line.moveCenter(box.center())
            line.moveBottom(box.bottom() - box.height() * 0.1)
            painter.fillRect(line, colour(theme.MOVEMENT))


class TimeRow(QWidget):
    """One time with its weekdays and a remove button."""

    changed = Signal()
    left = Signal()
    remove_requested = Signal()

    def __init__(self, slot: SlotTime) -> None:
        super().__init__()
        self.edit = at_least(QTimeEdit(QTime(slot.at.hour, slot.at.minute)), 96, 32)
        self.edit.setDisplayFormat(time_format(QLocale()))
        self.edit.setKeyboardTracking(False)
        self.edit.timeChanged.connect(self._on_time)
        self.edit.editingFinished.connect(self.left)
        week = [(QLocale().firstDayOfWeek().value - 1 + n) % 7 for n in range(7)]
        self.days = [DayButton(day, clock_time(slot.at), self) for day in week]
        self.remove = fixed(CrossButton("", self), 32, 32)
        self.remove.clicked.connect(self.remove_requested)
        self._week = spaced(QGridLayout(), 2)
        self._grid = spaced(QGridLayout(self), 12, 4)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for button in self.days:
            button.setChecked(button.day in slot.weekdays)
            button.toggled.connect(partial(self._on_day, button))
        self._grid.addWidget(self.edit, 0, 0)
        self._grid.setColumnStretch(3, 1)
        self._name()
        self.arrange(narrow=False)

    @property
    def at(self) -> time:
        shown = self.edit.time()
        return time(shown.hour(), shown.minute())

    @property
    def slot(self) -> SlotTime:
        return SlotTime(at=self.at, weekdays=frozenset(button.day for button in self.days if button.isChecked()))

    def set_time(self, at: time) -> None:
        """Set the time without emitting `changed`."""
        with QSignalBlocker(self.edit):
            self.edit.setTime(QTime(at.hour, at.minute))
        self._name()

    def _on_time(self) -> None:
        self._name()
        self.changed.emit()

    def _on_day(self, button: DayButton, on: bool) -> None:
        if not on and not any(other.isChecked() for other in self.days):
            button.setChecked(True)  # a time has at least one day; to have none, remove it
        else:
            self.changed.emit()

    def _name(self) -> None:
        words = clock_time(self.at)
        self.edit.setAccessibleName(_("Reminder at {time}").format(time=words))
        self.remove.set_name(_("Remove the reminder at {time}").format(time=words))
        for button in self.days:
            button.set_time(words)

    def arrange(self, *, narrow: bool, room: float = _WEEK) -> None:
        fits = sum(button.sizeHint().width() for button in self.days) <= room * scale_of(self)
        for place, button in enumerate(self.days):
            self._week.addWidget(button, *divmod(place, len(self.days) if fits else 4))
        self._grid.removeItem(self._week)
        self._grid.removeWidget(self.remove)
        self._grid.addLayout(self._week, 1 if narrow else 0, 0 if narrow else 1, 1, 3 if narrow else 1)
        self._grid.addWidget(self.remove, 0, 1 if narrow else 2)


class TimesEditor(QWidget):
    """The list of times. A duplicate is rejected with a hint, and reverts when its field loses the focus."""

    times_changed = Signal(tuple)
    """Of SlotTime, in the order of the day."""

    def __init__(self, slots: tuple[SlotTime, ...], *, brief: bool = False) -> None:
        """A `brief` one leaves the weekdays and the number of times as they are."""
        super().__init__()
        self.slots = slots
        """The times last emitted."""
        self.rows: list[TimeRow] = []
        self._is_narrow, self._room = False, _WEEK
        self._none = plain_label(_("There are no reminders yet."), role=theme.MUTED)
        self.hint = plain_label("", wrap=True, role=theme.MOVEMENT)
        self.hint.hide()
        self.add = WideButton(_("Add a time"), self, clicked=self._add)
        brief = brief and bool(slots)
        self.add.setHidden(brief)
        self._list = QHBoxLayout() if brief and len(slots) <= _BESIDE else QVBoxLayout()
        # The button is above the list, so that it stays under the pointer.
        vbox((self.add, Qt.AlignmentFlag.AlignLeft), self._list, self._none, self.hint, gap=None, on=self)
        for slot in slots:
            row = self._add_row(slot)
            for part in (*row.days, row.remove):
                part.setHidden(brief)
        self._refresh()

    def _add_row(self, slot: SlotTime) -> TimeRow:
        row = TimeRow(slot)
        row.changed.connect(partial(self._on_changed, row))
        row.left.connect(partial(self._on_left, row))
        row.remove_requested.connect(partial(self._remove, row))
        self.rows.append(row)
        self._list.addWidget(row)
        return row

    def _free_time(self) -> time:
        taken = {row.at for row in self.rows}
        hours = (time(hour) for hour in range(7, 24))
        return next(at for at in chain(_LIKELY, hours, (time(hour, 30) for hour in range(24))) if at not in taken)

    def _add(self) -> None:
        row = self._add_row(SlotTime(at=self._free_time(), weekdays=EVERY_DAY))
        adopt(row)
        self.arrange(narrow=self._is_narrow, room=self._room)
        self._tell()
        row.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, row: TimeRow) -> None:
        place = self.rows.index(row)
        self.rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()
        # Keep the focus where the removed row was.
        near = self.rows[min(place, len(self.rows) - 1)].remove if self.rows else self.add
        near.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def _is_taken(self, row: TimeRow) -> bool:
        return any(other.at == row.at for other in self.rows if other is not row)

    def _on_changed(self, row: TimeRow) -> None:
        if self._is_taken(row):
            words = _("There is a reminder at {time} already: choose another time.")
            self.hint.setText(words.format(time=clock_time(row.at)))
            self.hint.show()
        else:
            self.hint.hide()
            self._tell()

    def _on_left(self, row: TimeRow) -> None:
        if self._is_taken(row):
            told = {slot.at for slot in self.slots} - {other.at for other in self.rows if other is not row}
            row.set_time(min(told, default=self._free_time()))
            self.hint.hide()
            self._tell()

    def _tell(self) -> None:
        slots = tuple(sorted(row.slot for row in self.rows))
        self._refresh()
        if [(slot.at, slot.weekdays) for slot in slots] != [(slot.at, slot.weekdays) for slot in self.slots]:
            self.slots = slots
            self.times_changed.emit(slots)

    def _refresh(self) -> None:
        self._none.setVisible(not self.rows)
        self.add.setEnabled(len(self.rows) < MAX_SLOTS)

    def arrange(self, *, narrow: bool, room: float = _WEEK) -> None:
        """Adapt to `room` design px; on a `narrow` page the weekdays go below their time."""
        self._is_narrow, self._room = narrow, room
        for row in self.rows:
            row.arrange(narrow=narrow, room=room)
        self._list.setSpacing(round((12 if narrow else 6) * scale_of(self)))
