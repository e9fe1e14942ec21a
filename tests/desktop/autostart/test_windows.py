"""Starting at login on Windows, with a registry that is pretended."""

import sys
from types import SimpleNamespace, TracebackType
from typing import Self

import pytest

from stretchplayer.desktop.autostart import windows as windows_module
from stretchplayer.desktop.autostart.windows import APPROVED, NAME, RUN, WindowsAutostart, user_registry
from stretchplayer.errors import DesktopError


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
    assert windows.is_available()
    assert not windows.is_on()
    windows.set(True)
    assert windows.is_on()
    assert registry.values == {(RUN, NAME): r'"C:\Program Files\SP\stretchplayer.exe" --background'}
    windows.set(False)
    assert not windows.is_on()
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


class FakeKey:
    """An open key of `winreg`."""

    def __init__(self, values: dict[str, str]) -> None:
        self.values = values

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        pass


class FakeWinreg:
    """The functions of `winreg` that are used, on keys in memory."""

    HKEY_CURRENT_USER, KEY_SET_VALUE, REG_SZ = "HKCU", 2, 1

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, str]] = {}

    def OpenKey(self, root: str, key: str, *, access: int = 0) -> FakeKey:
        assert root == self.HKEY_CURRENT_USER
        if key not in self.keys:
            raise FileNotFoundError(key)
        return FakeKey(self.keys[key])

    def CreateKeyEx(self, root: str, key: str, *, access: int) -> FakeKey:
        self.keys.setdefault(key, {})
        return self.OpenKey(root, key, access=access)

    def QueryValueEx(self, key: FakeKey, name: str) -> tuple[str, int]:
        if name not in key.values:
            raise FileNotFoundError(name)
        return key.values[name], self.REG_SZ

    def SetValueEx(self, key: FakeKey, name: str, reserved: int, kind: int, value: str) -> None:
        assert (reserved, kind) == (0, self.REG_SZ)
        key.values[name] = value

    def DeleteValue(self, key: FakeKey, name: str) -> None:
        if key.values.pop(name, None) is None:
            raise FileNotFoundError(name)


def test_the_registry_of_the_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows_module, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(windows_module, "winreg", FakeWinreg(), raising=False)
    registry = user_registry()
    registry.delete(RUN, NAME)
    assert registry.read(RUN, NAME) is None
    registry.write(RUN, NAME, "stretchplayer.exe")
    assert registry.read(RUN, NAME) == "stretchplayer.exe"
    registry.delete(RUN, NAME)
    registry.delete(RUN, NAME)
    assert registry.read(RUN, NAME) is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has one")
def test_only_windows_has_a_registry() -> None:
    with pytest.raises(DesktopError, match="Only Windows"):
        user_registry()
