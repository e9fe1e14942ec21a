"""Services of the operating system, each behind its port."""

from typing import Final

APP_NAME: Final = "Stretch Player"
DESKTOP_ENTRY: Final = "stretchplayer"
"""The name of the program's desktop file, and the application id of its windows."""
