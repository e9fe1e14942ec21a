"""Options shared by several commands."""

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from stretchplayer.audio.speech_time import speech_time
from stretchplayer.cli.output import print_errors
from stretchplayer.desktop.clock import system_now
from stretchplayer.routine.routine import Routine
from stretchplayer.routine.timeline import Timeline
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.settings import Settings
from stretchplayer.storage.assets import voice_dir
from stretchplayer.storage.doses import dosed
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


def timelines(settings: Settings) -> Callable[[Routine], Timeline]:
    """How each routine would be played; the recordings are looked up once for all."""
    speech_ms = speech_time(voice_dir(), settings.speech)
    return lambda routine: build_timeline(routine, settings.playing, speech_ms)


def played_timelines(data_dir: Path, settings: Settings) -> Callable[[Routine], Timeline]:
    """How each is played at the person's own doses."""
    timeline_of = timelines(settings)
    return lambda routine: timeline_of(dosed(data_dir, routine))


def saved_settings(data_dir: Path) -> Settings:
    """Problems are printed to standard error."""
    store = SettingsFile(data_dir)
    settings = store.load()
    print_errors(store.problems)
    return settings
