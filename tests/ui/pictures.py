"""Comparing pictures that were drawn on different machines."""

from typing import Final

from PySide6.QtGui import QImage

ROUNDING: Final = 4
"""Of 255 levels: processors round antialiased edges differently."""


def look_alike(shipped: QImage, drawn: QImage) -> bool:
    """Whether both pictures are equal but for rounding."""
    drawn = drawn.convertToFormat(shipped.format())
    if shipped.size() != drawn.size():
        return False
    pairs = set(zip(bytes(shipped.constBits()), bytes(drawn.constBits()), strict=True))
    return max(abs(one - other) for one, other in pairs) <= ROUNDING
