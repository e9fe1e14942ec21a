"""A real compositor tells when the person goes and comes back."""

from pathlib import Path

import pytest
from PySide6.QtCore import QDeadlineTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stretchplayer.desktop.presence.wayland_idle import WaylandIdle
from stretchplayer.desktop.wayland_inhibit import wayland_inhibitor
from stretchplayer.reminders.presence import Presence
from tests.desktop.presence.test_wayland_idle import found
from tests.e2e.wayland import WaylandDesktop

pytestmark = pytest.mark.desktop


def test_sway_tells_that_the_person_has_gone_and_is_back(
    wayland: WaylandDesktop, qapp: QApplication, qtbot: QtBot
) -> None:
    changes: list[str] = []
    path = Path(wayland.env["XDG_RUNTIME_DIR"], wayland.env["WAYLAND_DISPLAY"])
    probe = WaylandIdle(path, lambda: changes.append("changed"), qapp, away_after_ms=50)
    qtbot.waitUntil(lambda: found(probe) is Presence.AWAY)
    wayland.key("space")
    qtbot.waitUntil(lambda: len(changes) > 1)
    probe.close()
    assert found(probe) is None


def test_sway_takes_nobody_for_gone_while_the_screen_is_kept_on(
    wayland: WaylandDesktop, qapp: QApplication, qtbot: QtBot
) -> None:
    path = Path(wayland.env["XDG_RUNTIME_DIR"], wayland.env["WAYLAND_DISPLAY"])
    with wayland_inhibitor(path):
        wayland.key("space")
        probe = WaylandIdle(path, lambda: None, qapp, away_after_ms=50)
        enough = QDeadlineTimer(500)
        qtbot.waitUntil(lambda: enough.hasExpired() or found(probe) is not None)
        assert found(probe) is None
    qtbot.waitUntil(lambda: found(probe) is Presence.AWAY)
    probe.close()
