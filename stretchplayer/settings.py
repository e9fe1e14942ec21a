"""The person's settings."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Annotated, Final

from msgspec import Meta

from stretchplayer.figure.fields import Name
from stretchplayer.reminders.slots import UNSETTLED, ReminderSettings, SlotState, SlotView
from stretchplayer.routine.cues import TICKS, CueName
from stretchplayer.routine.preferences import Preferences
from stretchplayer.routine.routine import DEFAULT_ROUTINE

DISTANCE_CHOICES_M: Final = (1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0)
MORNINGS_END: Final = time(14, 0)
"""Slots before this local time are mornings, the others evenings."""
_AWAITED: Final = UNSETTLED | {SlotState.COMING}


class Appearance(StrEnum):
    """Light, dark, or as in the system."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Motion(StrEnum):
    """Full motion, only the ends of movements, or as in the system."""

    SYSTEM = "system"
    FULL = "full"
    REDUCED = "reduced"


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundSettings:
    """`volume` of the tones and `tick_volume` of the ticks are 0 (silent) to 100 (full); `muted` cues have no tone."""

    volume: Annotated[int, Meta(ge=0, le=100)] = 90
    tick_volume: Annotated[int, Meta(ge=0, le=100)] = 90
    muted: frozenset[CueName] = field(default_factory=frozenset)

    def volume_of(self, name: CueName) -> int:
        return self.tick_volume if name in TICKS else self.volume


class SpeechMode(StrEnum):
    """Recorded clips with the system voice as a fallback, only the system voice, or no voice."""

    AUTOMATIC = "automatic"
    SYSTEM = "system"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A voice of the system with its id, display name, and language as a BCP 47 tag (empty if unknown)."""

    id: str
    name: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechSettings:
    """How cues are spoken.

    `volume` is 0 (silent) to 100 (full), independent of the tones. `voice` is the id of a system voice, None for the
    system's default. `rate` is that voice's speed from -1 (slowest) to 1 (fastest); 0 is normal.
    """

    mode: SpeechMode = SpeechMode.AUTOMATIC
    volume: Annotated[int, Meta(ge=0, le=100)] = 90
    voice: Annotated[str, Meta(max_length=500)] | None = None
    rate: Annotated[float, Meta(ge=-1, le=1)] = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressSettings:
    """What the program asks and offers besides stretching.

    `ask_pain` asks two questions after each finished session, `measure_reach` asks for the reach twice a week, and
    `offer_longer_holds` starts with short holds and offers five more seconds after a good week. `reach_put_off` is when
    the person last put off measuring, `holds_answered` when they last accepted or declined longer holds.
    """

    ask_pain: bool = True
    measure_reach: bool = False
    offer_longer_holds: bool = False
    reach_put_off: date | None = None
    holds_answered: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings.

    `pause_other_media` pauses other programs' music during a session, where the system allows it. `viewing_distance_m`
    is from the screen to the person's eyes, `steps_shown` whether the player lists the steps in a window. `introduced`
    is whether they have completed or skipped the introduction, `introduction_step` the step, from 0, at which it goes
    on until then, `safety_shown` whether they have seen how to stay safe, `sessions_guided` how many of the first
    sessions, which say and wait more, are done. `language` is a BCP 47 tag, None for the system's language. `mornings`
    and `evenings` are the ids of the routines that are played then.
    """

    playing: Preferences = field(default_factory=Preferences)
    sound: SoundSettings = field(default_factory=SoundSettings)
    speech: SpeechSettings = field(default_factory=SpeechSettings)
    pause_other_media: bool = False
    appearance: Appearance = Appearance.SYSTEM
    viewing_distance_m: Annotated[float, Meta(ge=1, le=5)] = 2.5
    motion: Motion = Motion.SYSTEM
    steps_shown: bool = False
    reminders: ReminderSettings = field(default_factory=ReminderSettings)
    progress: ProgressSettings = field(default_factory=ProgressSettings)
    introduced: bool = False
    introduction_step: Annotated[int, Meta(ge=0, le=2)] = 0
    safety_shown: bool = False
    sessions_guided: Annotated[int, Meta(ge=0)] = 0
    language: Annotated[str, Meta(max_length=35)] | None = None
    mornings: Name = DEFAULT_ROUTINE
    evenings: Name = DEFAULT_ROUTINE

    def routine_at(self, at: time) -> str:
        """The id of the routine for a slot at this local time."""
        return self.mornings if at < MORNINGS_END else self.evenings

    def next_routine(self, now: datetime, slots: Iterable[SlotView]) -> str:
        """The id of the routine to offer: that of the slot that is due or, of the day's slots, comes next.

        Without such a slot it is that of `now`, aware and local.
        """
        return self.routine_at(next((view.slot.at for view in slots if view.state in _AWAITED), now.time()))
