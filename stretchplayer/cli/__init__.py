"""The command line. Commands that need no window import no Qt, and each imports only what it uses."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from contextlib import redirect_stderr
from io import StringIO
from typing import Final, NoReturn

from stretchplayer.cli.output import ExitCode, discard_output, escape_unprintable, fail, print_errors, print_lines
from stretchplayer.cli.parser import COMMANDS, make_parser
from stretchplayer.errors import StorageError, StretchPlayerError

SPEECH_HELPER, SOUND_HELPER = "--speech-helper", "--sound-helper"
"""Run a helper process in a bundle, where modules can't be run by name."""
NEEDS_NO_WINDOW: Final = COMMANDS.keys() - {"start"}
NOBODY_THERE: Final = ("--terminal", "--exit", "--trace", "--rate")
"""Options of a session that somebody else looks after, such as a script."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; SystemExit for invalid arguments and for help."""
    args = sys.argv[1:] if argv is None else list(argv)
    if args[:1] in ([SPEECH_HELPER], [SOUND_HELPER]):
        _help(*args)
    escape_unprintable()
    try:
        if args:  # without arguments there is nothing to print before the window is there
            from stretchplayer.cli.language import choose_language  # noqa: PLC0415 -- the window reads the settings later

            choose_language(args)
        arguments = _arguments(args)
        return int(arguments.command(arguments))
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # The reader (`head`, a pager) has closed the pipe.
        discard_output()
        return ExitCode.DONE
    except StretchPlayerError as error:
        code = fail(error, ExitCode.WRONG_USE if isinstance(error, StorageError) else ExitCode.FAILURE)
        _show(str(error), args)
        return code


def _help(helper: str, *arguments: str) -> NoReturn:
    if helper == SPEECH_HELPER:
        from stretchplayer.audio.system_voice.helper import main as help_speaking  # noqa: PLC0415 -- Qt is slow

        help_speaking()
    from stretchplayer.audio.sound_helper import main as help_sounding  # noqa: PLC0415 -- Qt is slow

    help_sounding(arguments)


def _arguments(argv: Sequence[str]) -> Namespace:
    printed = StringIO()
    try:
        with redirect_stderr(printed):
            return make_parser().parse_args(argv)
    except SystemExit as leaving:
        lines = printed.getvalue().splitlines()
        print_errors(lines)
        print_lines([])  # Flush the help
        if leaving.code and lines:
            _show(lines[-1], argv)
        elif lines and sys.stderr is None:  # the help, which argparse has written here for want of standard output
            from stretchplayer.app.error_window import show_text  # noqa: PLC0415 -- 10 ms of every command

            show_text("\n".join(lines))
        raise


def _show(error: str, argv: Sequence[str]) -> None:
    """Show the error in a window, too, where one was to open, perhaps by a double click, or nothing can be printed."""
    is_awaited = sys.stderr is None or NEEDS_NO_WINDOW.isdisjoint(argv)
    if is_awaited and not any(arg.startswith(NOBODY_THERE) for arg in argv):
        from stretchplayer.app.error_window import show_error  # noqa: PLC0415 -- 10 ms of every command

        show_error(error)
