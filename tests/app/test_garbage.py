"""Garbage is collected on the thread of the windows."""

import gc
import subprocess
import sys
import weakref

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from stretchplayer.app import garbage

ON_ANOTHER_THREAD = """
import gc
from threading import Thread

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

gc.disable()
app = QApplication(["x", "-platform", "offscreen"])


class Loop(QWidget):
    def __init__(self):
        super().__init__()
        self.me = self
        QTimer(self).start(1)


for _ in range(50):
    Loop()
    app.processEvents()
    thread = Thread(target=gc.collect)
    thread.start()
    thread.join()
    app.processEvents()
"""


class Loop:
    """Holds itself."""

    def __init__(self) -> None:
        self.me = self


def test_garbage_is_collected_now_and_then(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(garbage, "COLLECT_MS", 1)
    parent = QObject()
    timer = garbage.collect_regularly(parent)
    lost = weakref.ref(Loop())
    assert lost() is not None
    assert not gc.isenabled()
    qtbot.waitUntil(lambda: lost() is None)
    timer.stop()


def test_pyside_crashes_where_another_thread_collects_widgets() -> None:
    done = subprocess.run([sys.executable, "-c", ON_ANOTHER_THREAD], capture_output=True, check=False)
    assert done.returncode not in {0, 1}, "PySide copes: app/garbage.py has no purpose any more"
