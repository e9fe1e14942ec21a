"""Makes what people install: `python packaging/bundle/make.py [--folder-only] [--twice]`, or `make bundle`.

In dist/, on Linux: the one-folder build as a .tar.xz, a single-file executable, a Debian package and the bill of
materials. Each is checked, and a check that fails ends this with an exit code. --folder-only makes the one folder and
nothing else; --twice makes everything a second time and compares.
"""

import argparse
import os
import platform
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import checks
from archive import write_tar_xz
from debian import write_deb
from lay_out import lay_out
from project import NAME, PACKAGING, ROOT, run, source_date_epoch, version

BUILD: Final = ROOT / "build" / "bundle"
DIST: Final = ROOT / "dist"


def freeze(target: Path, work: Path, *, single_file: bool) -> Path:
    """Run PyInstaller; returned is the one-folder build. Beside it is the single file, if that is wanted."""
    shutil.rmtree(work, ignore_errors=True)
    shutil.rmtree(target, ignore_errors=True)
    work.mkdir(parents=True)
    env = {
        "SOURCE_DATE_EPOCH": str(source_date_epoch()),
        "PYTHONHASHSEED": "0",
        "PYINSTALLER_CONFIG_DIR": str(ROOT / "build" / "pyinstaller"),
        "STRETCHPLAYER_SINGLE_FILE": "1" if single_file else "",
    }
    spec = str(PACKAGING / f"{NAME}.spec")
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", f"--distpath={target}", f"--workpath={work}", spec]
    run(command, env=env, log=work / "pyinstaller.log")
    if sys.platform == "win32":
        # `stretchplayer status` means this one then, since Windows tries .com first; PyInstaller makes no such name.
        (target / NAME / f"{NAME}-console.exe").rename(target / NAME / f"{NAME}.com")
    return target / NAME


def bill(work: Path) -> Path:
    """Where the build leaves the bill of materials."""
    return work / NAME / "sbom.cdx.json"


def make_all(dist: Path, build: Path) -> list[Path]:
    """Make everything for this system, from nothing; what was made is returned."""
    dist.mkdir(parents=True, exist_ok=True)
    frozen = freeze(build / "dist", build / "work", single_file=True)
    label = f"{NAME}-{version()}-{sys.platform}-{platform.machine().lower()}"
    sbom = Path(shutil.copy(bill(build / "work"), dist / f"{label}.cdx.json"))
    return make_for_linux(frozen, sbom, dist, build) if sys.platform == "linux" else [frozen, sbom]


def make_for_linux(frozen: Path, sbom: Path, dist: Path, build: Path) -> list[Path]:
    """Make what people on Linux install, and check it."""
    label = sbom.name.removesuffix(".cdx.json")
    say("the single file")
    single = Path(shutil.copy(build / "dist" / f"{NAME}-single", dist / label))
    say("the Debian package")
    deb = write_deb(frozen, dist, build / "work")
    say("the archive")
    folder = build / label
    shutil.rmtree(folder, ignore_errors=True)
    lay_out(frozen, folder)
    shutil.copy(sbom, folder / "sbom.cdx.json")
    archive = dist / f"{label}.tar.xz"
    write_tar_xz(folder, archive)
    say("checking")
    checks.check_folder(folder)
    checks.check_share(folder / "share")
    checks.check_sizes(folder=folder, archive=archive, single=single)
    checks.check_deb(deb)
    checks.check_single(single)
    return [archive, single, deb, sbom]


def say(words: str) -> None:
    """Tell what is being done."""
    print(f"• {words}", flush=True)


def main(argv: Sequence[str] | None = None) -> int:
    """Make what is asked for. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder-only", type=Path, metavar="FOLDER", help="make the one-folder build in FOLDER only")
    parser.add_argument("--twice", action="store_true", help="make everything twice, and compare")
    arguments = parser.parse_args(argv)
    os.umask(0o022)
    os.environ["SOURCE_DATE_EPOCH"] = str(source_date_epoch())  # for all of it, should someone commit meanwhile
    say("freezing")
    if arguments.folder_only:
        freeze(arguments.folder_only, arguments.folder_only / "work", single_file=False)
        return 0
    shutil.rmtree(DIST, ignore_errors=True)
    made = make_all(DIST, BUILD)
    for path in made:
        size = sum(each.lstat().st_size for each in path.rglob("*")) if path.is_dir() else path.stat().st_size
        print(f"{size / 1e6:8.1f} MB  {path.relative_to(ROOT)}")
    if arguments.twice:
        first = {path.name: path.read_bytes() for path in made if path.is_file()}
        kept = BUILD.with_name("bundle-first")
        shutil.rmtree(kept, ignore_errors=True)
        BUILD.rename(kept)
        say("all of it a second time")
        second = make_all(DIST, BUILD)
        return checks.compare(first, second, kept / "dist" / NAME, BUILD / "dist" / NAME)
    return 0


if __name__ == "__main__":
    sys.exit(main())
