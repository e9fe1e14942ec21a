"""Notifications on Windows and macOS, through the library desktop-notifier.

It is written for asyncio, which does not run in Qt's event loop, so it has a thread and a loop of its own; they are
started with the first reminder. The notification makes no sound: the tone that comes with a reminder is ours.
"""

import asyncio
import logging
from collections.abc import Callable
from threading import Thread
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from stretchplayer.desktop import APP_NAME
from stretchplayer.reminders.reminder import Reminder, ReminderAction

log = logging.getLogger(__name__)

CLOSING_S: Final = 1.0
"""How long the program's end may wait for the system to take the reminder away."""


def desktop_notifier() -> Any:  # noqa: ANN401 -- the library is there on two systems only, so its types are not
    import desktop_notifier  # type: ignore[import-not-found]  # noqa: PLC0415 -- the same

    return desktop_notifier


class NativeNotifier(QObject):
    """Implements `ports.Notifier`.

    It has a parent, so that it is never the thread that drops the last reference and with it a QObject of another one.
    """

    _answered = Signal(int, str)

    def __init__(self, parent: QObject, *, load: Callable[[], Any] = desktop_notifier) -> None:
        super().__init__(parent)
        self._load = load
        self._tell: Callable[[ReminderAction], None] = lambda _action: None
        self._turn = 0
        """Counts what was wanted, so that the answer to an old reminder is known for one."""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: Thread | None = None
        self._answered.connect(self._on_answer)
        # Used in the thread
        self._one_at_a_time = asyncio.Lock()
        self._library: Any = None
        self._notifier: Any = None
        self._shown: str | None = None

    def show(self, reminder: Reminder) -> None:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = Thread(target=_run, args=(self._loop,), name="notifications", daemon=True)
            self._thread.start()
        self._replace(reminder)

    def withdraw(self) -> None:
        self._replace(None)

    def on_action(self, callback: Callable[[ReminderAction], None]) -> None:
        self._tell = callback

    def close(self) -> None:
        """Withdraw, and end the thread; a system that hangs is not waited for longer than CLOSING_S."""
        self._replace(None)
        if self._loop is not None and self._thread is not None:
            asyncio.run_coroutine_threadsafe(self._stop(), self._loop)
            self._thread.join(CLOSING_S)
            self._loop = None

    def _replace(self, reminder: Reminder | None) -> None:
        self._turn += 1
        if self._loop is not None:
            asyncio.run_coroutine_threadsafe(self._replace_shown(self._turn, reminder), self._loop)

    def _on_answer(self, turn: int, action: str) -> None:
        if turn == self._turn:
            self.withdraw()
            self._tell(ReminderAction(action))

    # In the thread

    async def _replace_shown(self, turn: int, reminder: Reminder | None) -> None:
        async with self._one_at_a_time:
            try:
                if self._notifier is None:
                    self._library = self._load()
                    self._notifier = self._library.DesktopNotifier(app_name=APP_NAME)
                shown, self._shown = self._shown, None
                if shown is not None:
                    await self._notifier.clear(shown)
                if reminder is not None:
                    self._shown = await self._send(turn, reminder)
            except Exception:  # third-party code: whatever it raises, nothing is shown, and nothing else is wrong
                log.info("the notification could not be shown", exc_info=True)

    async def _stop(self) -> None:
        async with self._one_at_a_time:
            asyncio.get_running_loop().stop()

    async def _send(self, turn: int, reminder: Reminder) -> str:
        def teller(action: ReminderAction) -> Callable[[], None]:
            """What the library calls, on whatever thread, when the person does that; Qt brings it to ours."""
            return lambda: self._answered.emit(turn, action.value)

        titles = {
            ReminderAction.START: reminder.start,
            ReminderAction.SNOOZE: reminder.snooze,
            ReminderAction.SKIP: reminder.skip,
        }
        name: str = await self._notifier.send(
            title=reminder.title,
            message=reminder.body,
            buttons=[self._library.Button(title=title, on_pressed=teller(action)) for action, title in titles.items()],
            on_clicked=teller(ReminderAction.OPEN),
        )
        return name


def _run(loop: asyncio.AbstractEventLoop) -> None:
    loop.run_forever()
    loop.close()
