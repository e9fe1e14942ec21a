"""The command line. Commands that need no window import no Qt, and each imports only what it uses."""

import argparse
import sys
from collections.abc import Sequence
from typing import Final

from stretchplayer.cli.output import ExitCode, drop_output, fail, print_anything, say
from stretchplayer.domain.errors import StorageError, StretchPlayerError

SPEECH_HELPER: Final = "--speech-helper"
"""In a bundle, where no module can be run by its name, this makes the program be its own speech helper."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; SystemExit when the arguments are wrong or ask for help."""
    if (sys.argv[1:] if argv is None else list(argv)) == [SPEECH_HELPER]:
        from stretchplayer.audio.speech_helper import main as serve

        return serve()
    print_anything()
    try:
        arguments = _arguments(argv)
        return int(arguments.command(arguments))
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # Whoever reads (`head`, a pager) has seen enough.
        drop_output()
        return ExitCode.DONE
    except StorageError as error:
        return fail(error, ExitCode.WRONG_USE)
    except StretchPlayerError as error:
        return fail(error, ExitCode.FAILURE)


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    from stretchplayer.cli.arguments import COMMANDS, make_parser

    _keep_english()
    first = next(iter(sys.argv[1:] if argv is None else argv), None)
    try:
        return make_parser(first if first in COMMANDS else None).parse_args(argv)
    except SystemExit:
        say([])  # The help that was asked for may still have to be written
        raise


def _keep_english() -> None:
    """Let argparse not search the disk for translations of its sentences: ours wouldn't be in that language either."""
    vars(argparse).update(_=str, ngettext=lambda one, many, number: one if number == 1 else many)
