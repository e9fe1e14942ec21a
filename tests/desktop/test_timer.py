"""The timer."""

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from stretchplayer.desktop.timer import QtTimer


def test_the_timer_fires_once(qtbot: QtBot) -> None:
    parent = QObject()
    calls: list[str] = []
    timer = QtTimer(parent)
    timer.connect(lambda: calls.append("now"))
    timer.arm(0)
    qtbot.waitUntil(lambda: bool(calls))
    qtbot.wait(5)
    assert calls == ["now"]


def test_arming_again_replaces_and_cancelling_forgets(qtbot: QtBot) -> None:
    parent = QObject()
    calls: list[str] = []
    timer = QtTimer(parent)
    timer.connect(lambda: calls.append("now"))
    timer.arm(100_000)
    timer.arm(0)
    qtbot.waitUntil(lambda: bool(calls))
    timer.arm(1)
    timer.cancel()
    qtbot.wait(10)
    assert calls == ["now"]
