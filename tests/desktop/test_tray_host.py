"""When there is a tray: at once, late, on the bus or on X11, or not at all."""

from collections.abc import Callable
from typing import Any

import pytest

from stretchplayer.desktop.tray_host import FIRST_GAP_MS, LONGEST_GAP_MS, WATCHER, TrayHost, x11_has_tray
from tests.fakes import FakeClock, FakeTimer

pytestmark = pytest.mark.usefixtures("qapp")


class NameBus:
    """Knows who owns one name."""

    def __init__(self) -> None:
        self.tell: Callable[[str], None] = lambda _owner: None

    def watch_name(self, service: str, callback: Callable[[str], None]) -> None:
        """Keep who wants to know."""
        assert service == WATCHER
        self.tell = callback


class Stage:
    """A tray that comes when it is told to."""

    def __init__(self, *, has_bus: bool = True) -> None:
        self.bus = NameBus()
        self.timer = FakeTimer(FakeClock())
        self.on_x11 = False
        self.times_seen: list[bool] = []
        bus: Any = self.bus if has_bus else None
        self.host = TrayHost(bus, self.timer, lambda: self.on_x11)
        self.host.seen.connect(self._on_seen)

    @property
    def seen(self) -> int:
        """How often it was told."""
        return len(self.times_seen)

    def _on_seen(self) -> None:
        self.times_seen.append(True)


def test_a_system_without_a_bus_has_a_tray_always() -> None:
    stage = Stage(has_bus=False)
    stage.host.begin()
    assert stage.seen == 1
    assert not stage.timer.armed


def test_a_tray_on_x11_is_seen_at_once() -> None:
    stage = Stage()
    stage.on_x11 = True
    stage.host.begin()
    assert stage.seen == 1
    stage.bus.tell(":1.7")
    stage.host.look()
    assert stage.seen == 1
    assert not stage.timer.armed


def test_a_late_tray_on_x11_is_looked_for_ever_more_seldom() -> None:
    stage = Stage()
    stage.host.begin()
    for _ in range(14):
        stage.timer.fire_when_due()
    gaps = stage.timer.delays_ms
    assert gaps[0] == FIRST_GAP_MS
    assert gaps == sorted(gaps)
    assert gaps[-1] == LONGEST_GAP_MS
    stage.on_x11 = True
    stage.timer.fire_when_due()
    assert stage.seen == 1
    assert not stage.timer.armed


def test_opening_the_window_is_a_reason_to_look() -> None:
    stage = Stage()
    stage.host.begin()
    stage.on_x11 = True
    stage.host.look()
    assert stage.seen == 1


def test_a_tray_on_the_bus_gets_a_moment_to_be_complete() -> None:
    stage = Stage()
    stage.host.begin()
    stage.bus.tell("")
    stage.bus.tell(":1.7")
    assert stage.seen == 0
    stage.timer.fire_when_due()
    assert stage.seen == 1


def test_a_service_that_went_before_its_tray_came_is_waited_for_again() -> None:
    stage = Stage()
    stage.host.begin()
    stage.bus.tell(":1.7")
    stage.bus.tell("")
    stage.timer.fire_when_due()
    assert stage.seen == 0
    assert stage.timer.due_in_ms is not None
    stage.host.close()
    assert not stage.timer.armed
    stage.host.look()
    assert stage.seen == 0


@pytest.mark.parametrize("display", [None, "", ":0.nowhere", "not a display"])
def test_a_display_that_can_t_be_reached_has_no_tray(display: str | None) -> None:
    assert not x11_has_tray(display)
