"""The icons of the program, SVG files drawn in one colour that is chosen when they are shown."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtSvg import QSvgRenderer


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
