"""The program on a desktop that is all fakes, as its tests need it."""

from datetime import datetime, time, timedelta
from typing import Any

from PySide6.QtWidgets import QApplication

from stretchplayer.app.faults import Faults
from stretchplayer.app.options import LaunchOptions
from stretchplayer.app.program import Program
from stretchplayer.desktop.ipc.instance import Instance, LockResult
from stretchplayer.desktop.ipc.protocol import Request, Verb
from stretchplayer.reminders.slots import ReminderSettings, SlotState, SlotTime
from stretchplayer.settings import Settings
from stretchplayer.storage.settings import SettingsFile
from stretchplayer.ui.window.main_window import MainWindow
from tests.fake_services import FakeNotifier, FakePresenceWatch
from tests.ui.stage import settle


class FakeLock:
    """Held by this program."""

    def release(self) -> None:
        """Let it go."""


def now() -> datetime:
    return datetime.now().astimezone()


def due_now() -> ReminderSettings:
    """A reminder in the minute that is running, or it was in the one before."""
    current = now()
    at = max(current - timedelta(minutes=1), current.replace(hour=0, minute=0))  # of today
    return ReminderSettings(slots=(SlotTime(at=time(at.hour, at.minute)),), sound=False)


class Stage:
    """A program, its windows, and what it tells the desktop."""

    def __init__(
        self,
        app: QApplication,
        options: LaunchOptions,
        settings: Settings,
        *,
        alone: bool,
        result: LockResult = LockResult.OURS,
    ) -> None:
        self.app = app
        self.background = options.background and alone and result is LockResult.OURS
        SettingsFile(options.data_dir).save(settings)
        lock: Any = FakeLock() if alone else None
        self.instance = Instance(lock, options.data_dir, result=result, settled_ms=0)
        self.faults = Faults()
        self.program = Program(app, options, self.instance, self.faults)
        self.notifier = FakeNotifier()
        self.presence = FakePresenceWatch()
        services = self.program.services.__dict__
        services["notifier"], services["presence"] = self.notifier, self.presence
        self.ends: list[int] = []

    def begin(self) -> None:
        """Begin, and let the window be painted."""
        main_window = None if self.background else MainWindow()
        if main_window is not None:
            main_window.show()
        self.program.begin(main_window)
        settle()
        self.paint()

    def paint(self) -> None:
        """What is loaded after the first picture is loaded."""
        if self.program.foreground is not None:
            self.program.foreground.main_window.first_painted.emit()
        for _ in range(12):
            settle()

    def windows(self, kind: type[Any]) -> list[Any]:
        """The visible windows of a kind."""
        return [each for each in self.app.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]

    def ask(self, verb: Verb, **fields: Any) -> Any:  # noqa: ANN401 -- whatever belongs to the verb
        """Ask it from outside."""
        answer = self.program.remote.handle(Request(verb=verb, **fields))
        settle()
        return answer

    def state_of_slots(self) -> list[SlotState]:
        """What has become of today's slots."""
        assert self.program.background is not None
        return [view.state for view in self.program.background.scheduler.slots]
