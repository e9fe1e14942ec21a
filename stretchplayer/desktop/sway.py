"""Asks sway not to focus a window of ours that is about to open (man 5 sway, man 1 swaymsg).

On Wayland a window can't refuse the focus. sway focuses every new window unless told not to; so do GNOME and KDE,
which can't be told (`services.new_windows_take_focus`).
"""

import logging
import os
import re
from typing import Final

from stretchplayer.desktop.tools import run_tool

SWAY_TIMEOUT_S: Final = 0.3

log = logging.getLogger(__name__)


def keep_from_focus(app_id: str, title: str) -> None:
    """Keep this application's windows whose title begins with `title` from taking the focus.

    Does nothing where sway isn't running, and waits no longer than SWAY_TIMEOUT_S.
    """
    if not os.environ.get("SWAYSOCK"):
        return
    begins_so = re.sub(r"\W", ".", title)  # a dot in place of whatever would need quoting
    rule = f'no_focus [app_id="^{app_id}$" title="^{begins_so}"]'
    try:
        run_tool("swaymsg", "--quiet", rule, within_s=SWAY_TIMEOUT_S)
    except OSError as error:
        log.info("sway could not be told which window not to focus: %s", error)
