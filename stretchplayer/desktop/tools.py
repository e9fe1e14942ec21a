"""Runs the desktop's own tools."""

import ctypes
import os
import subprocess
import sys
from typing import Any, Final

ANSWER_WITHIN_S: Final = 2.0
"""How long a tool or a service of the desktop may take."""


def run_tool(*command: str, within_s: float = ANSWER_WITHIN_S) -> str:
    """Return what the tool prints; OSError when it is missing, fails or hangs."""
    environ = {**os.environ, "LC_ALL": "C"}  # pactl 16 writes numbers as the language does
    try:
        done = subprocess.run(  # noqa: S603 -- our own words
            command, check=True, capture_output=True, encoding="utf-8", errors="replace", timeout=within_s, env=environ
        )
    except subprocess.SubprocessError as error:
        raise OSError(str(error)) from error
    return done.stdout


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
