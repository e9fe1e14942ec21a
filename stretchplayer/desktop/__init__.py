"""Services of the system: time, display, staying awake. One small file each, behind its port."""

from typing import Final

APP_NAME: Final = "Stretch Player"
DESKTOP_ENTRY: Final = "stretchplayer"
"""The name of the program's desktop file, which is the id of its windows too."""
