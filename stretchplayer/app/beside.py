"""A session that is played beside the program that reminds, which is not to remind meanwhile.

What counts is the mark of the program that plays (`storage/playing_mark.py`): it is gone with that program, however it
ends, and it is there for a program that begins to remind in the middle. Besides, the one that reminds is told when it
is to look, so that what it shows is taken away at once.
"""

import logging
import time
from math import inf
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final

from stretchplayer.desktop.ipc.beside import BEAT_EVERY_MS, Beats
from stretchplayer.errors import DesktopError
from stretchplayer.storage.playing_mark import PlayingMark, mark_of_others

if TYPE_CHECKING:
    from PySide6.QtCore import QTimer

    from stretchplayer.desktop.ipc.remote import Verb
    from stretchplayer.ports import Clock

ANSWER_WITHIN_S: Final = 1.0
"""Longer than it takes; that long the end of the program waits for one that doesn't answer."""
SILENCE_S: Final = 2 * BEAT_EVERY_MS / 1000
NEVER_S: Final = -inf
"""When the last sign of life was, before the first."""

log = logging.getLogger(__name__)


class PlaysBeside:
    """Tells, in the program that plays. Nothing here holds up the session."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._mark = PlayingMark(data_dir)
        self._beats: QTimer | None = None
        self._beat_s = NEVER_S
        self._telling: list[Thread] = []

    def begin(self) -> None:
        """A session is being played from now on."""
        from PySide6.QtCore import QTimer

        if self._beats is None:
            self._beats = QTimer(interval=BEAT_EVERY_MS)
            self._beats.timeout.connect(self._beat)
            self._beats.start()
            self._beat()

    def end(self) -> None:
        """It is over, however it ended."""
        from stretchplayer.desktop.ipc.remote import Verb

        if self._beats is not None:
            self._beats.stop()
            self._beats = None
            self._beat_s = NEVER_S
            self._mark.release()
            self._tell(Verb.ENDED)

    def close(self) -> None:
        """End, and wait until that has been told."""
        self.end()
        for thread in self._telling:
            thread.join()

    def _beat(self) -> None:
        """Give a sign of life. After a long silence, in which this program was stopped, it is as at the beginning."""
        from stretchplayer.desktop.ipc.remote import Verb

        self._mark.beat()
        before_s, self._beat_s = self._beat_s, time.monotonic()
        if self._beat_s - before_s > SILENCE_S:
            self._tell(Verb.BEGUN)

    def _tell(self, verb: "Verb") -> None:
        self._telling = [thread for thread in self._telling if thread.is_alive()]
        self._telling.append(Thread(target=_tell, args=(self._data_dir, verb), name=f"telling-{verb}"))
        self._telling[-1].start()


def _tell(data_dir: Path, verb: "Verb") -> None:
    from stretchplayer.desktop.ipc.remote import Request
    from stretchplayer.desktop.remote_address import remote_address
    from stretchplayer.desktop.remote_client import ask

    address = remote_address(data_dir)
    if address is None:
        return
    try:
        ask(address, Request(verb=verb), within_s=ANSWER_WITHIN_S)
    except DesktopError as error:
        log.info("the program that reminds finds out by itself: %s", error)


class SessionsBeside:
    """Knows, in the program that reminds. It is asked at each of its looks, and does nothing else."""

    def __init__(self, data_dir: Path, clock: "Clock") -> None:
        self._data_dir = data_dir
        self._clock = clock
        self._beats = Beats()

    def are_playing(self) -> bool:
        """Whether a session is being played in another program that keeps its data in the same place."""
        now_ns = self._clock.monotonic_ns()
        self._beats = self._beats.seen(mark_of_others(self._data_dir), now_ns)
        return self._beats.is_playing(now_ns)
