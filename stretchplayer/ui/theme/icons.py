"""SVG icons. Those on buttons take their colour when they are painted."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

APP_ICON: Final = "app.svg"
APP_ICON_SIZES: Final = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""What desktops ask for, px."""
_IN_WINDOWS: Final = (16, 32, 48, 128)


def render_svg(renderer: QSvgRenderer, size: int) -> QImage:
    """Render an SVG at `size` × `size` px on a transparent background."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def app_icon(directory: Path) -> QIcon:
    """The icon for windows, from the folder of the icons. Drawn here: Qt's plugin for it need not be there."""
    renderer = QSvgRenderer(str(directory / APP_ICON))
    icon = QIcon()
    for size in _IN_WINDOWS:
        icon.addPixmap(QPixmap.fromImage(render_svg(renderer, size)))
    return icon


class Icon:
    """One icon; `currentColor` in its file stands for the colour it is painted in."""

    def __init__(self, directory: Path, name: str) -> None:
        self._source = (directory / f"{name}.svg").read_text(encoding="utf-8")
        self._renderers: dict[str, QSvgRenderer] = {}

    def paint(self, painter: QPainter, box: QRectF, colour: QColor) -> None:
        name = colour.name()
        if name not in self._renderers:
            data = self._source.replace("currentColor", name).encode()
            self._renderers[name] = QSvgRenderer(QByteArray(data))
        self._renderers[name].render(painter, box)
