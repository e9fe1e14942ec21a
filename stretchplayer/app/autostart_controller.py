"""Starting when the person logs in: as the system has it, and repaired when the program has moved."""

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from stretchplayer.desktop.autostart import autostart_for, background_command
from stretchplayer.errors import DesktopError
from stretchplayer.storage.directories import usual_data_dir

log = logging.getLogger(__name__)


class AutostartController(QObject):
    """Reads and changes the system's own setting. Implements `AutostartControl` of the pages that show it."""

    changed = Signal()
    problem = Signal(str)
    """What went wrong, in a sentence."""

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        command = background_command(data_dir=None if data_dir == usual_data_dir() else data_dir)
        self._autostart = autostart_for(command)
        self.is_on: bool | None = None
        """Whether the system starts the program at login; None where that can't be known or changed, or isn't yet."""

    def look(self) -> None:
        """Read the setting, where that is possible, after repairing an entry that points to an old location."""
        if not self._autostart.is_available():
            return
        try:
            if self._autostart.repair():
                log.info("starting at login was repaired")
        except DesktopError as error:
            self.problem.emit(str(error))
        self._read_back()

    def choose(self, on: bool) -> None:
        try:
            self._autostart.set(on)
        except DesktopError as error:
            self.problem.emit(str(error))
        self._read_back()

    def _read_back(self) -> None:
        self.is_on = self._autostart.is_on()
        self.changed.emit()
