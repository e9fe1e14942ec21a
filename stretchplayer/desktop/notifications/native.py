"""Notifications on Windows and macOS, through the library desktop-notifier.

The library is written for asyncio, which doesn't run in Qt's event loop, so it gets its own thread and loop, started
with the first reminder. The notification is silent: the program plays its own tone with a reminder.
"""

import asyncio
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from stretchplayer.desktop.app_id import APP_ID, describe_app_id
from stretchplayer.reminders.reminder import Reminder, ReminderAction

log = logging.getLogger(__name__)

CLOSING_S: Final = 1.0
"""How long quitting may wait for the system to remove the notification."""


def desktop_notifier() -> Any:  # noqa: ANN401 -- the library is there on two systems only, so its types are not
    import desktop_notifier  # type: ignore[import-not-found]  # noqa: PLC0415 -- slow, and loaded in the thread

    return desktop_notifier


def make_notifier(library: Any, icon: Path | None) -> Any:  # noqa: ANN401 -- as above
    """The library's notifier under our name, with our picture (PNG), where the system has any notifications."""
    made = library.DesktopNotifier(app_name=APP_ID, app_icon=library.Icon(path=icon) if icon else None)
    if sys.platform == "win32" and icon is not None:
        describe_app_id(icon)  # where the library has written the identity for a name
    return made


class NativeNotifier(QObject):
    """Implements `ports.Notifier`.

    It needs a parent: otherwise its thread could drop the last reference to a QObject that lives in another thread.
    """

    _answered = Signal(int, str)

    def __init__(
        self, parent: QObject, icon: Path | None = None, *, load: Callable[[], Any] = desktop_notifier
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._load = load
        self._tell: Callable[[ReminderAction], None] = lambda _action: None
        self._turn = 0
        """Counts reminders, so that an answer to an old one is recognised."""
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
            loops: SimpleQueue[asyncio.AbstractEventLoop] = SimpleQueue()
            self._thread = Thread(target=_run_loop, args=(loops,), name="notifications", daemon=True)
            self._thread.start()
            self._loop = loops.get()
        self._replace(reminder)

    def withdraw(self) -> None:
        self._replace(None)

    def on_action(self, callback: Callable[[ReminderAction], None]) -> None:
        self._tell = callback

    def close(self) -> None:
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
                    self._notifier = make_notifier(self._library, self._icon)
                shown, self._shown = self._shown, None
                if shown is not None:
                    await self._notifier.clear(shown)
                if reminder is not None:
                    self._shown = await self._send(turn, reminder)
            except Exception:  # third-party code: whatever it raises, only the notification is missing
                log.info("the notification could not be shown", exc_info=True)

    async def _stop(self) -> None:
        async with self._one_at_a_time:
            asyncio.get_running_loop().stop()

    async def _send(self, turn: int, reminder: Reminder) -> str:
        def teller(action: ReminderAction) -> Callable[[], None]:
            """The library calls this on any thread; the signal brings it to ours."""
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


def _run_loop(loops: SimpleQueue[asyncio.AbstractEventLoop]) -> None:
    """Make the loop where it runs: on Windows one that is made on the main thread takes Ctrl+C away from it."""
    loop = asyncio.new_event_loop()
    loops.put(loop)
    loop.run_forever()
    loop.close()
