"""Pictures that come with a routine, shown where no pose fits."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter
from PySide6.QtSvg import QSvgRenderer

_LONGEST_PX: Final = 1200
"""Of a picture's sides, when it is kept."""


def load_picture(path: str) -> QImage:
    """The picture in a PNG, JPEG or SVG file, as large as is of use; null if it is missing or damaged."""
    try:
        return _load(path, Path(path).stat().st_mtime_ns)
    except OSError:
        return QImage()


@lru_cache(maxsize=8)
def _load(path: str, _changed_ns: int) -> QImage:
    return _load_drawing(path) if path.lower().endswith(".svg") else _load_photo(path)


def _load_photo(path: str) -> QImage:
    reader = QImageReader(path)
    reader.setAutoTransform(True)  # cameras write down how they were held
    size = reader.size()
    if max(size.width(), size.height()) > _LONGEST_PX:
        reader.setScaledSize(_scaled(size))
    return reader.read()


def _load_drawing(path: str) -> QImage:
    drawing = QSvgRenderer(path)
    image = QImage(_scaled(drawing.defaultSize()), QImage.Format.Format_ARGB32_Premultiplied)
    if not drawing.isValid() or image.isNull():
        return QImage()
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    drawing.render(painter)
    painter.end()
    return image


def _scaled(size: QSize) -> QSize:
    return size.scaled(_LONGEST_PX, _LONGEST_PX, Qt.AspectRatioMode.KeepAspectRatio)


def draw_picture(painter: QPainter, box: QRectF, path: str) -> None:
    """Draw a picture as large as fits into the box; nothing if it can't be shown."""
    image = load_picture(path)
    if image.isNull():
        return
    place = QRectF()
    place.setSize(image.size().toSizeF().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio))
    place.moveCenter(box.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.fillRect(place, Qt.GlobalColor.white)  # of transparent ones, most are dark lines
    painter.drawImage(place, image)
    painter.restore()
