"""The reminder menu of the tray and the Today page."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from stretchplayer.i18n import _
from stretchplayer.reminders.slots import Slot, SlotState, SlotView
from stretchplayer.reminders.snooze import SNOOZE_CHOICES_MIN
from stretchplayer.ui.text.slots import (
    ReminderStatus,
    another_routine,
    mark_label,
    minutes_text,
    skip_label,
    skip_today,
)


class ReminderMenu(QObject):
    """Fills menus with the reminder actions, and emits what is chosen.

    `apply_theme` is called before it shows a window.
    """

    snooze_requested = Signal(object)
    """Minutes, or None for until the person is back."""
    skip_requested = Signal()
    mark_requested = Signal(Slot, bool)
    """The person says that the slot was done, or takes that back."""
    not_today_requested = Signal()
    pause_requested = Signal(date)
    """The day on which reminders resume."""
    resume_requested = Signal()
    library_requested = Signal()
    """The person wants to do another routine."""

    def __init__(self, parent: QObject | None = None, *, apply_theme: Callable[[], None] = lambda: None) -> None:
        super().__init__(parent)
        self._apply_theme = apply_theme

    def fill(self, menu: QMenu, shown: ReminderStatus, of: SlotView | None = None) -> None:
        """Fill it for the whole day, or for this slot of it."""
        if not shown.enabled:
            return
        if shown.open is not None:
            menu.addAction(another_routine(), self.library_requested.emit)
            self._add_snoozes(menu.addMenu(_("Snooze")))
            menu.addAction(skip_label(shown.open.slot.at), self.skip_requested.emit)
        if of is None:
            of = shown.open or next((view for view in shown.slots if view.state is SlotState.MARKED_DONE), None)
        if of is not None:
            self.add_mark(menu, of)
        if shown.paused_until is not None:
            menu.addAction(_("Resume reminders"), self.resume_requested.emit)
            return
        menu.addAction(skip_today(), self.not_today_requested.emit)
        self._add_pauses(menu.addMenu(_("Pause reminders…")), shown.now.date())

    def add_mark(self, menu: QMenu, view: SlotView) -> None:
        """Let the person say that the slot was done, or take that back."""
        done = view.state is not SlotState.MARKED_DONE
        menu.addAction(mark_label(done=done), partial(self.mark_requested.emit, view.slot, done))

    def _add_snoozes(self, menu: QMenu) -> None:
        for minutes in SNOOZE_CHOICES_MIN:
            menu.addAction(minutes_text(minutes), partial(self.snooze_requested.emit, minutes))
        menu.addAction(_("Until I'm back"), partial(self.snooze_requested.emit, None))

    def _add_pauses(self, menu: QMenu, today: date) -> None:
        for words, days in (
            (_("Until tomorrow"), 1),
            (_("For three days"), 3),
            (_("For a week"), 7),
            (_("For two weeks"), 14),
        ):
            menu.addAction(words, partial(self.pause_requested.emit, today + timedelta(days=days)))
        menu.addAction(_("Until a date…"), partial(self._ask_for_date, today))

    def _ask_for_date(self, today: date) -> None:
        from stretchplayer.ui.reminders.pause_dialog import PauseDialog  # noqa: PLC0415 -- our style: 2 MiB

        self._apply_theme()
        # It has no parent, as there may be no window, so keep a reference.
        self._dialog = PauseDialog(today)
        self._dialog.chosen.connect(self.pause_requested)
        self._dialog.open()
