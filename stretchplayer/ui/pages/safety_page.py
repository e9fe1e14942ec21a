"""What to check before the first session, and where the routine comes from."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QWidget

from stretchplayer.i18n import _
from stretchplayer.routine.routine import Routine
from stretchplayer.ui.pages.page import Page, ScrollingArea, page_title
from stretchplayer.ui.text.safety import RED_FLAGS
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import refill, spaced
from stretchplayer.ui.widgets.boxes import fill, hbox, vbox
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

    def __init__(self) -> None:
        super().__init__()
        title = plain_label(_("Get medical help at once for:"), wrap=True, px=20, weight=QFont.Weight.Bold)
        vbox(title, bullets(map(_, RED_FLAGS), px=18), gap=10, margins=(20, 16, 20, 18), on=self)


class SafetyPage(Page):
    """The safety rules in plain words, and the source of the routine."""

    start_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._list = vbox(gap=14, margins=(0, 0, 12, 0))
        self._start = WideButton(_("Start"), self, clicked=self.start_requested, accent=True, px=22)
        close = WideButton(_("Back to Today"), self, clicked=self.closed, px=16)
        title = page_title(_("Before you start"), wrap=True)
        fill(self.column, title, (ScrollingArea(self._list, _("Stay safe")), 1), hbox(self._start, close, 1))

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
