"""The commands about what is remembered. None needs Qt."""

from argparse import Namespace
from datetime import date

from stretchplayer.cli.commands.history_listings import history_as_data, history_as_lines
from stretchplayer.cli.output import ExitCode, print_json, say
from stretchplayer.i18n import ngettext
from stretchplayer.storage.directories import find_data_dir
from stretchplayer.storage.history.reader import HistoryFileReader
from stretchplayer.storage.history.transfer import export_history, import_history


def history(arguments: Namespace) -> int:
    """List the sessions that were played last."""
    reader = HistoryFileReader(find_data_dir(arguments.data_dir))
    total, sessions = reader.total(), reader.sessions(date.min, date.max, newest=arguments.last)
    if arguments.json:
        print_json(history_as_data(total, sessions))
    else:
        say(history_as_lines(total, sessions))
    return ExitCode.DONE


def export(arguments: Namespace) -> int:
    """Write everything that is remembered into a file."""
    export_history(find_data_dir(arguments.data_dir), arguments.file)
    return ExitCode.DONE


def import_data(arguments: Namespace) -> int:
    """Take over an export into a program that remembers nothing."""
    sessions = import_history(find_data_dir(arguments.data_dir), arguments.file)
    say([ngettext("{n} session imported.", "{n} sessions imported.", sessions).format(n=sessions)])
    return ExitCode.DONE
