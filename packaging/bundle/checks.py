"""The checks that what was made has to pass. Each ends the program, and says why, when it doesn't."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from project import NAME, run
from PyInstaller.archive.readers import CArchiveReader  # type: ignore[import-untyped]

MB: Final = 1_000_000
MOST_PACKED_MB: Final = 55
MOST_UNPACKED_MB: Final = 150
MOST_SINGLE_MB: Final = 72
HOW_MANY: Final = 10
"""So many of the largest files are told."""


def check_sizes(*, folder: Path, archive: Path, single: Path) -> None:
    """Nothing is larger than it may be. Tells what takes the room."""
    sizes = {str(path.relative_to(folder)): path.lstat().st_size for path in folder.rglob("*") if path.is_file()}
    sizes = {name: size for name, size in sizes.items() if not (folder / name).is_symlink()}
    _tell_largest("the folder", sizes)
    _tell_largest("the single file, packed", packed_sizes(single))
    made = {
        f"{archive.name} ({MOST_PACKED_MB} MB allowed)": (archive.stat().st_size, MOST_PACKED_MB),
        f"unpacked ({MOST_UNPACKED_MB} MB allowed)": (sum(sizes.values()), MOST_UNPACKED_MB),
        f"{single.name} ({MOST_SINGLE_MB} MB allowed)": (single.stat().st_size, MOST_SINGLE_MB),
    }
    for words, (size, most_mb) in made.items():
        print(f"{size / MB:8.1f} MB  {words}")
        if size > most_mb * MB:
            sys.exit("That is too large.")


def _tell_largest(title: str, sizes: Mapping[str, int]) -> None:
    print(f"The largest of {len(sizes)} files in {title}:")
    for name, size in sorted(sizes.items(), key=lambda each: -each[1])[:HOW_MANY]:
        print(f"{size / MB:8.1f} MB  {name}")


def packed_sizes(single: Path) -> dict[str, int]:
    """What the parts of a single-file executable take in it."""
    return {name: entry[1] for name, entry in CArchiveReader(str(single)).toc.items()}


def check_folder(folder: Path) -> None:
    """No library misses another one, and the program's own check of itself finds nothing wrong, without Python."""
    internal = folder / "_internal"
    search = os.pathsep.join((str(internal), str(internal / "PySide6" / "Qt" / "lib")))
    missing = []
    for path in sorted(internal.rglob("*.so*")):
        told = subprocess.run(
            ["ldd", str(path)], env={"LD_LIBRARY_PATH": search, "PATH": os.environ["PATH"]}, capture_output=True,
            text=True, check=False,
        ).stdout  # fmt: skip
        missing += [f"{path.name}: {line.strip()}" for line in told.splitlines() if "not found" in line]
    if missing:
        sys.exit("Libraries are missing:\n" + "\n".join(missing))
    _self_test(folder / NAME)


def _self_test(program: Path) -> None:
    with tempfile.TemporaryDirectory() as home:
        env = {
            "HOME": home,
            "PATH": "/nonexistent",
            "LANG": "C.UTF-8",
            "TMPDIR": home,
            "SPEECHD_CMD": "no-such-program",
        }
        done = subprocess.run(
            [str(program), "self-test"], env=env, cwd=home, capture_output=True, text=True, check=False
        )
        print(done.stdout)
        if done.returncode:
            sys.exit(f"{program.name} self-test failed:\n{done.stderr}")
        left = [path.name for path in Path(home).iterdir() if path.name.startswith("_MEI")]
        if left:
            sys.exit(f"{program.name} left {left} behind.")


def check_single(single: Path) -> None:
    """The single file does what the folder does, cleans up, and starts soon enough."""
    _self_test(single)
    started = time.monotonic()
    run([str(single), "--version"])
    print(f"{time.monotonic() - started:.2f} s for {single.name} --version")


def check_share(share: Path) -> None:
    """The desktop entries and the metadata are as the standards want them."""
    for entry in sorted((share / "applications").glob("*.desktop")):
        told = run(["desktop-file-validate", str(entry)])
        if told.strip():
            sys.exit(told)
    for page in (share / "metainfo").glob("*.xml"):
        run(["appstreamcli", "validate", "--no-net", str(page)])


def check_deb(deb: Path) -> None:
    """Lintian finds no error in the package."""
    # As root it complains about that, on its standard error, and nothing else.
    told = run(["lintian", "--fail-on=error", "--allow-root", "--tag-display-limit=0", str(deb)])
    print(told)


def compare(first: Mapping[str, bytes], second: Sequence[Path], one: Path, other: Path) -> int:
    """Tell what differs between two builds of the same. Returns how many of the artefacts do."""
    different = [path.name for path in second if path.is_file() and path.read_bytes() != first.get(path.name)]
    names = [{str(path.relative_to(folder)) for path in folder.rglob("*")} for folder in (one, other)]
    print(f"{len(second)} artefacts made twice, {len(different)} of them different: {', '.join(different) or '–'}")
    print(f"files in one build only: {', '.join(sorted(names[0] ^ names[1])) or '–'}")
    files = [name for name in sorted(names[0] & names[1]) if (one / name).is_file()]
    changed = [name for name in files if (one / name).read_bytes() != (other / name).read_bytes()]
    print(f"different files among {len(files)}: {', '.join(changed) or '–'}")
    return len(different)
