"""Modules that are loaded when something of them is used, not when they are imported.

Much of the standard library imports at its top what most programs never come to use: `dataclasses` what inspects source
code, `pathlib` network addresses. A short command would spend more time on that than on what it is there for. The
standard library's own `LazyLoader` is for the same, but before Python 3.12 it loads a module as soon as another one
imports it.
"""

import importlib
import importlib.util
import os
import sys
import typing
from _thread import RLock
from collections.abc import Callable
from types import ModuleType
from typing import Any, Final


def _quote_from_bytes(*args: object, **options: object) -> object:
    """As the function of that name of `urllib.parse`, which is loaded for it."""
    return sys.modules["urllib.parse"].quote(*args, **options)  # it takes bytes, too, and there is none of it yet


KNOWN_BEFORE: Final[dict[str, dict[str, object]]] = {
    # argparse takes both at its top, and looks for translations of each of its sentences; the program's are English.
    "gettext": {"gettext": str, "ngettext": lambda one, many, number: one if number == 1 else many},
    # uuid asks for this.
    "platform": {"system": lambda: os.uname().sysname} if hasattr(os, "uname") else {},
    # tomllib makes sets of these.
    "string": {
        "ascii_letters": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "digits": "0123456789",
        "hexdigits": "0123456789abcdefABCDEF",
    },
    # msgspec takes these three, and those of `typing` where there is no such module; it asks for hints with all extras.
    "typing_extensions": {name: getattr(typing, name) for name in ("NotRequired", "Required", "get_type_hints")},
    # pathlib makes addresses with it.
    "urllib.parse": {"quote_from_bytes": _quote_from_bytes},
}
"""What modules have while they wait."""
RARELY_USED: Final = (
    *KNOWN_BEFORE,
    "bz2",
    "copy",
    "inspect",
    "ipaddress",
    "lzma",
    "shutil",
    "tempfile",
    "textwrap",
    "traceback",
)
"""Modules that others import and seldom use."""

_loaders: Final[dict[str, Callable[[ModuleType], None]]] = {}
_lock: Final = RLock()


class WaitingModule(ModuleType):
    """A module that is loaded when something is asked for that it doesn't have yet."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 -- whatever it has
        if name == "__path__":  # `from module import name` asks for that; a package has it already
            raise AttributeError(name)
        with _lock:  # another thread waits here until all of it is there, and not only what has been loaded so far
            load = _loaders.pop(self.__name__, None)
            if load is not None:
                try:
                    load(self)
                finally:
                    object.__setattr__(self, "__class__", ModuleType)
        return ModuleType.__getattribute__(self, name)


def wait(module: ModuleType, load: Callable[[ModuleType], None]) -> None:
    """Let a module that is still empty wait; `load` fills it."""
    _loaders[module.__name__] = load
    module.__class__ = WaitingModule


def import_later(*names: str) -> None:
    """Have these modules be there for `import`, and wait. Nothing happens to one that is loaded, or isn't there."""
    for name in names:
        if name in sys.modules or not _is_there(name):
            continue
        module = ModuleType(name)
        vars(module).update(KNOWN_BEFORE.get(name, {}))
        wait(module, _load)
        sys.modules[name] = module
        parent, _, child = name.rpartition(".")
        if parent:
            setattr(importlib.import_module(parent), child, module)


def _is_there(name: str) -> bool:
    """Whether there is such a module; to look for those of the standard library would take longer than it may."""
    return name.partition(".")[0] in sys.stdlib_module_names or importlib.util.find_spec(name) is not None


def _load(module: ModuleType) -> None:
    """Fill a module that waits, as `import` would have."""
    name = module.__name__
    del sys.modules[name]  # else it would be found there
    spec = importlib.util.find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    vars(module).update(vars(importlib.util.module_from_spec(spec)))
    sys.modules[name] = module
    spec.loader.exec_module(module)
