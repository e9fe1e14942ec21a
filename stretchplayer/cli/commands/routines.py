"""The command that lists the routines."""

from argparse import Namespace

from stretchplayer.cli.output import ExitCode, print_errors, print_json, print_lines
from stretchplayer.cli.timelines import extent, lengths_ms, saved_settings
from stretchplayer.routine.routine import Routine
from stretchplayer.storage.directories import find_data_dir
from stretchplayer.storage.doses import dosed
from stretchplayer.storage.routines.routine_folder import RoutineFiles


def routines(arguments: Namespace) -> int:
    data_dir = find_data_dir(arguments.data_dir)
    store = RoutineFiles(data_dir)
    length_ms = lengths_ms(saved_settings(data_dir))
    played = (dosed(data_dir, routine) for routine in store.routines())
    found = [(routine, length_ms(routine)) for routine in played]
    if arguments.json:
        print_json([routine_as_data(*each) for each in found])
    else:
        width = max((len(routine.id) for routine, _ms in found), default=0)
        print_lines(f"{routine.id:{width}}  {routine.title}, {extent(routine, ms)}" for routine, ms in found)
    print_errors(store.problems)
    return ExitCode.DONE


def routine_as_data(routine: Routine, length_ms: int) -> dict[str, object]:
    return {
        "id": routine.id,
        "title": routine.title,
        "description": routine.description,
        "stretches": len(routine.played),
        "total_ms": length_ms,
        "equipment": routine.equipment,
    }
