"""The format of the settings file, version 1: which values it may have, and what it is in terms of the domain."""

from datetime import date, time
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from stretchplayer.domain.cues import CueName
from stretchplayer.domain.errors import DomainError
from stretchplayer.domain.preferences import HOLD_CHOICES_S, Preferences
from stretchplayer.domain.settings import (
    Appearance,
    Motion,
    ProgressSettings,
    Settings,
    SoundSettings,
    SpeechMode,
    SpeechSettings,
)
from stretchplayer.domain.side import Side
from stretchplayer.domain.slots import EVERY_DAY, MAX_SLOTS, ReminderSettings, SlotTime
from stretchplayer.storage.kept_file import DamagedError, NewerVersionError

VERSION: Final = 1

_DEFAULTS: Final = Settings()


# What the file lacks is as by default, and what it has beyond is let be, so that a setting can be added without a new
# version. The version changes when a file could be misunderstood.
class _Playing(msgspec.Struct, frozen=True, kw_only=True):
    hold_s: int | None = _DEFAULTS.playing.hold_s
    pace: Annotated[float, Meta(ge=0.5, le=3)] = _DEFAULTS.playing.pace
    lead_in_s: Annotated[int, Meta(ge=0, le=60)] = _DEFAULTS.playing.lead_in_s
    first_side: Side = _DEFAULTS.playing.first_side
    wait_for_me: bool = _DEFAULTS.playing.wait_for_me

    def __post_init__(self) -> None:
        if self.hold_s is not None and self.hold_s not in HOLD_CHOICES_S:
            raise ValueError(f"hold_s is {self.hold_s}, but must be one of {HOLD_CHOICES_S} or null")


class _Sound(msgspec.Struct, frozen=True, kw_only=True):
    volume: Annotated[int, Meta(ge=0, le=100)] = _DEFAULTS.sound.volume
    muted: frozenset[CueName] = _DEFAULTS.sound.muted


class _Speech(msgspec.Struct, frozen=True, kw_only=True):
    mode: SpeechMode = _DEFAULTS.speech.mode
    volume: Annotated[int, Meta(ge=0, le=100)] = _DEFAULTS.speech.volume
    voice: Annotated[str, Meta(max_length=500)] | None = _DEFAULTS.speech.voice
    rate: Annotated[float, Meta(ge=-1, le=1)] = _DEFAULTS.speech.rate


