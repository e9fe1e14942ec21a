"""The routine commands."""

from argparse import Namespace

from stretchplayer.cli.commands.listings import extent, plan_as_data, plan_as_lines, routine_as_data
from stretchplayer.cli.options import chosen_routine, saved_settings, timeline_of
from stretchplayer.cli.output import ExitCode, fail, print_errors, print_json, print_lines
from stretchplayer.errors import StorageError
from stretchplayer.i18n import _
from stretchplayer.settings import Settings
from stretchplayer.storage.directories import find_data_dir
from stretchplayer.storage.messages import shown
from stretchplayer.storage.routines.routine_file import read_routine
from stretchplayer.storage.routines.routine_folder import RoutineFiles


def plan(arguments: Namespace) -> int:
    data_dir = find_data_dir(arguments.data_dir)
    timeline = timeline_of(chosen_routine(arguments, data_dir), saved_settings(data_dir))
    if arguments.json:
        print_json(plan_as_data(timeline))
    else:
        print_lines(plan_as_lines(timeline))
    return ExitCode.DONE


def check(arguments: Namespace) -> int:
    code = ExitCode.DONE
    for path in arguments.files:
        try:
            routine = read_routine(path)
        except StorageError as error:
            code = fail(error, ExitCode.WRONG_USE)
        else:
            print_lines(
                [_("{path}: fine, {extent}").format(path=shown(path), extent=extent(timeline_of(routine, Settings())))]
            )
    return code


def routines(arguments: Namespace) -> int:
    data_dir = find_data_dir(arguments.data_dir)
    store = RoutineFiles(data_dir)
    settings = saved_settings(data_dir)
    timelines = [timeline_of(routine, settings) for routine in store.routines()]
    if arguments.json:
        print_json([routine_as_data(timeline) for timeline in timelines])
    else:
        width = max((len(each.routine.id) for each in timelines), default=0)
        print_lines(f"{each.routine.id:{width}}  {each.routine.title}, {extent(each)}" for each in timelines)
    print_errors(store.problems)
    return ExitCode.DONE
