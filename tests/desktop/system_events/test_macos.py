"""Sleep, the lock and the Dock on macOS, with a Rubicon that is pretended."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from stretchplayer.desktop.system_events.macos import ACCESSORY, REGULAR, MacEvents, show_in_dock


class FakeCentre:
    """A notification centre."""

    def __init__(self) -> None:
        self.observers: dict[str, Callable[[object], None]] = {}

    def addObserverForName(
        self,
        name: str,
        *,
        object: None,  # noqa: A002 -- Cocoa's
        queue: None,
        usingBlock: Callable[[object], None],  # noqa: N803 -- Cocoa's
    ) -> str:
        assert (object, queue) == (None, None)
        self.observers[name] = usingBlock
        return name

    def removeObserver(self, observer: str) -> None:
        del self.observers[observer]


class FakeClass:
    """A class without properties that the runtime knows of: what was not declared to be one is a method."""

    def __init__(self, **values: object) -> None:
        self._values = values
        self._properties: set[str] = set()

    def declare_class_property(self, name: str) -> None:
        self._properties.add(name)

    def __getattr__(self, name: str) -> object:
        value = self._values[name]
        return value if name in self._properties else lambda: value


class FakeRubicon:
    """The module rubicon.objc."""

    def __init__(self) -> None:
        self.workspace, self.distributed = FakeCentre(), FakeCentre()
        self.policies: list[int] = []
        self.classes = {
            "NSWorkspace": FakeClass(sharedWorkspace=SimpleNamespace(notificationCenter=self.workspace)),
            "NSDistributedNotificationCenter": FakeClass(defaultCenter=self.distributed),
            "NSApplication": FakeClass(sharedApplication=SimpleNamespace(setActivationPolicy=self.policies.append)),
        }

    def ObjCClass(self, name: str) -> Any:  # noqa: ANN401 -- any class
        return self.classes[name]

    def Block(self, function: Callable[[object], None], result: None, *arguments: object) -> Callable[[object], None]:
        assert (result, len(arguments)) == (None, 1)
        return function


def test_what_macos_says_is_told() -> None:
    objc, told = FakeRubicon(), list[str]()
    events = MacEvents(objc=objc)
    events.going_to_sleep.connect(lambda: told.append("sleeps"))
    events.woken.connect(lambda: told.append("wakes"))
    events.locked.connect(lambda: told.append("locked"))
    events.unlocked.connect(lambda: told.append("unlocked"))
    for observers in (objc.workspace.observers, objc.distributed.observers):
        for notify in observers.values():
            notify("notification")
    assert told == ["sleeps", "wakes", "locked", "unlocked"]
    events.close()
    assert objc.workspace.observers == objc.distributed.observers == {}


def test_without_a_window_it_is_not_in_the_dock() -> None:
    objc = FakeRubicon()
    show_in_dock(False, objc)
    show_in_dock(True, objc)
    assert objc.policies == [ACCESSORY, REGULAR]


def test_elsewhere_there_is_no_such_library() -> None:
    with pytest.raises(ModuleNotFoundError):
        MacEvents()
