"""Reminding, in a window's program and in one that only waits in the tray."""
