"""Importing modules without PySide6 having a look at the source of each.

PySide6 has a hook for imports, so that a module may choose other spellings of its names (`from __feature__ import
snake_case`, https://doc.qt.io/qtforpython-6/considerations.html). To find out which modules could, it reads the source
of every single one that is imported from then on, line by line, and keeps all lines in memory: some 4 MB for a program
that only waits in the tray. Ours uses no such feature, so what was there before the hook takes its place again.
"""

import builtins


def import_plainly() -> None:
    """Import PySide6, and let other imports be as if it had no such hook; nothing happens when it has none."""
    import PySide6  # noqa: F401 -- that it is imported is all there is to it

    before = vars(builtins).get("__orig_import__")
    if before is not None:
        vars(builtins)["__import__"] = before
