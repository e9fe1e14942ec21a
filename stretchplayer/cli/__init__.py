"""The command line. Commands that need no window import no Qt, and each imports only what it uses."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from typing import Final

from stretchplayer.cli.output import ExitCode, discard_output, escape_unprintable, fail, say
from stretchplayer.cli.parser import make_parser, speak
from stretchplayer.errors import StorageError, StretchPlayerError

SPEECH_HELPER: Final = "--speech-helper"
"""In a bundle, where no module can be run by its name, this makes the program be its own speech helper."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; SystemExit when the arguments are wrong or ask for help."""
    given = sys.argv[1:] if argv is None else list(argv)
    if given == [SPEECH_HELPER]:
        from stretchplayer.audio.system_voice.helper import main as help_speaking  # noqa: PLC0415 -- Qt is slow

        return help_speaking()
    escape_unprintable()
    try:
        if given:  # without arguments there is nothing to say before the window is there
            speak(given)
        arguments = _arguments(given)
        return int(arguments.command(arguments))
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # Whoever reads (`head`, a pager) has seen enough.
        discard_output()
        return ExitCode.DONE
    except StorageError as error:
        return fail(error, ExitCode.WRONG_USE)
    except StretchPlayerError as error:
        return fail(error, ExitCode.FAILURE)


def _arguments(argv: Sequence[str]) -> Namespace:
    try:
        return make_parser().parse_args(argv)
    except SystemExit:
        say([])  # The help that was asked for may still have to be written
        raise
