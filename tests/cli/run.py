"""A command, run in this process."""

from collections.abc import Callable

Run = Callable[..., tuple[int, str, str]]
"""Runs `stretchplayer` with arguments; the exit code, and what is on standard output and standard error."""
