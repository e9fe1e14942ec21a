"""The little that is needed of Wayland's wire format (wayland.freedesktop.org, "Wire Format").

A message is an object's id, its own size and opcode, and 32-bit arguments, all in native byte order.
"""

import os
import socket
import struct
import sys
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


def offered(arguments: bytes) -> tuple[str, int]:
    """The interface that an event of the registry tells of, and its number there."""
    name, length = struct.unpack_from("=II", arguments)
    return arguments[8 : 8 + length - 1].decode(), name


def _framed(target: int, request: int, arguments: bytes) -> bytes:
    return HEADER.pack(target, (HEADER.size + len(arguments)) << 16 | request) + arguments
