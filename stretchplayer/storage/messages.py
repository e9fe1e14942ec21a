"""How paths, values and system errors are worded in a message."""

import errno
import sys
from pathlib import Path

from stretchplayer import errors
from stretchplayer.i18n import _

LONGEST_SHOWN = 40
LONGEST_PATH = 240
"""Characters of a path that is shown whole; a longer one is none that a person has."""


def shown(path: Path | str) -> str:
    given = str(path)
    given = given if len(given) <= LONGEST_PATH else errors.shortened(given)
    text = given.encode("utf-8", "backslashreplace").decode("utf-8")
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def quoted(text: str) -> str:
    if len(text) <= LONGEST_SHOWN:
        return f'"{shown(text)}"'
    return _('"{text}…" ({count} characters)').format(text=shown(text[:LONGEST_SHOWN]), count=len(text))


def shortened(text: str) -> str:
    """The beginning and the end of a text, with control characters escaped."""
    return shown(errors.shortened(text))


def value(thing: object) -> str:
    """Write a value as it would be in a file, or name its kind."""
    if isinstance(thing, str):
        return quoted(thing) if thing else _("an empty text")
    if isinstance(thing, bool):
        return str(thing).lower()
    if isinstance(thing, int):
        # Python refuses to convert integers of many thousand digits.
        return str(thing) if abs(thing) < 10**18 else _("a huge number")
    if isinstance(thing, float):
        return str(thing)
    if isinstance(thing, list):
        return _("a list of {thing}").format(thing=len(thing)) if thing else _("an empty list")
    return _("a table") if isinstance(thing, dict) else _("a date or time")


def reason(error: OSError) -> str:
    if error.errno == errno.EISDIR or _is_folder(error):
        return _("it is a folder; name a file")
    if error.errno in {errno.EACCES, errno.EPERM}:
        return _("permission is denied; change its permissions or choose another place")
    if error.errno == errno.EROFS:
        return _("it is on a read-only disk; choose another place")
    if error.errno in {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}:
        return _("the disk is full; free some space")
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return _("there is no such file or folder; check the name")
    return _("the system says: {strerror}").format(strerror=error.strerror or error)


def _is_folder(error: OSError) -> bool:
    """Whether a folder was opened as a file: Windows says that permission is denied."""
    named = sys.platform == "win32" and error.errno == errno.EACCES and error.filename
    return bool(named) and Path(error.filename).is_dir()
