"""What only one system has, and what stands in for it elsewhere."""

import ctypes
import os
import sys
from typing import Any


def user_id() -> int:
    """The user's number; 0 on Windows, which has none."""
    if sys.platform == "win32":
        return 0
    return os.geteuid()


def windll() -> Any:  # noqa: ANN401 -- ctypes.windll, which is there on Windows only
    """The libraries of Windows; OSError elsewhere."""
    if sys.platform == "win32":
        return ctypes.windll
    raise OSError("This is not Windows.")
