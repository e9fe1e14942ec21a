"""How routines would be played by this person."""

from collections.abc import Callable
from pathlib import Path

from stretchplayer.audio.speech_time import speech_time
from stretchplayer.cli.output import print_errors
from stretchplayer.i18n import _, ngettext
from stretchplayer.routine.routine import Routine
from stretchplayer.routine.timeline import Timeline
from stretchplayer.routine.timeline_builder import build_timeline, session_ms
from stretchplayer.settings import Settings
from stretchplayer.storage.assets import voice_dir
from stretchplayer.storage.doses import dosed
from stretchplayer.storage.settings import SettingsFile


def timelines(settings: Settings) -> Callable[[Routine], Timeline]:
    """How each routine would be played; the recordings are looked up once for all."""
    speech_ms = speech_time(voice_dir(), settings.speech)
    return lambda routine: build_timeline(routine, settings.playing, speech_ms)


def lengths_ms(settings: Settings) -> Callable[[Routine], int]:
    """How long each routine would take; as above."""
    speech_ms = speech_time(voice_dir(), settings.speech)
    return lambda routine: session_ms(routine, settings.playing, speech_ms)


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


def extent(routine: Routine, length_ms: int) -> str:
    """The size of a routine: "3 exercises, about 7 minutes"."""
    exercises = len(routine.played)
    minutes = round(length_ms / 60_000)
    lasting = ngettext("about {n} minute", "about {n} minutes", minutes) if minutes else _("less than a minute")
    counted = ngettext("{n} exercise", "{n} exercises", exercises)
    return f"{counted.format(n=exercises)}, {lasting.format(n=minutes)}"
