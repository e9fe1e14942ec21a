"""The card about reminders on the Settings page."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from stretchplayer.i18n import _
from stretchplayer.reminders.slots import ReminderSettings
from stretchplayer.settings import MORNINGS_END
from stretchplayer.ui.reminders.autostart_switch import AutostartControl, AutostartSwitch
from stretchplayer.ui.reminders.times_editor import TimesEditor
from stretchplayer.ui.text.slots import clock_time
from stretchplayer.ui.theme.scaling import at_least
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.form_card import FormCard
from stretchplayer.ui.widgets.switch import Switch

_BESIDE: Final = 520
"""On a card with less room, in design px, the weekdays go below their time."""
_EDGES: Final = 40
"""Room at both sides of a card."""


class ReminderCard(FormCard):
    """The reminder settings.

    Whether the program starts at login is up to the system, through `autostart`.
    """

    reminders_changed = Signal(ReminderSettings)
    calendar_requested = Signal()

    def __init__(self, settings: ReminderSettings, autostart: AutostartControl | None = None) -> None:
        super().__init__(_("Reminders"))
        self._settings = settings
        self.enabled = self._switch(_("Remind me to exercise"), "enabled")
        self.times = TimesEditor(settings.slots)
        self.times.times_changed.connect(lambda slots: self._change(slots=slots))
        self.add_whole_row(self.times)
        self.mornings, self.evenings = (at_least(QComboBox(), 150, 32) for _unused in range(2))
        for combo in (self.mornings, self.evenings):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        until = clock_time(MORNINGS_END)
        self.add_row(_("Routine for mornings, until {time}").format(time=until), self.mornings)
        self.add_row(_("Routine for evenings"), self.evenings)
        self.sound = self._switch(_("Play a soft tone with reminders"), "sound")
        self.fullscreen = self._switch(_("Open full screen from reminders"), "start_fullscreen")
        self.wait_in_calls = self._switch(_("Wait during calls and screen sharing"), "wait_in_calls")
        self.keep_running = self._switch(_("Keep reminding after I close the window"), "keep_running")
        self.autostart = AutostartSwitch(_("Start in the background when I log in"), autostart, self)
        self.add_whole_row(self.autostart)
        self.calendar = WideButton(_("Save as a calendar file…"), clicked=self.calendar_requested)
        self.add_row(_("For your phone"), self.calendar)
        self._follow()

    def _switch(self, words: str, field: str) -> Switch:
        switch = Switch(words)
        switch.setChecked(getattr(self._settings, field))
        switch.toggled.connect(lambda on: self._change(**{field: on}))
        self.add_whole_row(switch)
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

    def arrange(self, room: float) -> None:
        super().arrange(room)
        self.times.arrange(narrow=room < _BESIDE, room=room - _EDGES)
