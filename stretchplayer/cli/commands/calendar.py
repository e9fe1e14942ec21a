"""The command that writes the reminders as a calendar."""

from argparse import Namespace
from pathlib import Path

from stretchplayer.cli.options import chosen_routine, saved_settings, timeline_of
from stretchplayer.cli.output import ExitCode, print_bytes
from stretchplayer.storage.calendar_file import calendar_of, write_calendar
from stretchplayer.storage.directories import find_data_dir


def calendar(arguments: Namespace) -> int:
    data_dir = find_data_dir(arguments.data_dir)
    settings = saved_settings(data_dir)
    timeline = timeline_of(chosen_routine(arguments, data_dir), settings)
    if arguments.file == "-":
        print_bytes(calendar_of(settings.reminders, timeline))
    else:
        write_calendar(Path(arguments.file), settings.reminders, timeline)
    return ExitCode.DONE
