"""Whether the person wants no notifications now, on Linux. Each desktop keeps that somewhere else."""

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QProcess

from stretchplayer.desktop.dbus.bus import Address, Body, Bus, get_property, variant_value
from stretchplayer.desktop.notifications.freedesktop import SERVER
from stretchplayer.reminders.presence import Presence

CLOSING_MS: Final = 500
DUNST: Final = Address(service=SERVER.service, path=SERVER.path, interface="org.dunstproject.cmd0")
XFCE: Final = Address(service="org.xfce.Xfconf", path="/org/xfce/Xfconf", interface="org.xfce.Xfconf")
SWAYNC: Final = Address(
    service="org.erikreider.swaync.cc", path="/org/erikreider/swaync/cc", interface="org.erikreider.swaync.cc"
)
MAKO: Final = Address(service=SERVER.service, path="/fr/emersion/Mako", interface="fr.emersion.Mako")
MAKO_MODES: Final = frozenset({"do-not-disturb", "dnd"})
"""What people call the mode in which mako shows nothing: the first is its manual's name (mako(5))."""
GSETTINGS: Final = {
    "GNOME": ("org.gnome.desktop.notifications", "show-banners", "false"),
    "Budgie": ("org.gnome.desktop.notifications", "show-banners", "false"),
    "Unity": ("org.gnome.desktop.notifications", "show-banners", "false"),
    "X-Cinnamon": ("org.cinnamon.desktop.notifications", "display-notifications", "false"),
    "MATE": ("org.mate.NotificationDaemon", "do-not-disturb", "true"),
}
"""For desktops, by their name in $XDG_CURRENT_DESKTOP: schema, key, and the value that means "do not disturb"."""


class DoNotDisturb:
    """Implements `presence.Sense`: asks KDE's and other notification servers, dunst, Xfce, swaync and mako."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def look(self, answer: Callable[[Presence | None], None]) -> None:
        """Find out."""
        questions: tuple[Callable[[Callable[[object], None]], None], ...] = (
            lambda take: get_property(self._bus, SERVER, "Inhibited", take),
            lambda take: get_property(self._bus, DUNST, "paused", take),
            lambda take: self._bus.call(SWAYNC, "GetDnd", lambda body: take(body[0] if body else None)),
            self._ask_xfce,
            self._ask_mako,
        )
        left = len(questions)
        is_on = False

        def take(value: object) -> None:
            nonlocal left, is_on
            left -= 1
            is_on = is_on or value is True
            if not left:
                answer(Presence.BUSY if is_on else None)

        for ask in questions:
            ask(take)

    def _ask_xfce(self, take: Callable[[object], None]) -> None:
        def on_answer(body: Body | None) -> None:
            take(variant_value(body[0]) if body else None)

        self._bus.call(XFCE, "GetProperty", on_answer, signature="ss", body=("xfce4-notifyd", "/do-not-disturb"))

    def _ask_mako(self, take: Callable[[object], None]) -> None:
        def on_answer(body: Body | None) -> None:
            modes = body[0] if body else None
            take(isinstance(modes, list) and not MAKO_MODES.isdisjoint(modes))

        self._bus.call(MAKO, "ListModes", on_answer)

    def close(self) -> None:
        """Do nothing: nothing is held."""


class GSettingsDoNotDisturb(QObject):
    """Implements `presence.Sense` for GNOME and its relatives, whose setting is read with their own tool."""

    def __init__(self, command: Sequence[str], meaning_on: str, parent: QObject) -> None:
        super().__init__(parent)
        self._meaning_on = meaning_on
        self._answer: Callable[[Presence | None], None] | None = None
        self._process = QProcess(self)
        self._process.setProgram(command[0])
        self._process.setArguments(list(command[1:]))
        self._process.finished.connect(self._end)
        self._process.errorOccurred.connect(self._on_error)

    def look(self, answer: Callable[[Presence | None], None]) -> None:
        """Find out."""
        self._answer = answer
        self._process.start()

    def close(self) -> None:
        """End the tool if it still runs."""
        self._answer = None
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(CLOSING_MS)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._end()

    def _end(self) -> None:
        said = bytes(self._process.readAllStandardOutput().data()).decode(errors="replace").strip()
        answer, self._answer = self._answer, None
        if answer is not None:
            answer(Presence.BUSY if said == self._meaning_on else None)


class LxqtDoNotDisturb:
    """Implements `presence.Sense` for LXQt, whose notifications keep it in a file (seen with 1.2)."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def look(self, answer: Callable[[Presence | None], None]) -> None:
        """Answer at once: the file is a few lines."""
        try:
            lines = self._path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            lines = []  # nothing was ever set
        answer(Presence.BUSY if "doNotDisturb=true" in lines else None)

    def close(self) -> None:
        """Do nothing: nothing is held."""


def lxqt_sense() -> LxqtDoNotDisturb | None:
    """What reads the setting of LXQt; None on other desktops."""
    if "LXQt" not in os.environ.get("XDG_CURRENT_DESKTOP", "").split(":"):
        return None
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return LxqtDoNotDisturb(Path(home, "lxqt", "notifications.conf"))


def gsettings_sense(parent: QObject) -> GSettingsDoNotDisturb | None:
    """What reads the setting of this desktop; None when it keeps none there."""
    tool = shutil.which("gsettings")
    for name in os.environ.get("XDG_CURRENT_DESKTOP", "").split(":"):
        if tool and name in GSETTINGS:
            schema, key, meaning_on = GSETTINGS[name]
            return GSettingsDoNotDisturb([tool, "get", schema, key], meaning_on, parent)
    return None
