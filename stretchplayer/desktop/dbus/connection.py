"""A D-Bus connection in Qt's event loop, with jeepney for the bytes.

QtDBus would wait for answers in the places where it can send an unsigned number at all, as notifications need, and can
say neither a byte nor an object path in a map; see jeepney.readthedocs.io for the other half of this file. A connection
costs nothing while no message comes. Who is on the other side of a signal is checked: on the system bus, every user may
send us one.
"""

import logging
import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageFlag,
    MessageType,
    Parser,
    new_error,
    new_method_call,
    new_method_return,
    new_signal,
)
from jeepney.auth import BEGIN, Authenticator
from jeepney.bus import get_connectable_addresses
from PySide6.QtCore import QObject, QSocketNotifier, QTimer

from stretchplayer.desktop.dbus.bus import (
    DBUS,
    DBUS_PATH,
    STARTING_TIMEOUT_MS,
    TIMEOUT_MS,
    Address,
    Answer,
    Body,
    Call,
    Reply,
)

log = logging.getLogger(__name__)

THE_BUS: Final = Address(service=DBUS, path=DBUS_PATH, interface=DBUS)
SYSTEM_SOCKET: Final = "unix:path=/var/run/dbus/system_bus_socket"
CHUNK: Final = 65_536
NO_AUTO_START: Final = 2
NO_REPLY_EXPECTED: Final = 1
OWNED: Final = (1, 4)
"""What RequestName answers to whoever owns the name: from now on, or already."""
DO_NOT_QUEUE: Final = 4


def session_address() -> str:
    """The address of the person's bus; "" when there is none."""
    address = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    return address or (f"unix:path={runtime}/bus" if runtime else "")


def system_address() -> str:
    """The address of the machine's bus."""
    return os.environ.get("DBUS_SYSTEM_BUS_ADDRESS") or SYSTEM_SOCKET


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pending:
    answer: Answer
    timeout_s: float
    deadline_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listener:
    address: Address
    member: str
    callback: Callable[[Body], None]


