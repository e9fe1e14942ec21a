"""Do-not-disturb on Linux; each desktop keeps that setting somewhere else."""

import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from stretchplayer.desktop.dbus.bus import Address, Body, Bus, address_of, first, properties_of, variant_value
from stretchplayer.desktop.notifications.freedesktop import SERVER
from stretchplayer.desktop.tools import run_tool
from stretchplayer.reminders.presence import Presence

DUNST: Final = "org.dunstproject.cmd0"
XFCE: Final = address_of("org.xfce.Xfconf")
SWAYNC: Final = address_of("org.erikreider.swaync.cc")
MAKO: Final = Address(service=SERVER.service, path="/fr/emersion/Mako", interface="fr.emersion.Mako")
MAKO_MODES: Final = frozenset({"do-not-disturb", "dnd"})
"""Usual names of the mode in which mako shows nothing; the first is the one in mako(5)."""
QUESTIONS: Final[tuple[tuple[Address, str, tuple[str, ...]], ...]] = (
    (properties_of(SERVER), "Get", (SERVER.interface, "Inhibited")),  # KDE and compatible servers
    (properties_of(SERVER), "Get", (DUNST, "paused")),
    (XFCE, "GetProperty", ("xfce4-notifyd", "/do-not-disturb")),
    (SWAYNC, "GetDnd", ()),
    (MAKO, "ListModes", ()),
)
"""Whom to call, which method, and its arguments."""
GSETTINGS: Final = {
    "GNOME": ("org.gnome.desktop.notifications", "show-banners", "false"),
    "Budgie": ("org.gnome.desktop.notifications", "show-banners", "false"),
    "Unity": ("org.gnome.desktop.notifications", "show-banners", "false"),
    "X-Cinnamon": ("org.cinnamon.desktop.notifications", "display-notifications", "false"),
    "MATE": ("org.mate.NotificationDaemon", "do-not-disturb", "true"),
}
"""For desktops, by their name in $XDG_CURRENT_DESKTOP: schema, key, and the value that means "do not disturb"."""


def ask_servers(bus: Bus, answer: Callable[[Presence | None], None]) -> None:
    """Ask every notification server that knows; a `watch.Probe` once the bus is bound."""
    left = len(QUESTIONS)
    is_on = False

    def take(body: Body | None) -> None:
        nonlocal left, is_on
        left -= 1
        is_on = is_on or _says_so(first(body))
        if not left:
            answer(Presence.BUSY if is_on else None)

    for to, member, texts in QUESTIONS:
        bus.call(to, member, take, signature="s" * len(texts), body=texts)


def _says_so(value: object) -> bool:
    modes = value if isinstance(value, list) else []
    return value is True or variant_value(value) is True or not MAKO_MODES.isdisjoint(modes)


def setting_reader() -> Callable[[], Presence | None] | None:
    """A blocking reader of this desktop's setting; None when it has none that can be read."""
    tool = shutil.which("gsettings")
    for name in os.environ.get("XDG_CURRENT_DESKTOP", "").split(":"):
        if name == "LXQt":
            return _read_lxqt
        if tool and name in GSETTINGS:
            schema, key, meaning_on = GSETTINGS[name]
            return partial(read_gsettings, tool, schema, key, meaning_on)
    return None


def read_gsettings(tool: str, schema: str, key: str, meaning_on: str) -> Presence | None:
    """Read a GSettings key; OSError when the tool is missing, fails or hangs."""
    return Presence.BUSY if run_tool(tool, "get", schema, key).strip() == meaning_on else None


def _read_lxqt() -> Presence | None:
    """LXQt's notifications keep it in a file (seen with 1.2)."""
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    path = Path(home, "lxqt", "notifications.conf")
    try:
        text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    except OSError:
        return None  # nothing was ever set
    return Presence.BUSY if "doNotDisturb=true" in text.splitlines() else None
