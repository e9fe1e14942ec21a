"""The least a program with a window can be, in Python with Qt: what ours is compared with."""

import sys

from PySide6.QtWidgets import QApplication, QWidget

if __name__ == "__main__":
    application = QApplication(sys.argv)
    window = QWidget()
    window.resize(1060, 720)
    window.show()
    sys.exit(application.exec())
