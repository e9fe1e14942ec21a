"""A window for an error of a program that was started where nobody reads what it prints."""

import os
import sys

from stretchplayer.desktop.display import display_problem, is_seen


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
