"""The manual, offline."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextTable, QTextTableFormat
from PySide6.QtWidgets import QTextBrowser, QWidget

from stretchplayer.i18n import _
from stretchplayer.ui.pages.page import Page
from stretchplayer.ui.theme import palette as theme


class HelpPage(Page):
    def __init__(self, manual: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QTextBrowser(openExternalLinks=True)
        self._text.setFrameShape(QTextBrowser.Shape.NoFrame)
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
        self._text.document().setDefaultFont(theme.pixel_font(self.font(), 16 * scale))
