"""The pixels of a picture, all at once: asked for one by one, each takes a call into Qt."""

from PySide6.QtGui import QColor, QImage


def pixels_of(image: QImage) -> list[int]:
    """Every pixel, row by row, as 0xAARRGGBB."""
    plain = image.convertToFormat(QImage.Format.Format_ARGB32)
    return memoryview(plain.constBits()).cast("I").tolist()


def count_of(image: QImage, colour: str) -> int:
    """How many pixels have exactly this colour."""
    return pixels_of(image).count(QColor(colour).rgba())
