"""A small X11 client on libxcb, which Qt needs anyway.

Unlike Xlib, it doesn't exit the process when a window or the connection is gone. Requests and replies are packed
by hand (X11 protocol, appendix B; X11/extensions/saverproto.h): that takes fewer declarations than libxcb's functions,
and the library of the screen saver extension is often missing.
"""

import ctypes
import struct
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_size_t, c_uint8, c_uint32, c_void_p
from functools import cache
from typing import Final, Self

QUERY_TREE: Final = 15
INTERN_ATOM: Final = 16
GET_PROPERTY: Final = 20
GET_SELECTION_OWNER: Final = 23
SEND_EVENT: Final = 25
SAVER_QUERY_VERSION: Final = 0
SAVER_QUERY_INFO: Final = 1
SAVER_SUSPEND: Final = 5
ANY_TYPE: Final = 0
WORDS: Final = 1024
"""How much of a property is read; the properties read here are far shorter."""
HEADER_BYTES: Final = 32
CHECKED: Final = 1
"""xcb_send_request: errors come with the reply."""
CLIENT_MESSAGE: Final = 33
SUBSTRUCTURE_NOTIFY: Final = 1 << 19
SUBSTRUCTURE_REDIRECT: Final = 1 << 20
MOST_DATA: Final = 5


class _Extension(Structure):
    _fields_ = (("name", c_char_p), ("global_id", c_int))


class _ExtensionData(Structure):
    _fields_ = (("header", c_uint8 * 8), ("present", c_uint8))


class _Part(Structure):
    _fields_ = (("base", c_void_p), ("length", c_size_t))


class _Request(Structure):
    _fields_ = (
        ("count", c_size_t), ("extension", POINTER(_Extension)), ("opcode", c_uint8), ("is_void", c_uint8),
    )  # fmt: skip


class _Roots(Structure):
    _fields_ = (("data", POINTER(c_uint32)), ("rem", c_int), ("index", c_int))


_SAVER: Final = _Extension(b"MIT-SCREEN-SAVER", 0)


