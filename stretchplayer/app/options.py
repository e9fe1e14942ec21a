"""What the command line asks the program to do."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchOptions:
    """How the program was started.

    `data_dir` holds all settings and data. `routine` is an id or a file as the person gave it, None for the default.
    With `start` playing begins at once, `rate` times as fast; `trace` is the file that records the session; with
    `exit_when_done` the program ends with the session; with `terminal` it needs no window at all. With `background` it
    shows none until it is asked to. `language` is a BCP 47 tag, None for that of the settings.
    """

    data_dir: Path
    routine: str | None = None
    start: bool = False
    fullscreen: bool = False
    rate: float = 1.0
    trace: Path | None = None
    exit_when_done: bool = False
    terminal: bool = False
    background: bool = False
    language: str | None = None