class _SlotTime(msgspec.Struct, frozen=True, kw_only=True):
    """`at` is "HH:MM"; `weekdays` are numbers, 0 for Monday."""

    at: Annotated[str, Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    weekdays: Annotated[frozenset[Annotated[int, Meta(ge=0, le=6)]], Meta(min_length=1)] = EVERY_DAY


class _Reminders(msgspec.Struct, frozen=True, kw_only=True):
    enabled: bool = _DEFAULTS.reminders.enabled
    slots: Annotated[tuple[_SlotTime, ...], Meta(max_length=MAX_SLOTS)] = tuple(
        _SlotTime(at=f"{slot.at:%H:%M}", weekdays=slot.weekdays) for slot in _DEFAULTS.reminders.slots
    )
    sound: bool = _DEFAULTS.reminders.sound
    start_fullscreen: bool = _DEFAULTS.reminders.start_fullscreen
    keep_running: bool = _DEFAULTS.reminders.keep_running
    told_of_background: bool = _DEFAULTS.reminders.told_of_background


class _Progress(msgspec.Struct, frozen=True, kw_only=True):
    ask_pain: bool = _DEFAULTS.progress.ask_pain
    measure_reach: bool = _DEFAULTS.progress.measure_reach
    offer_longer_holds: bool = _DEFAULTS.progress.offer_longer_holds
    reach_put_off: date | None = _DEFAULTS.progress.reach_put_off
    holds_answered: date | None = _DEFAULTS.progress.holds_answered


class _Document(msgspec.Struct, frozen=True, kw_only=True):
    version: Annotated[int, Meta(ge=1)]
    playing: _Playing = _Playing()
    sound: _Sound = _Sound()
    speech: _Speech = _Speech()
    pause_other_media: bool = _DEFAULTS.pause_other_media
    appearance: Appearance = _DEFAULTS.appearance
    viewing_distance_m: Annotated[float, Meta(ge=1, le=5)] = _DEFAULTS.viewing_distance_m
    motion: Motion = _DEFAULTS.motion
    reminders: _Reminders = _Reminders()
    progress: _Progress = _Progress()
    introduced: bool = _DEFAULTS.introduced
    language: Annotated[str, Meta(max_length=35)] | None = _DEFAULTS.language


class _Version(msgspec.Struct, frozen=True):
    """What files of all versions have in common."""

    version: Annotated[int, Meta(ge=1)]


def decode(data: bytes) -> Settings:
    """Read settings; DamagedError or NewerVersionError when that can't be done."""
    try:
        if msgspec.json.decode(data, type=_Version).version > VERSION:
            raise NewerVersionError
        document = msgspec.json.decode(data, type=_Document)
        reminders = _read_reminders(document.reminders)
    except (msgspec.MsgspecError, DomainError, ValueError, RecursionError) as error:
        raise DamagedError(str(error)) from error
    playing, sound = document.playing, document.sound
    return Settings(
        playing=Preferences(**msgspec.structs.asdict(playing)),
        sound=SoundSettings(**msgspec.structs.asdict(sound)),
        speech=SpeechSettings(**msgspec.structs.asdict(document.speech)),
        pause_other_media=document.pause_other_media,
        appearance=document.appearance,
        viewing_distance_m=document.viewing_distance_m,
        motion=document.motion,
        reminders=reminders,
        progress=ProgressSettings(**msgspec.structs.asdict(document.progress)),
        introduced=document.introduced,
        language=document.language,
    )


def encode(settings: Settings) -> bytes:
    """Write settings, so that people can read them, too."""
    playing, sound, speech = settings.playing, settings.sound, settings.speech
    document = _Document(
        version=VERSION,
        playing=_Playing(
            hold_s=playing.hold_s,
            pace=playing.pace,
            lead_in_s=playing.lead_in_s,
            first_side=playing.first_side,
            wait_for_me=playing.wait_for_me,
        ),
        sound=_Sound(volume=sound.volume, muted=sound.muted),
        speech=_Speech(mode=speech.mode, volume=speech.volume, voice=speech.voice, rate=speech.rate),
        pause_other_media=settings.pause_other_media,
        appearance=settings.appearance,
        viewing_distance_m=settings.viewing_distance_m,
        motion=settings.motion,
        reminders=_write_reminders(settings.reminders),
        progress=_Progress(
            ask_pain=settings.progress.ask_pain,
            measure_reach=settings.progress.measure_reach,
            offer_longer_holds=settings.progress.offer_longer_holds,
            reach_put_off=settings.progress.reach_put_off,
            holds_answered=settings.progress.holds_answered,
        ),
        introduced=settings.introduced,
        language=settings.language,
    )
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def _read_reminders(document: _Reminders) -> ReminderSettings:
    slots = [SlotTime(at=time.fromisoformat(slot.at), weekdays=slot.weekdays) for slot in document.slots]
    return ReminderSettings(
        enabled=document.enabled,
        slots=tuple(slots),
        sound=document.sound,
        start_fullscreen=document.start_fullscreen,
        keep_running=document.keep_running,
        told_of_background=document.told_of_background,
    )


def _write_reminders(reminders: ReminderSettings) -> _Reminders:
    return _Reminders(
        enabled=reminders.enabled,
        slots=tuple(_SlotTime(at=f"{slot.at:%H:%M}", weekdays=slot.weekdays) for slot in reminders.slots),
        sound=reminders.sound,
        start_fullscreen=reminders.start_fullscreen,
        keep_running=reminders.keep_running,
        told_of_background=reminders.told_of_background,
    )
