"""Garbage is collected when and where the program says."""

import gc
import weakref

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from stretchplayer.app import memory


class Loop:
    """Holds itself."""

    def __init__(self) -> None:
        self.me = self


def lost_loop() -> "weakref.ref[Loop]":
    return weakref.ref(Loop())


def test_garbage_is_collected_now_and_then(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "COLLECT_MS", 1)
    parent = QObject()
    timer = memory.collect_regularly(parent)
    lost = lost_loop()
    assert lost() is not None
    assert not gc.isenabled()
    qtbot.waitUntil(lambda: lost() is None)
    timer.stop()


def test_what_nobody_holds_is_freed() -> None:
    lost = lost_loop()
    memory.collect()
    assert lost() is None


def test_with_the_window_goes_what_was_kept_for_good() -> None:
    lost = lost_loop()
    memory.keep_for_good()
    memory.collect()
    assert lost() is not None
    memory.give_back()
    assert lost() is None
    gc.unfreeze()
