"""The command that writes the reminders as a calendar."""

from argparse import Namespace
from datetime import time
from pathlib import Path

from stretchplayer.cli.output import ExitCode, print_bytes, print_errors
from stretchplayer.cli.timelines import played_timelines, saved_settings
from stretchplayer.desktop.clock import system_now
from stretchplayer.routine.timeline import Timeline
from stretchplayer.storage.calendar_file import calendar_of, write_calendar
from stretchplayer.storage.directories import find_data_dir
from stretchplayer.storage.routines.offered_routine import find_offered
from stretchplayer.storage.routines.routine_folder import RoutineFiles


def calendar(arguments: Namespace) -> int:
    system_now()  # settles which time zone can be used
    data_dir = find_data_dir(arguments.data_dir)
    settings = saved_settings(data_dir)
    routines = RoutineFiles(data_dir)
    timeline_of = played_timelines(data_dir, settings)
    chosen = routines.find(arguments.routine) if arguments.routine else None

    def timeline_at(at: time) -> Timeline:
        routine = chosen or find_offered(routines, settings.routine_at(at), lambda why: print_errors([why]))
        return timeline_of(routine)

    if arguments.file == "-":
        print_bytes(calendar_of(settings.reminders, timeline_at))
    else:
        write_calendar(Path(arguments.file), settings.reminders, timeline_at)
    return ExitCode.DONE
