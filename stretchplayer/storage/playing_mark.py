"""Lets programs that keep their data in one place know when a session is being played in one of them.

A program that plays locks one of a few bytes of a file. The system lets go of it when the program ends, in whichever
way, so nothing has to be guessed from the number of a process. What is written into the file is other each time: by
that one sees that somebody is still alive there (`desktop/ipc/beside.py`).
"""

import logging
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from stretchplayer.storage.byte_lock import lock_byte, unlock_byte

FILE_NAME: Final = "playing.lock"
PLACES: Final = range(1_000, 1_008)
"""The bytes that are locked, behind what is written: on Windows nobody else could read it otherwise."""
_LENGTH: Final = 20

log = logging.getLogger(__name__)


class PlayingMark:
    """Says, from the first beat until it is released, that a session is being played in this program."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / FILE_NAME
        self._file: int | None = None
        self._place: int | None = None

    @property
    def is_held(self) -> bool:
        """Whether others can see it."""
        return self._place is not None

    def beat(self) -> None:
        """Say that one is, now. Where that can't be said nobody knows of the session."""
        try:
            if self._file is None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            if self._place is None:
                # When all are taken, there are others to be seen; once they have ended there is a place.
                self._place = next((place for place in PLACES if _is_taken_now(self._file, place)), None)
            os.lseek(self._file, 0, os.SEEK_SET)
            os.write(self._file, b"%0*d" % (_LENGTH, time.monotonic_ns()))
        except OSError as error:
            log.info("that a session is being played can't be told: %s", error)

    def release(self) -> None:
        """Say that none is any more; releasing twice is releasing once."""
        file, self._file, self._place = self._file, None, None
        if file is not None:
            os.close(file)


def mark_of_others(data_dir: Path) -> bytes | None:
    """What was last written by programs in which a session is being played; None when there is none.

    Not for a program that holds a `PlayingMark` itself.
    """
    try:
        # Should it be a pipe, nobody is to wait for what never comes.
        file = os.open(data_dir / FILE_NAME, os.O_RDWR | getattr(os, "O_NONBLOCK", 0))
    except OSError:  # mostly because there has never been a session beside another program
        return None
    try:
        return os.read(file, _LENGTH) if any(_is_taken_elsewhere(file, place) for place in PLACES) else None
    except OSError as error:
        log.info("whether a session is being played elsewhere can't be found out: %s", error)
        return None
    finally:
        os.close(file)


def _is_taken_now(file: int, place: int) -> bool:
    with suppress(BlockingIOError):
        lock_byte(file, place)
        return True
    return False


def _is_taken_elsewhere(file: int, place: int) -> bool:
    try:
        lock_byte(file, place)
    except BlockingIOError:
        return True
    unlock_byte(file, place)
    return False
