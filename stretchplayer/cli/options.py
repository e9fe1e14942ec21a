"""Options shared by several commands."""

from argparse import Namespace
from pathlib import Path

from stretchplayer.cli.output import print_errors
from stretchplayer.desktop.clock import system_now
from stretchplayer.routine.routine import Routine
from stretchplayer.storage.routines.offered_routine import find_offered, offered_id
from stretchplayer.storage.routines.routine_folder import RoutineFiles
from stretchplayer.storage.settings import SettingsFile


def chosen_routine(arguments: Namespace, data_dir: Path) -> Routine:
    """The routine that is named, or else the one that is offered now; StorageError if it can't be read."""
    routines = RoutineFiles(data_dir)
    if arguments.routine:
        return routines.find(arguments.routine)
    return find_offered(
        routines, offered_id(data_dir, SettingsFile(data_dir).peek(), system_now()), lambda why: print_errors([why])
    )
