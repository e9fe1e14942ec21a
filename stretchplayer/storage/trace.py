"""The trace of a session: JSON lines in a file."""

import logging
import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import BinaryIO

import msgspec

from stretchplayer.errors import StorageError
from stretchplayer.i18n import _
from stretchplayer.storage import messages

log = logging.getLogger(__name__)


class TraceFile:
    """Writes each event at once as one line of JSON.

    An old file is replaced. StorageError when the file can't be opened; a later failure (a full disk) is logged once
    and ends the trace, but not the session.
    """

    def __init__(self, path: Path) -> None:
        self._name = messages.shown(path)
        self._file: BinaryIO | None
        try:
            self._file = open(path, "wb", buffering=0, opener=partial(os.open, mode=0o600))  # noqa: SIM115 -- `close` does
        except OSError as error:
            raise StorageError(
                _("The trace can't be written to {name}: {reason}."), name=self._name, reason=messages.reason(error)
            ) from error

    def write(self, event: Mapping[str, object]) -> None:
        if self._file is None:
            return
        line = msgspec.json.encode(event) + b"\n"
        try:
            while line:
                line = line[self._file.write(line) :]
        except OSError as error:
            self.close()
            log.warning("the trace %s ends here: %s", self._name, messages.reason(error))

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def require_traceable(path: Path) -> None:
    """Raise StorageError when no trace can be written to this path; a pipe, which opens only once, isn't tried."""
    if not path.exists() or path.is_file() or path.is_dir():
        TraceFile(path).close()
