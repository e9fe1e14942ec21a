"""Draws the program's icon in the sizes systems want: `python packaging/assets/make_icons.py [FOLDER]`.

By default into packaging/icons: `hicolor/SIZExSIZE/apps/stretchplayer.png` and the drawing itself for Linux,
`stretchplayer.ico` for Windows and `stretchplayer.icns` for macOS; and `app.png`, which notifications show there,
beside the drawing. Needs no display.
"""

import os
import shutil
import struct
import sys
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QGuiApplication, QImageWriter
from PySide6.QtSvg import QSvgRenderer

from stretchplayer.storage.assets import asset_dir
from stretchplayer.ui.theme.icons import APP_ICON, APP_ICON_SIZES, render_svg

FOLDER: Final = Path(__file__).resolve().parents[1] / "icons"
IN_ICO: Final = (16, 24, 32, 48, 64, 256)
IN_ICNS: Final = {128: b"ic07", 256: b"ic08", 512: b"ic09"}
"""The types of the PNG pictures in an ICNS file, by their size."""


def png(renderer: QSvgRenderer, size: int) -> bytes:
    """The icon as a PNG file."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(render_svg(renderer, size))
    buffer.close()
    return bytes(data.data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """An ICO file of PNG pictures by their size, which Windows has read since Vista; 256 px is written as 0."""
    offset = 6 + 16 * len(pictures)
    entries = b""
    for size, picture in pictures.items():
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    return struct.pack("<HHH", 0, 1, len(pictures)) + entries + b"".join(pictures.values())


def icns(pictures: dict[int, bytes]) -> bytes:
    """An ICNS file of PNG pictures by their size, which macOS has read since 10.7."""
    entries = b"".join(
        kind + struct.pack(">I", 8 + len(pictures[size])) + pictures[size] for size, kind in IN_ICNS.items()
    )
    return b"icns" + struct.pack(">I", 8 + len(entries)) + entries


def make_icons(folder: Path) -> list[Path]:
    """Write all files, and tell which."""
    source = asset_dir("icons") / APP_ICON
    renderer = QSvgRenderer(str(source))
    pictures = {size: png(renderer, size) for size in APP_ICON_SIZES}
    files = {folder / "hicolor" / "scalable" / "apps" / "stretchplayer.svg": source.read_bytes()}
    for size, picture in pictures.items():
        files[folder / "hicolor" / f"{size}x{size}" / "apps" / "stretchplayer.png"] = picture
    files[folder / "stretchplayer.ico"] = ico({size: pictures[size] for size in IN_ICO})
    files[folder / "stretchplayer.icns"] = icns(pictures)
    for path, data in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return list(files)


if __name__ == "__main__":
    app = QGuiApplication(sys.argv[:1])
    for written in make_icons(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER):
        print(f"wrote {written}")
    shutil.copy(FOLDER / "hicolor" / "256x256" / "apps" / "stretchplayer.png", asset_dir("icons") / "app.png")
