"""The window's frame, on the screen before all that goes into it has been loaded."""

import sys

from PySide6.QtWidgets import QApplication

from stretchplayer.app.faults import Faults
from stretchplayer.app.options import LaunchOptions
from stretchplayer.desktop.ipc.instance import Instance
from stretchplayer.ui.window.main_window import MainWindow


def run_window(options: LaunchOptions, instance: Instance, faults: Faults) -> int:
    app = QApplication([sys.argv[0]])
    app.setApplicationName("stretchplayer")
    app.setApplicationDisplayName("Stretch Player")
    app.setDesktopFileName("stretchplayer")
    app.setQuitOnLastWindowClosed(False)
    main_window = None if options.background and instance.reminds else MainWindow()
    if main_window is not None:
        main_window.show_on_screen(fullscreen=options.fullscreen)
    from stretchplayer.app.program import Program  # noqa: PLC0415 -- while the system puts the frame on the screen

    program = Program(app, options, instance, faults)
    try:
        program.begin(main_window)
        return app.exec()
    finally:
        program.close()
