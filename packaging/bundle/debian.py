"""The Debian package: the one-folder build below /usr/lib, without the libraries that Debian has itself."""

import os
import re
import shutil
import subprocess
from email.utils import formatdate
from hashlib import md5
from pathlib import Path
from textwrap import fill
from typing import Final

from notices import UnknownLicenceError, known_components, package_of
from project import NAME, PACKAGING, ROOT, SUMMARY, home_page, run, source_date_epoch, version
from share import release_notes, write_gzip, write_share

MAINTAINER: Final = "The Stretch Player authors <noreply@stretchplayer.org>"
KEPT_LIBRARIES: Final = re.compile(r"libpython3\.\d+\.so.*")
"""What the bundle keeps though Debian has it: this very build of Python."""
DATA: Final = "tzdata"
"""What no library names: the time zones, which Python reads where Debian has them."""
RECOMMENDS: Final = "speech-dispatcher"
DESCRIPTION: Final = """\
 Leads you through three hamstring stretches the way a good physiotherapist
 would talk you through them: what to do now, on which leg, how long still,
 and what comes next. Made for people with lower-back pain or sciatica who
 lie on the floor some metres from the screen with their hands busy.
 .
 Every step is spoken and shown, any key pauses, and it works offline.
"""


def write_deb(folder: Path, target: Path, work: Path) -> Path:
    """Make the package of the one-folder build `folder`, in the folder `target`."""
    root = work / "deb"
    shutil.rmtree(root, ignore_errors=True)
    program = root / "usr" / "lib" / NAME
    shutil.copytree(folder, program, symlinks=True)
    removed = _drop_system_libraries(program / "_internal")
    write_share(root / "usr" / "share")
    (root / "usr" / "bin").mkdir(parents=True)
    (root / "usr" / "bin" / NAME).symlink_to(Path("..") / "lib" / NAME / NAME)
    _write_documents(root / "usr" / "share" / "doc" / NAME, removed)
    overrides = root / "usr" / "share" / "lintian" / "overrides" / NAME
    overrides.parent.mkdir(parents=True)
    shutil.copy(PACKAGING / "linux" / "lintian-overrides", overrides)
    _tidy(root)
    architecture = run(["dpkg", "--print-architecture"]).strip()
    _write_control(root, architecture, work)
    deb = target / f"{NAME}_{version()}_{architecture}.deb"
    # Packed by one thread: more of them cut the data up differently on each machine.
    run(
        ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--threads-max=1", "--build", str(root), str(deb)],
        env={"SOURCE_DATE_EPOCH": str(source_date_epoch())},
    )
    return deb


def _drop_system_libraries(internal: Path) -> list[str]:
    """Remove the libraries that packages of Debian have; the names of those packages are returned."""
    removed = []
    for path in sorted(internal.glob("lib*.so*")):
        if path.is_symlink() or KEPT_LIBRARIES.fullmatch(path.name):
            continue
        found = next(Path("/usr/lib").glob(f"*-linux-gnu/{path.name}"), None)
        found = found or next(Path("/lib").glob(f"*-linux-gnu/{path.name}"), None)
        if found is None:
            msg = f"{path.name} is in no package of this system"
            raise UnknownLicenceError(msg)
        removed.append(package_of(found.resolve())[0])
        path.unlink()
    licences = internal / NAME / "assets" / "licences"
    for package in removed:
        (licences / f"{package}.txt").unlink(missing_ok=True)
    (licences / "collected.toml").unlink(missing_ok=True)
    return removed


def _write_documents(documents: Path, removed: list[str]) -> None:
    documents.mkdir(parents=True)
    write_gzip(documents / "changelog.gz", _changelog())
    (documents / "copyright").write_text(_copyright(), encoding="utf-8")
    shutil.copy(PACKAGING / "linux" / "README.bundle", documents / "README.Debian")
    del removed


def _changelog() -> str:
    entries = []
    for number, _date, changes in release_notes((ROOT / "CHANGELOG.md").read_text(encoding="utf-8")):
        lines = "\n".join(fill(change, 78, initial_indent="  * ", subsequent_indent="    ") for change in changes)
        date = formatdate(source_date_epoch(), usegmt=False)
        entries.append(f"{NAME} ({number}) unstable; urgency=medium\n\n{lines}\n\n -- {MAINTAINER}  {date}\n")
    return "\n".join(entries)


def _copyright() -> str:
    """In the form https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/ asks for."""
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    mit = "\n".join(f" {line}" if line.strip() else " ." for line in text.partition("\n\n")[2].splitlines()[2:])
    lines = [
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/",
        "Upstream-Name: Stretch Player",
        "",
        "Files: *",
        "Copyright: 2026 The Stretch Player authors",
        "License: Expat",
        mit,
        "",
    ]
    lines += ["Comment: What it brings along is under these licences; their texts, but for those of Debian's"]
    lines += [
        " /usr/share/common-licenses/LGPL-3 and GPL-3, are in",
        f" /usr/lib/{NAME}/_internal/{NAME}/assets/licences.",
    ]
    lines += [
        f" {each['name']}: {each['licence']}"
        for each in known_components()
        if "linux" in each.get("systems", ("linux",)) and each["name"] != "Stretch Player"
    ]
    return "\n".join(lines) + "\n"


def _tidy(root: Path) -> None:
    """Give every file the rights Debian wants and one time, whatever the umask is here."""
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            is_program = path.is_dir() or (path.name == NAME and path.parent.name == NAME)
            path.chmod(0o755 if is_program else 0o644)
        os.utime(path, (source_date_epoch(), source_date_epoch()), follow_symlinks=False)


def _write_control(root: Path, architecture: str, work: Path) -> None:
    control = root / "DEBIAN"
    control.mkdir()
    size_kb = sum(path.lstat().st_size for path in root.rglob("*") if not path.is_dir()) // 1024
    lines = [
        f"Package: {NAME}",
        f"Version: {version()}",
        f"Architecture: {architecture}",
        f"Maintainer: {MAINTAINER}",
        f"Installed-Size: {size_kb}",
        f"Depends: {_depends(root, work)}, {DATA}",
        f"Recommends: {RECOMMENDS}",
        "Section: misc",
        "Priority: optional",
        *([f"Homepage: {home_page()}"] if home_page() else []),
        f"Description: {SUMMARY.partition(' ')[2]}",
    ]
    (control / "control").write_text("\n".join(lines) + "\n" + DESCRIPTION, encoding="utf-8")
    sums = [
        f"{md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(root)}"
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.is_symlink() and control not in path.parents
    ]
    (control / "md5sums").write_text("\n".join(sums) + "\n", encoding="utf-8")
    for path in control.iterdir():
        path.chmod(0o644)


def _depends(root: Path, work: Path) -> str:
    """The packages that the libraries need, as dpkg-shlibdeps finds them."""
    source = work / "shlibdeps" / "debian"
    source.mkdir(parents=True, exist_ok=True)
    (source / "control").write_text(f"Source: {NAME}\n\nPackage: {NAME}\nArchitecture: any\n", encoding="utf-8")
    program = root / "usr" / "lib" / NAME
    files = [path for path in sorted(program.rglob("*")) if path.is_file() and not path.is_symlink() and _is_elf(path)]
    private = sorted({str(path.parent) for path in files})
    command = ["dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0"]
    command += [f"-l{folder}" for folder in private]
    command += [f"-e{path}" for path in files]
    done = subprocess.run(command, cwd=source.parent, capture_output=True, text=True, check=True)
    return done.stdout.partition("shlibs:Depends=")[2].strip()


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"
