"""Bringing the window to the front, as far as the desktop lets it come there."""

import os

from PySide6.QtCore import QProcessEnvironment, Qt
from PySide6.QtGui import QGuiApplication

from stretchplayer.desktop.ipc.protocol import TOKEN_VARIABLES
from stretchplayer.desktop.services import new_windows_take_focus
from stretchplayer.desktop.x11.focus import ask_for_focus
from stretchplayer.ui.window.main_window import MainWindow


def raise_window(frame: MainWindow, token: str | None) -> None:
    """Show the window above all others and give it the focus, as far as the desktop lets it.

    On Wayland that takes an activation token, which the desktop gave to whom the person clicked on; Qt reads it from
    the environment when it asks for the focus. Without one the window comes anew, where new ones get the
    focus.
    """
    wayland = QGuiApplication.platformName().startswith("wayland")
    if token is not None and wayland:
        os.environ[TOKEN_VARIABLES[0]] = token
    # Qt takes a token that it has used out of the environment, but not out of Python's copy of that.
    has_token = QProcessEnvironment.systemEnvironment().contains(TOKEN_VARIABLES[0])
    if not has_token and new_windows_take_focus() and frame.isVisible() and not frame.isActiveWindow():
        _make_anew(frame)
    if frame.isMinimized():
        frame.setWindowState(frame.windowState() & ~Qt.WindowState.WindowMinimized)
    _revive(frame)
    frame.show()
    frame.raise_()
    frame.activateWindow()
    if QGuiApplication.platformName() == "xcb":
        ask_for_focus(int(frame.winId()))


def _revive(frame: MainWindow) -> None:
    """Make a window anew that another program has destroyed, of which X11 tells Qt only that it can't be seen."""
    if QGuiApplication.platformName() != "xcb" or frame.isMinimized() or not frame.isVisible():
        return
    if not frame.windowHandle().isExposed():
        _make_anew(frame)


def _make_anew(frame: MainWindow) -> None:
    """Let the system have another window for it when it is shown."""
    handle = frame.windowHandle()
    frame.hide()
    handle.destroy()
