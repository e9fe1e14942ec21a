"""Starting at login on Windows: a value under the user's Run key.

The Task Manager and the Settings app disable such a value without removing it: under StartupApproved they write twelve
bytes, of which the first is odd when it is disabled.
"""

import sys
from collections.abc import Sequence
from subprocess import list2cmdline
from typing import Final, Protocol

from stretchplayer.errors import DesktopError
from stretchplayer.i18n import _

if sys.platform == "win32":
    import winreg

RUN: Final = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED: Final = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
NAME: Final = "StretchPlayer"


class Registry(Protocol):
    """The user's part of the registry. Every method may raise OSError."""

    def read(self, key: str, name: str) -> str | bytes | None:
        """The value; None when there is none."""

    def write(self, key: str, name: str, value: str) -> None:
        """Write a string, creating the key if need be."""

    def delete(self, key: str, name: str) -> None:
        """Remove the value, if there is one."""


class WindowsAutostart:
    """The program's value under the Run key."""

    def __init__(self, command: Sequence[str], registry: Registry) -> None:
        self._line = list2cmdline(command)
        self._registry = registry

    def is_available(self) -> bool:
        return True

    def is_on(self) -> bool:
        try:
            return bool(self._registry.read(RUN, NAME)) and self._is_approved()
        except OSError:
            return False

    def set(self, on: bool) -> None:
        try:
            if on:
                self._registry.write(RUN, NAME, self._line)
            else:
                self._registry.delete(RUN, NAME)
            # Turning it on here also undoes what the Task Manager disabled.
            self._registry.delete(APPROVED, NAME)
        except OSError as error:
            raise DesktopError(
                _("Starting at login can't be changed: Windows says {strerror}."), strerror=error.strerror
            ) from error

    def repair(self) -> bool:
        """Rewrite the value if it starts another command, even a disabled one; return whether that was necessary."""
        try:
            found = self._registry.read(RUN, NAME)
            if not found or found == self._line:
                return False
            self._registry.write(RUN, NAME, self._line)
        except OSError as error:
            raise DesktopError(
                _("Starting at login can't be repaired: Windows says {strerror}."), strerror=error.strerror
            ) from error
        return True

    def _is_approved(self) -> bool:
        value = self._registry.read(APPROVED, NAME)
        return not (isinstance(value, bytes) and value and value[0] & 1)


def user_registry() -> Registry:
    """The current user's registry; DesktopError on another system."""
    if sys.platform == "win32":

        class UserRegistry:
            def read(self, key: str, name: str) -> str | bytes | None:
                try:
                    with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                        value, _kind = winreg.QueryValueEx(opened, name)
                except FileNotFoundError:
                    return None
                return value if isinstance(value, str | bytes) else None

            def write(self, key: str, name: str, value: str) -> None:
                with winreg.CreateKeyEx(winreg.HKEY_CURRENT_USER, key, access=winreg.KEY_SET_VALUE) as opened:
                    winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, value)

            def delete(self, key: str, name: str) -> None:
                try:
                    with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, access=winreg.KEY_SET_VALUE) as opened:
                        winreg.DeleteValue(opened, name)
                except FileNotFoundError:
                    return

        return UserRegistry()
    raise DesktopError(_("Only Windows has a registry."))
