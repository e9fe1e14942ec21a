"""Asks where to save a file."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from stretchplayer.i18n import _


def ask_for_file(parent: QWidget, name: str, take: Callable[[str], None]) -> QFileDialog:
    """Ask, and call `take` with the path when one was chosen. Nothing waits for the answer."""
    dialog = QFileDialog(parent, _("Save as"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(name)
    dialog.fileSelected.connect(take)
    dialog.open()
    return dialog
