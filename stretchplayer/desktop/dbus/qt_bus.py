"""Keeps Qt from waiting for a bus that doesn't answer.

QApplication connects to the session bus, for the desktop's theme and the tray, and by its help to the bus of screen
readers. It waits 25 s for each answer, and for good until it is let in.
"""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Final

from stretchplayer.desktop.timed_question import TimedQuestion

if sys.platform == "linux":
    from jeepney import DBusAddress, MessageFlag, MessageType, message_bus, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    from stretchplayer.desktop.dbus.bus import session_address

log = logging.getLogger(__name__)

SESSION_BUS: Final = "DBUS_SESSION_BUS_ADDRESS"
READERS_BUS: Final = "AT_SPI_BUS_ADDRESS"
NO_BUS: Final = "disabled:"
"""An address at which a bus is not even looked for in the usual place."""
QUESTIONS: Final = 10
"""About as many answers as Qt waits for, one after the other."""
WINDOW_WAITS_S: Final = 0.3
BACKGROUND_WAITS_S: Final = 5.0
"""Longer, because nobody is waiting: at login everything is slow."""


def qt_buses_answer() -> bool:
    """Whether the buses answer as often as Qt asks them; blocks until they do. True where Qt needs none."""
    if sys.platform == "linux":
        where = new_method_call(DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus"), "GetAddress")
        where.header.flags = MessageFlag.no_auto_start
        try:
            with closing(open_dbus_connection(session_address(), auth_timeout=BACKGROUND_WAITS_S)) as bus:
                for _ in range(QUESTIONS):
                    bus.send_and_get_reply(message_bus.GetId())
                readers = bus.send_and_get_reply(where)
            if readers.header.message_type is MessageType.method_return:
                open_dbus_connection(readers.body[0], auth_timeout=BACKGROUND_WAITS_S).close()
        except (OSError, RuntimeError, ValueError, StopIteration) as error:
            log.info("a bus can't be used: %r", error)
            return False
    return True


@contextmanager
def bus_for_qt(asked: TimedQuestion, *, within_s: float) -> Iterator[None]:
    """Let Qt do without the buses unless they answer. Our own connection never waits, and may yet succeed."""
    if asked.is_yes(within_s=within_s):
        yield
        return
    log.info("a bus doesn't answer, so there may be no icon in the tray")
    os.environ[READERS_BUS] = NO_BUS  # for good: Qt may look later
    before = os.environ.get(SESSION_BUS)
    os.environ[SESSION_BUS] = NO_BUS
    try:
        yield
    finally:
        del os.environ[SESSION_BUS]
        if before is not None:
            os.environ[SESSION_BUS] = before
