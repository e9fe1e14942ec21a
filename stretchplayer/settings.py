"""Everything the person has chosen, as it is kept."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated, Final

from msgspec import Meta

from stretchplayer.reminders.slots import ReminderSettings
from stretchplayer.routine.cues import CueName
from stretchplayer.routine.preferences import Preferences

DISTANCE_CHOICES_M: Final = (1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0)


class Appearance(StrEnum):
    """Light or dark, or whatever the system says."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Motion(StrEnum):
    """Whether pictures move, show only where movements end, or do what the system says."""

    SYSTEM = "system"
    FULL = "full"
    REDUCED = "reduced"


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundSettings:
    """`volume` is 0 (silent) to 100 (full) for all tones; `muted` are the cues whose tone is turned off."""

    volume: Annotated[int, Meta(ge=0, le=100)] = 80
    muted: frozenset[CueName] = field(default_factory=frozenset)


class SpeechMode(StrEnum):
    """Who speaks: the shipped clips where there are any and else the system's voice, only that voice, or nobody."""

    AUTOMATIC = "automatic"
    SYSTEM = "system"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechSettings:
    """How cues are spoken.

    `volume` is 0 (silent) to 100 (full), apart from that of the tones. `voice` is the id of one of the system's voices,
    None the system's own choice. `rate` is how fast that voice speaks: -1 (slowest) to 1 (fastest), 0 as it is.
    """

    mode: SpeechMode = SpeechMode.AUTOMATIC
    volume: Annotated[int, Meta(ge=0, le=100)] = 90
    voice: Annotated[str, Meta(max_length=500)] | None = None
    rate: Annotated[float, Meta(ge=-1, le=1)] = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressSettings:
    """What is asked and offered beside the stretching.

    With `ask_pain` a finished session is followed by two questions about pain; with `measure_reach` the reach is asked
    for twice a week; with `offer_longer_holds` holds begin short, and five seconds more are offered after a good week.
    `reach_put_off` is when the person last did not want to measure, `holds_answered` when they last said yes or no to
    longer holds.
    """

    ask_pain: bool = True
    measure_reach: bool = False
    offer_longer_holds: bool = False
    reach_put_off: date | None = None
    holds_answered: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything the program remembers about the person's choices.

    With `pause_other_media` other programs' music is paused while a session plays, where the system allows it.
    `viewing_distance_m` is how far the person's eyes are from the screen when they follow along.
    `introduced` is whether they have been through the introduction.
    `language` is a BCP 47 tag, None the system's language.
    """

    playing: Preferences = field(default_factory=Preferences)
    sound: SoundSettings = field(default_factory=SoundSettings)
    speech: SpeechSettings = field(default_factory=SpeechSettings)
    pause_other_media: bool = False
    appearance: Appearance = Appearance.SYSTEM
    viewing_distance_m: Annotated[float, Meta(ge=1, le=5)] = 2.5
    motion: Motion = Motion.SYSTEM
    reminders: ReminderSettings = field(default_factory=ReminderSettings)
    progress: ProgressSettings = field(default_factory=ProgressSettings)
    introduced: bool = False
    language: Annotated[str, Meta(max_length=35)] | None = None
