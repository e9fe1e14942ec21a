"""The program's own log: a file in the data directory that is begun anew before it grows too large."""

import logging
import sys
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from stretchplayer.storage.directories import make_data_dir

FILE_NAME: Final = "stretchplayer.log"
LARGEST_BYTES: Final = 512 * 1024
_KEPT: Final = 2
_FORMAT: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class LogFile(RotatingFileHandler):
    """Opens its file with the first record. A record that can't be written is dropped; the next one may be."""

    def _open(self) -> TextIOWrapper:
        file = super()._open()
        path = Path(self.baseFilename)
        if path.is_file():  # and no device
            path.chmod(0o600)
        return file

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 -- as in the library
        """Say nothing of a full disk: the library would, in the middle of a session in a terminal."""
        if not isinstance(sys.exception(), OSError):
            super().handleError(record)


def log_to(data_dir: Path) -> LogFile:
    """Send every record of the program from INFO on to the file in `data_dir`, and return its handler."""
    with suppress(OSError):  # then nothing can be logged, and all else goes on
        make_data_dir(data_dir)
    # A file's name may be no text at all.
    handler = LogFile(
        data_dir / FILE_NAME,
        maxBytes=LARGEST_BYTES,
        backupCount=_KEPT,
        encoding="utf-8",
        errors="backslashreplace",
        delay=True,
    )
    handler.setFormatter(logging.Formatter(_FORMAT))
    root = logging.getLogger("stretchplayer")
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    return handler
