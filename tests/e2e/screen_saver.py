"""Stands in for the desktop's screen saver service, and says on standard output what it is asked."""

from itertools import count
from typing import NoReturn

from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageType,
    message_bus,
    new_error,
    new_method_call,
    new_method_return,
)
from jeepney.io.blocking import open_dbus_connection

NAME = "org.freedesktop.ScreenSaver"
COOKIES = count(7)


def serve() -> NoReturn:
    """Answer until ended."""
    with open_dbus_connection(bus="SESSION") as connection:
        bus = DBusAddress(message_bus.object_path, message_bus.bus_name, message_bus.interface)
        connection.send_and_get_reply(new_method_call(bus, "RequestName", "su", (NAME, 0)))
        print("ready", flush=True)
        while True:
            call = connection.receive()
            if call.header.message_type is not MessageType.method_call:
                continue
            member = call.header.fields[HeaderFields.member]
            print(member, *call.body, flush=True)
            if member == "Inhibit":
                connection.send(new_method_return(call, "u", (next(COOKIES),)))
            elif member == "UnInhibit":
                connection.send(new_method_return(call))
            else:
                connection.send(new_error(call, "org.freedesktop.DBus.Error.UnknownMethod"))


if __name__ == "__main__":
    serve()
