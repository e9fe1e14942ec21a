"""Reminders, with a window or only the tray."""
