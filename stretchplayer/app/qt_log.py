"""What Qt has to say, in the program's own log."""

import logging
from typing import Final

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

EXPECTED_IN_A_BUNDLE: Final = "No QtMultimedia backends found"
"""Qt's warning that it can't play media files, which nobody asks it for: tones and recorded words need no backend."""


def log_qt_messages() -> None:
    """Write down what Qt says from now on; `qInstallMessageHandler(None)` ends that."""
    qInstallMessageHandler(_log_qt_message)


def _log_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    level = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
    }.get(kind, logging.ERROR)
    if message.startswith(EXPECTED_IN_A_BUNDLE):
        level = logging.INFO
    logging.getLogger("stretchplayer.qt").log(level, "%s: %s", context.category, message)
