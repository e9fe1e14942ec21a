"""Starting at login on Windows, with a registry that is pretended."""

from types import TracebackType
from typing import Self

import pytest

from stretchplayer.desktop.autostart.windows import APPROVED, LONGEST_LINE, NAME, RUN, WindowsAutostart
from stretchplayer.errors import DesktopError


class FakeKey:
    """An open key of `winreg`."""

    def __init__(self, values: dict[str, str | bytes]) -> None:
        self.values = values

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        pass


class FakeWinreg:
    """The functions of `winreg` that are used, on keys in memory. `fail`: nothing can be read or written."""

    HKEY_CURRENT_USER, KEY_SET_VALUE, REG_SZ = "HKCU", 2, 1

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, str | bytes]] = {}
        self.fail = False

    def OpenKey(self, root: str, key: str, *, access: int = 0) -> FakeKey:
        assert root == self.HKEY_CURRENT_USER
        if self.fail:
            raise PermissionError(13, "Access is denied")
        if key not in self.keys:
            raise FileNotFoundError(key)
        return FakeKey(self.keys[key])

    def CreateKeyEx(self, root: str, key: str, *, access: int) -> FakeKey:
        self.keys.setdefault(key, {})
        return self.OpenKey(root, key, access=access)

    def QueryValueEx(self, key: FakeKey, name: str) -> tuple[str | bytes, int]:
        if name not in key.values:
            raise FileNotFoundError(name)
        return key.values[name], self.REG_SZ

    def SetValueEx(self, key: FakeKey, name: str, reserved: int, kind: int, value: str) -> None:
        assert (reserved, kind) == (0, self.REG_SZ)
        key.values[name] = value

    def DeleteValue(self, key: FakeKey, name: str) -> None:
        if key.values.pop(name, None) is None:
            raise FileNotFoundError(name)


@pytest.fixture
def winreg() -> FakeWinreg:
    return FakeWinreg()


@pytest.fixture
def windows(winreg: FakeWinreg) -> WindowsAutostart:
    return WindowsAutostart([r"C:\Program Files\SP\stretchplayer.exe", "--background"], winreg)


def test_a_run_value_is_written_and_removed(windows: WindowsAutostart, winreg: FakeWinreg) -> None:
    assert windows.is_available()
    assert not windows.is_on()
    windows.set(True)
    assert windows.is_on()
    assert winreg.keys[RUN] == {NAME: r'"C:\Program Files\SP\stretchplayer.exe" --background'}
    windows.set(False)
    assert not windows.is_on()
    assert winreg.keys[RUN] == {}


@pytest.mark.parametrize(
    ("approval", "on"), [(b"\x02" + bytes(11), True), (b"\x03" + bytes(11), False), (b"\x07", False), (b"", True)]
)
def test_what_the_task_manager_turned_off_is_off(
    windows: WindowsAutostart, winreg: FakeWinreg, approval: bytes, on: bool
) -> None:
    windows.set(True)
    winreg.keys[APPROVED] = {NAME: approval}
    assert windows.is_on() is on
    windows.set(True)
    assert windows.is_on()


def test_a_run_value_for_another_program_is_repaired(windows: WindowsAutostart, winreg: FakeWinreg) -> None:
    assert not windows.repair()
    winreg.keys[RUN] = {NAME: r"D:\old.exe --background"}
    winreg.keys[APPROVED] = {NAME: b"\x03"}
    assert windows.repair()
    assert not windows.is_on(), "it was turned off, and only the program has moved"
    assert not windows.repair()


def test_a_registry_that_can_not_be_used(windows: WindowsAutostart, winreg: FakeWinreg) -> None:
    winreg.fail = True
    assert not windows.is_on()
    with pytest.raises(DesktopError, match="can't be changed: Windows says Access is denied"):
        windows.set(True)
    with pytest.raises(DesktopError, match="can't be changed: Windows says Access is denied"):
        windows.repair()


def test_a_line_that_windows_would_not_start_is_refused(winreg: FakeWinreg) -> None:
    windows = WindowsAutostart(["C:\\" + "x" * LONGEST_LINE, "--background"], winreg)
    with pytest.raises(DesktopError, match="to a folder with a shorter one"):
        windows.set(True)
    assert not windows.is_on()
