"""What the checks of the self-test share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer

from stretchplayer.errors import StretchPlayerError


class CheckError(StretchPlayerError):
    """Something the program needs is not as it should be; the text says what."""


class Lacking(StretchPlayerError):  # noqa: N818 # no error: the program does without
    """Something is not there that the program can do without; the text says what that means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What checks work with: an empty data directory, the application, and why there is no display, if so."""

    data_dir: Path
    app: QCoreApplication
    display_problem: str | None = None
    keep: QObject = field(default_factory=QObject)
    """Parent of what lives as long as the self-test."""


Check = Callable[[Bench], str]


def fail_for(problems: Sequence[str]) -> None:
    """CheckError when there are problems."""
    if problems:
        raise CheckError(" ".join(problems))


def wait_for(begin: Callable[[Callable[[], None]], object], within_ms: int) -> bool:
    """Let the event loop run until what `begin` was given is called; False when it is not in time."""
    loop = QEventLoop()
    done = False

    def end() -> None:
        nonlocal done
        done = True
        loop.quit()

    begin(end)
    if not done:
        QTimer.singleShot(within_ms, loop, loop.quit)
        loop.exec()
    return done
