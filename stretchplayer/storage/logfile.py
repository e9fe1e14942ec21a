"""The program's own log: a file in the data directory that is begun anew before it grows too large."""

import logging
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

FILE_NAME: Final = "stretchplayer.log"
_LARGEST_BYTES: Final = 512 * 1024
_KEPT: Final = 2
_FORMAT: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _RotatedFile(logging.FileHandler):
    """Is put aside, and begun anew, when it has grown large. The library's own one brings sockets and queues along."""

    def emit(self, record: logging.LogRecord) -> None:
        if self.stream is not None and self.stream.tell() > _LARGEST_BYTES:
            self.stream.close()
            self._put_aside()
            self.stream = self._open()
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 -- as in the library
        """Hand on that it can't be written; the library would say so in the middle of a session in a terminal."""
        error = sys.exception()
        if isinstance(error, OSError):
            raise error
        super().handleError(record)

    def _put_aside(self) -> None:
        path = Path(self.baseFilename)
        for number in range(_KEPT, 0, -1):
            older = path if number == 1 else path.with_name(f"{path.name}.{number - 1}")
            if older.exists():
                older.replace(path.with_name(f"{path.name}.{number}"))


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
        """Write a record. Where that can't be done it is dropped: there is no better place to say so.

        With the next one it is tried again: a disk isn't full for ever.
        """
        try:
            if self._file is None:
                self._file = self._open()
            self._file.emit(record)
        except OSError:
            with suppress(OSError):
                self._close_file()

    def _open(self) -> logging.Handler:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        # A file's name may be no text at all.
        file = _RotatedFile(self._path, encoding="utf-8", errors="backslashreplace")
        file.setFormatter(logging.Formatter(_FORMAT))
        return file

    def close(self) -> None:
        """Close the file."""
        self._close_file()
        super().close()

    def _close_file(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()


def log_to(data_dir: Path) -> LogFile:
    """Send every record of the program from INFO on to the file in `data_dir`, and return its handler."""
    handler = LogFile(data_dir)
    root = logging.getLogger("stretchplayer")
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    return handler
