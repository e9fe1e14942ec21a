"""The modules of every start, in one file."""

import marshal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import pytest
from entry import StartModules
from project import PACKAGING, ROOT
from start_modules import write

SLOW = {"argparse", "ctypes", "inspect", "logging", "tokenize", "traceback", "PySide6.QtSvg", "stretchplayer.ui.theme"}


def loaded(data: bytes) -> Any:  # noqa: ANN401 -- whatever was written
    return marshal.loads(data)  # noqa: S302 -- these tests have written it


def codes(data: bytes) -> dict[str, tuple[bool, CodeType]]:
    length = 4 + int.from_bytes(data[:4], "little")
    index = loaded(data[4:length]).items()
    return {name: (package, loaded(data[length + start : length + end])) for name, (package, start, end) in index}


def made(file: Path) -> bytes:
    command = [sys.executable, str(PACKAGING / "bundle" / "start_modules.py"), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"PYTHONHASHSEED": "0"}, cwd=ROOT)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return file.read_bytes()


def test_two_times_give_the_same_and_nothing_slow_is_among_them(tmp_path: Path) -> None:
    first = made(tmp_path / "one")
    assert made(tmp_path / "two") == first
    found = codes(first)
    assert {"typing", "re", "stretchplayer.app", "stretchplayer.app.program", "stretchplayer.ui.frame"} <= {*found}
    assert SLOW.isdisjoint(found), "the window would wait for it"
    assert found["stretchplayer.app"][0], "it is a package"
    assert found["stretchplayer.ui.frame"][1].co_filename == "stretchplayer/ui/frame.py", "not where it was made"
    assert found["typing"][1].co_consts[0] != sys.modules["typing"].__doc__


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A bundle with a package and a module in its file."""
    inside = tmp_path / "stretchplayer"
    inside.mkdir()
    sources = {
        "made_up": (True, "value = 7"),
        "made_up.part": (False, "from made_up import value; twice = 2 * value"),
    }
    written = {
        name: (package, marshal.dumps(compile(source, name, "exec"))) for name, (package, source) in sources.items()
    }
    write(inside / "start.code", written)
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    yield tmp_path
    for name in sources:
        sys.modules.pop(name, None)


def imported(name: str) -> ModuleType:
    __import__(name)
    return sys.modules[name]


def test_they_are_imported_from_it(folder: Path) -> None:
    StartModules(str(folder)).install()
    part, package = imported("made_up.part"), sys.modules["made_up"]
    assert part.twice == 14
    assert part.__file__ == str(folder / "made_up" / "part.pyc")
    assert package.__file__ == str(folder / "made_up" / "__init__.pyc")
    assert [*package.__path__] == [str(folder / "made_up")]
    with pytest.raises(ModuleNotFoundError, match=r"made_up\.other"):
        imported("made_up.other")


def test_without_the_file_nothing_changes(folder: Path) -> None:
    (folder / "stretchplayer" / "start.code").unlink()
    before = [*sys.meta_path]
    StartModules(str(folder)).install()
    assert sys.meta_path == before
