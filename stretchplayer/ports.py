"""The core's interfaces to the outside."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from stretchplayer.progress.history import SessionRecord
from stretchplayer.reminders.log import ReminderLog
from stretchplayer.reminders.reminder import Reminder, ReminderAction
from stretchplayer.routine.cues import Cue
from stretchplayer.routine.now_playing import MediaCommand, NowPlaying
from stretchplayer.settings import SoundSettings, SpeechSettings


class Clock(Protocol):
    """The source of time."""

    def monotonic_ns(self) -> int:
        """Nanoseconds since an arbitrary moment; never goes back, and stands still while the machine sleeps."""

    def boottime_ns(self) -> int:
        """Nanoseconds since an arbitrary moment; never goes back, and counts time asleep."""

    def now(self) -> datetime:
        """The wall clock, aware, in local time."""


class Timer(Protocol):
    """A single-shot timer. Arming it again replaces the previous deadline."""

    def connect(self, callback: Callable[[], None]) -> None: ...

    def arm(self, delay_ms: int) -> None:
        """Call the callback once, `delay_ms` from now, on this thread."""

    def cancel(self) -> None: ...


class CuePlayer(Protocol):
    """Plays cues. Never raises or blocks: what can't be played is silent."""

    @property
    def lead_ms(self) -> int:
        """How long before it is due a cue has to be played for its sound to start on time."""

    def play(self, cue: Cue) -> None:
        """Start the cue's tone `lead_ms` from now, without stopping other sounds."""

    def silence(self) -> None:
        """Stop all sounds at once, scheduled ones included."""

    def configure(self, sound: SoundSettings) -> None: ...

    def close(self) -> None: ...


class Speaker(Protocol):
    """Speaks texts, one at a time. Never raises or blocks: what can't be spoken is silent."""

    @property
    def lead_ms(self) -> int:
        """Estimated time from `say` to the first word, in ms."""

    def can_say(self, text: str) -> bool:
        """Whether `say` would be heard, as far as is known."""

    def prepare(self, texts: Sequence[str]) -> None:
        """Prepare to say these texts soon, a little at a time; earlier preparations may be dropped."""

    def say(self, text: str) -> None:
        """Say the text, its first word `lead_ms` from now; a previous text has faded out by then."""

    def hush(self) -> None:
        """Fade out the current text within 120 ms."""

    def stop(self) -> None:
        """Stop at once, and drop what was about to be said."""

    def configure(self, speech: SpeechSettings) -> None:
        """Apply the volume at once, and voice and rate from the next text on."""

    def close(self) -> None: ...


class StayAwake(Protocol):
    """Keeps the screen on. Never raises or blocks."""

    def hold(self) -> None:
        """Keep the screen on until `release`; idempotent."""

    def release(self) -> None: ...


class OtherMedia(Protocol):
    """Other programs that play music. Never raises or blocks: those that can't be reached play on."""

    def pause_playing(self) -> None:
        """Pause and remember those that are playing; no effect if that was done already."""

    def resume(self) -> None:
        """Resume the ones that were paused, unless the person has used them since."""

    def close(self) -> None:
        """Resume, because the program quits."""


class Notifier(Protocol):
    """Shows one reminder as a system notification. Never raises or blocks.

    If the notification service isn't running, the reminder is shown once it is, unless withdrawn before.
    """

    def show(self, reminder: Reminder) -> None:
        """Show the reminder, replacing the previous one."""

    def withdraw(self) -> None: ...

    def on_action(self, callback: Callable[[ReminderAction], None]) -> None:
        """Call back on this thread when the person answers the reminder, which is then gone."""

    def close(self) -> None: ...


class MediaRemote(Protocol):
    """Shows the session to media keys, headsets and phones, and takes their commands. Never raises or blocks."""

    def show(self, playing: NowPlaying) -> None:
        """Publish what is playing; no effect if it is unchanged."""

    def jumped(self) -> None:
        """Report that the position has jumped."""

    def clear(self) -> None:
        """Report that nothing is playing, and disappear as a player."""

    def on_command(self, callback: Callable[[MediaCommand], None]) -> None:
        """Call back on this thread with each command."""

    def ask_position(self, position_ms: Callable[[], float]) -> None:
        """Set the source of the position in the session."""

    def close(self) -> None: ...


class ReminderStore(Protocol):
    """Stores the reminder log."""

    def load(self) -> ReminderLog:
        """Return the saved log, or an empty one. Never raises; errors are in `problems`."""

    def save(self, log: ReminderLog) -> None:
        """Replace the saved log, safe against power cuts; StorageError leaves the old one."""

    @property
    def problems(self) -> Sequence[str]:
        """Sentences for the person about problems in the last `load`."""


class SessionStore(Protocol):
    """Records sessions. Never raises or blocks: everything is written in order on another thread."""

    def put(self, record: SessionRecord) -> None:
        """Keep the session as it is now, in place of what it was before; a false start is deleted."""
