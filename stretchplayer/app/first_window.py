"""The window's frame, on the screen before all that goes into it has been loaded."""

import sys

from PySide6.QtWidgets import QApplication

from stretchplayer.app.instance import Instance
from stretchplayer.domain.launch import LaunchOptions
from stretchplayer.ui.frame import Frame


def run_window(options: LaunchOptions, instance: Instance) -> int:
    """Run until the person ends it. Returns the exit code."""
    app = QApplication([sys.argv[0]])
    app.setApplicationName("stretchplayer")
    app.setApplicationDisplayName("Stretch Player")
    app.setDesktopFileName("stretchplayer")
    app.setQuitOnLastWindowClosed(False)
    frame = None if options.background and instance.alone else Frame()
    if frame is not None:
        frame.show_on_screen(fullscreen=options.fullscreen)
    from stretchplayer.app.program import Program  # noqa: PLC0415 -- while the system puts the frame on the screen

    program = Program(app, options, instance)
    try:
        program.begin(frame)
        return app.exec()
    finally:
        program.close()
