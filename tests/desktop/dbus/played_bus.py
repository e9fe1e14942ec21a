"""A bus whose answers, and silences, are a test's to choose. It needs no event loop: it has a thread of its own."""

import socket
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

from jeepney import HeaderFields, Message, Parser, new_error, new_method_return
from jeepney.auth import BEGIN

from tests.posix import unix_socket


class PlayedBus:
    """Says what is in `answers`, by the member that is called; None is no answer. Other calls end in errors."""

    def __init__(self, path: Path, **answers: str | None) -> None:
        self._answers = {"Hello": ":1.1", "GetId": "1234", **answers}
        self._listening = unix_socket()
        self._listening.bind(str(path))
        self._listening.listen()
        self.address = f"unix:path={path}"
        self._connected: socket.socket | None = None
        self.heard: list[str] = []
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Hang up."""
        self._listening.shutdown(socket.SHUT_RDWR)
        if self._connected is not None:
            with suppress(OSError):  # the other end has hung up already
                self._connected.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listening.close()

    def _run(self) -> None:
        while True:
            try:
                connected, _ = self._listening.accept()
            except OSError:
                return
            self._connected = connected
            with connected:
                self._talk(connected)

    def _talk(self, connected: socket.socket) -> None:
        before = b""
        while BEGIN not in before:
            data = connected.recv(4096)
            if not data:
                return
            before += data
            if b"AUTH" in data:
                connected.sendall(b"OK 1234\r\n")
        parser = Parser()
        data = before.partition(BEGIN)[2]
        while True:
            parser.add_data(data)
            for message in iter(parser.get_next_message, None):
                self._answer(connected, message)
            data = connected.recv(4096)
            if not data:
                return

    def _answer(self, connected: socket.socket, message: Message) -> None:
        member: Any = message.header.fields[HeaderFields.member]
        self.heard.append(member)
        answer = self._answers.get(member, "")
        if answer is None:
            return
        reply = new_method_return(message, "s", (answer,)) if answer else new_error(message, "org.example.Unknown")
        connected.sendall(reply.serialise(serial=len(self.heard)))
