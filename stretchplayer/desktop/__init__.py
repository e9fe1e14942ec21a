"""Services of the operating system, each behind its port."""

import os
from typing import Final

APP_NAME: Final = "Stretch Player"
DESKTOP_ENTRY: Final = os.environ.get("FLATPAK_ID", "stretchplayer")
"""The name of the program's desktop file, and the application id of its windows. A Flatpak's files bear another."""
