"""A D-Bus connection in Qt's event loop: jeepney for the messages (jeepney.readthedocs.io), QLocalSocket for the bytes.

QtDBus can send the unsigned numbers that notifications need only in blocking calls, and neither a byte nor an object
path in a map. The sender of a signal is checked: on the system bus, every user may send us one.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Final

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
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
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtNetwork import QLocalSocket

from stretchplayer.desktop.dbus.bus import DBUS, Address, Answer, Body, Bus, Call, Reply

log = logging.getLogger(__name__)

TIMEOUT_MS: Final = 2_000
STARTING_TIMEOUT_MS: Final = 25_000
"""How long a service that is activated by our call may take; the same as libdbus."""
OWNED: Final = (1, 4)
"""What RequestName returns to the owner: now primary owner, or already owner."""
DO_NOT_QUEUE: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pending:
    answer: Answer
    timeout: QTimer


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listener:
    service: str
    rule: MatchRule
    callback: Callable[[Body], None]


class BusConnection(QObject, Bus):
    """Uses the first address that can be reached; failed or lost, it answers every call with None."""

    def __init__(self, address: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._serials = count(1)
        self._pending: dict[int, _Pending] = {}
        self._listeners: list[_Listener] = []
        self._owners: dict[str, str] = {}
        self._followers: dict[str, list[Callable[[str], None]]] = {}
        self._objects: dict[str, Callable[[Call], Reply]] = {}
        self._before_hello = bytearray()
        self._auth = Authenticator()
        self._parser = Parser()
        self._socket = QLocalSocket(self)
        self._connect(address)
        if self._is_open:
            # Queued, because `_lose` must not run while the socket is writing.
            self._socket.readyRead.connect(self._read, Qt.ConnectionType.QueuedConnection)
            self._socket.disconnected.connect(self._lose, Qt.ConnectionType.QueuedConnection)
            self._write(self._auth.data_to_send() or b"")
            self._ask_bus("Hello", lambda _body: None, "")

    # Calls of ours

    def call(
        self, to: Address, member: str, answer: Answer, *, signature: str = "", body: Body = (), start: bool = False
    ) -> None:
        if not self._is_open:
            answer(None)
            return
        address = DBusAddress(to.path, bus_name=to.service, interface=to.interface)
        message = new_method_call(address, member, signature or None, body)
        message.header.flags = MessageFlag(0) if start else MessageFlag.no_auto_start
        serial = next(self._serials)
        timeout = QTimer(self, singleShot=True, interval=STARTING_TIMEOUT_MS if start else TIMEOUT_MS)
        timeout.timeout.connect(partial(self._give_up, serial))
        if to != DBUS:  # what the bus itself says is of use however late: who owns a name, for instance
            timeout.start()
        self._pending[serial] = _Pending(answer=answer, timeout=timeout)
        self._send(message, serial)

    def subscribe(self, to: Address, member: str, callback: Callable[[Body], None]) -> None:
        if to.service not in self._followers:
            self.watch_name(to.service, lambda _owner: None)
        rule = MatchRule(type="signal", path=to.path, interface=to.interface, member=member)
        self._listeners.append(_Listener(service=to.service, rule=rule, callback=callback))
        self._match(to.service, rule)

    def watch_name(self, service: str, callback: Callable[[str], None]) -> None:
        followers = self._followers.setdefault(service, [])
        followers.append(callback)
        if len(followers) == 1:
            rule = MatchRule(type="signal", interface=DBUS.interface, member="NameOwnerChanged")
            rule.add_arg_condition(0, service)
            self._match(DBUS.service, rule)
        self._ask_bus("GetNameOwner", lambda body: self._note_owner(service, body), "s", service)

    def _note_owner(self, service: str, body: Body | None) -> None:
        self._owners[service] = str(body[0]) if body else ""
        for follower in self._followers.get(service, []):
            follower(self._owners[service])

    def request_name(self, service: str, answer: Callable[[bool], None]) -> None:
        def take(body: Body | None) -> None:
            answer(body is not None and body[0] in OWNED)

        self._ask_bus("RequestName", take, "su", service, DO_NOT_QUEUE)

    def release_name(self, service: str) -> None:
        self._ask_bus("ReleaseName", lambda _body: None, "s", service)

    def _match(self, sender: str, rule: MatchRule) -> None:
        """Ask for these signals. The sender is named to the bus only: signals bear its unique name."""
        self._ask_bus("AddMatch", lambda _body: None, "s", f"sender='{sender}',{rule.serialise()}")

    def _ask_bus(self, member: str, answer: Answer, signature: str, *body: object) -> None:
        self.call(DBUS, member, answer, signature=signature, body=body)

    # Objects of ours

    def export(self, path: str, handler: Callable[[Call], Reply]) -> None:
        self._objects[path] = handler

    def unexport(self, path: str) -> None:
        self._objects.pop(path, None)

    def emit_signal(self, path: str, interface: str, member: str, signature: str, body: Body) -> None:
        self._send(new_signal(DBusAddress(path, interface=interface), member, signature, body))

    def close(self) -> None:
        for pending in self._pending.values():
            pending.timeout.stop()
        self._pending.clear()
        self._listeners.clear()
        self._followers.clear()
        self._objects.clear()
        self._lose("")

    # Messages that come

    def _take(self, message: Message) -> None:
        kind, fields = message.header.message_type, message.header.fields
        if kind is MessageType.signal:
            self._take_signal(message)
        elif kind is MessageType.method_call:
            self._take_call(message)
        elif kind is MessageType.error:
            # Expected: services that this desktop lacks are called too.
            log.debug("the bus: %s %s", fields.get(HeaderFields.error_name), message.body)
            self._answer(fields.get(HeaderFields.reply_serial, 0), None)
        else:
            self._answer(fields.get(HeaderFields.reply_serial, 0), tuple(message.body))

    def _answer(self, serial: int, body: Body | None) -> None:
        pending = self._pending.pop(serial, None)
        if pending is not None:
            pending.timeout.stop()
            pending.timeout.deleteLater()
            pending.answer(body)

    def _give_up(self, serial: int) -> None:
        self._socket.waitForReadyRead(0)  # what has arrived already is not late, however long we were busy
        self._read()
        if serial in self._pending:
            log.info("no answer from the bus to call %d", serial)
            self._answer(serial, None)

    def _take_signal(self, message: Message) -> None:
        fields, body = message.header.fields, tuple(message.body)
        sender = fields.get(HeaderFields.sender)
        if sender == DBUS.service and fields.get(HeaderFields.member) == "NameOwnerChanged":
            self._note_owner(str(body[0]), body[2:] if body[2] else None)
            return
        for each in tuple(self._listeners):
            if each.rule.matches(message) and sender == self._owners.get(each.service):
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
        if message.header.flags & MessageFlag.no_reply_expected:
            return
        if reply.error:
            self._send(new_error(message, reply.error, "s", reply.body))
        else:
            self._send(new_method_return(message, reply.signature or None, reply.body))

    # Bytes

    @property
    def _is_open(self) -> bool:
        return self._socket.state() is QLocalSocket.LocalSocketState.ConnectedState

    def _connect(self, address: str) -> None:
        try:
            for path in get_connectable_addresses(address):
                is_abstract = path.startswith("\0")
                option = QLocalSocket.SocketOption
                self._socket.setSocketOptions(option.AbstractNamespaceOption if is_abstract else option.NoOptions)
                self._socket.connectToServer(path.removeprefix("\0"))
                if self._is_open:
                    return
                log.info("no bus at %s: %s", path, self._socket.errorString())
        except (RuntimeError, ValueError) as error:
            log.info("no bus: %s", error)

    def _send(self, message: Message, serial: int | None = None) -> None:
        data = message.serialise(serial=next(self._serials) if serial is None else serial)
        if self._auth.authenticated:
            self._write(data)
        else:
            self._before_hello += data

    def _write(self, data: bytes) -> None:
        if self._is_open:
            self._socket.write(data)
            self._socket.flush()

    def _read(self) -> None:
        if not self._is_open:  # lost since this was queued
            return
        data = bytes(self._socket.readAll().data())
        try:
            if self._auth.authenticated:
                self._parser.add_data(data)
            elif data:
                self._authenticate(data)
        except ValueError as error:
            self._lose(str(error))
        while self._is_open:
            try:
                message = self._parser.get_next_message()
            except Exception as error:  # noqa: BLE001 -- what a broken bus sends can make the parser raise anything
                self._lose(repr(error))
                return
            if message is None:
                return
            self._take(message)

    def _authenticate(self, data: bytes) -> None:
        """Take the bus's answer to our authentication; ValueError when it is refused."""
        self._auth.feed(data)
        if self._auth.authenticated:
            self._write(BEGIN + bytes(self._before_hello))
            self._before_hello.clear()
            for pending in self._pending.values():
                if pending.timeout.isActive():
                    pending.timeout.start()  # only now are the calls sent

    def _lose(self, why: str = "it was closed") -> None:
        if why:
            log.info("the connection to the bus is lost: %s", why)
        self._socket.blockSignals(True)
        self._socket.abort()
        for serial in tuple(self._pending):
            self._answer(serial, None)
        for service, owner in tuple(self._owners.items()):
            if owner:
                self._note_owner(service, None)
