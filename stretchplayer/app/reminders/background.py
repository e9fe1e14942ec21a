"""What runs with or without a window: reminders, the tray icon, and the note about closing the window."""

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QScreen

from stretchplayer.app.reminders.due_reminder import DueReminder
from stretchplayer.desktop.clock import SystemClock
from stretchplayer.desktop.presence.watch import PresenceWatch
from stretchplayer.desktop.services import DesktopServices
from stretchplayer.desktop.timer import QtTimer
from stretchplayer.player.reminder_scheduler import ReminderScheduler
from stretchplayer.reminders.presence import Presence
from stretchplayer.reminders.slots import SlotState, SlotView
from stretchplayer.settings import Appearance, Settings
from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.reminders import ReminderFile
from stretchplayer.ui.reminders.reminder_menu import ReminderMenu
from stretchplayer.ui.text.slots import ReminderStatus
from stretchplayer.ui.window.tray import Tray

if TYPE_CHECKING:
    from stretchplayer.routine.timeline import Timeline
    from stretchplayer.ui.window.background_note import BackgroundNote

log = logging.getLogger(__name__)


class Host(Protocol):
    """The program, as its background needs it."""

    def open(self, *, start: bool = False) -> None:
        """Show the window, and play at once if asked to."""

    def open_settings(self) -> None: ...
    def open_library(self) -> None: ...
    def start_reminded(self, screen: QScreen | None) -> None:
        """Start a session from a reminder, full screen if so chosen, on the screen where it was answered if known."""

    def quit(self) -> None: ...
    def holds_reminders(self) -> bool:
        """Whether a reminder has to wait."""

    def is_in_front(self) -> bool:
        """Whether the person works in the window."""

    def offered_timeline(self) -> "Timeline": ...
    def apply_theme(self) -> None:
        """Apply our colours; called before the first thing is shown that uses them."""

    def show_reminders(self) -> None:
        """Update what the window shows of reminders."""

    def tell(self, problem: str) -> None:
        """Show it in the window, as soon as there is one."""

    def free_memory_soon(self) -> None:
        """Called when a menu has closed."""


