"""Options shared by several commands."""

from argparse import Namespace
from pathlib import Path

from stretchplayer.audio.speech_time import speech_time
from stretchplayer.cli.output import print_errors
from stretchplayer.routine.routine import DEFAULT_ROUTINE, Routine
from stretchplayer.routine.timeline import Timeline
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.settings import Settings
from stretchplayer.storage.assets import voice_dir
from stretchplayer.storage.doses import dosed
from stretchplayer.storage.routines.routine_folder import RoutineFiles
from stretchplayer.storage.settings import SettingsFile


def chosen_routine(arguments: Namespace, data_dir: Path) -> Routine:
    """StorageError if it can't be read."""
    return RoutineFiles(data_dir).find(arguments.routine or DEFAULT_ROUTINE)


def timeline_of(routine: Routine, settings: Settings) -> Timeline:
    return build_timeline(routine, settings.playing, speech_time(voice_dir(), settings.speech))


def played_timeline(data_dir: Path, routine: Routine, settings: Settings) -> Timeline:
    """The timeline at the person's own doses."""
    return timeline_of(dosed(data_dir, routine), settings)


def saved_settings(data_dir: Path) -> Settings:
    """Problems are printed to standard error."""
    store = SettingsFile(data_dir)
    settings = store.load()
    print_errors(store.problems)
    return settings
