"""Lays the one-folder build out as it is in the archive: `python packaging/bundle/lay_out.py BUILD FOLDER`."""

import shutil
import sys
from pathlib import Path

from project import PACKAGING, ROOT
from share import write_share


def lay_out(frozen: Path, folder: Path) -> None:
    """Make the folder of the build, with what the desktop wants to know and the script that installs it."""
    shutil.copytree(frozen, folder, symlinks=True)
    write_share(folder / "share")
    for name in ("install.sh", "README.bundle"):
        shutil.copy(PACKAGING / "linux" / name, folder / name.removesuffix(".bundle"))
    shutil.copy(ROOT / "LICENSE", folder)


if __name__ == "__main__":
    lay_out(Path(sys.argv[1]), Path(sys.argv[2]))
