"""The command line. Commands that need no window import no Qt, and each imports only what it uses."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from typing import NoReturn

from stretchplayer.cli.output import ExitCode, discard_output, escape_unprintable, fail, print_lines
from stretchplayer.cli.parser import choose_language, make_parser
from stretchplayer.errors import StorageError, StretchPlayerError

SPEECH_HELPER, SOUND_HELPER = "--speech-helper", "--sound-helper"
"""Run a helper process in a bundle, where modules can't be run by name."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; SystemExit for invalid arguments and for help."""
    args = sys.argv[1:] if argv is None else list(argv)
    if args[:1] in ([SPEECH_HELPER], [SOUND_HELPER]):
        _help(*args)
    escape_unprintable()
    try:
        if args:  # without arguments there is nothing to print_lines before the window is there
            choose_language(args)
        arguments = _arguments(args)
        return int(arguments.command(arguments))
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # The reader (`head`, a pager) has closed the pipe.
        discard_output()
        return ExitCode.DONE
    except StorageError as error:
        return fail(error, ExitCode.WRONG_USE)
    except StretchPlayerError as error:
        return fail(error, ExitCode.FAILURE)


def _help(helper: str, *arguments: str) -> NoReturn:
    if helper == SPEECH_HELPER:
        from stretchplayer.audio.system_voice.helper import main as help_speaking  # noqa: PLC0415 -- Qt is slow

        help_speaking()
    from stretchplayer.audio.sound_helper import main as help_sounding  # noqa: PLC0415 -- Qt is slow

    help_sounding(arguments)


def _arguments(argv: Sequence[str]) -> Namespace:
    try:
        return make_parser().parse_args(argv)
    except SystemExit:
        print_lines([])  # Flush the help
        raise
