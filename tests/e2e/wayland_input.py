"""A mouse and a keyboard for a Wayland compositor, made with its protocols for virtual ones.

No tool for a mouse is packaged everywhere, and one that brings a keyboard along for every key makes windows lose and
gain the focus each time, between which a key is lost. The little that is needed of Wayland's wire format fits on a
page: a message is the id of an object, its own size and number, and arguments of 32 bits each, in the machine's order.
"""

import os
import socket
import struct
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_DISPLAY: Final = 1
_HEADER: Final = struct.Struct("=II")
LEFT_BUTTON: Final = 0x110
"""BTN_LEFT of the Linux kernel."""
_MODIFIERS: Final = {"shift": 1, "ctrl": 4, "alt": 8}
"""Bits of xkb's real modifiers."""
_KEYS: Final = (
    "space", "Return", "Escape", "Left", "Right", "Up", "Down", "Prior", "Next", "F4", "F11", "f", "q", "x",
)  # fmt: skip
"""All that can be pressed, by the names of X11. The kernel's numbers of the keys follow their order, from 1."""
_X11_OFFSET: Final = 8
"""xkb's numbers of keys are this much above the kernel's."""
_XKB_V1: Final = 1


def _keymap() -> bytes:
    """What the keys mean, for libxkbcommon."""
    numbers = "".join(f"<K{number}> = {number + _X11_OFFSET};\n" for number, _ in enumerate(_KEYS, 1))
    symbols = "".join(f"key <K{number}> {{[{name}]}};\n" for number, name in enumerate(_KEYS, 1))
    text = f"""xkb_keymap {{
        xkb_keycodes "tests" {{ minimum = 8; maximum = 255; {numbers} }};
        xkb_types "tests" {{ include "complete" }};
        xkb_compatibility "tests" {{ include "complete" }};
        xkb_symbols "tests" {{ {symbols} }};
    }};"""
    return text.encode() + b"\0"


def _text(value: str) -> bytes:
    data = value.encode() + b"\0"
    return struct.pack("=I", len(data)) + data + bytes(-len(data) % 4)


class WaylandInput:
    """A mouse and a keyboard that are plugged in from when this is made until `close`."""

    def __init__(self, display: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(display))
        self._received = b""
        self._last_id = _DISPLAY
        try:
            self._plug_in()
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

    def key(self, combination: str) -> None:
        """Press a key and let it go: "space", or "ctrl+q"."""
        *modifiers, name = combination.split("+")
        number = _KEYS.index(name) + 1
        held = sum(_MODIFIERS[modifier] for modifier in modifiers)
        self._send(self._keyboard, 2, struct.pack("=IIII", held, 0, 0, 0))
        self._send(self._keyboard, 1, struct.pack("=III", self._now_ms(), number, True))
        self._send(self._keyboard, 1, struct.pack("=III", self._now_ms(), number, False))
        self._send(self._keyboard, 2, bytes(16))
        self._wait()

    def close(self) -> None:
        """Unplug them."""
        self._socket.close()

    def _end_frame(self) -> None:
        self._send(self._pointer, 4, b"")
        self._wait()

    def _plug_in(self) -> None:
        registry = self._new_id()
        self._send(_DISPLAY, 1, struct.pack("=I", registry))
        offers = [told for sender, _, told in self._until_answered() if sender == registry]

        def bind(interface: str) -> int:
            offer = next((told for told in offers if _text(interface) in told), None)
            if offer is None:
                msg = f"the compositor doesn't know {interface}"
                raise RuntimeError(msg)
            bound = self._new_id()
            self._send(registry, 0, offer[:4] + _text(interface) + struct.pack("=II", 1, bound))
            return bound

        seat = bind("wl_seat")
        pointers, keyboards = bind("zwlr_virtual_pointer_manager_v1"), bind("zwp_virtual_keyboard_manager_v1")
        self._pointer = self._new_id()
        self._send(pointers, 0, struct.pack("=II", 0, self._pointer))
        self._keyboard = self._new_id()
        self._send(keyboards, 0, struct.pack("=II", seat, self._keyboard))
        keymap = _keymap()
        file = os.memfd_create("keymap")
        try:
            os.write(file, keymap)
            self._send(self._keyboard, 0, struct.pack("=II", _XKB_V1, len(keymap)), file)
        finally:
            os.close(file)
        self._wait()

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

    def _send(self, target: int, request: int, arguments: bytes, *files: int) -> None:
        size = _HEADER.size + len(arguments)
        socket.send_fds(self._socket, [_HEADER.pack(target, size << 16 | request) + arguments], files)

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
