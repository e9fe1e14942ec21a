"""Starting at login on Windows, with a registry that is pretended."""

import sys

import pytest

from stretchplayer.desktop.autostart.windows import APPROVED, NAME, RUN, WindowsAutostart, user_registry
from stretchplayer.errors import DesktopError
from stretchplayer.ports import Autostart


class FakeRegistry:
    """Implements `Registry`. `fail`: nothing can be read or written."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], str | bytes] = {}
        self.fail = False

    def _check(self) -> None:
        if self.fail:
            raise PermissionError(13, "Access is denied")

    def read(self, key: str, name: str) -> str | bytes | None:
        self._check()
        return self.values.get((key, name))

    def write(self, key: str, name: str, value: str) -> None:
        self._check()
        self.values[key, name] = value

    def delete(self, key: str, name: str) -> None:
        self._check()
        self.values.pop((key, name), None)


@pytest.fixture
def registry() -> FakeRegistry:
    return FakeRegistry()


@pytest.fixture
def windows(registry: FakeRegistry) -> WindowsAutostart:
    return WindowsAutostart([r"C:\Program Files\SP\stretchplayer.exe", "--background"], registry)


def test_a_run_value_is_written_and_removed(windows: WindowsAutostart, registry: FakeRegistry) -> None:
    port: Autostart = windows
    assert port.is_available()
    assert not port.is_on()
    port.set(True)
    assert port.is_on()
    assert registry.values == {(RUN, NAME): r'"C:\Program Files\SP\stretchplayer.exe" --background'}
    port.set(False)
    assert not port.is_on()
    assert registry.values == {}


@pytest.mark.parametrize(
    ("approval", "on"), [(b"\x02" + bytes(11), True), (b"\x03" + bytes(11), False), (b"\x07", False), (b"", True)]
)
def test_what_the_task_manager_turned_off_is_off(
    windows: WindowsAutostart, registry: FakeRegistry, approval: bytes, on: bool
) -> None:
    windows.set(True)
    registry.values[APPROVED, NAME] = approval
    assert windows.is_on() is on
    windows.set(True)
    assert windows.is_on()


def test_a_run_value_for_another_program_is_repaired(windows: WindowsAutostart, registry: FakeRegistry) -> None:
    assert not windows.repair()
    registry.values[RUN, NAME] = r"D:\old.exe --background"
    registry.values[APPROVED, NAME] = b"\x03"
    assert windows.repair()
    assert not windows.is_on(), "it was turned off, and only the program has moved"
    assert not windows.repair()


def test_a_registry_that_can_not_be_used(windows: WindowsAutostart, registry: FakeRegistry) -> None:
    registry.fail = True
    assert not windows.is_on()
    with pytest.raises(DesktopError, match="can't be changed: Windows says Access is denied"):
        windows.set(True)
    with pytest.raises(DesktopError, match="can't be repaired: Windows says Access is denied"):
        windows.repair()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has one")
def test_only_windows_has_a_registry() -> None:
    with pytest.raises(DesktopError, match="Only Windows"):
        user_registry()
