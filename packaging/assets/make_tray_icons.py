"""Draws the icon in the tray in all its forms and states: `python packaging/assets/make_tray_icons.py [FOLDER]`.

From the drawings in packaging/assets/tray, by default into assets/icons. They are drawn beforehand, because a
program that waits in the tray would need much memory for drawing them itself. Needs no display.
"""

import os
import sys
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtSvg import QSvgRenderer

from stretchplayer.storage.assets import asset_dir
from stretchplayer.ui.theme.icons import render_svg
from stretchplayer.ui.window.tray_icon import SIZES, TrayForm, TrayState, file_name

DRAWINGS: Final = Path(__file__).resolve().parent / "tray"
INKS: Final = {TrayForm.LIGHT: "#F3F3F3", TrayForm.DARK: "#2A2A2A", TrayForm.TEMPLATE: "#000000"}


def picture(form: TrayForm, state: TrayState, size: int) -> QImage:
    """Draw one, `size` px wide and high."""
    drawing = "colour" if form is TrayForm.COLOUR else "symbolic"
    source = (DRAWINGS / f"{drawing}-{state}.svg").read_text(encoding="utf-8")
    ink = INKS.get(form, "")
    return render_svg(QSvgRenderer(QByteArray(source.replace("currentColor", ink).encode())), size)


def make_icons(folder: Path) -> list[Path]:
    """Write all files, and tell which."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for form in TrayForm:
        for state in TrayState:
            for size in SIZES:
                file = folder / file_name(form, state, size)
                picture(form, state, size).save(str(file))
                files.append(file)
    return files


if __name__ == "__main__":
    app = QGuiApplication(sys.argv[:1])
    for written in make_icons(Path(sys.argv[1]) if len(sys.argv) > 1 else asset_dir("icons")):
        print(f"wrote {written}")
