"""A window for an error of a program that was started where nobody reads what it prints."""

import os
import sys

from stretchplayer.desktop.display import display_problem, is_seen


def show_error(sentence: str) -> None:
    """Show it until the person has read it; return at once where it is read in a terminal, or no window is seen."""
    if (sys.stderr is not None and sys.stderr.isatty()) or not is_seen(os.environ) or display_problem(os.environ):
        return
    from PySide6.QtCore import Qt  # noqa: PLC0415 -- seldom needed, and Qt is slow
    from PySide6.QtWidgets import QApplication, QMessageBox  # noqa: PLC0415 -- the same

    app = QApplication.instance() or QApplication([sys.argv[0]])
    app.setApplicationName("stretchplayer")
    box = QMessageBox(QMessageBox.Icon.Critical, "Stretch Player", sentence)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.exec()
