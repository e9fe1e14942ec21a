"""Opening the window, which is what the program does without a command."""

from argparse import Namespace

from stretchplayer.app.main import run
from stretchplayer.app.options import LaunchOptions
from stretchplayer.errors import StorageError, StretchPlayerError
from stretchplayer.storage.directories import find_data_dir


def window(arguments: Namespace) -> int:
    return launch(
        LaunchOptions(
            data_dir=find_data_dir(arguments.data_dir),
            background=arguments.background,
            language=arguments.language,
        )
    )


def launch(options: LaunchOptions) -> int:
    try:
        return run(options)
    except StorageError as error:  # a failure, and no wrong use
        raise StretchPlayerError(str(error)) from error
