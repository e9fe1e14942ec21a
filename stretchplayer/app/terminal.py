"""Wires the session to the terminal."""

import gc
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer

from stretchplayer.app.core import Core
from stretchplayer.desktop.terminal_keys import TerminalKeys
from stretchplayer.domain.errors import DesktopError
from stretchplayer.domain.launch import LaunchOptions
from stretchplayer.player.session import Outcome
from stretchplayer.ui.terminal import TerminalPlayer

if TYPE_CHECKING:
    from stretchplayer.app.instance import Instance


def run_terminal(options: LaunchOptions, instance: "Instance") -> int:
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
        core.session.ended.connect(lambda outcome: _settle(outcome, core, instance))
        core.start()
        QTimer.singleShot(0, app, lambda: _listen(instance, core, app))
        core.listen_to_system()
        return app.exec()
    finally:
        instance.close()
        player.close()
        keys.close()
        core.close()


def _settle(outcome: Outcome, core: Core, instance: "Instance") -> None:
    """Note the session for its reminder, unless another program keeps those or it was only rehearsed."""
    if outcome is Outcome.FINISHED and core.session.rate == 1 and instance.alone:
        from stretchplayer.app.background import settle_slot

        settle_slot(core.options.data_dir, core.settings)


def _listen(instance: "Instance", core: Core, app: QCoreApplication) -> None:
    """Let the session be asked from outside."""
    from stretchplayer.app.remote import PLAYS_ALREADY, Remote, Surroundings
    from stretchplayer.app.window_remote import quit_soon, slots_of

    def start(_routine: str | None, _fullscreen: bool) -> None:
        raise DesktopError(PLAYS_ALREADY)  # before it plays and after, there is no program to ask

    surroundings = Surroundings(
        routine=lambda: core.routine.id,
        raise_window=None,
        start=start,
        quit=lambda: quit_soon(core.session),
        slots=lambda: slots_of(core),
    )
    instance.serve(Remote(core.session, surroundings).handle, app)
