"""Stand-ins for the desktop's services. Each implements a port and can fail."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from stretchplayer.reminders.presence import Presence
from stretchplayer.reminders.reminder import Reminder, ReminderAction
from stretchplayer.routine.now_playing import MediaCommand, NowPlaying


class FakeNotifier:
    """Shows reminders to nobody. `broken`: there is no server, so nothing is ever visible."""

    def __init__(self) -> None:
        self.broken = False
        self.shown: list[Reminder] = []
        """Every reminder that `show` was called with."""
        self.wanted: Reminder | None = None
        """The one that is to be seen now."""
        self.closed = False
        self._tell: Callable[[ReminderAction], None] = lambda _action: None

    @property
    def visible(self) -> Reminder | None:
        """The one that is seen now."""
        return None if self.broken else self.wanted

    def show(self, reminder: Reminder) -> None:
        """Write it down."""
        self.shown.append(reminder)
        self.wanted = reminder

    def withdraw(self) -> None:
        """Take it away."""
        self.wanted = None

    def on_action(self, callback: Callable[[ReminderAction], None]) -> None:
        """Set who is told."""
        self._tell = callback

    def close(self) -> None:
        """Be closed."""
        self.withdraw()
        self.closed = True

    def answer(self, action: ReminderAction) -> None:
        """Do what a person does to what is seen; AssertionError when nothing is."""
        assert self.visible is not None, "there is no reminder to click"
        self.withdraw()
        self._tell(action)


class FakePresenceWatch(QObject):
    """Knows what it is told by `become`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.watching = False
        self._presence = Presence.FREE

    def current(self) -> Presence:
        """What it was told last."""
        return self._presence

    def watch(self, on: bool) -> None:
        """Write it down."""
        self.watching = on

    def close(self) -> None:
        """Watch no more."""
        self.watching = False

    def become(self, presence: Presence) -> None:
        """Be that, and say so to whoever watches."""
        self._presence = presence
        if self.watching:
            self.changed.emit()


class FakeMediaRemote:
    """A phone that shows what is played. `broken`: it isn't reached, and its commands don't come."""

    def __init__(self) -> None:
        self.broken = False
        self.shown: list[NowPlaying | None] = []
        """What it was told, None for nothing, each once."""
        self.jumps: list[float] = []
        """The positions, ms, it was told to go on from."""
        self.closed = False
        self._tell: Callable[[MediaCommand], None] = lambda _command: None
        self._position_ms: Callable[[], float] = lambda: 0.0

    def show(self, playing: NowPlaying) -> None:
        """Write it down."""
        if not self.broken and self.shown[-1:] != [playing]:
            self.shown.append(playing)

    def jumped(self) -> None:
        """Write the position down."""
        if not self.broken:
            self.jumps.append(self._position_ms())

    def clear(self) -> None:
        """Write that down."""
        if self.shown and self.shown[-1] is not None:
            self.shown.append(None)

    def on_command(self, callback: Callable[[MediaCommand], None]) -> None:
        """Set who is told."""
        self._tell = callback

    def ask_position(self, position_ms: Callable[[], float]) -> None:
        """Set who is asked."""
        self._position_ms = position_ms

    def close(self) -> None:
        """Be closed."""
        self.clear()
        self.closed = True

    def command(self, command: MediaCommand) -> None:
        """Do what a person does at the phone."""
        if not self.broken:
            self._tell(command)
