"""Compiling beforehand: what a start then finds, and that it is the same each time."""

import subprocess
import sys
from pathlib import Path

from project import PACKAGING, ROOT

STARTED = """
import sys
from pathlib import Path
from stretchplayer.kept_code import KeptCode, keep_dataclasses
folder = Path(sys.argv[1])
kept = keep_dataclasses(KeptCode(next(folder.glob("dataclasses.*"))))
import stretchplayer.domain.launch, stretchplayer.domain.preferences, stretchplayer.storage.settings_format
from stretchplayer.app.qt_import import import_qt
helpers = import_qt(KeptCode(next(folder.glob("shiboken.*"))))
for each in (kept, helpers):
    each.keep(always=True)
"""


def precompile(folder: Path) -> dict[str, bytes]:
    command = [sys.executable, str(PACKAGING / "precompile.py"), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"PYTHONHASHSEED": "0"}, cwd=ROOT)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_two_times_give_the_same_and_a_start_finds_all_it_needs(tmp_path: Path) -> None:
    first, second = precompile(tmp_path / "one"), precompile(tmp_path / "two")
    assert {name.partition(".")[0] for name in first} == {"dataclasses", "shiboken"}
    assert first == second
    done = subprocess.run(
        [sys.executable, "-c", STARTED, str(tmp_path / "one")], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()} == first, "nothing was missing"
