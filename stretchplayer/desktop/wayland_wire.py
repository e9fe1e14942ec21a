"""The little that is needed of Wayland's wire format (wayland.freedesktop.org, "Wire Format").

A message is an object's id, its own size and opcode, and 32-bit arguments, all in native byte order.
"""

import os
import socket
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

HEADER: Final = struct.Struct("=II")
DISPLAY: Final = 1
REGISTRY: Final = 2
REGISTRY_DONE: Final = 3
"""The ids of objects, which have to be allocated in order: our own follow."""
DISPLAY_ERROR: Final = 0
GET_REGISTRY: Final = 1
SYNC: Final = 0
BIND: Final = 0


def display_path() -> Path | None:
    name = os.environ.get("WAYLAND_DISPLAY", "")
    return Path(os.environ.get("XDG_RUNTIME_DIR", "/"), name) if name else None


def unix_socket() -> socket.socket:
    """A socket for the compositor's path; OSError where there is none."""
    if sys.platform == "win32":
        raise OSError("Windows has no such sockets.")
    return socket.socket(socket.AF_UNIX)


def message(target: int, request: int, *arguments: int) -> bytes:
    return _framed(target, request, struct.pack(f"={len(arguments)}I", *arguments))


def bind(offer: int, interface: str, new: int) -> bytes:
    """The request for version 1 of what the registry offers under that number."""
    text = interface.encode() + b"\0"
    padded = struct.pack("=I", len(text)) + text + bytes(-len(text) % 4)
    return _framed(REGISTRY, BIND, struct.pack("=I", offer) + padded + struct.pack("=II", 1, new))


def _framed(target: int, request: int, arguments: bytes) -> bytes:
    return HEADER.pack(target, (HEADER.size + len(arguments)) << 16 | request) + arguments


ASK_OFFERS: Final = message(DISPLAY, GET_REGISTRY, REGISTRY) + message(DISPLAY, SYNC, REGISTRY_DONE)
"""Asks what there is; an event of REGISTRY_DONE follows all the `offers`."""


class Events:
    """What the compositor sends."""

    def __init__(self) -> None:
        self.offers: dict[str, int] = {}
        """The numbers of the interfaces that there are."""
        self._unread = b""

    def read(self, data: bytes) -> Iterator[tuple[int, int]]:
        """Yield the sender and the number of each event in what has arrived; OSError when it refuses, or babbles."""
        self._unread += data
        while len(self._unread) >= HEADER.size:
            sender, size_and_event = HEADER.unpack_from(self._unread)
            size, event = divmod(size_and_event, 1 << 16)
            if size < HEADER.size:
                raise OSError("it speaks nonsense")
            if len(self._unread) < size:
                return
            arguments, self._unread = self._unread[HEADER.size : size], self._unread[size:]
            if sender == DISPLAY and event == DISPLAY_ERROR:
                raise OSError(f"it refused: {arguments!r}")
            if sender == REGISTRY and event == 0:
                number, length = struct.unpack_from("=II", arguments)
                self.offers.setdefault(arguments[8 : 8 + length - 1].decode(), number)
            yield sender, event
