"""Imports after PySide6 read no sources."""

import builtins
import subprocess
import sys
from typing import Final

import pytest

from stretchplayer.app.plain_import import import_plainly

IMPORTS: Final = """
import linecache
import sys

if {plainly}:
    from stretchplayer.app.plain_import import import_plainly

    import_plainly()
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel

from stretchplayer.domain.timeline_builder import build_timeline

print(sum(len(entry[2]) for name, entry in linecache.cache.items() if "timeline_builder" in name and len(entry) > 2))
"""


def lines_kept(*, plainly: bool) -> int:
    """How many lines of the source of a module of ours a program keeps that imports it after PySide6."""
    command = [sys.executable, "-c", IMPORTS.format(plainly=plainly)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def test_no_source_is_read_and_kept() -> None:
    assert lines_kept(plainly=False) > 100, "PySide6 no longer reads sources: plain_import.py has no purpose any more"
    assert lines_kept(plainly=True) == 0


def test_what_was_there_before_the_hook_takes_its_place_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtins, "__import__", builtins.__import__)  # so that it is put back
    import_plainly()
    assert builtins.__import__ is vars(builtins)["__orig_import__"]
