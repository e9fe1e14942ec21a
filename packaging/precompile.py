"""Compiles beforehand what the first starts would compile: `python packaging/precompile.py [FOLDER]`.

Without a folder the compiled files lie where Python looks for them. For a bundle, in which modules have been compiled,
FOLDER takes the code that is in no module.
"""

import compileall
import importlib
import pkgutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import stretchplayer
from stretchplayer.kept_code import KeptCode, keep_dataclasses, place_of

ELSEWHERE: Final = ("_macos", "_windows")
"""How the names of modules end that are for one system."""


def write_code(folder: Path | None) -> list[Path]:
    """Import every module there is, and write the code that was compiled; returned is where."""
    names = ("dataclasses", "shiboken")
    places = {name: place_of(name) if folder is None else folder / f"{name}.code" for name in names}
    kept = keep_dataclasses(KeptCode(places["dataclasses"]))
    from stretchplayer.app.qt_import import import_qt  # it has data classes of its own

    helpers = import_qt(KeptCode(places["shiboken"]))
    use_all_helpers()
    for module in pkgutil.walk_packages(stretchplayer.__path__, f"{stretchplayer.__name__}."):
        if not module.name.endswith(("__main__", *ELSEWHERE)):
            importlib.import_module(module.name)
    for each in filter(None, (kept, helpers)):
        each.keep(always=True)
    return sorted(places.values())


def use_all_helpers() -> None:
    """Have the helpers that wait be compiled, too: an error message is not to take long, either."""
    for name, module in [*sys.modules.items()]:
        if name.startswith("shibokensupport."):
            getattr(module, "whatever", None)


def main(argv: Sequence[str]) -> int:
    """Do it. Returns the exit code."""
    folder = Path(argv[0]) if argv else None
    if folder is None:
        compileall.compile_dir(Path(stretchplayer.__file__).parent, quiet=1)
    write_code(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