class Background(QObject):
    """Runs the reminders, and shows the state of the day in the tray."""

    def __init__(
        self, host: Host, services: DesktopServices, data_dir: Path, settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._host = host
        self._services = services
        self._data_dir = data_dir
        self._settings = settings
        self._clock = SystemClock()
        self._tray: Tray | None = None
        self._note: BackgroundNote | None = None
        self._presence_watch: PresenceWatch | None = None
        store = ReminderFile(data_dir)
        self.scheduler = ReminderScheduler(
            clock=self._clock,
            timer=QtTimer(self),
            presence=self._presence,
            store=store,
            settings=settings.reminders,
            parent=self,
        )
        self._reminder = DueReminder(services, self.scheduler, data_dir, host.apply_theme, self)
        self._reminder.start_requested.connect(host.start_reminded)
        self._reminder.open_requested.connect(host.open)
        self._reminder.library_requested.connect(host.open_library)
        self.scheduler.slots_changed.connect(self._on_slots)
        self.scheduler.reminder_due.connect(self._remind)
        self.scheduler.reminder_withdrawn.connect(self._reminder.withdraw)
        self.scheduler.problem.connect(host.tell)
        for problem in store.problems:
            host.tell(problem)
        services.tray.seen.connect(self._on_tray)

    def begin(self) -> None:
        """Start reminding, and show the tray icon as soon as there is a tray."""
        self._services.events.woken.connect(self.scheduler.note_woken)
        self._services.events.unlocked.connect(self.scheduler.look)
        self.look()
        self._services.tray.begin()

    def look(self) -> None:
        """Check everything now: the person is here."""
        self.scheduler.look()
        self._services.tray.look()

    @property
    def status(self) -> ReminderStatus:
        return ReminderStatus(
            slots=self.scheduler.slots,
            now=self._clock.now(),
            next_at=self.scheduler.next_at,
            paused_until=self.scheduler.paused_until,
            enabled=self._settings.reminders.enabled,
        )

    def take_settings(self, settings: Settings) -> None:
        before, self._settings = self._settings, settings
        if settings.reminders != before.reminders:
            self.scheduler.take_settings(settings.reminders)
            self._show()

    # Reminding

    def _presence(self) -> Presence:
        """Whether the person can be reminded; costs nothing as long as no reminder is about to come."""
        if self._host.holds_reminders():
            return Presence.PLAYING
        if not self._is_about_to_remind():
            return Presence.FREE
        if self._presence_watch is None:
            self._presence_watch = self._services.presence
            self._presence_watch.changed.connect(self.scheduler.look)
        self._presence_watch.watch(True)  # until no reminder waits
        found = self._presence_watch.current() or Presence.BUSY  # which makes a reminder wait until it is known
        return Presence.FREE if found is Presence.CALLING and not self._settings.reminders.wait_in_calls else found

    def _is_about_to_remind(self) -> bool:
        """Whether presence matters now: a reminder is waiting for the person, or a snooze is."""
        next_at = self.scheduler.next_at
        return (next_at is not None and next_at <= self._clock.now()) or any(
            view.state is SlotState.SNOOZED and view.snoozed_until is None for view in self.scheduler.slots
        )

    def _on_slots(self) -> None:
        if self._presence_watch is not None:
            self._presence_watch.watch(self._is_about_to_remind())
        self._show()

    def _show(self) -> None:
        if self._tray is not None:
            self._tray.show_reminders(self.status)
        self._host.show_reminders()

    def _remind(self, view: SlotView) -> None:
        timeline = None
        try:
            timeline = self._host.offered_timeline()
        except Exception:  # whatever has become of the routine, or of our own files since we started
            log.exception("what a reminder is for can't be read")
        self._reminder.show(view, timeline, self._settings, in_front=self._host.is_in_front())

    # The tray, and a word about closing the window

    @property
    def has_tray(self) -> bool:
        return self._tray is not None and self._tray.is_available

    def _on_tray(self) -> None:
        host = self._host
        self._tray = tray = Tray(
            asset_dir("icons"),
            self,
            apply_theme=host.apply_theme,
            follows_system=lambda: self._settings.appearance is Appearance.SYSTEM,
        )
        tray.open_requested.connect(host.open)
        tray.settings_requested.connect(host.open_settings)
        tray.start_requested.connect(partial(host.open, start=True))
        tray.quit_requested.connect(host.quit)
        tray.menu_closed.connect(host.free_memory_soon)
        wire_menu(tray.reminder_menu, self.scheduler)
        tray.reminder_menu.library_requested.connect(host.open_library)
        tray.show_reminders(self.status)

    def show_closing_note(self) -> None:
        """Say that the program keeps running."""
        from stretchplayer.ui.window.background_note import BackgroundNote  # noqa: PLC0415 -- our style: 2 MiB

        self._note = BackgroundNote()
        self._services.keep_from_focus(self._note.windowTitle())
        self._note.quit_requested.connect(self._host.quit)
        self._note.tell(self.status, has_tray=self.has_tray)
        self._services.keep_off_taskbars(int(self._note.winId()))

    def hide_closing_note(self) -> None:
        if self._note is not None:
            self._note.close()
            self._note.deleteLater()
            self._note = None

    def close(self) -> None:
        self.hide_closing_note()
        self._reminder.withdraw()
        self.scheduler.close()
        if self._tray is not None:
            self._tray.close()


def wire_menu(menu: ReminderMenu, scheduler: ReminderScheduler) -> None:
    menu.snooze_requested.connect(scheduler.snooze)
    menu.skip_requested.connect(scheduler.skip)
    menu.mark_requested.connect(scheduler.mark)
    menu.not_today_requested.connect(scheduler.not_today)
    menu.pause_requested.connect(scheduler.pause_until)
    menu.resume_requested.connect(scheduler.resume_reminders)
