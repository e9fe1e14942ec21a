"""What to check before the first session, and where the routine comes from."""

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from stretchplayer.i18n import _
from stretchplayer.routine.routine import Routine
from stretchplayer.ui.pages.page import Page, ScrollingArea
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import refill, spaced
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.label import plain_label


class SafetyPage(Page):
    """The safety rules in plain words, and the source of the routine."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = plain_label(_("Before you start"), px=30, weight=QFont.Weight.Bold)
        self._body = QWidget()
        self._list = spaced(QVBoxLayout(self._body), 10)
        self._list.setContentsMargins(0, 0, 12, 0)
        self._close = WideButton(_("Back to Today"), self, accent=True, px=18)
        self._close.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.addWidget(self._close)
        row.addStretch(1)
        self.column.addWidget(self._title)
        self.column.addWidget(ScrollingArea(self._body, _("Stay safe")), 1)
        self.column.addLayout(row)

    def show_routine(self, routine: Routine) -> None:
        lines = [plain_label(f"•  {note.text}", wrap=True, px=17) for note in routine.safety]
        if routine.source:
            source = _("Source: {source}").format(source=routine.source)
            lines.append(plain_label(source, wrap=True, role=theme.MUTED, px=17))
        refill(self._list, lines)
        self._list.addStretch(1)
        self.rescale()
