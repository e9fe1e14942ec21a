"""By what Windows knows the program: its windows in the taskbar, and whose notifications are shown.

The identity (AppUserModelID) is that of the installer's shortcuts; what an installer would write about it is
written here, too, for who has installed with pip (learn.microsoft.com, "Application User Model IDs").
"""

import ctypes
import importlib
import sys
from pathlib import Path
from typing import Any, Final

from stretchplayer.desktop import APP_NAME

APP_ID: Final = "org.stretchplayer.StretchPlayer"
KEY: Final = rf"Software\Classes\AppUserModelId\{APP_ID}"


def claim_app_id() -> None:
    """Take this identity, before the first window; nothing to do on other systems."""
    if sys.platform == "win32":
        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(APP_ID)


def describe_app_id(icon: Path, winreg: Any = None) -> None:  # noqa: ANN401 -- the module, which only Windows has
    """Tell Windows what to call the program in notifications, and its picture (PNG); OSError."""
    winreg = winreg or importlib.import_module("winreg")
    with winreg.CreateKeyEx(winreg.HKEY_CURRENT_USER, KEY, access=winreg.KEY_SET_VALUE) as key:
        winreg.SetValueEx(key, "DisplayName", 0, winreg.REG_SZ, APP_NAME)
        winreg.SetValueEx(key, "IconUri", 0, winreg.REG_SZ, str(icon))
