"""Who shows notifications, asked of a real message bus."""

import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such service")


def test_without_a_bus_there_is_nobody() -> None:
    from stretchplayer.desktop.notifications.server import notification_server

    assert notification_server() is None


def test_the_answer_is_name_and_version(monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

    from stretchplayer.desktop.notifications import server as asked

    class Bus:
        def call(self, question: QDBusMessage, *_: object) -> QDBusMessage:
            assert (question.service(), question.member()) == (asked.SERVICE, "GetServerInformation")
            answer = question.createReply()
            answer.setArguments(["dunst", "knopwob", "1.9", "1.2"])
            return answer

    monkeypatch.setattr(QDBusConnection, "sessionBus", Bus)
    assert asked.notification_server() == "dunst 1.9"
