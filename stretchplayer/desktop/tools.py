"""Runs the desktop's own tools."""

import os
import subprocess
from typing import Final

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
