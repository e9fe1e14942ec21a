"""Writes the code of the modules that every start imports into one file: `python start_modules.py FILE`.

entry.py reads it. What a start imports is found out by starting the program, up to its window.
"""

import importlib.util
import marshal
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Final

AFTER_THE_WINDOW: Final = "stretchplayer.storage.logfile"
"""The module that is imported first when the window's frame has been shown."""
START: Final = f"""
import os
import sys

class Trap:
    def find_spec(self, name, path=None, target=None):
        if name == {AFTER_THE_WINDOW!r}:
            waiting = {{name for name, module in sys.modules.items() if type(module).__name__ == "WaitingModule"}}
            print(*sorted({{*sys.modules}} - before - waiting), flush=True)
            os._exit(0)

sys.path[:] = {sys.path!r}
sys.meta_path.insert(0, Trap())
before = {{*sys.modules}}
from stretchplayer.__main__ import run

sys.argv = ["stretchplayer"]
run()
"""


def names_of_modules() -> list[str]:
    """The names of all modules that are imported until the window is shown."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "STRETCHPLAYER_DATA_DIR": folder}
        command = [sys.executable, "-I", "-S", "-c", START]
        done = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
    names = done.stdout.split()
    if not names:
        message = f"The start imported no {AFTER_THE_WINDOW}: name the module that comes after the window here."
        raise SystemExit(message)
    return names


def code_of(name: str) -> tuple[bool, bytes] | None:
    """Whether that module is a package, and its code; None when it has no source of its own."""
    try:
        spec = importlib.util.find_spec(name)
    except ValueError:  # a module without one, such as Shiboken's helpers
        return None
    if spec is None or not isinstance(spec.loader, SourceFileLoader) or not Path(str(spec.origin)).is_file():
        return None
    is_package = spec.submodule_search_locations is not None
    filename = name.replace(".", "/") + ("/__init__.py" if is_package else ".py")
    # The descriptions in Python's own modules, which nobody reads here, would take a sixth of the time.
    optimize = 2 if name.partition(".")[0] in sys.stdlib_module_names else 0
    code = compile(spec.loader.get_data(str(spec.origin)), filename, "exec", dont_inherit=True, optimize=optimize)
    return is_package, marshal.dumps(code)


def write(file: Path, modules: Mapping[str, tuple[bool, bytes]]) -> None:
    """Write the length of the index in four bytes, the index, and then the code of one module after another.

    The index tells of each module whether it is a package, and from where to where its code lies.
    """
    index, place = {}, 0
    for name, (is_package, code) in modules.items():
        index[name] = is_package, place, place + len(code)
        place += len(code)
    head = marshal.dumps(index)
    file.write_bytes(b"".join((len(head).to_bytes(4, "little"), head, *(code for _, code in modules.values()))))


def main(argv: Sequence[str]) -> int:
    """Write it. Returns the exit code."""
    found = {name: code for name in names_of_modules() if (code := code_of(name)) is not None}
    write(Path(argv[0]), found)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
