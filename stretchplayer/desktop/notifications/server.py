"""Who shows notifications on a Linux desktop (https://specifications.freedesktop.org/notification-spec/latest/)."""

from typing import Final

from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage

SERVICE: Final = "org.freedesktop.Notifications"
PATH: Final = "/org/freedesktop/Notifications"
ANSWER_WITHIN_MS: Final = 2_000


def notification_server() -> str | None:
    """Name and version of the program that shows notifications; None when there is none. Waits for its answer."""
    question = QDBusMessage.createMethodCall(SERVICE, PATH, SERVICE, "GetServerInformation")
    answer = QDBusConnection.sessionBus().call(question, QDBus.CallMode.Block, ANSWER_WITHIN_MS)
    if answer.type() is not QDBusMessage.MessageType.ReplyMessage:
        return None
    name, _vendor, version, _specification = answer.arguments()
    return f"{name} {version}"
