"""PySide's support code, compiled.

Shiboken carries the Python code behind its signatures and enums in its library, as source in a ZIP file, and compiles
it at each start of a program. Where the folder `files.dir` lies beside it, it takes that (which its own variable
SBK_EMBED makes, too); with compiled files in it, the window is there after a fifth less work.
"""

import compileall
import py_compile
import sys
from pathlib import Path
from typing import Final

PLACE: Final = "shiboken6/files.dir"


def write_compiled(folder: Path) -> list[Path]:
    """Write the compiled files into the folder. Returns what was written: nothing where PySide has no such code."""
    import PySide6.QtCore  # noqa: F401 # loads what is asked next

    bootstrap = sys.modules.get("signature_bootstrap")
    if bootstrap is None:
        return []
    _target, archive = bootstrap.prepare_zipfile()
    names = [name for name in archive.zfile.namelist() if name.endswith(".py")]
    archive.zfile.extractall(path=folder, members=names)
    # `legacy` puts the compiled file where the source was; its time of change must not matter.
    compileall.compile_dir(
        folder,
        quiet=1,
        force=True,
        legacy=True,
        ddir="",
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )
    for name in names:
        (folder / name).unlink()
    return sorted(path for path in folder.rglob("*.pyc"))
