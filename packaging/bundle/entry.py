"""Where the frozen program starts."""

import marshal
import sys
from _frozen_importlib import ModuleSpec  # `importlib.machinery` would have to be loaded first
from posixpath import join


class StartModules:
    """Imports the modules that every start imports from one file, in which they lie ready to be run.

    For each of all others PyInstaller opens its archive anew, reads and unpacks. start_modules.py makes the file;
    without it, these modules are found in the archive, too.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._known: dict[str, tuple[bool, int, int]] = {}
        self._code = memoryview(b"")

    def install(self) -> None:
        """Import from the file before any other place is asked."""
        try:
            with open(join(self._folder, "stretchplayer", "start.code"), "rb", buffering=0) as file:  # noqa: PTH123
                data = memoryview(file.read())  # unbuffered and at once: copying it would take half a millisecond
        except OSError:
            return
        head = 4 + int.from_bytes(data[:4], "little")
        self._known = marshal.loads(data[4:head])  # noqa: S302 -- as any module that is imported
        self._code = data[head:]
        sys.meta_path.insert(0, self)

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """As Python asks each of `sys.meta_path`."""
        known = self._known.get(name)
        if known is None:
            return None
        is_package = known[0]
        place = join(self._folder, *name.split("."))
        origin = join(place, "__init__.pyc") if is_package else f"{place}.pyc"
        spec = ModuleSpec(name, self, origin=origin, is_package=is_package)  # type: ignore[arg-type]
        spec.has_location = True
        if is_package:
            spec.submodule_search_locations = [place]
        return spec

    def create_module(self, spec: ModuleSpec) -> None:
        """Let Python make the module."""

    def exec_module(self, module: object) -> None:
        """Run the code; it isn't needed again."""
        names = vars(module)
        _, start, end = self._known.pop(names["__name__"])
        exec(marshal.loads(self._code[start:end]), names)  # noqa: S102, S302 -- as any importer


if __name__ == "__main__":
    StartModules(sys._MEIPASS).install()  # type: ignore[attr-defined]  # noqa: SLF001 -- where PyInstaller says it is
    from stretchplayer.__main__ import run

    run()
