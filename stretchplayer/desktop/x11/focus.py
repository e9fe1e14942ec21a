"""What window managers of X11 are asked because Qt doesn't: to give a window the focus, to keep it off taskbars.

A window manager that guards the focus (KWin and Mutter do) leaves it where the person typed last, and only lets a
window that asks for it blink. The person did ask, but in another program, the one that was started a second time; for
such wishes there is a message of its own, which taskbars and `wmctrl` send: _NET_ACTIVE_WINDOW with source indication 2
(https://specifications.freedesktop.org/wm-spec/latest/ar01s03.html).

A small window that comes and goes by itself has no place in a taskbar. Qt tells only that it is a tool, which some
taskbars list; so it is also said that they shall not (_NET_WM_STATE, ar01s05.html there).

Both are sent with the library Qt itself speaks to X with.
"""

import ctypes
import logging
import struct
from typing import Any, Final

_LIBRARY: Final = "libxcb.so.1"
_APPLICATION: Final = 1
_PAGER: Final = 2
"""As what one asks, the source indication."""
_ADD: Final = 1
_MOST_DATA: Final = 5
_CLIENT_MESSAGE: Final = 33
_FORMAT: Final = 32
_SUBSTRUCTURE_NOTIFY: Final = 1 << 19
_SUBSTRUCTURE_REDIRECT: Final = 1 << 20

log = logging.getLogger(__name__)


class _Iterator(ctypes.Structure):
    _fields_ = (("data", ctypes.POINTER(ctypes.c_uint32)), ("rem", ctypes.c_int), ("index", ctypes.c_int))


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _AtomReply(ctypes.Structure):
    _fields_ = (
        ("response_type", ctypes.c_uint8),
        ("pad", ctypes.c_uint8),
        ("sequence", ctypes.c_uint16),
        ("length", ctypes.c_uint32),
        ("atom", ctypes.c_uint32),
    )


def ask_for_focus(window: int, library: str = _LIBRARY) -> bool:
    """Ask the window manager of DISPLAY to give the window the focus; whether it could be asked."""
    return _ask(library, window, b"_NET_ACTIVE_WINDOW", _PAGER)


def keep_off_taskbars(window: int, library: str = _LIBRARY) -> bool:
    """Ask it to let taskbars and pagers not show the window, which is on the screen; whether it could be asked."""
    skipped = (b"_NET_WM_STATE_SKIP_TASKBAR", b"_NET_WM_STATE_SKIP_PAGER")
    return _ask(library, window, b"_NET_WM_STATE", _ADD, *skipped, _APPLICATION)


def _ask(library: str, window: int, kind: bytes, *data: int | bytes) -> bool:
    """Send a message of that kind; names in the data are replaced by their numbers."""
    try:
        xcb = _declared(ctypes.CDLL(library))
    except (OSError, AttributeError) as error:
        log.info("the window manager can't be asked: %s", error)
        return False
    connection = xcb.xcb_connect(None, None)
    try:
        if xcb.xcb_connection_has_error(connection):
            log.info("the window manager can't be asked: the display doesn't answer")
            return False
        root = xcb.xcb_setup_roots_iterator(xcb.xcb_get_setup(connection)).data[0]
        atom = _atom(xcb, connection, kind)
        numbers = [_atom(xcb, connection, each) if isinstance(each, bytes) else each for each in data]
        numbers += [0] * (_MOST_DATA - len(numbers))
        message = struct.pack("=BBHII5I", _CLIENT_MESSAGE, _FORMAT, 0, window, atom, *numbers)
        mask = _SUBSTRUCTURE_NOTIFY | _SUBSTRUCTURE_REDIRECT
        xcb.xcb_send_event(connection, 0, root, mask, message)
        # An answer to what is asked after it means that it has arrived; hanging up at once would lose it.
        return _atom(xcb, connection, kind) == atom != 0
    finally:
        xcb.xcb_disconnect(connection)


def _atom(xcb: Any, connection: Any, name: bytes) -> int:  # noqa: ANN401 -- what ctypes has no type for
    reply = xcb.xcb_intern_atom_reply(connection, xcb.xcb_intern_atom(connection, 0, len(name), name), None)
    if not reply:
        return 0
    atom = int(reply.contents.atom)
    _free(reply)
    return atom


def _free(pointer: Any) -> None:  # noqa: ANN401 -- the same
    free = ctypes.CDLL(None).free
    free.argtypes = (ctypes.c_void_p,)
    free(pointer)


def _declared(xcb: Any) -> Any:  # noqa: ANN401 -- the same
    """The functions used here, with their types."""
    pointer = ctypes.c_void_p
    types: dict[str, tuple[Any, tuple[Any, ...]]] = {
        "xcb_connect": (pointer, (ctypes.c_char_p, pointer)),
        "xcb_connection_has_error": (ctypes.c_int, (pointer,)),
        "xcb_get_setup": (pointer, (pointer,)),
        "xcb_setup_roots_iterator": (_Iterator, (pointer,)),
        "xcb_intern_atom": (_Cookie, (pointer, ctypes.c_uint8, ctypes.c_uint16, ctypes.c_char_p)),
        "xcb_intern_atom_reply": (ctypes.POINTER(_AtomReply), (pointer, _Cookie, pointer)),
        "xcb_send_event": (_Cookie, (pointer, ctypes.c_uint8, ctypes.c_uint32, ctypes.c_uint32, ctypes.c_char_p)),
        "xcb_disconnect": (None, (pointer,)),
    }
    for name, (result, arguments) in types.items():
        function = getattr(xcb, name)
        function.restype, function.argtypes = result, arguments
    return xcb
