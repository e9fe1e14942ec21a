"""The history commands. None needs Qt."""

from argparse import Namespace
from datetime import date

from stretchplayer.cli.commands.history_listings import history_as_data, history_as_lines
from stretchplayer.cli.output import ExitCode, print_json, print_lines
from stretchplayer.i18n import ngettext
from stretchplayer.storage.directories import find_data_dir
from stretchplayer.storage.history.reader import HistoryFileReader
from stretchplayer.storage.history.transfer import export_history, import_history


def history(arguments: Namespace) -> int:
    reader = HistoryFileReader(find_data_dir(arguments.data_dir))
    total, sessions = reader.total(), reader.sessions(date.min, date.max, newest=arguments.last)
    if arguments.json:
        print_json(history_as_data(total, sessions))
    else:
        print_lines(history_as_lines(total, sessions))
    return ExitCode.DONE


def export(arguments: Namespace) -> int:
    export_history(find_data_dir(arguments.data_dir), arguments.file)
    return ExitCode.DONE


def import_data(arguments: Namespace) -> int:
    """Import an export into an empty history."""
    sessions = import_history(find_data_dir(arguments.data_dir), arguments.file)
    print_lines([ngettext("{n} session imported.", "{n} sessions imported.", sessions).format(n=sessions)])
    return ExitCode.DONE
