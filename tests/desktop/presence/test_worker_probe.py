"""Probing the person's presence in a worker thread."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stretchplayer.desktop.presence import worker_probe
from stretchplayer.desktop.presence.worker_probe import WorkerProbe
from stretchplayer.reminders.presence import Presence


@pytest.fixture
def found() -> list[Presence | None]:
    return []


def test_a_look_in_a_thread_is_answered_in_ours(qapp: QApplication, qtbot: QtBot, found: list[Presence | None]) -> None:
    probe = WorkerProbe(lambda: Presence.AWAY, qapp)
    probe.look(found.append)
    assert not found
    qtbot.waitUntil(lambda: found == [Presence.AWAY])
    probe.close()


def test_a_look_that_fails_is_not_known(qapp: QApplication, qtbot: QtBot, found: list[Presence | None]) -> None:
    def fail() -> Presence | None:
        raise OSError("no such thing")

    probe = WorkerProbe(fail, qapp)
    probe.look(found.append)
    qtbot.waitUntil(lambda: found == [None])
    probe.close()


@pytest.fixture
def event() -> Iterator[Any]:
    event = threading.Event()
    yield event
    event.set()


def test_a_look_that_hangs_holds_nobody_up(
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    found: list[Presence | None],
    event: Any,  # noqa: ANN401
) -> None:
    monkeypatch.setattr(worker_probe, "CLOSING_S", 0.01)
    probe = WorkerProbe(lambda: event.wait() and None, qapp)
    probe.look(found.append)
    probe.close()
    WorkerProbe(lambda: None, qapp).close()
    assert not found
