"""Importing PySide6, in a fresh Python each time: here it has been imported long ago."""

import subprocess
import sys
from pathlib import Path

from stretchplayer.app.qt_import import import_qt

IMPORT = """
import sys
from stretchplayer.waiting_modules import RARELY_USED, WaitingModule, import_later
import_later(*RARELY_USED)
from pathlib import Path
from stretchplayer.app import qt_import
from stretchplayer.kept_code import KeptCode
sys.dont_write_bytecode = False
kept = qt_import.import_qt(KeptCode(Path({place!r})))
from PySide6.QtCore import QTimer
"""


def python(place: Path, program: str) -> str:
    command = [sys.executable, "-c", IMPORT.format(place=str(place)) + program]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout


def test_helpers_are_kept_and_used_again(tmp_path: Path) -> None:
    place = tmp_path / "helpers"
    count = "print(sum(name.startswith('shibokensupport') for name in sys.modules))"
    helpers = int(python(place, count))
    assert helpers > 1
    assert place.exists()
    again = """
import stretchplayer.kept_code
print(kept._has_more)
"""
    assert python(place, again) == "False\n"


def test_what_only_errors_and_developers_need_is_loaded_when_they_do(tmp_path: Path) -> None:
    program = """
names = ["inspect", *(f"shibokensupport.signature.{name}" for name in ("layout", "parser", "lib.pyi_generator"))]
print(*[isinstance(sys.modules[name], WaitingModule) for name in names])
print(sys.modules[names[3]].Formatter.__name__, isinstance(sys.modules[names[3]], WaitingModule))
"""
    assert python(tmp_path / "helpers", program) == "True True True True\nFormatter False\n"


ERRORS = """
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLabel

for call in (
    lambda: QTimer.singleShot("a", "b", "c"),
    lambda: QTimer(nonsense=1),
    lambda: QObject().setProperty(1),
    lambda: QTimer().setInterval("soon"),
    lambda: QTimer().nothing,
    lambda: QLabel.setText(QTimer(), "a"),
):
    try:
        call()
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)
"""


def test_errors_are_as_they_were(tmp_path: Path) -> None:
    usual = subprocess.run([sys.executable, "-c", ERRORS], check=True, capture_output=True, text=True).stdout
    assert "msec: int" in usual
    assert python(tmp_path / "helpers", ERRORS) == usual


def test_compile_and_import_are_what_they_were_afterwards(tmp_path: Path) -> None:
    program = """
import builtins
print(builtins.compile is qt_import.compile_code, builtins.__import__ is builtins.__orig_import__)
print(qt_import.compiling(kept)("1 + 1", "x", "eval").co_consts)
"""
    assert python(tmp_path / "helpers", program) == "True True\n(2,)\n"


LINES_KEPT = """
import linecache
import sys

{before}
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel

from stretchplayer.domain.timeline_builder import build_timeline

print(sum(len(entry[2]) for name, entry in linecache.cache.items() if "timeline_builder" in name and len(entry) > 2))
"""


def test_no_source_is_read_and_kept() -> None:
    def lines_kept(before: str) -> int:
        command = [sys.executable, "-c", LINES_KEPT.format(before=before)]
        return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    assert lines_kept("") > 100, "PySide6 no longer reads sources: that part of qt_import.py has no purpose any more"
    assert lines_kept("from stretchplayer.app.qt_import import import_qt; import_qt()") == 0


def test_what_is_imported_already_is_left_alone() -> None:
    assert import_qt() is None
