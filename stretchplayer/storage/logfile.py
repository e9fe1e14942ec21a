"""The program's own log: a file in the data directory that is begun anew before it grows too large."""

import logging
from pathlib import Path
from typing import Final

FILE_NAME: Final = "stretchplayer.log"
_LARGEST_BYTES: Final = 512 * 1024
_KEPT: Final = 2
_FORMAT: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class LogFile(logging.Handler):
    """Opens the file with the first record: a start without any has nothing to load and nothing to write."""

    def __init__(self, data_dir: Path) -> None:
        super().__init__()
        self._path = data_dir / FILE_NAME
        self._file: logging.Handler | None = None

    @property
    def path(self) -> Path:
        """Where the records go."""
        return self._path

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record. Where that can't be done it is dropped: there is no better place to say so."""
        try:
            if self._file is None:
                self._file = self._open()
            self._file.emit(record)
        except OSError:
            self._file = logging.NullHandler()

    def _open(self) -> logging.Handler:
        from logging.handlers import RotatingFileHandler  # imports sockets and queues

        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = RotatingFileHandler(self._path, maxBytes=_LARGEST_BYTES, backupCount=_KEPT, encoding="utf-8")
        file.setFormatter(logging.Formatter(_FORMAT))
        return file

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None
        super().close()


def log_to(data_dir: Path) -> LogFile:
    """Send every record of the program from INFO on to the file in `data_dir`, and return its handler."""
    handler = LogFile(data_dir)
    root = logging.getLogger("stretchplayer")
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    return handler
