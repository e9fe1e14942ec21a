"""A media player for tests: python fake_player.py NAME STATUS [deaf]. It prints what it is told to do.

"deaf" never answers.
"""

import sys

from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageType,
    message_bus,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import open_dbus_connection

AT = DBusAddress("/org/mpris/MediaPlayer2", interface="org.freedesktop.DBus.Properties")
PLAYER = "org.mpris.MediaPlayer2.Player"


def main() -> None:
    """Be a player until the process is ended."""
    name, status, *rest = sys.argv[1:]
    connection = open_dbus_connection("SESSION")
    connection.send_and_get_reply(message_bus.RequestName(f"org.mpris.MediaPlayer2.{name}"))
    say("here")
    while True:
        call = connection.receive()
        if call.header.message_type is not MessageType.method_call:
            continue
        fields = call.header.fields
        member = fields[HeaderFields.member]
        if fields.get(HeaderFields.interface) == PLAYER:
            say(member)
        if "deaf" in rest:
            continue
        if member == "GetAll":
            metadata = {"mpris:trackid": ("o", "/song"), "xesam:title": ("s", "Song")}
            facts = {"PlaybackStatus": ("s", status), "CanPause": ("b", True), "Metadata": ("a{sv}", metadata)}
            connection.send(new_method_return(call, "a{sv}", (facts,)))
            continue
        connection.send(new_method_return(call))
        if member in {"Pause", "Play"}:
            status = "Paused" if member == "Pause" else "Playing"
            changed = (PLAYER, {"PlaybackStatus": ("s", status)}, ["Seconds"])
            connection.send(new_signal(AT, "PropertiesChanged", "sa{sv}as", changed))


def say(word: str) -> None:
    """Tell the test."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
