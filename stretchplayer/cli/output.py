"""Writing to standard output and standard error, wherever they lead."""

import errno
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from io import TextIOWrapper

from stretchplayer.errors import StretchPlayerError, plain
from stretchplayer.i18n import _


class ExitCode(IntEnum):
    DONE = 0
    FAILURE = 1
    WRONG_USE = 2
    NOT_RUNNING = 3
    INTERRUPTED = 130


def print_json(data: object) -> None:
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # JSON is UTF-8, whatever the terminal is set to
    print_lines(json.dumps(data, indent=2, ensure_ascii=False).split("\n"))


def print_lines(lines: Iterable[str]) -> None:
    """Print and flush lines, so that a closed pipe or a full disk is noticed; nothing in them steers a terminal."""
    with _noticing_failures():
        for line in lines:
            print(plain(line))
        print(end="", flush=True)


def print_bytes(data: bytes) -> None:
    if sys.stdout is None:
        raise StretchPlayerError(_("There is no standard output here; name a file."))
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
        if error.errno == errno.EINVAL:  # what Windows says of a closed pipe
            raise BrokenPipeError from error
        discard_output()
        raise StretchPlayerError(_("The output can't be written: {strerror}."), strerror=error.strerror) from error


def print_errors(problems: Iterable[str]) -> None:
    for problem in problems:
        print(plain(problem), file=sys.stderr)


def fail(why: object, code: ExitCode) -> ExitCode:
    print_errors([str(why)])
    return code


def escape_unprintable() -> None:
    """Escape characters that the terminal's encoding hasn't got."""
    for stream in (sys.stdout, sys.stderr):
        # A program without a console (on Windows) has no streams.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def discard_output() -> None:
    """Discard unflushed output, or Python reports an error at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def clock(time_ms: int) -> str:
    """Minutes and seconds, rounded down: "06:35"."""
    minutes, seconds = divmod(time_ms // 1000, 60)
    return f"{minutes:02}:{seconds:02}"


def agrees(question: str, *, yes: bool) -> bool:
    """Ask, unless the answer is given, or nobody is there."""
    if yes or sys.stdin is None or not sys.stdin.isatty():
        return True
    print_lines([question])
    return sys.stdin.readline().strip().lower() == "y"
