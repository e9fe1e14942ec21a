"""The navigation at the left edge: icons with their names or, where there is no room for those, icons alone."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QStyleOption, QWidget

from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.icons import Icon
from stretchplayer.ui.theme.scaling import padded, rescale, scale_of, system_font_scale, with_font
from stretchplayer.ui.theme.style import draw_rounded, focus_colour
from stretchplayer.ui.widgets.boxes import vbox
from stretchplayer.ui.widgets.label import plain_label

_WIDTH, _HIGHEST = 180.0, 318.0
"""In px of the design, with names."""
_EDGE: Final = 10
_WIDEST_SHARE: Final = 0.24
"""How much of the window's width it may take with names."""
_LEAST_SHARE: Final = 0.75
"""Where letters would have to be smaller than this share of what is wanted, the names go."""
_HEIGHT: Final = 2.25
"""The height of a tab, in ems, as all that follows."""
_BEFORE: Final = 0.75
_ICON: Final = 1.2
_BETWEEN: Final = 0.6
_MARK: Final = 0.16
"""The width of the current page's mark."""


class _Tab(QAbstractButton):
    def __init__(self, icon: Icon, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = icon
        self._is_narrow = False
        self.setText(name)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_narrow(self, narrow: bool) -> None:
        self._is_narrow = narrow
        self.setToolTip(self.text() if narrow else "")

    def _shown_font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal)
        return font

    def sizeHint(self) -> QSize:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetricsF(font)
        em = metrics.height()
        words = 0.0 if self._is_narrow else metrics.horizontalAdvance(self.text()) + _BETWEEN * em
        return QSize(round((2 * _BEFORE + _ICON) * em + words), round(_HEIGHT * em))

    def _place(self, x: float, width: float) -> QRectF:
        """A part of the tab, mirrored for right-to-left languages."""
        part = QRect(round(x), 0, round(width), self.height())
        return QRectF(QStyle.visualRect(self.layoutDirection(), self.rect(), part))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        em = QFontMetricsF(self.font()).height()
        colour = self.palette().color
        role = theme.RAISED if self.isChecked() else theme.PANEL if self.underMouse() else theme.GROUND
        draw_rounded(painter, QRectF(self.rect()).adjusted(3, 3, -3, -3), colour(role), 0.4 * em, focus_colour(option))
        if self.isChecked():
            mark = self._place(0.3 * em, _MARK * em).adjusted(0, 0.6 * em, 0, -0.6 * em)
            draw_rounded(painter, mark, colour(theme.MOVEMENT), _MARK * em / 2)
        ink = colour(theme.INK if self.isChecked() else theme.MUTED)
        before = (self.width() - _ICON * em) / 2 if self._is_narrow else _BEFORE * em
        icon = QRectF(0, 0, _ICON * em, _ICON * em)
        icon.moveCenter(self._place(before, _ICON * em).center())
        self._icon.paint(painter, icon, ink)
        if not self._is_narrow:
            painter.setFont(self._shown_font())
            painter.setPen(ink)
            x = (_BEFORE + _ICON + _BETWEEN) * em
            painter.drawText(self._place(x, self.width() - x), int(Qt.AlignmentFlag.AlignVCenter), self.text())


class Navigation(QWidget):
    chosen = Signal(int)

    def __init__(
        self, icons: Path, title: str, entries: tuple[tuple[str, str], ...], parent: QWidget | None = None
    ) -> None:
        """`entries` are the file names of icons, without their ending, and names of pages."""
        super().__init__(parent)
        self._title = padded(plain_label(title, px=17, weight=QFont.Weight.Bold), 0, 0, 0, 14)
        self._tabs = [with_font(_Tab(Icon(icons, icon), name, self), 16) for icon, name in entries]
        for number, tab in enumerate(self._tabs):
            # No QButtonGroup: Tab would only reach its checked button.
            tab.clicked.connect(partial(self._choose, number))
        vbox(self._title, *self._tabs, 1, gap=4, margins=(_EDGE, 26, _EDGE, 14), on=self)
        self.mark(0)

    def mark(self, number: int) -> None:
        for place, tab in enumerate(self._tabs):
            tab.setChecked(place == number)

    def _choose(self, number: int) -> None:
        self.mark(number)
        self.chosen.emit(number)

    def fit(self, scale: float, window: QSize) -> None:
        """Scale to the window and the system's font; where that leaves too little for a page, show icons alone."""
        letters = scale * system_font_scale()
        wanted = min(letters, window.height() / _HIGHEST)
        named = min(wanted, window.width() * _WIDEST_SHARE / _WIDTH)
        narrow = named < max(scale, letters * _LEAST_SHARE)
        for tab in self._tabs:
            tab.set_narrow(narrow)
        self._title.setHidden(narrow)
        rescale(self, wanted if narrow else named)
        self._title.setIndent(round(_BEFORE * QFontMetricsF(self._tabs[0].font()).height()))
        least = 0 if narrow else round(_WIDTH * scale_of(self))
        self.setFixedWidth(max(least, self.sizeHint().width()))
