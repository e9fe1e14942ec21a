"""The program's window, wired by itself, without the background."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from stretchplayer.app.foreground import Foreground
from stretchplayer.app.playback import Playback
from stretchplayer.ui.window.fault_dialog import FaultDialog
from stretchplayer.ui.window.main_view import MainView
from stretchplayer.ui.window.main_window import MainWindow
from tests.ui.stage import settle


class Program:
    """The window with the program's own wires."""

    def __init__(self, playback: Playback, app: QApplication, data_dir: Path) -> None:
        self.playback = playback
        self.main_window = MainWindow()
        self.foreground = Foreground(playback, app, self.main_window)
        self.main_window.show()
        settle()

    @property
    def view(self) -> MainView:
        return self.foreground.view

    def close(self) -> None:
        self.playback.session.stop()
        self.foreground.disconnect()
        self.main_window.close()
        for dialog in self.main_window.findChildren(FaultDialog):
            dialog.close()
