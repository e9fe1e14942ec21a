"""Sleep, the lock and the Dock on macOS (NSWorkspace.h, NSApplication.h), by way of Rubicon."""

import importlib
from collections.abc import Callable
from ctypes import c_void_p
from typing import Any, Final

from PySide6.QtCore import QObject

from stretchplayer.desktop.system_events import SystemEvents

REGULAR: Final = 0
ACCESSORY: Final = 1
"""NSApplicationActivationPolicyAccessory: neither in the Dock nor with a menu bar."""


class MacEvents(SystemEvents):
    """Observes notifications; `objc` is the module rubicon.objc, which only macOS has."""

    def __init__(self, parent: QObject | None = None, *, objc: Any = None) -> None:  # noqa: ANN401 -- the same
        super().__init__(parent)
        self._objc = objc or _rubicon()
        self._observed: list[tuple[Any, Any, Any]] = []
        """Centre, observer, and what it calls, which nobody else keeps."""
        workspace = _property(self._objc, "NSWorkspace", "sharedWorkspace").notificationCenter
        everyones = _property(self._objc, "NSDistributedNotificationCenter", "defaultCenter")
        self._observe(workspace, "NSWorkspaceWillSleepNotification", self.going_to_sleep.emit)
        self._observe(workspace, "NSWorkspaceDidWakeNotification", self.woken.emit)
        self._observe(everyones, "com.apple.screenIsLocked", self.locked.emit)
        self._observe(everyones, "com.apple.screenIsUnlocked", self.unlocked.emit)

    def _observe(self, centre: Any, name: str, tell: Callable[[], None]) -> None:  # noqa: ANN401 -- the same
        def on_notification(_notification: object) -> None:
            tell()

        block = self._objc.Block(on_notification, None, c_void_p)
        observer = centre.addObserverForName(name, object=None, queue=None, usingBlock=block)
        self._observed.append((centre, observer, block))

    def close(self) -> None:
        for centre, observer, _block in self._observed:
            centre.removeObserver(observer)
        self._observed.clear()


def show_in_dock(shown: bool, objc: Any = None) -> None:  # noqa: ANN401 -- the same
    """Let the program have its icon in the Dock, or be one of those that only wait in the menu bar."""
    application = _property(objc or _rubicon(), "NSApplication", "sharedApplication")
    application.setActivationPolicy(REGULAR if shown else ACCESSORY)


def _property(objc: Any, class_name: str, name: str) -> Any:  # noqa: ANN401 -- the same
    """A class property: the runtime knows few of them, and Rubicon takes the others for methods."""
    found = objc.ObjCClass(class_name)
    found.declare_class_property(name)
    return getattr(found, name)


def _rubicon() -> Any:  # noqa: ANN401 -- the same
    return importlib.import_module("rubicon.objc")
