"""What an X server knows of the person: when they last touched something, what fills the screen, who has locked it.

Through libxcb, which Qt needs anyway: unlike Xlib, it doesn't end the process when a window is gone or the connection
is lost. The screen saver extension is asked by hand (X11/extensions/saverproto.h): its own library is often not there.
"""

import ctypes
import os
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_size_t, c_uint8, c_uint16, c_uint32, c_void_p
from typing import Any, Final

from stretchplayer.desktop.presence.watch import AWAY_AFTER_MS
from stretchplayer.reminders.presence import Presence

ANY_TYPE: Final = 0
WORDS: Final = 1024
"""How much of a property is read; lists of states and single numbers are far shorter."""
CHECKED: Final = 1
"""xcb_send_request: errors come with the reply."""
QUERY_INFO: Final = 1


class _Cookie(Structure):
    _fields_ = (("sequence", c_uint32),)


class _AtomReply(Structure):
    _fields_ = (
        ("response_type", c_uint8), ("pad", c_uint8), ("sequence", c_uint16), ("length", c_uint32), ("atom", c_uint32),
    )  # fmt: skip


class _PropertyReply(Structure):
    _fields_ = (
        ("response_type", c_uint8), ("format", c_uint8), ("sequence", c_uint16), ("length", c_uint32),
        ("type", c_uint32), ("bytes_after", c_uint32), ("value_len", c_uint32),
    )  # fmt: skip


class _TreeReply(Structure):
    _fields_ = (
        ("response_type", c_uint8), ("pad", c_uint8), ("sequence", c_uint16), ("length", c_uint32),
        ("root", c_uint32), ("parent", c_uint32), ("children_len", c_uint16),
    )  # fmt: skip


class _SaverReply(Structure):
    _fields_ = (
        ("response_type", c_uint8), ("state", c_uint8), ("sequence", c_uint16), ("length", c_uint32),
        ("saver_window", c_uint32), ("ms_until_server", c_uint32), ("ms_since_user_input", c_uint32),
    )  # fmt: skip


class _Extension(Structure):
    _fields_ = (("name", c_char_p), ("global_id", c_int))


class _ExtensionReply(Structure):
    _fields_ = (
        ("response_type", c_uint8), ("pad", c_uint8), ("sequence", c_uint16), ("length", c_uint32),
        ("present", c_uint8), ("major_opcode", c_uint8),
    )  # fmt: skip


class _Part(Structure):
    _fields_ = (("base", c_void_p), ("length", c_size_t))


class _Request(Structure):
    _fields_ = (
        ("count", c_size_t), ("extension", POINTER(_Extension)), ("opcode", c_uint8), ("is_void", c_uint8),
    )  # fmt: skip


class _QueryInfo(Structure):
    _fields_ = (("major", c_uint8), ("minor", c_uint8), ("length", c_uint16), ("drawable", c_uint32))


_SAVER: Final = _Extension(b"MIT-SCREEN-SAVER", 0)


