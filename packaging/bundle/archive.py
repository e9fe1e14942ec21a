"""Archives that are the same for the same files: sorted, with one time and one owner for all of them."""

import lzma
import tarfile
from pathlib import Path

from project import source_date_epoch


def write_tar_xz(folder: Path, archive: Path) -> None:
    """Pack a folder, under its own name, into a .tar.xz."""
    # One thread and fixed parameters, since both show in the bytes. 64 MB of dictionary reach across all of Qt.
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 9}]
    with (
        lzma.open(archive, "wb", check=lzma.CHECK_CRC64, filters=filters) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for path in (folder, *sorted(folder.rglob("*"))):
            info = tar.gettarinfo(path, str(Path(folder.name) / path.relative_to(folder)))
            tidy(info)
            if info.isreg():
                with path.open("rb") as file:
                    tar.addfile(info, file)
            else:
                tar.addfile(info)


def tidy(info: tarfile.TarInfo) -> None:
    """Take out of an entry what says who made it, when and under which umask."""
    info.uid = info.gid = 0
    info.uname = info.gname = "root"
    info.mtime = source_date_epoch()
    info.mode = 0o755 if info.isdir() or info.mode & 0o100 else 0o644
    info.pax_headers = {}
