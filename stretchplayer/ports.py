"""What the core needs from the outside, as Protocols. Each has one implementation per system, a null and a fake."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from stretchplayer.progress.history import (
    DayPain,
    DayTotal,
    HistoryTotal,
    PainAnswer,
    ReachMeasure,
    SessionNote,
    SessionOutcome,
    SessionRecord,
)
from stretchplayer.reminders.log import ReminderLog
from stretchplayer.reminders.presence import Presence
from stretchplayer.reminders.reminder import Reminder, ReminderAction
from stretchplayer.reminders.slots import SlotState
from stretchplayer.routine.cues import Cue
from stretchplayer.routine.now_playing import MediaCommand, NowPlaying
from stretchplayer.settings import SoundSettings, SpeechSettings


class Clock(Protocol):
    """Where time comes from."""

    def monotonic_ns(self) -> int:
        """Nanoseconds since some moment; never goes back, and need not go on while the machine sleeps."""

    def boottime_ns(self) -> int:
        """Nanoseconds since some moment; never goes back, and goes on while the machine sleeps."""

    def now(self) -> datetime:
        """The wall clock, aware, in local time."""


class Timer(Protocol):
    """A single-shot timer. Arming it again replaces what was set before."""

    def connect(self, callback: Callable[[], None]) -> None:
        """Set what is called when the timer fires."""

    def arm(self, delay_ms: int) -> None:
        """Call the callback once, `delay_ms` from now, on this thread."""

    def cancel(self) -> None:
        """Stop the timer, if it is running."""


class CuePlayer(Protocol):
    """Makes cues heard. Never raises: what can't be played is silent, and said once through `problem`."""

    @property
    def lead_ms(self) -> int:
        """How long before it is due a cue has to be handed over, so that its sound begins on time."""

    def play(self, cue: Cue) -> None:
        """Let the cue's tone begin `lead_ms` from now; a sound still playing goes on."""

    def silence(self) -> None:
        """Stop at once everything that sounds or is about to."""

    def configure(self, sound: SoundSettings) -> None:
        """Take over volume and muted cues."""

    def on_problem(self, callback: Callable[[str], None]) -> None:
        """Set what is called, once, with a sentence for the person when sound can't be played."""

    def close(self) -> None:
        """Release the sound device."""


class Speaker(Protocol):
    """Says texts, one at a time. Never raises and never blocks: what can't be said is silent."""

    @property
    def lead_ms(self) -> int:
        """How long after `say` the first word is heard, in ms; as good a guess as there is."""

    def can_say(self, text: str) -> bool:
        """Whether `say` would be heard, as far as is known now."""

    def prepare(self, texts: Sequence[str]) -> None:
        """Make ready for saying these texts soon, a little at a time; what was prepared before may be forgotten."""

    def say(self, text: str) -> None:
        """Begin to say the text, so that its first word comes `lead_ms` from now; an older one has then faded out."""

    def hush(self) -> None:
        """Fade out what is being said, within 120 ms, and say nothing more of it."""

    def stop(self) -> None:
        """Stop at once what is being said or is about to be."""

    def configure(self, speech: SpeechSettings) -> None:
        """Take over volume, at once, and voice and rate, from the next text on."""

    def on_problem(self, callback: Callable[[str], None]) -> None:
        """Set what is called, once, with a sentence for the person when nothing can be said any more."""

    def close(self) -> None:
        """Be quiet and release the sound device and whatever else is held."""


class StayAwake(Protocol):
    """Keeps the screen on. Failing to is logged and nothing more."""

    def hold(self) -> None:
        """Keep the screen on until `release`; holding twice is holding once."""

    def release(self) -> None:
        """Let the screen go off again."""


class OtherMedia(Protocol):
    """Other programs that play music. Never raises and never blocks: who can't be reached plays on."""

    def pause_playing(self) -> None:
        """Pause those that play now, and remember them; nothing happens when that was done already."""

    def resume(self) -> None:
        """Let those play again that were paused, unless the person has touched them since."""

    def close(self) -> None:
        """Resume; the program ends."""


class Autostart(Protocol):
    """Starting the program, out of sight, when the person logs in."""

    def is_available(self) -> bool:
        """Whether this system can be told to, by this program."""

    def is_on(self) -> bool:
        """Whether the system will start it, read back from the system; what can't be read is off."""

    def set(self, on: bool) -> None:
        """Let it be started or not; DesktopError, in one sentence, when the system can't be told."""

    def repair(self) -> bool:
        """Let the present program be started, where another one would be; whether that was needed. DesktopError."""


class Notifier(Protocol):
    """Shows one reminder through the system's notifications. Never raises and never blocks.

    A reminder that can't be shown now, since the service isn't there, is shown when the service comes, unless it was
    withdrawn before.
    """

    def show(self, reminder: Reminder) -> None:
        """Show the reminder, in place of the one before."""

    def withdraw(self) -> None:
        """Take the reminder away, if there is one."""

    def on_action(self, callback: Callable[[ReminderAction], None]) -> None:
        """Set what is called, on this thread, when the person answers the reminder; it is gone by then."""

    def close(self) -> None:
        """Withdraw, and release what is held."""


