"""A reminder's window that a helper process shows: the real one, on a real X server."""

import sys
from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QProcess
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stretchplayer.desktop.reminder_process import ReminderProcess
from stretchplayer.desktop.timer import QtTimer
from stretchplayer.domain.invitation import HelperAnswer, HelperEvent, HelperOrder, Invitation
from tests.desktop.desktop import Window
from tests.desktop.resident import button
from tests.desktop.x11 import X11Desktop

pytestmark = pytest.mark.desktop
PATIENCE_MS = 20_000


@pytest.fixture
def helper(x11: X11Desktop, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReminderProcess]:
    for name, value in x11.env.items():
        monkeypatch.setenv(name, value)
    root = QObject(qapp)
    made = ReminderProcess(QtTimer(root), root)
    yield made
    made.close()
    root.deleteLater()


def test_it_takes_no_focus_and_its_start_answers(
    x11: X11Desktop, helper: ReminderProcess, qtbot: QtBot, data_dir: Path
) -> None:
    answers: list[HelperAnswer] = []
    helper.on_answer(answers.append)
    helper.on_failure(lambda: pytest.fail("the helper failed"))
    x11.start([sys.executable, "-m", "tests.desktop.bare_window"])
    x11.wait_for_window("bare window", lambda window: window.focused)
    order = HelperOrder(invitation=Invitation(at=time(20), title="Trio", length_ms=1), dark=True, data_dir=data_dir)
    helper.show(order)
    qtbot.waitUntil(lambda: x11.unmanaged("Time to stretch") is not None, timeout=PATIENCE_MS)
    shown = x11.unmanaged("Time to stretch")
    assert isinstance(shown, Window)
    assert (shown.x + shown.width, shown.y + shown.height) == (x11.width - 18, x11.height - 18)
    (bare,) = x11.windows()
    assert bare.focused
    x11.click(*button(shown, 0.2))
    qtbot.waitUntil(lambda: bool(answers), timeout=PATIENCE_MS)
    assert answers == [HelperAnswer(event=HelperEvent.START)]
    (bare,) = x11.windows()
    assert bare.focused
    helper.withdraw()
    qtbot.waitUntil(lambda: not helper.findChildren(QProcess), timeout=PATIENCE_MS)
    assert x11.unmanaged("Time to stretch") is None
