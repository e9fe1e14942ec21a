"""The program's log: a file in the data directory that is rotated before it grows too large."""

import logging
import sys
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from stretchplayer.errors import plain
from stretchplayer.storage.atomic_write import require_regular
from stretchplayer.storage.directories import make_data_dir

FILE_NAME: Final = "stretchplayer.log"
LARGEST_BYTES: Final = 512 * 1024
_KEPT: Final = 2
_FORMAT: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _Lines(logging.Formatter):
    """A line for each record, whatever is in it; a traceback follows below."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 -- as in the library
        return plain(super().formatMessage(record))


class LogFile(RotatingFileHandler):
    """Opens its file with the first record, and again when it was deleted.

    A record that can't be written is dropped.
    """

    def emit(self, record: logging.LogRecord) -> None:
        if self.stream is not None and not Path(self.baseFilename).exists():
            self.stream.close()
            self.stream = None
        super().emit(record)

    def _open(self) -> TextIOWrapper:
        path = Path(self.baseFilename)
        require_regular(path)
        file = super()._open()
        path.chmod(0o600)
        return file

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 -- as in the library
        """Ignore a full disk, which the base class would report on the terminal in the middle of a session."""
        if not isinstance(sys.exception(), OSError):
            super().handleError(record)


def log_to(data_dir: Path) -> LogFile:
    with suppress(OSError):  # then nothing is logged, and everything else works
        make_data_dir(data_dir)
    # A file name may contain bytes that are not text.
    handler = LogFile(
        data_dir / FILE_NAME,
        maxBytes=LARGEST_BYTES,
        backupCount=_KEPT,
        encoding="utf-8",
        errors="backslashreplace",
        delay=True,
    )
    handler.setFormatter(_Lines(_FORMAT))
    root = logging.getLogger("stretchplayer")
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    return handler
