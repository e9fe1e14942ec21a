"""The command that plays a routine at once."""

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
    # What can't be played is said at once, in the terminal, and not by a window that then has nothing to show.
    chosen_routine(arguments, options.data_dir)
    if options.trace is not None:
        require_traceable(options.trace)
    return launch(options)
