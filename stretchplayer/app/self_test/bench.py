"""What the checks of the self-test share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject

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
    if problems:
        raise CheckError(" ".join(problems))
