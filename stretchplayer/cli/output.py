"""Writing to standard output and standard error, whatever those are."""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from io import TextIOWrapper

from stretchplayer.errors import StretchPlayerError
from stretchplayer.i18n import _


class ExitCode(IntEnum):
    """What the program leaves behind."""

    DONE = 0
    FAILURE = 1
    WRONG_USE = 2
    NOT_RUNNING = 3
    INTERRUPTED = 130


def print_json(data: object) -> None:
    """Print the data as one line of JSON."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # JSON is UTF-8, whatever the terminal is set to
    say([json.dumps(data, indent=2, ensure_ascii=False)])


def say(lines: Iterable[str]) -> None:
    """Print lines at once, so that a reader that is gone and a full disk are noticed here."""
    with _noticing_failures():
        for line in lines:
            print(line)
        print(end="", flush=True)


def print_bytes(data: bytes) -> None:
    """Print what is encoded already, with its own line ends."""
    with _noticing_failures():
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


@contextmanager
def _noticing_failures() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        discard_output()
        raise StretchPlayerError(
            _("The output can't be written: {strerror}.").format(strerror=error.strerror)
        ) from error


def tell(problems: Iterable[str]) -> None:
    """Print sentences to standard error."""
    for problem in problems:
        print(problem, file=sys.stderr)


def fail(why: object, code: ExitCode) -> ExitCode:
    """Say why, and return the code to leave with."""
    tell([str(why)])
    return code


def escape_unprintable() -> None:
    """Let a title in any script be printed on a terminal that can't show it, escaped."""
    for stream in (sys.stdout, sys.stderr):
        # A program without a console (on Windows) has no streams.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def discard_output() -> None:
    """Send what is still to be printed nowhere, or Python complains about it when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
