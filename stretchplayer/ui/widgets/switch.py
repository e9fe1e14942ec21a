"""A switch: a check box that wraps its label. The style draws it."""

from math import ceil
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

_LEAST_EMS: Final = 9.0
"""So wide are its lines at least, in heights of the letters."""


class Switch(QCheckBox):
    """QCheckBox doesn't wrap its text."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _beside(self) -> float:
        """Width beside the text, in px."""
        return self.sizeHint().width() - QFontMetricsF(self.font()).horizontalAdvance(self.text())

    def minimumSizeHint(self) -> QSize:
        metrics = QFontMetricsF(self.font())
        longest = max((metrics.horizontalAdvance(word) for word in self.text().split()), default=0.0)
        hint = self.sizeHint()
        least = ceil(self._beside() + max(longest, _LEAST_EMS * metrics.height()))
        return QSize(min(hint.width(), least), hint.height())

    def heightForWidth(self, width: int) -> int:
        one_line = self.sizeHint()
        if width >= one_line.width():
            return one_line.height()
        room = QRectF(0, 0, max(width - self._beside(), 1.0), 1e6)
        metrics = QFontMetricsF(self.font())
        lines = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.text()).height()
        return max(one_line.height(), ceil(lines + max(metrics.height(), 16.0) * 0.5))
