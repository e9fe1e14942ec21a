"""A window for an error, or the help, of a program that was started where nobody reads what it prints."""

import os
import sys
from typing import Final

from stretchplayer.desktop.display import display_problem, is_seen

COLUMNS: Final = 85
"""The width of the help, and room for a scroll bar."""
MOST_LINES: Final = 30
"""What a small screen has room for; the rest is scrolled to."""


def show_error(sentence: str) -> None:
    """Show it until the person has read it; return at once where it is read in a terminal, or no window is seen."""
    if (sys.stderr is not None and sys.stderr.isatty()) or not is_seen(os.environ) or display_problem(os.environ):
        return
    from PySide6 import QtCore, QtWidgets  # noqa: PLC0415 -- seldom needed, and Qt is slow

    app = QtWidgets.QApplication.instance() or QtWidgets.QApplication([sys.argv[0]])
    app.setApplicationName("stretchplayer")
    box = QtWidgets.QMessageBox(QtWidgets.QMessageBox.Icon.Critical, "Stretch Player", sentence)
    box.setTextFormat(QtCore.Qt.TextFormat.PlainText)
    box.exec()


def show_text(text: str) -> None:
    """Show what would have been printed, in columns, until the person has read it."""
    if not is_seen(os.environ) or display_problem(os.environ):
        return
    from PySide6 import QtGui, QtWidgets  # noqa: PLC0415 -- as above

    app = QtWidgets.QApplication.instance() or QtWidgets.QApplication([sys.argv[0]])
    app.setApplicationName("stretchplayer")
    dialog = QtWidgets.QDialog()
    dialog.setWindowTitle("Stretch Player")
    shown = QtWidgets.QPlainTextEdit(text, readOnly=True, lineWrapMode=QtWidgets.QPlainTextEdit.LineWrapMode.NoWrap)
    shown.setFont(QtGui.QFontDatabase.systemFont(QtGui.QFontDatabase.SystemFont.FixedFont))
    letters = QtGui.QFontMetrics(shown.font())
    lines = min(text.count("\n") + 3, MOST_LINES)
    shown.setMinimumSize(COLUMNS * letters.horizontalAdvance("0"), lines * letters.lineSpacing())
    buttons = QtWidgets.QDialogButtonBox(QtWidgets.QDialogButtonBox.StandardButton.Ok)
    buttons.accepted.connect(dialog.accept)
    column = QtWidgets.QVBoxLayout(dialog)
    column.addWidget(shown)
    column.addWidget(buttons)
    dialog.exec()
