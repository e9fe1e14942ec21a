"""A window that says on standard output what happens to it. For trying out the virtual desktops themselves."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel


class BareWindow(QLabel):
    """Some text on the accent colour."""

    def __init__(self) -> None:
        super().__init__("A bare window")
        self.setWindowTitle("bare window")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setStyleSheet("background: #FF8A4C; color: #1A0E06; font-size: 40px")
        self.resize(640, 400)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Say which key."""
        print("key", Qt.Key(event.key()).name, flush=True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Say where in the window."""
        print("click", event.position().toPoint().toTuple(), flush=True)


def say_screens() -> None:
    """Say which screens there are."""
    print("screens", *(screen.name() for screen in QGuiApplication.screens()), flush=True)


if __name__ == "__main__":
    application = QApplication(sys.argv)
    application.screenAdded.connect(say_screens)
    application.screenRemoved.connect(say_screens)
    window = BareWindow()
    window.show()
    sys.exit(application.exec())
