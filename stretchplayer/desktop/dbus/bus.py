"""The D-Bus connection as the desktop services use it (https://dbus.freedesktop.org/doc/dbus-specification.html).

Values are Python's own; a variant is a pair of signature and value, as in jeepney. Nothing here blocks: answers come
through callbacks, and are None after an error or a timeout.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

PROPERTIES: Final = "org.freedesktop.DBus.Properties"

Body = tuple[object, ...]
Answer = Callable[[Body | None], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    service: str
    path: str
    interface: str


def address_of(name: str) -> Address:
    """The object and interface named after its service, as usual: "org.freedesktop.DBus" at "/org/freedesktop/DBus"."""
    return Address(service=name, path=f"/{name.replace('.', '/')}", interface=name)


DBUS: Final = address_of("org.freedesktop.DBus")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call that another program makes of an object of ours."""

    interface: str
    member: str
    body: Body


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The answer to such a call: values of this signature, or the name of an error and a sentence."""

    signature: str = ""
    body: Body = ()
    error: str = ""


class Bus:
    """A connection to a bus; this one leads nowhere, and answers every call with None."""

    def call(
        self, to: Address, member: str, answer: Answer, *, signature: str = "", body: Body = (), start: bool = False
    ) -> None:
        """Call a method; with `start` a service that isn't running is activated if possible."""
        answer(None)

    def subscribe(self, to: Address, member: str, callback: Callable[[Body], None]) -> None:
        """Call back for every signal of this name from that service."""

    def watch_name(self, service: str, callback: Callable[[str], None]) -> None:
        """Call back with the unique name of the service's owner, "" when there is none: soon, and at each change."""
        callback("")

    def request_name(self, service: str, answer: Callable[[bool], None]) -> None:
        """Own that name, unless another program does; the answer is whether it is ours now."""
        answer(False)

    def release_name(self, service: str) -> None:
        pass

    def export(self, path: str, handler: Callable[[Call], Reply]) -> None:
        """Let the handler answer every call to this object."""

    def unexport(self, path: str) -> None:
        pass

    def emit_signal(self, path: str, interface: str, member: str, signature: str, body: Body) -> None:
        pass

    def close(self) -> None:
        """Close the connection; nothing is called back any more."""


def session_address() -> str:
    """Where the session's bus is; empty where nothing says so."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    return os.environ.get("DBUS_SESSION_BUS_ADDRESS") or (f"unix:path={runtime}/bus" if runtime else "")


def system_address() -> str:
    return os.environ.get("DBUS_SYSTEM_BUS_ADDRESS") or "unix:path=/var/run/dbus/system_bus_socket"


def properties_of(address: Address) -> Address:
    return Address(service=address.service, path=address.path, interface=PROPERTIES)


def get_property(bus: Bus, of: Address, name: str, answer: Callable[[object], None]) -> None:
    """Ask for a property; the answer is its value, or None."""
    bus.call(
        properties_of(of), "Get", lambda body: answer(variant_value(first(body))),
        signature="ss", body=(of.interface, name),
    )  # fmt: skip


def first(body: Body | None) -> object:
    return body[0] if body else None


def variant_value(variant: object) -> object:
    if isinstance(variant, tuple) and len(variant) == 2:  # noqa: PLR2004 -- signature and value
        return variant[1]
    return None


def changed_property(body: Body, interface: str, name: str) -> object:
    """The new value of a property in the body of a PropertiesChanged signal; None when it isn't there."""
    if len(body) > 1 and body[0] == interface and isinstance(body[1], dict):
        return variant_value(body[1].get(name))
    return None
