"""Modules that are loaded when something of them is used, not when they are imported.

Much of the standard library imports at its top what most programs never come to use: `dataclasses` what inspects source
code, `pathlib` network addresses. A short command would spend more time on that than on what it is there for. The
standard library's own `LazyLoader` is for the same, but before Python 3.12 it loads a module as soon as another one
imports it.
"""

import importlib.util
import os
import sys
import typing
from _thread import RLock
from collections.abc import Callable
from types import ModuleType
from typing import Any, Final

RARELY_USED: Final = ("inspect", "ipaddress", "platform", "tempfile", "textwrap", "typing_extensions")
"""Modules that others import and seldom use."""
KNOWN_BEFORE: Final[dict[str, dict[str, object]]] = {
    "platform": {"system": lambda: os.uname().sysname} if hasattr(os, "uname") else {},
    "typing_extensions": {name: getattr(typing, name) for name in ("NotRequired", "Required", "get_type_hints")},
}
"""What they have while they wait: all that `uuid` wants to know of the one, and all that msgspec takes of the other.

It takes what `typing` has where there is no `typing_extensions`.
"""

_loaders: Final[dict[str, Callable[[ModuleType], None]]] = {}
_lock: Final = RLock()


class WaitingModule(ModuleType):
    """A module that is loaded when something is asked for that it doesn't have yet."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 -- whatever it has
        if name == "__path__":  # `from module import name` asks for that; a package has it already
            raise AttributeError(name)
        with _lock:
            load = _loaders.pop(self.__name__, None)
            if load is not None:
                object.__setattr__(self, "__class__", ModuleType)
                load(self)
        return ModuleType.__getattribute__(self, name)


def wait(module: ModuleType, load: Callable[[ModuleType], None]) -> None:
    """Let a module that is still empty wait; `load` fills it."""
    _loaders[module.__name__] = load
    module.__class__ = WaitingModule


def import_later(*names: str) -> None:
    """Have these modules be there for `import`, and wait. Nothing happens to one that is loaded, or isn't there."""
    for name in names:
        spec = None if name in sys.modules else importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            module = importlib.util.module_from_spec(spec)
            vars(module).update(KNOWN_BEFORE.get(name, {}))
            wait(module, spec.loader.exec_module)
            sys.modules[name] = module