class SocketBus(QObject):
    """Implements `bus.Bus` on the first address that can be reached."""

    def __init__(self, address: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._serials = count(1)
        self._pending: dict[int, _Pending] = {}
        self._listeners: list[_Listener] = []
        self._owners: dict[str, str] = {}
        self._followers: dict[str, list[Callable[[str], None]]] = {}
        self._objects: dict[str, Callable[[Call], Reply]] = {}
        self._unsent = bytearray()
        self._before_hello = bytearray()
        self._auth = Authenticator()
        self._parser = Parser()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._give_up_late)
        self._socket = _connect(address)
        if self._socket is not None:
            number = self._socket.fileno()
            self._reading = QSocketNotifier(number, QSocketNotifier.Type.Read, self)
            self._reading.activated.connect(self._read)
            self._writing = QSocketNotifier(number, QSocketNotifier.Type.Write, self)
            self._writing.setEnabled(False)
            self._writing.activated.connect(self._write)
            self._call_hello()

    # Calls of ours

    def call(
        self, to: Address, member: str, answer: Answer, *, signature: str = "", body: Body = (), start: bool = False
    ) -> None:
        """Call a method."""
        if self._socket is None:
            answer(None)
            return
        address = DBusAddress(to.path, bus_name=to.service, interface=to.interface)
        message = new_method_call(address, member, signature or None, body)
        message.header.flags = MessageFlag(0 if start else NO_AUTO_START)
        serial = self._send(message)
        timeout_s = (STARTING_TIMEOUT_MS if start else TIMEOUT_MS) / 1000
        self._pending[serial] = _Pending(
            answer=answer, timeout_s=timeout_s, deadline_s=time.monotonic() + timeout_s
        )  # fmt: skip
        self._set_alarm()

    def listen(self, to: Address, member: str, callback: Callable[[Body], None]) -> None:
        """Call back for every signal of this name."""
        if to.service not in self._followers:
            self.follow(to.service, lambda _owner: None)
        self._listeners.append(_Listener(address=to, member=member, callback=callback))
        self._match(f"sender='{to.service}',path='{to.path}',interface='{to.interface}',member='{member}'")

    def follow(self, service: str, callback: Callable[[str], None]) -> None:
        """Call back with the owner of the name, now and whenever it changes."""
        followers = self._followers.setdefault(service, [])
        followers.append(callback)
        if len(followers) == 1:
            self._match(f"sender='{DBUS}',interface='{DBUS}',member='NameOwnerChanged',arg0='{service}'")
        self._ask_bus("GetNameOwner", lambda body: self._note_owner(service, body), "s", service)

    def _note_owner(self, service: str, body: Body | None) -> None:
        self._owners[service] = str(body[0]) if body else ""
        for follower in self._followers.get(service, []):
            follower(self._owners[service])

    def own(self, service: str, answer: Callable[[bool], None]) -> None:
        """Become that service, unless somebody else is."""

        def take(body: Body | None) -> None:
            answer(body is not None and body[0] in OWNED)

        self._ask_bus("RequestName", take, "su", service, DO_NOT_QUEUE)

    def disown(self, service: str) -> None:
        """Be that service no longer."""
        self._ask_bus("ReleaseName", lambda _body: None, "s", service)

    def _match(self, rule: str) -> None:
        self._ask_bus("AddMatch", lambda _body: None, "s", f"type='signal',{rule}")

    def _ask_bus(self, member: str, answer: Answer, signature: str, *body: object) -> None:
        self.call(THE_BUS, member, answer, signature=signature, body=body)

    # Objects of ours

    def serve(self, path: str, handler: Callable[[Call], Reply]) -> None:
        """Let the handler answer every call of this object."""
        self._objects[path] = handler

    def withdraw(self, path: str) -> None:
        """Have that object no longer."""
        self._objects.pop(path, None)

    def tell(self, path: str, interface: str, member: str, signature: str, body: Body) -> None:
        """Send a signal to whoever listens."""
        if self._socket is not None:
            self._send(new_signal(DBusAddress(path, interface=interface), member, signature, body))

    def close(self) -> None:
        """End the connection."""
        self._pending.clear()
        self._listeners.clear()
        self._followers.clear()
        self._objects.clear()
        self._lose("")

    # Messages that come

    def _take(self, message: Message) -> None:
        header = message.header
        kind, fields = header.message_type, header.fields
        if kind is MessageType.signal:
            self._take_signal(message)
        elif kind is MessageType.method_call:
            self._take_call(message)
        else:
            pending = self._pending.pop(fields.get(HeaderFields.reply_serial, 0), None)
            self._set_alarm()
            if kind is MessageType.error:
                # Not worth more: what isn't there on this desktop is asked, too.
                log.debug("the bus: %s %s", fields.get(HeaderFields.error_name), message.body)
            if pending is not None:
                pending.answer(None if kind is MessageType.error else tuple(message.body))

    def _take_signal(self, message: Message) -> None:
        fields, body = message.header.fields, tuple(message.body)
        sender = fields.get(HeaderFields.sender)
        path, interface, member = (
            fields.get(field) for field in (HeaderFields.path, HeaderFields.interface, HeaderFields.member)
        )
        if sender == DBUS and member == "NameOwnerChanged":
            self._note_owner(str(body[0]), body[2:] if body[2] else None)
            return
        for each in tuple(self._listeners):
            at = each.address
            if (at.path, at.interface, each.member) == (path, interface, member) and sender == self._owners.get(
                at.service
            ):
                each.callback(body)

    def _take_call(self, message: Message) -> None:
        fields = message.header.fields
        handler = self._objects.get(fields.get(HeaderFields.path, ""))
        if handler is None:
            reply = Reply(error="org.freedesktop.DBus.Error.UnknownObject", body=("There is no such object.",))
        else:
            call = Call(
                interface=fields.get(HeaderFields.interface, ""),
                member=fields[HeaderFields.member],
                body=tuple(message.body),
            )
            reply = handler(call)
        if message.header.flags & NO_REPLY_EXPECTED or self._socket is None:
            return
        if reply.error:
            self._send(new_error(message, reply.error, "s", reply.body))
        else:
            self._send(new_method_return(message, reply.signature or None, reply.body))

    # Time

    def _set_alarm(self) -> None:
        if self._pending:
            due_s = min(pending.deadline_s for pending in self._pending.values()) - time.monotonic()
            self._timer.start(max(0, round(due_s * 1000)))
        else:
            self._timer.stop()

    def _give_up_late(self) -> None:
        self._read()  # what is there already is not late, however long we were busy
        now_s = time.monotonic()
        late = [serial for serial, pending in self._pending.items() if pending.deadline_s <= now_s]
        for serial in late:
            log.info("no answer from the bus to call %d", serial)
            self._pending.pop(serial).answer(None)
        self._set_alarm()

    # Bytes

    def _call_hello(self) -> None:
        self._unsent += self._auth.data_to_send() or b""
        self._write()
        self._ask_bus("Hello", lambda _body: None, "")

    def _send(self, message: Message) -> int:
        serial = next(self._serials)
        data = message.serialise(serial=serial)
        if self._auth.authenticated:
            self._unsent += data
            self._write()
        else:
            self._before_hello += data
        return serial

    def _write(self) -> None:
        if self._socket is None:
            return
        try:
            while self._unsent:
                del self._unsent[: self._socket.send(self._unsent)]
        except BlockingIOError:
            pass
        except OSError as error:
            why = str(error)
            # Not now: whoever is just making a call would be answered before it is pending.
            QTimer.singleShot(0, self, lambda: self._lose(why))
            self._unsent.clear()
        self._writing.setEnabled(bool(self._unsent))

    def _read(self) -> None:
        if self._socket is None:
            return
        try:
            data = self._socket.recv(CHUNK)
            if not data:
                self._lose("it was closed")
            elif self._auth.authenticated:
                self._parser.add_data(data)
            else:
                self._authenticate(data)
        except BlockingIOError:
            return
        except (OSError, ValueError) as error:
            self._lose(str(error))
        self._take_all()

    def _authenticate(self, data: bytes) -> None:
        """Take the bus's answer to who we are; ValueError when it doesn't like it."""
        self._auth.feed(data)
        if self._auth.authenticated:
            self._unsent += BEGIN + self._before_hello
            self._before_hello.clear()
            self._write()
            now_s = time.monotonic()  # only now the calls are on their way
            self._pending = {
                serial: replace(pending, deadline_s=now_s + pending.timeout_s)
                for serial, pending in self._pending.items()
            }

    def _take_all(self) -> None:
        while self._socket is not None:
            try:
                message = self._parser.get_next_message()
            except Exception as error:  # noqa: BLE001 -- what a broken bus sends can make the parser raise anything
                self._lose(repr(error))
                return
            if message is None:
                return
            self._take(message)

    def _lose(self, why: str) -> None:
        if self._socket is None:
            return
        if why:
            log.info("the connection to the bus is lost: %s", why)
        self._reading.setEnabled(False)
        self._writing.setEnabled(False)
        self._socket.close()
        self._socket = None
        self._timer.stop()
        pending, self._pending = self._pending, {}
        for each in pending.values():
            each.answer(None)
        for service, owner in self._owners.items():
            if owner:
                self._note_owner(service, None)


def _connect(address: str) -> socket.socket | None:
    try:
        for path in get_connectable_addresses(address):
            connected = socket.socket(socket.AF_UNIX)
            connected.setblocking(False)
            try:
                connected.connect(path)
            except OSError as error:
                connected.close()
                log.info("no bus at %s: %s", path, error)
            else:
                return connected
    except (RuntimeError, ValueError) as error:
        log.info("no bus: %s", error)
    return None
