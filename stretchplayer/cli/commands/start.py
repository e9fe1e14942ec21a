"""The command that starts a session."""

from argparse import Namespace

from stretchplayer.app.options import LaunchOptions
from stretchplayer.cli.commands.window import launch
from stretchplayer.cli.options import chosen_routine
from stretchplayer.storage.directories import find_data_dir
from stretchplayer.storage.trace import require_traceable


def start(arguments: Namespace) -> int:
    options = LaunchOptions(
        data_dir=find_data_dir(arguments.data_dir),
        routine=arguments.routine,
        start=True,
        fullscreen=arguments.fullscreen,
        rate=arguments.rate,
        trace=arguments.trace,
        exit_when_done=arguments.exit,
        terminal=arguments.terminal,
        language=arguments.language,
    )
    # Report an invalid routine or trace file in the terminal, before a window opens that has nothing to show.
    chosen_routine(arguments, options.data_dir)
    if options.trace is not None:
        require_traceable(options.trace)
    return launch(options)
