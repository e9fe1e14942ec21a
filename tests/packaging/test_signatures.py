"""PySide's support code, compiled: it takes the place of the code Shiboken compiles at each start."""

import subprocess
import sys
from pathlib import Path

import PySide6.QtCore
import pytest
import shiboken6
from signatures import PLACE, write_compiled

USE = """\
import sys
sys.path.insert(0, sys.argv[1])
from PySide6.QtCore import QObject, Qt
print(sys.modules["shibokensupport.signature.loader"].__file__)
print(QObject().setProperty.__doc__ is not None, Qt.Key.Key_A.name)
"""


def test_it_is_compiled_and_the_same_each_time(tmp_path: Path) -> None:
    one, other = (write_compiled(tmp_path / name) for name in ("one", "other"))
    assert [path.relative_to(tmp_path / "one") for path in one] == [
        path.relative_to(tmp_path / "other") for path in other
    ]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]
    assert not list((tmp_path / "one").rglob("*.py"))


def test_shiboken_takes_it(tmp_path: Path) -> None:
    """In a copy of the two packages, made of links, since it has to lie in the package itself."""
    for package in (PySide6, shiboken6):
        source = Path(str(package.__file__)).parent
        (tmp_path / source.name).mkdir()
        for path in source.iterdir():
            (tmp_path / source.name / path.name).symlink_to(path)
    (tmp_path / "shiboken6" / "__init__.py").unlink()
    (tmp_path / "shiboken6" / "__init__.py").write_bytes(Path(str(shiboken6.__file__)).read_bytes())
    write_compiled(tmp_path / PLACE)
    done = subprocess.run([sys.executable, "-c", USE, tmp_path], capture_output=True, text=True, check=True)
    loader, works = done.stdout.splitlines()
    assert loader == str(tmp_path / PLACE / "shibokensupport" / "signature" / "loader.pyc")
    assert works == "True Key_A"


def test_nothing_is_written_where_there_is_no_such_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "signature_bootstrap")
    assert write_compiled(tmp_path) == []