class XServer:
    """A connection to the X server of that display, or of $DISPLAY. OSError when there is none, or it is lost.

    Every request waits for its reply.
    """

    def __init__(self, display: str | None = None) -> None:
        self._xcb = _library()
        self._atoms: dict[str, int] = {}
        self._connection: int | None = self._xcb.xcb_connect(None if display is None else display.encode(), None)
        self._check()
        roots = self._xcb.xcb_setup_roots_iterator(self._xcb.xcb_get_setup(self._connection))
        self.root = int(roots.data[0])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        if self._connection is not None:
            self._xcb.xcb_disconnect(self._connection)
            self._connection = None

    def atom(self, name: str) -> int:
        if name not in self._atoms:
            data = name.encode()
            reply = self._ask(INTERN_ATOM, struct.pack("=HH", len(data), 0) + data)
            self._atoms[name] = 0 if reply is None else struct.unpack_from("=I", reply, 8)[0]
        return self._atoms[name]

    def numbers(self, window: int, name: str) -> list[int]:
        """The 32-bit numbers of a property; none when the window or the property isn't there."""
        reply = self._property(window, name)
        if reply is None or reply[1] != 32:  # noqa: PLR2004 -- bits
            return []
        (count,) = struct.unpack_from("=I", reply, 16)
        return list(struct.unpack_from(f"={count}I", reply, HEADER_BYTES))

    def has_property(self, window: int, name: str) -> bool:
        reply = self._property(window, name)
        return reply is not None and bool(reply[1])

    def _property(self, window: int, name: str) -> bytes | None:
        return self._ask(GET_PROPERTY, struct.pack("=5I", window, self.atom(name), ANY_TYPE, 0, WORDS))

    def children(self) -> list[int]:
        reply = self._ask(QUERY_TREE, struct.pack("=I", self.root))
        if reply is None:
            return []
        (count,) = struct.unpack_from("=H", reply, 16)
        return list(struct.unpack_from(f"={count}I", reply, HEADER_BYTES))

    def selection_owner(self, name: str) -> int:
        """The window that owns a selection, 0 when none does."""
        reply = self._ask(GET_SELECTION_OWNER, struct.pack("=I", self.atom(name)))
        return 0 if reply is None else int(struct.unpack_from("=I", reply, 8)[0])

    def idle_ms(self) -> int | None:
        """How long ago the person last touched keyboard or pointer; None when the server can't tell."""
        if not self._has_saver():
            return None
        reply = self._ask(SAVER_QUERY_INFO, struct.pack("=I", self.root), extension=_SAVER)
        return None if reply is None else int(struct.unpack_from("=I", reply, 16)[0])

    def suspend_saver(self) -> None:
        """Keep the screen on, power saving included, as long as this connection is open."""
        if not self._has_saver():
            raise OSError("The X server has no screen saver extension.")
        self._ask(SAVER_QUERY_VERSION, struct.pack("=BBH", 1, 1, 0), extension=_SAVER)
        self._send(SAVER_SUSPEND, struct.pack("=I", 1), extension=_SAVER, is_void=True)
        self.children()  # a round trip

    def _has_saver(self) -> bool:
        self._check()
        known = self._xcb.xcb_get_extension_data(self._connection, byref(_SAVER))
        self._check()
        return bool(known and known.contents.present)

    def tell_window_manager(self, window: int, kind: str, *data: int) -> None:
        """Send a client message about a window to the root, and wait until it has arrived."""
        numbers = data + (0,) * (MOST_DATA - len(data))
        message = struct.pack("=BBHII5I", CLIENT_MESSAGE, 32, 0, window, self.atom(kind), *numbers)
        mask = SUBSTRUCTURE_NOTIFY | SUBSTRUCTURE_REDIRECT
        self._send(SEND_EVENT, struct.pack("=II", self.root, mask) + message, is_void=True)
        self.children()  # a round trip: the message has arrived before this is answered

    def _ask(self, opcode: int, body: bytes, extension: _Extension | None = None) -> bytes | None:
        """The server's reply, its header included; None when it is an error."""
        sequence = self._send(opcode, body, extension)
        error = c_void_p()
        reply = self._xcb.xcb_wait_for_reply(self._connection, sequence, byref(error))
        _free(error)
        self._check()
        if not reply:
            return None
        (length,) = struct.unpack_from("=I", ctypes.string_at(reply, HEADER_BYTES), 4)
        data = ctypes.string_at(reply, HEADER_BYTES + 4 * length)
        _free(reply)
        return data

    def _send(self, opcode: int, body: bytes, extension: _Extension | None = None, *, is_void: bool = False) -> int:
        self._check()
        data = ctypes.create_string_buffer(bytes(4) + body + bytes(-len(body) % 4))
        # The two elements before the one passed are reserved for the library.
        parts = (_Part * 3)()
        parts[2] = _Part(ctypes.addressof(data), len(data) - 1)  # without the null byte that ends it
        request = _Request(1, None if extension is None else ctypes.pointer(extension), opcode, is_void)
        at = byref(parts, 2 * ctypes.sizeof(_Part))
        return int(self._xcb.xcb_send_request(self._connection, 0 if is_void else CHECKED, at, byref(request)))

    def _check(self) -> None:
        if self._connection is None or self._xcb.xcb_connection_has_error(self._connection):
            self.close()
            raise OSError("The X server can't be reached.")


def _free(pointer: object) -> None:
    free = ctypes.CDLL(None).free
    free.argtypes = (c_void_p,)
    free(pointer)


@cache
def _library() -> ctypes.CDLL:
    xcb = ctypes.CDLL("libxcb.so.1")
    signatures: dict[str, tuple[object, tuple[object, ...]]] = {
        "xcb_connect": (c_void_p, (c_char_p, POINTER(c_int))),
        "xcb_disconnect": (None, (c_void_p,)),
        "xcb_connection_has_error": (c_int, (c_void_p,)),
        "xcb_get_setup": (c_void_p, (c_void_p,)),
        "xcb_setup_roots_iterator": (_Roots, (c_void_p,)),
        "xcb_get_extension_data": (POINTER(_ExtensionData), (c_void_p, POINTER(_Extension))),
        "xcb_send_request": (c_uint32, (c_void_p, c_int, c_void_p, POINTER(_Request))),
        "xcb_wait_for_reply": (c_void_p, (c_void_p, c_uint32, POINTER(c_void_p))),
    }
    for name, (result, arguments) in signatures.items():
        function = getattr(xcb, name)
        function.restype, function.argtypes = result, arguments
    return xcb
