"""Bringing the window to the front, as far as the desktop lets it come there."""

import os

from PySide6.QtCore import QProcessEnvironment, Qt
from PySide6.QtGui import QGuiApplication

from stretchplayer.desktop.ipc.protocol import TOKEN_VARIABLES
from stretchplayer.desktop.services import new_windows_take_focus
from stretchplayer.desktop.x11.focus import ask_for_focus
from stretchplayer.ui.window.main_window import MainWindow


def raise_window(main_window: MainWindow, token: str | None) -> None:
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
    if not has_token and new_windows_take_focus() and main_window.isVisible() and not main_window.isActiveWindow():
        _make_anew(main_window)
    if main_window.isMinimized():
        main_window.setWindowState(main_window.windowState() & ~Qt.WindowState.WindowMinimized)
    _revive(main_window)
    main_window.show()
    main_window.raise_()
    main_window.activateWindow()
    if QGuiApplication.platformName() == "xcb":
        ask_for_focus(int(main_window.winId()))


def _revive(main_window: MainWindow) -> None:
    """Make a window anew that another program has destroyed, of which X11 tells Qt only that it can't be seen."""
    if QGuiApplication.platformName() != "xcb" or main_window.isMinimized() or not main_window.isVisible():
        return
    if not main_window.windowHandle().isExposed():
        _make_anew(main_window)


def _make_anew(main_window: MainWindow) -> None:
    handle = main_window.windowHandle()
    main_window.hide()
    handle.destroy()
