"""Importing PySide6 without what a program has no use for, so that the window is there sooner.

Shiboken, on which PySide6 is built, carries Python helpers for signatures in its library as source
(https://doc.qt.io/qtforpython-6/developer/embed.html). Whenever it is imported it compiles them, and with them large
regular expressions; and it imports what makes stub files. Here the compiled helpers are kept where Python keeps
compiled modules, and expressions are compiled, and the rest is loaded, when they are first used. It is all there
nevertheless: an error in a call of Qt names the right ones.

Should a later PySide6 do otherwise, nothing here applies, and it is imported as everywhere.
"""

import builtins
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any, Final

from stretchplayer.kept_code import KeptCode, compile_code, place_of
from stretchplayer.waiting_modules import RARELY_USED, import_later, wait

HELPERS: Final = "shibokensupport"
FOR_DEVELOPERS: Final = "shibokensupport/signature/lib/pyi_generator.py"
"""The helper that no program uses."""
_WAIT: Final = f"import sys, {__name__} as importing; importing.wait_for_use(sys.modules[__name__])"

_sources: Final[dict[str, bytes]] = {}
"""Of helpers that wait, by the names of the modules."""
_compile_pattern: Final = re.compile


def import_qt(kept: KeptCode | None = None) -> KeptCode | None:
    """Import PySide6, and write the compiled helpers where Python may. Returns them; None when it was there before."""
    if "shiboken6" in sys.modules:
        return None
    import_later(*RARELY_USED)
    kept = kept or KeptCode(place_of("shiboken"))
    with _replaced(builtins, "compile", compiling(kept)), _replaced(re, "compile", compile_pattern):
        import PySide6  # noqa: F401 -- that it is imported is all there is to it
    kept.keep()
    return kept


def compiling(kept: KeptCode) -> Callable[..., Any]:
    """Return what stands in for the built-in `compile`, which gets all that isn't a helper."""

    def compile_or_recall(source: Any, filename: Any, mode: str, *args: Any, **options: Any) -> Any:  # noqa: ANN401 -- as `compile`
        is_helper = isinstance(filename, str) and filename.startswith(f"{HELPERS}/") and isinstance(source, bytes)
        if not is_helper or mode != "exec" or args or options:
            return compile_code(source, filename, mode, *args, **options)
        if filename == FOR_DEVELOPERS:
            _sources[filename.removesuffix(".py").replace("/", ".")] = source
            return compile_code(_WAIT, filename, "exec")
        return kept.code(source, filename)

    return compile_or_recall


def wait_for_use(module: ModuleType) -> None:
    """Let a helper wait until something of it is used; only helpers call this."""
    source = _sources.pop(module.__name__)

    def load(module: ModuleType) -> None:
        exec(compile_code(source, FOR_DEVELOPERS, "exec", dont_inherit=True), vars(module))  # noqa: S102 -- as Shiboken does

    wait(module, load)


class WaitingPattern:
    """A regular expression that is compiled when it is first used."""

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 -- as `re.compile`
        self._args = args
        self._options = options
        self._pattern: re.Pattern[str] | None = None

    def finditer(self, *args: Any) -> "Iterator[re.Match[str]]":  # noqa: ANN401 -- as a pattern's
        """As a pattern's; a helper asks for this method long before it is called."""
        return self._compiled().finditer(*args)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 -- whatever a pattern has
        return getattr(self._compiled(), name)

    def _compiled(self) -> "re.Pattern[str]":
        if self._pattern is None:
            self._pattern = _compile_pattern(*self._args, **self._options)
        return self._pattern


def compile_pattern(*args: Any, **options: Any) -> Any:  # noqa: ANN401 -- as `re.compile`
    """Stand in for `re.compile`: only helpers get patterns that wait."""
    caller = str(sys._getframe(1).f_globals.get("__name__"))  # noqa: SLF001 -- nothing else tells who calls
    if caller.partition(".")[0] == HELPERS:
        return WaitingPattern(*args, **options)
    return _compile_pattern(*args, **options)


@contextmanager
def _replaced(owner: ModuleType, name: str, value: object) -> Iterator[None]:
    before = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, before)
