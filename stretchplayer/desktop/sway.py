"""Asks sway not to give the focus to a window of ours that is about to come up (man 5 sway, man 1 swaymsg).

On Wayland a program can't say that by itself. sway gives the focus to every new window, unless it is told not to. So do
GNOME and KDE, which can't be told (`services.new_windows_take_focus`).
"""

import logging
import os
import re
import subprocess
from typing import Final

ANSWER_WITHIN_S: Final = 0.3

log = logging.getLogger(__name__)


def keep_from_focus(app_id: str, title: str) -> bool:
    """Keep windows of this application whose title begins so from the focus; whether sway has agreed.

    Where there is no sway nothing happens. It is not waited for longer than ANSWER_WITHIN_S.
    """
    if not os.environ.get("SWAYSOCK"):
        return False
    begins_so = re.sub(r"\W", ".", title)  # any character stands for one that would need to be quoted
    command = ["swaymsg", "--quiet", f'no_focus [app_id="^{app_id}$" title="^{begins_so}"]']
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=ANSWER_WITHIN_S)  # noqa: S603 -- our own words
    except (OSError, subprocess.SubprocessError) as error:
        log.info("sway could not be told which window not to focus: %s", error)
        return False
    return True
