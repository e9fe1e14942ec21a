"""Notifications for systems that have none."""

from collections.abc import Callable

from stretchplayer.reminders.reminder import Reminder, ReminderAction


class NullNotifier:
    """Implements `ports.Notifier`: our own small window is all there is."""

    def show(self, reminder: Reminder) -> None:
        """Do nothing."""

    def withdraw(self) -> None:
        """Do nothing."""

    def on_action(self, callback: Callable[[ReminderAction], None]) -> None:
        """Never call it."""

    def close(self) -> None:
        """Do nothing."""
