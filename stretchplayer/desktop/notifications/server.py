"""Which program shows notifications on a Linux desktop (https://specifications.freedesktop.org/notification-spec/latest/)."""

import sys

from stretchplayer.desktop.notifications.freedesktop import SERVER
from stretchplayer.desktop.tools import ANSWER_WITHIN_S

if sys.platform == "linux":
    from jeepney import DBusAddress, MessageType, new_method_call
    from jeepney.io.blocking import open_dbus_connection


def notification_server() -> str | None:
    """Name and version of the program that shows notifications; None when there is none. Blocks until it answers."""
    if sys.platform != "linux":
        return None
    address = DBusAddress(SERVER.path, bus_name=SERVER.service, interface=SERVER.interface)
    question = new_method_call(address, "GetServerInformation")
    try:
        with open_dbus_connection("SESSION") as connection:
            answer = connection.send_and_get_reply(question, timeout=ANSWER_WITHIN_S)
    except (OSError, KeyError, RuntimeError, ValueError):  # no bus, or none that jeepney can reach
        return None
    if answer.header.message_type is not MessageType.method_return:
        return None
    name, _vendor, version, _specification = answer.body
    return f"{name} {version}"
