"""Run by `test_two_screens`: shows windows on a desktop of two screens, and prints on which each is."""

import json
import sys

from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from stretchplayer.reminders.slots import SlotState
from stretchplayer.ui.reminders.reminder_window import ReminderWindow
from stretchplayer.ui.window.main_window import MainWindow
from tests.shipped_poses import shipped_poses
from tests.ui.reminder_stage import view
from tests.ui.stage import settle, shipped_timeline


def place(window: QWidget) -> str:
    """The name of the screen on which the window is as a whole."""
    settle()
    whole = (screen.name() for screen in QGuiApplication.screens() if screen.geometry().contains(window.geometry()))
    return f"{next(whole, 'none')}{', full' if window.isFullScreen() else ''}"


app = QApplication(sys.argv)
left, right = QGuiApplication.screens()
places = {}
QCursor.setPos(right.geometry().center())
frame = MainWindow()
frame.show_on_screen(fullscreen=False)
places["pointer's"] = place(frame)
frame.set_fullscreen(True, left)
places["answered"] = place(frame)
frame.set_fullscreen(False)
places["afterwards"] = place(frame)
frame.set_fullscreen(True)
places["own"] = place(frame)
other = MainWindow()
other.show_on_screen(right, fullscreen=True)
places["new"] = place(other)
reminder = ReminderWindow(shipped_poses())
reminder.invite(view(20, SlotState.DUE), shipped_timeline())
places["reminder"] = place(reminder)
sys.stdout.write(json.dumps(places))
