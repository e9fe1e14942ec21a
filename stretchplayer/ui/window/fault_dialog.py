"""The error dialog: one sentence, and details to copy."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from stretchplayer.i18n import _
from stretchplayer.ui.theme.screen_room import room_for
from stretchplayer.ui.widgets.boxes import hbox, vbox
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.label import plain_label


class FaultDialog(QDialog):
    """Collects further faults while open, so that a repeating one doesn't pile up dialogs."""

    def __init__(self, log_file: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Stretch Player: something went wrong"))
        self.resize(QSize(720, 420).boundedTo(room_for(self)))
        sentence = plain_label(
            _(
                "Something went wrong, and the session is paused. You can close this and resume; "
                "if it happens again, restart the program."
            ),
            wrap=True,
        )
        kept = plain_label(_("The details are also in {file}.").format(file=log_file), wrap=True)
        kept.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._details = QPlainTextEdit(self)
        self._details.setReadOnly(True)
        self._details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._details.setAccessibleName(_("Details"))
        copy = WideButton(_("Copy the details"), self, clicked=self._copy)
        close = WideButton(_("Close"), self, clicked=self.accept, accent=True)
        column = vbox(sentence, (self._details, 1), kept, hbox(1, copy, close, gap=None), on=self)
        column.setContentsMargins(20, 20, 20, 16)
        close.setFocus()

    def report(self, details: str) -> None:
        """Append the details of one fault."""
        if self.isVisible():
            self._details.appendPlainText(details)
        else:
            self._details.setPlainText(details)
            self.show()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details.toPlainText())
