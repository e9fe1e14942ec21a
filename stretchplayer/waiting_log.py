"""A log that is set up when there is time for it, or before its first record.

`logging` takes longer to load than the window may wait, and at a start there is seldom anything to write.
"""

from collections.abc import Callable
from typing import Any

_set_up: Callable[[], object] | None = None


class WaitingLogger:
    """Is to `logging` what a logger of that name is; for modules that are loaded before the window is there."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 -- whatever a logger has
        set_up()
        import logging

        return getattr(logging.getLogger(self._name), name)


def when_needed(do: Callable[[], object]) -> None:
    """Have this done before the first record."""
    global _set_up  # noqa: PLW0603 -- there is one log in a program
    _set_up = do


def set_up() -> None:
    """Do it now, unless it has been done."""
    global _set_up
    do, _set_up = _set_up, None
    if do is not None:
        do()
