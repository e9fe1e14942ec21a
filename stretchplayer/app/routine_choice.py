"""Which routine is played where there is no window that shows one."""

import logging
from collections.abc import Callable
from pathlib import Path

from stretchplayer.audio.speech_time import speech_time
from stretchplayer.desktop.clock import system_now
from stretchplayer.routine.routine import Routine
from stretchplayer.routine.timeline import Timeline
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.settings import Settings
from stretchplayer.storage.assets import voice_dir
from stretchplayer.storage.doses import dosed
from stretchplayer.storage.routines.offered_routine import find_offered, offered_id
from stretchplayer.storage.routines.routine_folder import RoutineFiles

log = logging.getLogger(__name__)


class RoutineChoice:
    def __init__(self, data_dir: Path, settings: Settings) -> None:
        self._data_dir = data_dir
        self._settings = settings
        self._files = RoutineFiles(data_dir)

    def check(self, routine: str) -> None:
        """StorageError when there is no such routine, or it can't be read."""
        self._files.find(routine)

    def offered(self, tell: Callable[[str], None] = log.info) -> Routine:
        """The routine that is offered now; StorageError when not even the shipped one can be read."""
        return find_offered(self._files, offered_id(self._data_dir, self._settings, system_now()), tell)

    def timeline(self, tell: Callable[[str], None]) -> Timeline:
        """How the offered routine is played, at the person's own doses."""
        routine = dosed(self._data_dir, self.offered(tell))
        speech_ms = speech_time(voice_dir(), self._settings.speech)
        return build_timeline(routine, self._settings.playing, speech_ms)
