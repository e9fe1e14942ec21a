"""The command that lists the routines."""

from argparse import Namespace

from stretchplayer.cli.output import ExitCode, print_errors, print_json, print_lines
from stretchplayer.cli.timelines import extent, played_timelines, saved_settings
from stretchplayer.routine.timeline import Timeline
from stretchplayer.storage.directories import find_data_dir
from stretchplayer.storage.routines.routine_folder import RoutineFiles


def routines(arguments: Namespace) -> int:
    data_dir = find_data_dir(arguments.data_dir)
    store = RoutineFiles(data_dir)
    timeline_of = played_timelines(data_dir, saved_settings(data_dir))
    found = list(map(timeline_of, store.routines()))
    if arguments.json:
        print_json([routine_as_data(timeline) for timeline in found])
    else:
        width = max((len(each.routine.id) for each in found), default=0)
        print_lines(f"{each.routine.id:{width}}  {each.routine.title}, {extent(each)}" for each in found)
    print_errors(store.problems)
    return ExitCode.DONE


def routine_as_data(timeline: Timeline) -> dict[str, object]:
    routine = timeline.routine
    return {
        "id": routine.id,
        "title": routine.title,
        "description": routine.description,
        "stretches": len(routine.played),
        "total_ms": timeline.total_ms,
        "equipment": routine.equipment,
    }