class PresenceWatch(Protocol):
    """Knows whether the person can be reminded now. Never raises and never blocks."""

    def presence(self) -> Presence:
        """What is known at this moment; FREE when nothing is."""

    def look(self, answer: Callable[[Presence], None]) -> None:
        """Find out anew; `answer` is called once, on this thread and soon, with what is known then."""

    def watch(self, on: bool) -> None:
        """Keep looking for changes while a reminder waits, or rest; at rest what is known may be old."""

    def on_change(self, callback: Callable[[], None]) -> None:
        """Set what is called, on this thread, when `presence` has changed while it was watched."""

    def close(self) -> None:
        """Rest, and release what is held."""


class SystemEvents(Protocol):
    """Tells what happens to the whole machine. Where the system can't tell, nothing is called."""

    def on_sleep(self, callback: Callable[[], None]) -> None:
        """Add what is called when the machine is about to sleep."""

    def on_wake(self, callback: Callable[[], None]) -> None:
        """Add what is called when it has woken."""

    def on_lock(self, callback: Callable[[], None]) -> None:
        """Add what is called when the screen was locked."""

    def on_unlock(self, callback: Callable[[], None]) -> None:
        """Add what is called when it was unlocked."""

    def close(self) -> None:
        """Listen no longer."""


class MediaRemote(Protocol):
    """Shows the session to media keys, headsets and phones, and takes their commands. Never raises and never blocks."""

    def show(self, playing: NowPlaying) -> None:
        """Tell what is played from now on; told the same again, nothing happens."""

    def jumped(self) -> None:
        """Tell that the position is no longer where it was bound to be."""

    def clear(self) -> None:
        """Tell that nothing is played, and be no player any longer."""

    def on_command(self, callback: Callable[[MediaCommand], None]) -> None:
        """Set what is called, on this thread, with what the person wants."""

    def ask_position(self, position_ms: Callable[[], float]) -> None:
        """Set what is asked for the position in the session."""

    def close(self) -> None:
        """Clear, and release what is held."""


class TraceSink(Protocol):
    """Takes the record of a session, an event at a time."""

    def write(self, event: Mapping[str, object]) -> None:
        """Record one event, JSON-serialisable, so that it is not lost when the program ends now."""


class ReminderStore(Protocol):
    """Remembers what has happened to the day's reminders."""

    def load(self) -> ReminderLog:
        """Return what was saved, or an empty log. Never raises; what went wrong is in `problems`."""

    def save(self, log: ReminderLog) -> None:
        """Write the whole log, so that it outlives a power cut, or leave the old one; StorageError when it can't."""

    @property
    def problems(self) -> Sequence[str]:
        """Sentences for the person about what the last `load` found."""


class HistoryStore(Protocol):
    """Takes what is to be remembered. Never raises and never blocks: everything is written in order on another thread.

    What can't be written is told once, in one sentence, through `on_problem`, and the rest is kept in memory until the
    program ends; a session is worth more than its record.
    """

    def begin(self, record: SessionRecord) -> None:
        """A session begins, or one that was left open goes on; its outcome is `open` from now on."""

    def note(self, note: SessionNote) -> None:
        """An open session has come so far. What was held grows only: a smaller number than before changes nothing."""

    def end(self, session: int, outcome: SessionOutcome, ended_at: datetime, slot: str | None = None) -> None:
        """A session has ended; `slot` is the key of the one it counts for if it was played to its end."""

    def answer(self, answer: PainAnswer) -> None:
        """Keep the answer about a session that has been begun, in place of an earlier one about the same."""

    def measure(self, measure: ReachMeasure) -> None:
        """Keep the measure, in place of an earlier one of the same day."""

    def settle(self, states: Mapping[str, SlotState]) -> None:
        """Keep what became of slots that nothing was done for (skipped, missed or paused), by their keys."""

    def erase(self) -> None:
        """Delete everything that is remembered, for good, backups and files set aside included."""

    def on_problem(self, callback: Callable[[str], None]) -> None:
        """Set what is called, once and on any thread, with a sentence for the person about what isn't being saved."""

    def on_changed(self, callback: Callable[[], None]) -> None:
        """Set what is called, on any thread, whenever something has been written that pages may show."""

    def close(self) -> None:
        """Write what is still to be written, within a few seconds, and end."""


class HistoryReader(Protocol):
    """Answers what pages ask about what is remembered; both days of a range belong to it.

    Fast enough for the GUI's thread with 100,000 sessions. Any thread may ask. StorageError, with a sentence for the
    person, when there is nothing to be read just now; a history that does not exist yet is an empty one. Rehearsals are
    in no sum.
    """

    def total(self) -> HistoryTotal:
        """The sums of everything."""

    def day_totals(self, first: date, last: date) -> Sequence[DayTotal]:
        """The sums of each day in the range on which a session began, in order."""

    def slots_done(self, first: date, last: date) -> frozenset[str]:
        """The keys (`Slot.key`) of the slots of these days for which a session came to its end with something held."""

    def slots_settled(self, first: date, last: date) -> Mapping[str, SlotState]:
        """What became of slots of these days that nothing was done for, by their keys."""

    def sessions(self, first: date, last: date, *, newest: int = 100) -> Sequence[SessionRecord]:
        """The newest sessions that began in the range, rehearsals and open ones included, the newest first."""

    def session(self, session: int) -> SessionRecord | None:
        """The session with that id."""

    def pain(self, first: date, last: date) -> Sequence[DayPain]:
        """What was answered on each day in the range on which something was, in order."""

    def answers(self, first: date, last: date, *, newest: int = 100) -> Sequence[PainAnswer]:
        """The newest answers about sessions that began in the range, the newest first."""

    def measures(self, first: date, last: date) -> Sequence[ReachMeasure]:
        """The measures in the range, in order."""
