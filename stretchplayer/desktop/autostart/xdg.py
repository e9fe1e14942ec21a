"""Starting at login on Linux and the like: a desktop entry in the autostart folder.

Folder and keys: https://specifications.freedesktop.org/autostart-spec/latest/; how the command is written:
https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html.
"""

import os
import re
import shlex
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from stretchplayer.errors import DesktopError
from stretchplayer.i18n import _

FILE_NAME: Final = "stretchplayer.desktop"
_GROUP: Final = "[Desktop Entry]"
_SANDBOXES: Final = frozenset({"FLATPAK_ID", "SNAP"})
"""Set where the program sees other folders than the desktop."""
_RESERVED: Final = re.compile(r"""[\s"'\\<>~|&;$*?#()`]""")
_ESCAPES: Final = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}


class XdgAutostart:
    """The entry in the user's folder, which takes precedence over one installed for everyone."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str] = os.environ) -> None:
        self._command = list(command)
        self._environ = environ
        home = environ.get("HOME", "")
        own = environ.get("XDG_CONFIG_HOME") or os.path.join(home, ".config")  # noqa: PTH118 -- may be relative
        self._own = Path(own, "autostart", FILE_NAME)
        everyones = environ.get("XDG_CONFIG_DIRS") or "/etc/xdg"
        self._everyones = [Path(each, "autostart", FILE_NAME) for each in everyones.split(":") if each.startswith("/")]

    def is_available(self) -> bool:
        return self._own.is_absolute() and not self._environ.keys() & _SANDBOXES

    def is_on(self) -> bool:
        """Whether the desktop will start the program: the entry says so, and its command exists."""
        entry = self._entry()
        return entry is not None and _is_wanted(entry) and self._fits_here(entry) and self._can_start(entry)

    def set(self, on: bool) -> None:
        try:
            if on:
                _write(self._own, entry_for(self._command))
            elif any(path.exists() for path in self._everyones):
                _write(self._own, f"{_GROUP}\nType=Application\nName=Stretch Player\nHidden=true\n")
            else:
                self._own.unlink(missing_ok=True)
        except OSError as error:
            raise DesktopError(
                _("Starting at login can't be changed: {folder} can't be written to ({reason})."),
                folder=self._own.parent,
                reason=error.strerror,
            ) from error

    def repair(self) -> bool:
        entry = _read(self._own)
        if entry is None or not _is_wanted(entry) or split_exec(entry.get("Exec", "")) == self._command:
            return False
        self.set(True)
        return True

    def _entry(self) -> dict[str, str] | None:
        """The first one found counts, whatever its content."""
        return next((entry for path in (self._own, *self._everyones) if (entry := _read(path)) is not None), None)

    def _fits_here(self, entry: Mapping[str, str]) -> bool:
        desktops = set(self._environ.get("XDG_CURRENT_DESKTOP", "").split(":")) - {""}
        only, never = (set(entry.get(key, "").split(";")) - {""} for key in ("OnlyShowIn", "NotShowIn"))
        return (not only or bool(only & desktops)) and not never & desktops

    def _can_start(self, entry: Mapping[str, str]) -> bool:
        command = split_exec(entry.get("Exec", "")) or [""]
        tried = entry.get("TryExec")
        return self._is_program(command[0]) and (not tried or self._is_program(tried))

    def _is_program(self, name: str) -> bool:
        return shutil.which(name, path=self._environ.get("PATH")) is not None


def entry_for(command: Sequence[str]) -> str:
    lines = (
        _GROUP,
        "Type=Application",
        "Version=1.0",
        "Name=Stretch Player",
        "Comment=Reminds you to stretch your hamstrings",
        f"Exec={_as_string(' '.join(map(_quoted, command)))}",
        f"TryExec={_as_string(command[0])}",
        "Icon=stretchplayer",
        "Terminal=false",
        "X-GNOME-Autostart-enabled=true",
    )
    return "\n".join(lines) + "\n"


def split_exec(text: str) -> list[str] | None:
    """The arguments of an Exec= value whose string escapes are already undone; None when it isn't a command."""
    try:
        # Quoting is that of the shell, of which shlex doesn't know all escapes.
        arguments = shlex.split(re.sub(r"\\([$`])", r"\1", text))
    except ValueError:
        return None
    return [argument.replace("%%", "%") for argument in arguments] or None


def _quoted(argument: str) -> str:
    escaped = argument.replace("%", "%%")
    if escaped and not _RESERVED.search(escaped):
        return escaped
    return '"' + re.sub(r'(["`$\\])', r"\\\1", escaped) + '"'


def _as_string(text: str) -> str:
    """A value of type string: backslashes and line breaks are escaped."""
    for letter, sign in (("\\", "\\"), ("n", "\n"), ("t", "\t"), ("r", "\r")):
        text = text.replace(sign, f"\\{letter}")
    return text


def _is_wanted(entry: Mapping[str, str]) -> bool:
    disabled = entry.get("X-GNOME-Autostart-enabled", "true").lower() == "false"
    return entry.get("Hidden", "false").lower() != "true" and not disabled


def _read(path: Path) -> dict[str, str] | None:
    """The keys of a desktop entry; None when there is no such file, hidden when it can't be read."""
    if path.exists() and not path.is_file():  # a pipe would be waited for
        return {"Hidden": "true"}
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return {"Hidden": "true"}
    return dict(_keys(text))


def _keys(text: str) -> Iterator[tuple[str, str]]:
    inside = False
    for line in text.splitlines():
        stripped = line.strip()
        if stripped.startswith("["):
            inside = stripped == _GROUP
        elif inside and "=" in stripped and not stripped.startswith("#"):
            key, _, value = stripped.partition("=")
            yield key.rstrip(), re.sub(r"\\([sntr\\])", lambda found: _ESCAPES[found[1]], value.lstrip())


def _write(path: Path, text: str) -> None:
    target = Path(os.path.realpath(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_name(f".{target.name}.new")
    try:
        new.unlink(missing_ok=True)
        new.write_text(text, encoding="utf-8")
        new.replace(target)
    except OSError:
        new.unlink(missing_ok=True)
        raise
