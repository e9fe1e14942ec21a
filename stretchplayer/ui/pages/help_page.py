"""The manual, offline."""

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QTextCursor, QTextTable, QTextTableFormat
from PySide6.QtWidgets import QTextBrowser

from stretchplayer.i18n import _
from stretchplayer.ui.pages.page import Page
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.style import draw_area_focus

WIDEST: Final = 780
"""Longer lines are hard to read, in design px."""
_ABOVE_HEADING: Final = 14


class _Text(QTextBrowser):
    def __init__(self) -> None:
        super().__init__(openExternalLinks=True)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_scale(self, scale: float) -> None:
        """Set the size of the letters, and the room round them."""
        self.document().setDefaultFont(theme.pixel_font(self.font(), 16 * scale))
        free = self.width() - round(WIDEST * scale) - self.verticalScrollBar().sizeHint().width()
        before, after = 8, max(3, free)
        if self.isRightToLeft():
            before, after = after, before
        self.setViewportMargins(before, 3, after, 3)
        block = self.document().begin()
        while block.isValid():
            form = block.blockFormat()
            form.setNonBreakableLines(False)  # as Qt makes those of commands
            if form.headingLevel() and block.position():
                form.setTopMargin(_ABOVE_HEADING * scale)
            QTextCursor(block).setBlockFormat(form)
            block = block.next()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        draw_area_focus(self, event)
        return handled


class HelpPage(Page):
    def __init__(self, manual: str) -> None:
        super().__init__()
        self._text = _Text()
        self._text.viewport().setAutoFillBackground(False)
        self._text.setAccessibleName(_("Manual"))
        self._text.setMarkdown("\n\n".join(_(block) for block in manual.strip().split("\n\n")))
        plain = QTextTableFormat()
        plain.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_None)
        plain.setCellPadding(4)
        for frame in self._text.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                frame.setFormat(plain)
        self.column.addWidget(self._text)

    def focus_text(self) -> None:
        """Let the arrow keys scroll."""
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)

    def arrange(self, scale: float) -> None:
        self._text.set_scale(scale)
