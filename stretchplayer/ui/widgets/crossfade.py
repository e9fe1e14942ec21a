"""Cross-fades from one page to the next."""

from typing import Final

from PySide6.QtCore import QEasingCurve, Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

LASTS_MS: Final = 160
LARGEST_PX: Final = 2_600_000
"""Above this area, grabbing the old page would delay the new one too much."""


class CrossFade(QWidget):
    """Covers its parent with a picture of it and fades that out. Takes neither focus nor clicks."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._covered = parent
        self._picture = QPixmap()
        self._reduced = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(1.0)
        self._animation.setEndValue(0.0)
        self._animation.setDuration(LASTS_MS)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(lambda _opacity: self.update())
        self._animation.finished.connect(self._end)
        self.hide()

    def set_reduced_motion(self, reduced: bool) -> None:
        self._reduced = reduced

    def begin(self) -> None:
        """Call this before the page changes."""
        self._end()
        area = self._covered.width() * self._covered.height() * self._covered.devicePixelRatioF() ** 2
        if self._reduced or area > LARGEST_PX or not self._covered.isVisible():
            return
        self._picture = self._covered.grab()
        self.setGeometry(self._covered.rect())
        self.show()
        self.raise_()
        self._animation.start()

    def _end(self) -> None:
        self._animation.stop()
        self._picture = QPixmap()
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setOpacity(self._animation.currentValue())
        painter.drawPixmap(0, 0, self._picture)
