"""Qt's application, with what macOS asks of one."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    file_opened = Signal(str)
    """The path of a file that the person has opened with the program."""

    def event(self, event: QEvent) -> bool:
        """Take a file; elsewhere it comes as an argument."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_opened.emit(event.file())
            return True
        return super().event(event)
