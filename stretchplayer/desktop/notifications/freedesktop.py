"""Notifications on Linux (https://specifications.freedesktop.org/notification-spec/latest/)."""

import logging
import os
import sys
from collections.abc import Callable
from typing import Final

from stretchplayer.desktop import APP_NAME, DESKTOP_ENTRY
from stretchplayer.desktop.dbus.bus import Body, Bus, address_of
from stretchplayer.desktop.tools import ANSWER_WITHIN_S
from stretchplayer.reminders.reminder import Reminder, ReminderAction

if sys.platform == "linux":
    from jeepney import DBusAddress, MessageType, new_method_call
    from jeepney.io.blocking import open_dbus_connection

log = logging.getLogger(__name__)

SERVER: Final = address_of("org.freedesktop.Notifications")
CATEGORY: Final = "x-stretchplayer.reminder"
NORMAL: Final = 1
CRITICAL: Final = 2
"""GNOME Shell and Plasma (seen: 43.9, 5.27.5) keep such a notification, with its buttons, until it is answered."""
SERVERS_CHOICE_MS: Final = -1
"""How long it is shown is up to the server; our own small window stays."""
DISMISSED: Final = 2
"""Why a notification was closed: by the person."""
MARKUP: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
ACTIONS: Final = {"default": ReminderAction.OPEN} | {action.value: action for action in ReminderAction}


class FreedesktopNotifier:
    """Implements `ports.Notifier` on a bus.

    A reminder stays wanted until it is withdrawn, answered or dismissed; until then, every new server is asked to show
    it. One call is pending at a time: the next one has to name the notification it replaces. `stays`: no window of ours
    stays in its place, so it must not expire, and has all the answers (GNOME shows three and drops the rest). `few`:
    the server turns more than three actions into a list, so there are only three.
    """

    def __init__(self, bus: Bus, icon: str = DESKTOP_ENTRY, *, stays: bool = False, few: bool = False) -> None:
        self._bus = bus
        self._icon = icon
        self._stays = stays
        self._few = few
        self._tell: Callable[[ReminderAction], None] = lambda _action: None
        self._wanted: Reminder | None = None
        self._shown: Reminder | None = None
        self._id = 0
        """The id of our notification at the present server; 0 when it has none."""
        self._owner: str | None = None
        """The server's unique name; None until known."""
        self._can: frozenset[str] | None = None
        """That server's capabilities; None until known."""
        self._asking = False
        self._is_following = False

    def show(self, reminder: Reminder) -> None:
        self._wanted, self._shown = reminder, None
        if not self._is_following:
            self._is_following = True
            self._bus.watch_name(SERVER.service, self._on_owner)
            self._bus.subscribe(SERVER, "ActivationToken", self._on_token)
            self._bus.subscribe(SERVER, "ActionInvoked", self._on_action)
            self._bus.subscribe(SERVER, "NotificationClosed", self._on_closed)
        self._send_next()

    def withdraw(self) -> None:
        self._wanted = None
        if self._id and not self._asking:
            self._bus.call(SERVER, "CloseNotification", lambda _body: None, signature="u", body=(self._id,))
            self._id = 0

    def on_action(self, callback: Callable[[ReminderAction], None]) -> None:
        self._tell = callback

    def close(self) -> None:
        self.withdraw()
        self._tell = lambda _action: None

    # Showing it

    def _send_next(self) -> None:
        if self._asking or self._wanted is None or self._wanted is self._shown:
            return
        self._asking = True
        if self._can is None:
            self._bus.call(SERVER, "GetCapabilities", self._on_capabilities, start=True)
        else:
            self._shown = self._wanted
            signature, body = "susssasa{sv}i", self._arguments(self._wanted, self._can)
            self._bus.call(SERVER, "Notify", self._on_shown, signature=signature, body=body, start=True)

    def _arguments(self, reminder: Reminder, can: frozenset[str]) -> Body:
        text = reminder.body
        buttons: list[str] = []
        if "actions" in can:
            buttons += [ReminderAction.START, reminder.start, ReminderAction.SNOOZE, reminder.snooze]
            buttons += [ReminderAction.SKIP, reminder.skip]
            buttons += [ReminderAction.DONE, reminder.done] if self._stays and not self._few else []
            # For a click on the text. Xfce's server (seen: 0.7.3) shows it as a button too, so it comes last.
            buttons += [] if self._few else ["default", reminder.open]
        if "body-markup" in can:
            text = text.translate(MARKUP)
        hints: dict[str, tuple[str, object]] = {
            "urgency": ("y", CRITICAL if self._stays else NORMAL),
            "category": ("s", CATEGORY),
            "desktop-entry": ("s", DESKTOP_ENTRY),
        }
        if not reminder.sound:
            hints["suppress-sound"] = ("b", True)
        return (APP_NAME, self._id, self._icon, reminder.title, text, buttons, hints, SERVERS_CHOICE_MS)

    def _on_capabilities(self, body: Body | None) -> None:
        self._asking = False
        if body is None:
            log.info("there is no notification server now")
            return
        names = body[0] if body else ()
        self._can = frozenset(map(str, names)) if isinstance(names, list) else frozenset()
        self._send_next()

    def _on_shown(self, body: Body | None) -> None:
        self._asking = False
        if body and isinstance(body[0], int):
            self._id = body[0]
        if self._wanted is None:
            self.withdraw()
        self._send_next()

    # Signals

    def _on_owner(self, owner: str) -> None:
        before, self._owner = self._owner, owner
        if before is None or before == owner:
            return
        # A new server, which doesn't know our notification; if a call is pending, that call has started it.
        self._id, self._shown, self._can = 0, None, None
        if owner:
            self._send_next()

    def _on_token(self, body: Body) -> None:
        if self._is_ours(body):
            # Qt reads it from here to get the focus from the compositor (xdg-activation).
            os.environ["XDG_ACTIVATION_TOKEN"] = str(body[1])

    def _on_action(self, body: Body) -> None:
        action = ACTIONS.get(str(body[1])) if self._is_ours(body) else None
        if action is not None:
            self.withdraw()
            self._tell(action)

    def _on_closed(self, body: Body) -> None:
        # Keep the id: some servers report an action only after closing the notification.
        if self._is_ours(body) and body[1] == DISMISSED and not self._asking:
            self._wanted = None

    def _is_ours(self, body: Body) -> bool:
        return len(body) > 1 and bool(self._id) and body[0] == self._id


def notification_server() -> str | None:
    """Name and version of the program that shows notifications; None when there is none. Blocks until it answers."""
    if sys.platform == "linux":
        address = DBusAddress(SERVER.path, bus_name=SERVER.service, interface=SERVER.interface)
        question = new_method_call(address, "GetServerInformation")
        try:
            with open_dbus_connection("SESSION") as connection:
                answer = connection.send_and_get_reply(question, timeout=ANSWER_WITHIN_S)
        except (OSError, KeyError, RuntimeError, ValueError):  # no bus, or none that jeepney can reach
            return None
        if answer.header.message_type is MessageType.method_return:
            name, _vendor, version, _specification = answer.body
            return f"{name} {version}"
    return None
