"""The program's own icon."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

NAME: Final = "app.svg"
SIZES: Final = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""What desktops ask for, px."""
_IN_WINDOWS: Final = (16, 32, 48, 128)


def render(renderer: QSvgRenderer, size: int) -> QImage:
    """Draw the icon, `size` px wide and high, on nothing."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def app_icon(directory: Path) -> QIcon:
    """The icon for windows, from the folder of the icons. Drawn here: Qt's plugin for it need not be there."""
    renderer = QSvgRenderer(str(directory / NAME))
    icon = QIcon()
    for size in _IN_WINDOWS:
        icon.addPixmap(QPixmap.fromImage(render(renderer, size)))
    return icon
