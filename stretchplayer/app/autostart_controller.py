"""Starting when the person logs in: shown as the system has it, and repaired when the program has moved."""

import logging
from collections.abc import Callable
from pathlib import Path

from stretchplayer.desktop.autostart import autostart_for, background_command
from stretchplayer.errors import DesktopError
from stretchplayer.storage.directories import usual_data_dir

log = logging.getLogger(__name__)


class AutostartController:
    """Asks the system and tells it. `show` is told what holds then, `tell` what went wrong, in a sentence."""

    def __init__(self, data_dir: Path, *, show: Callable[[bool], None], tell: Callable[[str], None]) -> None:
        command = background_command(data_dir=None if data_dir == usual_data_dir() else data_dir)
        self._autostart = autostart_for(command)
        self._show = show
        self._tell = tell

    def look(self) -> None:
        """Show how it is, where that can be; what names a place the program has left is repaired first."""
        if not self._autostart.is_available():
            return
        try:
            if self._autostart.repair():
                log.info("starting at login was repaired")
        except DesktopError as error:
            self._tell(str(error))
        self._show(self._autostart.is_on())

    def choose(self, on: bool) -> None:
        """Have it, or not."""
        try:
            self._autostart.set(on)
        except DesktopError as error:
            self._tell(str(error))
        self._show(self._autostart.is_on())
