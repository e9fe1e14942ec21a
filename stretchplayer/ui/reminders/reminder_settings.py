"""The section about reminders on the Settings page."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from stretchplayer.i18n import _
from stretchplayer.reminders.slots import ReminderSettings
from stretchplayer.ui.reminders.autostart_switch import AutostartControl, AutostartSwitch
from stretchplayer.ui.reminders.times_editor import TimesEditor
from stretchplayer.ui.theme.scaling import spaced
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.label import plain_label
from stretchplayer.ui.widgets.switch import Switch


class ReminderSection(QWidget):
    """The reminder settings.

    Whether the program starts at login is up to the system, through `autostart`.
    """

    reminders_changed = Signal(ReminderSettings)
    calendar_requested = Signal()

    def __init__(
        self, settings: ReminderSettings, autostart: AutostartControl | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self.labels: list[QLabel] = []
        """To be aligned with those of other sections."""
        self._form = spaced(QFormLayout(self), 8)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        self.enabled = self._switch(_("Remind me to stretch"), "enabled")
        self._add_row(_("Reminders"), self.enabled)
        self.times = TimesEditor(settings.slots)
        self.times.times_changed.connect(lambda slots: self._change(slots=slots))
        self._add_row(_("Times"), self.times)
        self.sound = self._switch(_("Play a soft tone with reminders"), "sound")
        self._add_row(_("Reminder tone"), self.sound)
        self.fullscreen = self._switch(_("Open full screen from reminders"), "start_fullscreen")
        self._add_row(_("Full screen"), self.fullscreen)
        self.keep_running = self._switch(_("Keep reminding after I close the window"), "keep_running")
        self._add_row(_("Background"), self.keep_running)
        self.wait_in_calls = self._switch(_("Wait during calls and screen sharing"), "wait_in_calls")
        self._add_row(_("Calls"), self.wait_in_calls)
        self.autostart = AutostartSwitch(_("Start in the background when I log in"), autostart, self)
        self._add_row(_("At login"), self.autostart)
        self.calendar = WideButton(_("Save as a calendar file…"))
        self.calendar.clicked.connect(self.calendar_requested)
        self._add_row(_("For your phone"), self.calendar)
        self._follow()

    def _add_row(self, words: str, field: QWidget) -> None:
        label = plain_label(words)
        label.setBuddy(field)
        self.labels.append(label)
        self._form.addRow(label, field)
        if isinstance(field, Switch):
            field.setAccessibleName(field.text())

    def _switch(self, words: str, field: str) -> Switch:
        switch = Switch(words)
        switch.setChecked(getattr(self._settings, field))
        switch.toggled.connect(lambda on: self._change(**{field: on}))
        return switch

    def _change(self, **changes: object) -> None:
        self._settings = replace(self._settings, **changes)  # type: ignore[arg-type]  # the fields' own values
        self._follow()
        self.reminders_changed.emit(self._settings)

    def _follow(self) -> None:
        """Disable what makes no sense without reminders."""
        for field in (self.times, self.sound, self.fullscreen, self.keep_running, self.wait_in_calls, self.calendar):
            field.setEnabled(self._settings.enabled)
        if self._settings.enabled:
            self.calendar.setEnabled(bool(self._settings.slots))

    def arrange(self, *, narrow: bool) -> None:
        wrap = QFormLayout.RowWrapPolicy.WrapAllRows if narrow else QFormLayout.RowWrapPolicy.DontWrapRows
        self._form.setRowWrapPolicy(wrap)
        self.times.arrange(narrow=narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Restore the height of two-line rows, which QFormLayout loses when its width changes."""
        super().resizeEvent(event)
        self._form.invalidate()
