"""Importing PySide6 without what a program has no use for, so that the window is there sooner.

Shiboken, on which PySide6 is built, carries Python helpers for signatures in its library as source
(https://doc.qt.io/qtforpython-6/developer/embed.html). Whenever it is imported it compiles and runs them, though all
but the few that import modules are for error messages and stub files. Here those wait until one of them is needed, and
the compiled code of all is kept where Python keeps compiled modules. An error in a call of Qt still names the right
arguments.

PySide6 also has a hook for imports, so that a module may choose other spellings of its names (`from __feature__ import
snake_case`, https://doc.qt.io/qtforpython-6/considerations.html). To find out which modules could, it reads the source
of every single one that is imported from then on, line by line, and keeps all lines in memory: some 4 MB for a program
that only waits in the tray. Ours uses no such feature, so what was there before the hook takes its place again.

Should a later PySide6 do otherwise, nothing of this applies, and it is imported as everywhere.
"""

import builtins
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import ModuleType
from typing import Any, Final

from stretchplayer.app.quick_enums import make_enums_quickly
from stretchplayer.kept_code import KeptCode, compile_code, place_of
from stretchplayer.waiting_modules import RARELY_USED, import_later, wait

_FIRST: Final = "signature_bootstrap.py"
"""The helper that loads all others."""
HELPERS: Final = "shibokensupport"
NEEDED: Final = frozenset(
    f"{HELPERS}/{name}.py"
    for name in (
        "__init__", "feature", "signature/__init__", "signature/importhandler", "signature/lib/__init__",
        "signature/loader",
    )
)  # fmt: skip
"""The helpers that importing takes; all others wait."""
_LOOKED_UP: Final = {f"{HELPERS}.signature.mapping": "update_mapping"}
"""By the name of a helper, the function for which Shiboken looks among its names and so doesn't let it load."""
_WAIT: Final = f"import sys, {__name__} as importing; importing.wait_for_use(sys.modules[__name__])"

_LOOKS: Final = f"{HELPERS}/feature.py"
_LOOKS_NO_MORE: Final = b"\n\ndef feature_imported(module):\n    pass\n"
"""At the end of that helper: it is not to read sources as long as its hook is in place, either."""

_waiting: Final[dict[str, Callable[[], Any]]] = {}
"""What gives the code of helpers that wait, by the names of the modules."""


def import_qt(kept: KeptCode | None = None) -> KeptCode | None:
    """Import PySide6, and write the compiled helpers where Python may. Returns them; None when it was there before."""
    if "shiboken6" in sys.modules:
        return None
    import_later(*RARELY_USED)
    make_enums_quickly()
    kept = kept or KeptCode(place_of("shiboken"))
    with _replaced(builtins, "compile", compiling(kept)):
        import PySide6  # noqa: F401 -- that it is imported is all there is to it
    kept.keep()
    _import_plainly()
    return kept


def _import_plainly() -> None:
    """Let other imports be as if PySide6 had no hook for them."""
    before = vars(builtins).get("__orig_import__")
    if before is not None:
        vars(builtins)["__import__"] = before


def compiling(kept: KeptCode) -> Callable[..., Any]:
    """Return what stands in for the built-in `compile`, which gets all that isn't a helper."""

    def compile_or_recall(source: Any, filename: Any, mode: str, *args: Any, **options: Any) -> Any:  # noqa: ANN401 -- as `compile`
        is_helper = isinstance(filename, str) and (filename == _FIRST or filename.startswith(f"{HELPERS}/"))
        if not is_helper or not isinstance(source, bytes) or mode != "exec" or args or options:
            return compile_code(source, filename, mode, *args, **options)
        if filename == _FIRST or filename in NEEDED:
            return kept.code(source + _LOOKS_NO_MORE if filename == _LOOKS else source, filename)
        _waiting[filename.removesuffix(".py").replace("/", ".")] = lambda: kept.code(source, filename)
        return kept.code(_WAIT, filename)

    return compile_or_recall


def wait_for_use(module: ModuleType) -> None:
    """Let a helper wait until something of it is used; only helpers call this."""
    code = _waiting.pop(module.__name__)

    def load(module: ModuleType) -> None:
        exec(code(), vars(module))  # noqa: S102 -- as Shiboken does

    wait(module, load)
    function = _LOOKED_UP.get(module.__name__)
    if function is not None:
        vars(module)[function] = partial(_call, module, function)


def _call(module: ModuleType, function: str) -> Any:  # noqa: ANN401 -- whatever it returns
    """Load a helper that waits, and call a function of it, which has taken the place of this one."""
    getattr(module, "anything", None)
    return vars(module)[function]()


@contextmanager
def _replaced(owner: ModuleType, name: str, value: object) -> Iterator[None]:
    before = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, before)
