"""Wires the session to the terminal."""

import gc
import sys

from PySide6.QtCore import QCoreApplication

from stretchplayer.app.core import Core
from stretchplayer.desktop.terminal_keys import TerminalKeys
from stretchplayer.domain.launch import LaunchOptions
from stretchplayer.ui.terminal import TerminalPlayer


def run_terminal(options: LaunchOptions) -> int:
    """Play the routine in the terminal, and end with it. Returns the exit code."""
    app = QCoreApplication([sys.argv[0]])
    core = Core(options, app, frame_ms=TerminalPlayer.FRAME_MS)
    gc.enable()  # the command line turned it off, to be quick where there is nothing to play
    player = TerminalPlayer(core.session)
    keys = TerminalKeys(player.on_key, app)
    try:
        for problem in core.store.problems:
            player.tell(problem)
        core.cues.on_problem(player.tell)
        core.end_with_session()
        core.start()
        core.listen_to_system()
        return app.exec()
    finally:
        player.close()
        keys.close()
        core.close()
