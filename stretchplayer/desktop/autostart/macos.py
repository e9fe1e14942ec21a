"""Starting at login on macOS: a launch agent of the user (man launchd.plist, man launchctl)."""

import os
import plistlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from stretchplayer.desktop.system import user_id
from stretchplayer.desktop.tools import run_tool
from stretchplayer.errors import DesktopError
from stretchplayer.i18n import _

LABEL: Final = "io.github.stretchplayer"
BUNDLE: Final = "org.stretchplayer.StretchPlayer"


class MacAutostart:
    """The agent's file, together with launchd's list of disabled agents."""

    def __init__(
        self, command: Sequence[str], home: Path | None = None, launchctl: Callable[..., str] | None = None
    ) -> None:
        self._command = list(command)
        self._file = (home or Path.home()) / "Library" / "LaunchAgents" / f"{LABEL}.plist"
        self._launchctl = launchctl or partial(run_tool, "/bin/launchctl", within_s=5.0)
        self._domain = f"gui/{user_id()}"

    def is_available(self) -> bool:
        return True

    def is_on(self) -> bool:
        agent = self._agent()
        if agent is None or agent.get("RunAtLoad") is not True or agent.get("Disabled") is True:
            return False
        program = _program(agent)
        return program is not None and os.access(program[0], os.X_OK) and not self._is_turned_off()

    def set(self, on: bool) -> None:
        with _changing():
            if on:
                self._write()
                self._launchctl("enable", f"{self._domain}/{LABEL}")
            else:
                self._file.unlink(missing_ok=True)

    def repair(self) -> bool:
        agent = self._agent()
        if agent is None or agent.get("Disabled") is True or _program(agent) == self._command:
            return False
        with _changing():
            self._write()
        return True

    def _agent(self) -> dict[str, Any] | None:
        try:
            found = plistlib.loads(self._file.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError, plistlib.InvalidFileException):
            return {"Disabled": True}
        return found if isinstance(found, dict) else {"Disabled": True}

    def _is_turned_off(self) -> bool:
        try:
            printed = self._launchctl("print-disabled", self._domain)
        except OSError:
            return False  # an older system without the list
        return re.search(rf'"{re.escape(LABEL)}"\s*=>\s*(disabled|true)', printed) is not None

    def _write(self) -> None:
        agent = {
            "Label": LABEL,
            "ProgramArguments": self._command,
            "RunAtLoad": True,
            "ProcessType": "Interactive",
            "LimitLoadToSessionType": "Aqua",
            "AssociatedBundleIdentifiers": BUNDLE,  # so that Login Items shows the program's name
        }
        self._file.parent.mkdir(parents=True, exist_ok=True)
        new = self._file.with_suffix(".new")
        try:
            new.write_bytes(plistlib.dumps(agent))
            new.replace(self._file)
        except OSError:
            new.unlink(missing_ok=True)
            raise


def _program(agent: dict[str, Any]) -> list[str] | None:
    command = agent.get("ProgramArguments")
    usable = isinstance(command, list) and command and all(isinstance(each, str) for each in command)
    return command if usable else None


@contextmanager
def _changing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DesktopError(
            _("Starting at login can't be changed: {strerror}."), strerror=error.strerror or error
        ) from error
