"""Importing PySide6, in a fresh Python each time: here it has been imported long ago."""

import subprocess
import sys
from pathlib import Path

from stretchplayer.app.qt_import import import_qt

IMPORT = """
import sys
from pathlib import Path
from stretchplayer.app import qt_import
from stretchplayer.kept_code import KeptCode
from stretchplayer.waiting_modules import WaitingModule
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


def test_what_only_developers_need_is_loaded_when_they_do(tmp_path: Path) -> None:
    program = """
name = "shibokensupport.signature.lib.pyi_generator"
print(isinstance(sys.modules[name], WaitingModule))
print(sys.modules[name].Formatter.__name__, isinstance(sys.modules[name], WaitingModule))
"""
    assert python(tmp_path / "helpers", program) == "True\nFormatter False\n"


def test_errors_still_name_the_right_signatures(tmp_path: Path) -> None:
    program = """
try:
    QTimer.singleShot("a", "b", "c")
except TypeError as error:
    print("msec: int" in str(error))
"""
    assert python(tmp_path / "helpers", program) == "True\n"


def test_compile_and_patterns_are_what_they_were_afterwards(tmp_path: Path) -> None:
    program = """
import builtins, re
print(builtins.compile is qt_import.compile_code, re.compile is qt_import._compile_pattern)
pattern = qt_import.WaitingPattern("a(b)", re.IGNORECASE)
print([found.group(1) for found in pattern.finditer("AB ab")], pattern.match("ab").span(), pattern.pattern)
print(type(qt_import.compile_pattern("x")).__name__, qt_import.compiling(kept)("1 + 1", "x", "eval").co_consts)
"""
    expected = "True True\n['B', 'b'] (0, 2) a(b)\nPattern (2,)\n"
    assert python(tmp_path / "helpers", program) == expected


def test_what_is_imported_already_is_left_alone() -> None:
    assert import_qt() is None
