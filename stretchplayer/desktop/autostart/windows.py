"""Starting at login on Windows: a value under the user's Run key.

The Task Manager and the Settings app disable such a value without removing it: under StartupApproved they write twelve
bytes, of which the first is odd when it is disabled.
"""

import importlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from subprocess import list2cmdline
from typing import Any, Final

from stretchplayer.errors import DesktopError
from stretchplayer.i18n import _

RUN: Final = r"Software\Microsoft\Windows\CurrentVersion\Run"
LONGEST_LINE: Final = 260
"""Windows starts nothing with a longer one (learn.microsoft.com, "Run and RunOnce Registry Keys")."""
APPROVED: Final = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
NAME: Final = "StretchPlayer"


class WindowsAutostart:
    """The program's value under the Run key; `winreg` is the module, which only Windows has."""

    def __init__(self, command: Sequence[str], winreg: Any = None) -> None:  # noqa: ANN401 -- its types, too
        self._line = list2cmdline(command)
        self._winreg = winreg or importlib.import_module("winreg")

    def is_available(self) -> bool:
        return True

    def is_on(self) -> bool:
        try:
            return bool(self._read(RUN)) and self._is_approved()
        except OSError:
            return False

    def set(self, on: bool) -> None:
        with _changing():
            if on:
                self._write()
            else:
                self._delete(RUN)
            # Turning it on here also undoes what the Task Manager disabled.
            self._delete(APPROVED)

    def repair(self) -> bool:
        """Rewrite the value if it starts another command, even a disabled one; return whether that was necessary."""
        with _changing():
            found = self._read(RUN)
            is_wrong = bool(found) and found != self._line
            if is_wrong:
                self._write()
        return is_wrong

    def _is_approved(self) -> bool:
        value = self._read(APPROVED)
        return not (isinstance(value, bytes) and value and value[0] & 1)

    def _read(self, key: str) -> object:
        try:
            with self._winreg.OpenKey(self._winreg.HKEY_CURRENT_USER, key) as opened:
                return self._winreg.QueryValueEx(opened, NAME)[0]
        except FileNotFoundError:
            return None

    def _write(self) -> None:
        if len(self._line) > LONGEST_LINE:
            raise DesktopError(
                _("Windows starts no program with so long a path at login; move it to a folder with a shorter one.")
            )
        winreg = self._winreg
        with winreg.CreateKeyEx(winreg.HKEY_CURRENT_USER, RUN, access=winreg.KEY_SET_VALUE) as opened:
            winreg.SetValueEx(opened, NAME, 0, winreg.REG_SZ, self._line)

    def _delete(self, key: str) -> None:
        winreg = self._winreg
        with (
            suppress(FileNotFoundError),
            winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, access=winreg.KEY_SET_VALUE) as opened,
        ):
            winreg.DeleteValue(opened, NAME)


@contextmanager
def _changing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DesktopError(
            _("Starting at login can't be changed: Windows says {strerror}."), strerror=error.strerror
        ) from error