class X11Screen:
    """A connection of its own to the X server of $DISPLAY. OSError when there is none, or it is lost.

    Every question waits for its answer: to be asked in a thread.
    """

    def __init__(self) -> None:
        self._xcb = _library()
        self._free = ctypes.CDLL(None).free
        self._free.argtypes = (c_void_p,)
        self._connection: int | None = self._xcb.xcb_connect(None, None)
        self._atoms: dict[str, int] = {}
        self._check()
        self._root = self._first_root()

    def close(self) -> None:
        """Disconnect."""
        if self._connection is not None:
            self._xcb.xcb_disconnect(self._connection)
            self._connection = None

    def idle_ms(self) -> int | None:
        """How long ago the person last touched keyboard or pointer; None when the server can't tell."""
        extension = self._xcb.xcb_get_extension_data(self._connection, byref(_SAVER))
        self._check()
        if not extension or not extension.contents.present:
            return None
        query = _QueryInfo(0, QUERY_INFO, 0, self._root)
        # The two parts before the one that is pointed to belong to the library, which puts its own things there.
        parts = (_Part * 4)()
        parts[2] = _Part(ctypes.addressof(query), ctypes.sizeof(query))
        request = _Request(1, ctypes.pointer(_SAVER), QUERY_INFO, 0)
        sequence = self._xcb.xcb_send_request(
            self._connection, CHECKED, byref(parts, 2 * ctypes.sizeof(_Part)), byref(request)
        )
        error = c_void_p()
        reply = self._xcb.xcb_wait_for_reply(self._connection, sequence, byref(error))
        self._free(error)
        self._check()
        if not reply:
            return None
        idle_ms = int(ctypes.cast(reply, POINTER(_SaverReply)).contents.ms_since_user_input)
        self._free(reply)
        return idle_ms

    def filled_by(self) -> int | None:
        """The process whose window has the focus and fills the screen, 0 when it hides that; None when none does."""
        active = self._property(self._root, "_NET_ACTIVE_WINDOW")
        if not active or not active[0]:
            return None
        if self._atom("_NET_WM_STATE_FULLSCREEN") not in self._property(active[0], "_NET_WM_STATE"):
            return None
        process = self._property(active[0], "_NET_WM_PID")
        return process[0] if process else 0

    def is_saved(self) -> bool:
        """Whether XScreenSaver has locked or blanked the screen. It tells nobody but the X server.

        Seen with 6.06: _SCREENSAVER_STATUS of the root window begins with 0 or the atom of LOCK or BLANK, and stays so
        when it is killed. As long as it runs, it has a window with _SCREENSAVER_VERSION.
        """
        status = self._property(self._root, "_SCREENSAVER_STATUS")
        if not status or not status[0]:
            return False
        return any(self._has_property(window, "_SCREENSAVER_VERSION") for window in self._children())

    def _children(self) -> list[int]:
        """The windows right below the root."""
        cookie = self._xcb.xcb_query_tree(self._connection, self._root)
        reply = self._xcb.xcb_query_tree_reply(self._connection, cookie, None)
        self._check()
        children = self._xcb.xcb_query_tree_children(reply)
        found: list[int] = children[: reply.contents.children_len]
        self._free(reply)
        return found

    def _property(self, window: int, name: str) -> list[int]:
        """The 32-bit numbers of a property; none when the window or the property isn't there."""
        reply = self._ask_property(window, name)
        if not reply:
            return []
        found: list[int] = []
        if reply.contents.format == 32:  # noqa: PLR2004 -- bits
            value = ctypes.cast(self._xcb.xcb_get_property_value(reply), POINTER(c_uint32))
            found = value[: reply.contents.value_len]
        self._free(reply)
        return found

    def _has_property(self, window: int, name: str) -> bool:
        reply = self._ask_property(window, name)
        if not reply:
            return False
        is_there = bool(reply.contents.format)
        self._free(reply)
        return is_there

    def _ask_property(self, window: int, name: str) -> Any:  # noqa: ANN401 -- a pointer of ctypes', whose type is private
        """The server's answer, to be freed; null when the window isn't there."""
        cookie = self._xcb.xcb_get_property(
            self._connection, 0, window, self._atom(name), ANY_TYPE, 0, WORDS
        )  # fmt: skip
        error = c_void_p()
        reply = self._xcb.xcb_get_property_reply(self._connection, cookie, byref(error))
        self._free(error)
        self._check()
        return reply

    def _atom(self, name: str) -> int:
        if name not in self._atoms:
            data = name.encode()
            cookie = self._xcb.xcb_intern_atom(self._connection, 0, len(data), data)
            reply = self._xcb.xcb_intern_atom_reply(self._connection, cookie, None)
            self._check()
            self._atoms[name] = reply.contents.atom
            self._free(reply)
        return self._atoms[name]

    def _first_root(self) -> int:
        class Roots(Structure):
            _fields_ = (("data", POINTER(c_uint32)), ("rem", c_int), ("index", c_int))

        self._xcb.xcb_setup_roots_iterator.restype = Roots
        roots = self._xcb.xcb_setup_roots_iterator(self._xcb.xcb_get_setup(self._connection))
        return int(roots.data[0])

    def _check(self) -> None:
        if self._connection is None or self._xcb.xcb_connection_has_error(self._connection):
            self.close()
            raise OSError("The X server can't be reached.")


class X11Presence:
    """Knows it from the X server; makes a connection when first asked, and another when that is lost."""

    def __init__(self) -> None:
        self._screen: X11Screen | None = None

    def find_out(self) -> Presence | None:
        """AWAY, BUSY or None. OSError when there is no X server; to be asked in a thread."""
        if self._screen is None:
            self._screen = X11Screen()
        try:
            idle_ms = self._screen.idle_ms()
            filled_by = self._screen.filled_by()
            is_saved = self._screen.is_saved()
        except OSError:
            self._screen = None
            raise
        if is_saved or (idle_ms is not None and idle_ms >= AWAY_AFTER_MS):
            return Presence.AWAY
        return Presence.BUSY if filled_by not in {None, os.getpid()} else None


def _library() -> ctypes.CDLL:
    """Load libxcb and tell it apart from nonsense; OSError when it isn't there."""
    xcb = ctypes.CDLL("libxcb.so.1")
    signatures: dict[str, tuple[object, tuple[object, ...]]] = {
        "xcb_connect": (c_void_p, (c_char_p, POINTER(c_int))),
        "xcb_disconnect": (None, (c_void_p,)),
        "xcb_connection_has_error": (c_int, (c_void_p,)),
        "xcb_get_setup": (c_void_p, (c_void_p,)),
        "xcb_setup_roots_iterator": (None, (c_void_p,)),
        "xcb_get_extension_data": (POINTER(_ExtensionReply), (c_void_p, POINTER(_Extension))),
        "xcb_send_request": (c_uint32, (c_void_p, c_int, c_void_p, POINTER(_Request))),
        "xcb_wait_for_reply": (c_void_p, (c_void_p, c_uint32, POINTER(c_void_p))),
        "xcb_intern_atom": (_Cookie, (c_void_p, c_uint8, c_uint16, c_char_p)),
        "xcb_intern_atom_reply": (POINTER(_AtomReply), (c_void_p, _Cookie, c_void_p)),
        "xcb_get_property": (_Cookie, (c_void_p, c_uint8, c_uint32, c_uint32, c_uint32, c_uint32, c_uint32)),
        "xcb_get_property_reply": (POINTER(_PropertyReply), (c_void_p, _Cookie, POINTER(c_void_p))),
        "xcb_query_tree": (_Cookie, (c_void_p, c_uint32)),
        "xcb_query_tree_reply": (POINTER(_TreeReply), (c_void_p, _Cookie, c_void_p)),
        "xcb_query_tree_children": (POINTER(c_uint32), (POINTER(_TreeReply),)),
        "xcb_get_property_value": (c_void_p, (POINTER(_PropertyReply),)),
    }
    for name, (result, arguments) in signatures.items():
        function = getattr(xcb, name)
        function.restype, function.argtypes = result, arguments
    return xcb
