"""A D-Bus service for tests: python stand_in.py ADDRESS NAME ANSWERS. It prints every call, as JSON, in a line.

ANSWERS is JSON: {"Member": [signature, [values…]]}, with "Get:Name" for a property; null never answers, and what isn't
there is an error. It obeys calls of its own interface: Say(path, interface, member, signature, values as JSON,
receiver) sends a signal, to everyone if the receiver is ""; Answer(answers as JSON) changes its answers.
"""

import json
import sys
from typing import Any, NoReturn

from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageType,
    message_bus,
    new_error,
    new_method_call,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import open_dbus_connection

OWN: str = "org.stretchplayer.StandIn"


def serve(address: str, name: str, answers: dict[str, Any]) -> NoReturn:
    """Answer until ended."""
    with open_dbus_connection(bus=address) as connection:
        bus = DBusAddress(message_bus.object_path, message_bus.bus_name, message_bus.interface)
        connection.send_and_get_reply(new_method_call(bus, "RequestName", "su", (name, 0)))
        sys.stdout.write('["ready"]\n')
        while True:
            sys.stdout.flush()
            call = connection.receive()
            if call.header.message_type is not MessageType.method_call:
                continue
            fields = call.header.fields
            member = fields[HeaderFields.member]
            if fields.get(HeaderFields.interface) == OWN:
                if member == "Say":
                    path, interface, signal, signature, values, receiver = call.body
                    said = new_signal(
                        DBusAddress(path, interface=interface), signal, signature, tuple(json.loads(values))
                    )
                    if receiver:
                        said.header.fields[HeaderFields.destination] = receiver
                    connection.send(said)
                else:
                    answers.update(json.loads(call.body[0]))
                connection.send(new_method_return(call))
                continue
            sys.stdout.write(json.dumps([member, *call.body]) + "\n")
            key = f"Get:{call.body[1]}" if member == "Get" else member
            if key not in answers:
                connection.send(new_error(call, "org.freedesktop.DBus.Error.UnknownMethod"))
            elif answers[key] is not None:
                signature, values = answers[key]
                connection.send(new_method_return(call, signature or None, tuple(values)))


if __name__ == "__main__":
    serve(sys.argv[1], sys.argv[2], json.loads(sys.argv[3]))
