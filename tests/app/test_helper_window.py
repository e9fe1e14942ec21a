"""What the process shows that is there for a reminder's small window alone, and how it ends."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from stretchplayer.app.helper_window import HelperWindow
from stretchplayer.domain.invitation import HelperAnswer, HelperEvent, HelperOrder, Invitation, order_line
from stretchplayer.domain.settings import Appearance, Settings
from stretchplayer.storage.settings import SettingsFile
from stretchplayer.ui import theme
from tests.ui.stage import settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
TRIO: Final = Invitation(at=time(20), title="Hamstring trio", length_ms=420_000, pose="towel-leg-raised")
ENDS_WITHIN_S: Final = 20.0


class Shown:
    """The window in this process, and what it answers."""

    def __init__(self, app: QApplication, data_dir: Path) -> None:
        self.answers: list[HelperAnswer] = []
        self.helper = HelperWindow(app, self.answers.append)
        self.window = self.helper.window
        self._data_dir = data_dir

    def show(self, invitation: Invitation = TRIO, *, dark: bool = True) -> None:
        """Let it come up."""
        self.helper.take(HelperOrder(invitation=invitation, dark=dark, data_dir=self._data_dir))
        settle()

    @property
    def ground(self) -> str:
        """The colour of the plate."""
        return self.window.palette().color(theme.PANEL).name().upper()


@pytest.fixture
def shown(qapp: QApplication, data_dir: Path) -> Iterator[Shown]:
    palette, style = qapp.palette(), qapp.style().name()
    made = Shown(qapp, data_dir)
    yield made
    made.window.close()
    made.window.deleteLater()
    made.helper.deleteLater()
    qapp.setPalette(palette)
    qapp.setStyle(style)
    qapp.styleHints().unsetColorScheme()
    settle()


def test_no_window_manager_has_it_and_it_says_when_it_is_seen(shown: Shown) -> None:
    assert shown.answers == []
    shown.show()
    wanted = Qt.WindowType.BypassWindowManagerHint | Qt.WindowType.WindowDoesNotAcceptFocus
    assert shown.window.windowFlags() & wanted == wanted
    assert shown.window.isVisible()
    assert "Hamstring trio" in shown.window.accessibleName()
    assert shown.answers == [HelperAnswer(event=HelperEvent.SHOWN)]
    shown.show(Invitation(at=time(8), title="Another", length_ms=60_000))
    assert "Another" in shown.window.accessibleName()
    assert shown.answers == [HelperAnswer(event=HelperEvent.SHOWN)] * 2


def test_what_is_chosen_is_told_and_the_window_goes(shown: Shown) -> None:
    shown.show()
    shown.answers.clear()
    shown.window.start_requested.emit()
    assert not shown.window.isVisible()
    shown.window.skip_requested.emit()
    shown.window.snooze_requested.emit(30)
    shown.window.snooze_requested.emit(None)
    assert shown.answers == [
        HelperAnswer(event=HelperEvent.START),
        HelperAnswer(event=HelperEvent.SKIP),
        HelperAnswer(event=HelperEvent.SNOOZE, snooze_min=30),
        HelperAnswer(event=HelperEvent.SNOOZE),
    ]


def test_its_colours_are_the_person_s_choice_or_the_system_s(shown: Shown, data_dir: Path) -> None:
    shown.show(dark=True)
    assert shown.ground == theme.DARK.panel
    shown.show(dark=False)
    assert shown.ground == theme.LIGHT.panel
    SettingsFile(data_dir).save(Settings(appearance=Appearance.DARK))
    shown.show(dark=False)
    assert shown.ground == theme.DARK.panel


# The process


@pytest.fixture
def process() -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", "stretchplayer.app.reminder_helper"]
    env = {**os.environ, "QT_LOGGING_RULES": "*.warning=false"}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=env, stdin=pipe, stdout=pipe, stderr=pipe) as started:
        yield started
        started.kill()


def test_the_process_shows_what_it_is_told_and_ends_with_the_program(
    process: "subprocess.Popen[bytes]", data_dir: Path
) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    line = order_line(HelperOrder(invitation=TRIO, dark=True, data_dir=data_dir))
    process.stdin.write(line[:20])
    process.stdin.flush()
    process.stdin.write(line[20:])
    process.stdin.flush()
    assert process.stdout.readline() == b'{"event": "shown"}\n'
    process.stdin.close()
    assert process.wait(ENDS_WITHIN_S) == 0


def test_the_process_refuses_what_it_does_not_understand(process: "subprocess.Popen[bytes]") -> None:
    assert process.stdin is not None
    assert process.stderr is not None
    process.stdin.write(b"hello\n")
    process.stdin.flush()
    assert process.wait(ENDS_WITHIN_S) == 2
    assert b"only Stretch Player itself" in process.stderr.read()
