"""What to check before the first session, and where the routine comes from."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from stretchplayer.i18n import _
from stretchplayer.routine.routine import Routine
from stretchplayer.ui.pages.page import Page, ScrollingArea, page_title
from stretchplayer.ui.text.safety import RED_FLAGS
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import padded, refill, spaced
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.label import plain_label
from stretchplayer.ui.widgets.panel import Panel


def bullets(lines: Iterable[str], px: float = 17) -> QWidget:
    """A list, a sentence an entry."""
    whole = QWidget()
    grid = spaced(QGridLayout(whole), 10, 8)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setColumnStretch(1, 1)
    for row, line in enumerate(lines):
        grid.addWidget(plain_label("•", role=theme.MUTED, px=px), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(plain_label(line, wrap=True, px=px), row, 1)
    return whole


class RedFlags(Panel):
    """What can't wait, on a card that can't be missed."""

    edged = True
    edge_role = theme.INK

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = padded(spaced(QVBoxLayout(self), 10), 20, 16, 20, 18)
        column.addWidget(plain_label(_("Get medical help at once for:"), wrap=True, px=20, weight=QFont.Weight.Bold))
        column.addWidget(bullets(map(_, RED_FLAGS), px=18))


class SafetyPage(Page):
    """The safety rules in plain words, and the source of the routine."""

    start_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = page_title(_("Before you start"), wrap=True)
        self._body = QWidget()
        self._list = padded(spaced(QVBoxLayout(self._body), 14), 0, 0, 12, 0)
        self._start = WideButton(_("Start"), self, accent=True, px=22)
        self._start.clicked.connect(self.start_requested)
        self._close = WideButton(_("Back to Today"), self, px=16)
        self._close.clicked.connect(self.closed)
        row = spaced(QHBoxLayout(), 12)
        row.addWidget(self._start)
        row.addWidget(self._close)
        row.addStretch(1)
        self.column.addWidget(self._title)
        self.column.addWidget(ScrollingArea(self._body, _("Stay safe")), 1)
        self.column.addLayout(row)

    def show_routine(self, routine: Routine) -> None:
        notes = [*filter(None, [routine.caution]), *(note.text for note in routine.safety)]
        parts: list[QWidget] = [bullets(notes), RedFlags()]
        if routine.source:
            source = _("Source: {source}").format(source=routine.source)
            parts.append(plain_label(source, wrap=True, role=theme.MUTED))
        refill(self._list, parts)
        self._list.addStretch(1)
        self.rescale()

    def focus_start(self) -> None:
        self._start.setFocus(Qt.FocusReason.OtherFocusReason)
