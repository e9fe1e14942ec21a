"""A mouse for a Wayland compositor, made with the protocol wlr-virtual-pointer-unstable-v1.

No tool for this is packaged everywhere, and the little that is needed of Wayland's wire format fits on a page: a
message is the id of an object, its own size and number, and arguments of 32 bits each, in the machine's byte order.
"""

import socket
import struct
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_DISPLAY: Final = 1
_INTERFACE: Final = "zwlr_virtual_pointer_manager_v1"
_HEADER: Final = struct.Struct("=II")
LEFT_BUTTON: Final = 0x110
"""BTN_LEFT of the Linux kernel."""


def _text(value: str) -> bytes:
    data = value.encode() + b"\0"
    return struct.pack("=I", len(data)) + data + bytes(-len(data) % 4)


class WaylandPointer:
    """A mouse that is plugged in from when this is made until `close`."""

    def __init__(self, display: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(display))
        self._received = b""
        self._last_id = _DISPLAY
        try:
            self._pointer = self._plug_in()
        except BaseException:
            self.close()
            raise

    def move(self, x: int, y: int, width: int, height: int) -> None:
        """Go to a point of a screen of this size."""
        self._send(self._pointer, 1, struct.pack("=IIIII", self._now_ms(), x, y, width, height))
        self._end_frame()

    def press(self, *, down: bool) -> None:
        """Press the left button, or let it go."""
        self._send(self._pointer, 2, struct.pack("=III", self._now_ms(), LEFT_BUTTON, down))
        self._end_frame()

    def close(self) -> None:
        """Unplug it."""
        self._socket.close()

    def _end_frame(self) -> None:
        self._send(self._pointer, 4, b"")
        self._wait()

    def _plug_in(self) -> int:
        registry = self._new_id()
        self._send(_DISPLAY, 1, struct.pack("=I", registry))
        offers = [
            told for sender, _, told in self._until_answered() if sender == registry and _text(_INTERFACE) in told
        ]
        if not offers:
            msg = f"the compositor doesn't know {_INTERFACE}"
            raise RuntimeError(msg)
        manager = self._new_id()
        self._send(registry, 0, offers[0][:4] + _text(_INTERFACE) + struct.pack("=II", 1, manager))
        pointer = self._new_id()
        self._send(manager, 0, struct.pack("=II", 0, pointer))
        self._wait()
        return pointer

    def _new_id(self) -> int:
        """Ids have to be used in order."""
        self._last_id += 1
        return self._last_id

    def _wait(self) -> None:
        """Wait until the compositor has done all that was sent."""
        for _ in self._until_answered():
            pass

    def _until_answered(self) -> Iterator[tuple[int, int, bytes]]:
        """Ask for an answer, and give what comes before it: sender, number of the event, arguments."""
        callback = self._new_id()
        self._send(_DISPLAY, 0, struct.pack("=I", callback))
        while True:
            sender, event, arguments = self._receive()
            if sender == callback:
                return
            if (sender, event) == (_DISPLAY, 0):
                msg = f"the compositor refused: {arguments!r}"
                raise RuntimeError(msg)
            yield sender, event, arguments

    def _send(self, target: int, request: int, arguments: bytes) -> None:
        size = _HEADER.size + len(arguments)
        self._socket.sendall(_HEADER.pack(target, size << 16 | request) + arguments)

    def _receive(self) -> tuple[int, int, bytes]:
        self._fill(_HEADER.size)
        sender, size_and_event = _HEADER.unpack(self._received[: _HEADER.size])
        size, event = divmod(size_and_event, 1 << 16)
        self._fill(size)
        message, self._received = self._received[_HEADER.size : size], self._received[size:]
        return sender, event, message

    def _fill(self, size: int) -> None:
        while len(self._received) < size:
            data = self._socket.recv(4096)
            if not data:
                msg = "the compositor has hung up"
                raise RuntimeError(msg)
            self._received += data

    @staticmethod
    def _now_ms() -> int:
        return time.monotonic_ns() // 1_000_000 % (1 << 32)
