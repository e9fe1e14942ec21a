"""The window's frame, on the screen before all that goes into it has been loaded."""

import linecache
import os
import sys

from PySide6.QtCore import QEvent

from stretchplayer.app.application import Application
from stretchplayer.app.faults import Faults
from stretchplayer.app.options import LaunchOptions
from stretchplayer.desktop import DESKTOP_ENTRY
from stretchplayer.desktop.app_id import claim_app_id
from stretchplayer.desktop.dbus.qt_bus import BACKGROUND_WAITS_S, WINDOW_WAITS_S, bus_for_qt
from stretchplayer.desktop.ipc.instance import Instance
from stretchplayer.desktop.timed_question import TimedQuestion
from stretchplayer.ui.window.main_window import MainWindow


def run_window(options: LaunchOptions, instance: Instance, faults: Faults, qt_buses: TimedQuestion) -> int:
    """Run until the program ends; returns the exit code. `qt_buses` is whether those answer."""
    claim_app_id()
    hidden = options.background and instance.reminds
    if hidden and sys.platform == "darwin":
        # Else Qt brings the program to the front once it runs, which looks like a click on the Dock.
        os.environ["QT_MAC_DISABLE_FOREGROUND_APPLICATION_TRANSFORM"] = "1"
    with bus_for_qt(qt_buses, within_s=BACKGROUND_WAITS_S if hidden else WINDOW_WAITS_S):
        app = Application([sys.argv[0]])
    app.setApplicationName("stretchplayer")
    app.setApplicationDisplayName("Stretch Player")
    app.setDesktopFileName(DESKTOP_ENTRY)
    app.setQuitOnLastWindowClosed(False)
    main_window = None if hidden else MainWindow()
    if main_window is not None:
        main_window.show_on_screen(fullscreen=options.fullscreen)
    linecache.clearcache()  # PySide reads the source of every module, and Python would keep it for good
    from stretchplayer.app.program import Program  # noqa: PLC0415 -- while the system puts the frame on the screen

    linecache.clearcache()
    program = Program(app, options, instance, faults)
    app.file_opened.connect(program.open_file)
    try:
        program.begin(main_window)
        return app.exec()
    finally:
        program.close()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        app.shutdown()  # PySide does so after it has let go of what it lent to Qt: accessible interfaces, for instance
