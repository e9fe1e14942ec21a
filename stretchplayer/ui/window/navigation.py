"""The navigation at the left edge."""

from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QVBoxLayout, QWidget

from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import padded, rescale, scale_of, spaced, system_font_scale, with_font
from stretchplayer.ui.widgets.label import plain_label

_WIDTH: Final = 176.0
"""In px of the design."""
_BEFORE: Final = 0.84
"""Room before the names, in ems."""


class _Tab(QAbstractButton):
    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self.font())
        return QSize(
            round(metrics.horizontalAdvance(self.text()) + 1.9 * metrics.height()), round(metrics.height() * 2.2)
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(self.palette().color(theme.INK), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(self.palette().color(theme.PANEL))
        elif self.underMouse():
            painter.setBrush(self.palette().color(theme.RAISED))
        em = QFontMetricsF(self.font()).height()
        painter.drawRoundedRect(box, 0.47 * em, 0.47 * em)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(self.palette().color(theme.INK if self.isChecked() else theme.MUTED))
        words = QStyle.visualRect(
            self.layoutDirection(), self.rect(), self.rect().adjusted(round(_BEFORE * em), 0, 0, 0)
        )
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self.text())


class Navigation(QWidget):
    chosen = Signal(int)

    def __init__(self, title: str, names: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = padded(plain_label(title, px=17, weight=QFont.Weight.Bold), 0, 0, 0, 14)
        self._tabs = [with_font(_Tab(name, self), 16) for name in names]
        column = padded(spaced(QVBoxLayout(self), 4), 14, 26, 0, 14)
        column.addWidget(self._title)
        for number, tab in enumerate(self._tabs):
            # No QButtonGroup: Tab would only reach its checked button.
            tab.clicked.connect(partial(self._choose, number))
            column.addWidget(tab)
        column.addStretch(1)
        self.mark(0)

    def mark(self, number: int) -> None:
        for place, tab in enumerate(self._tabs):
            tab.setChecked(place == number)

    def _choose(self, number: int) -> None:
        self.mark(number)
        self.chosen.emit(number)

    def fit(self, scale: float, widest: float) -> None:
        """Scale to the window and the system font, but not beyond `widest` px."""
        rescale(self, scale * min(system_font_scale(), max(1.0, widest / (_WIDTH * scale))))
        self._title.setIndent(round(_BEFORE * QFontMetricsF(self._tabs[0].font()).height()) + 1)
        self.setFixedWidth(round(_WIDTH * scale_of(self)))
