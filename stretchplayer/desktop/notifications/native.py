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

from stretchplayer.reminders.reminder import Reminder, ReminderAction

log = logging.getLogger(__name__)

APP_NAME: Final = "Stretch Player"
CLOSING_S: Final = 1.0
"""How long the program's end may wait for the system to take the reminder away."""


def desktop_notifier() -> Any:  # noqa: ANN401 -- the library is there on two systems only, so its types are not
    """Load the library."""
    import desktop_notifier  # type: ignore[import-not-found]  # the same  # noqa: PLC0415 -- nor is it there on Linux

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
        """Counts what was wished, so that the answer to an old reminder is known for one."""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wishes: asyncio.Queue[tuple[int, Reminder | None] | None] | None = None
        self._thread: Thread | None = None
        self._answered.connect(self._on_answer)

    def show(self, reminder: Reminder) -> None:
        """Show the reminder, in place of the one before."""
        if self._thread is None:
            self._loop, self._wishes = asyncio.new_event_loop(), asyncio.Queue()
            self._thread = Thread(target=self._run, name="notifications", daemon=True)
            self._thread.start()
        self._wish(reminder)

    def withdraw(self) -> None:
        """Take the reminder away."""
        if self._thread is not None:
            self._wish(None)

    def on_action(self, callback: Callable[[ReminderAction], None]) -> None:
        """Set what is called when the person answers."""
        self._tell = callback

    def close(self) -> None:
        """Withdraw, and end the thread; a system that hangs is not waited for longer than CLOSING_S."""
        self._turn += 1
        if self._thread is not None:
            self._hand_over(None)
            self._thread.join(CLOSING_S)
            self._thread = None

    def _wish(self, reminder: Reminder | None) -> None:
        self._turn += 1
        self._hand_over((self._turn, reminder))

    def _hand_over(self, wish: tuple[int, Reminder | None] | None) -> None:
        if self._loop is not None and self._wishes is not None:
            self._loop.call_soon_threadsafe(self._wishes.put_nowait, wish)

    def _on_answer(self, turn: int, action: str) -> None:
        if turn == self._turn:
            self.withdraw()
            self._tell(ReminderAction(action))

    # In the thread

    def _run(self) -> None:
        if self._loop is not None:
            self._loop.run_until_complete(self._serve())
            self._loop.close()

    async def _serve(self) -> None:
        try:
            library = self._load()
            notifier = library.DesktopNotifier(app_name=APP_NAME)
        except Exception:  # third-party code: whatever it raises, there are no notifications, and nothing else is wrong
            log.info("there are no notifications", exc_info=True)
            notifier = library = None
        shown: str | None = None
        while self._wishes is not None:
            wish = await self._wishes.get()
            if notifier is not None:
                shown = await self._grant(library, notifier, wish, shown)
            if wish is None:
                return

    async def _grant(
        self,
        library: Any,  # noqa: ANN401 -- as above
        notifier: Any,  # noqa: ANN401 -- as above
        wish: tuple[int, Reminder | None] | None,
        shown: str | None,
    ) -> str | None:
        """Take away what is shown and show what is wished; the new notification's name is returned."""
        try:
            if shown is not None:
                await notifier.clear(shown)
            if wish is None:
                return None
            turn, reminder = wish
            if reminder is None:
                return None
            name: str = await notifier.send(
                title=reminder.title,
                message=reminder.body,
                buttons=[
                    library.Button(title=title, on_pressed=self._teller(turn, action))
                    for title, action in (
                        (reminder.start, ReminderAction.START),
                        (reminder.snooze, ReminderAction.SNOOZE),
                        (reminder.skip, ReminderAction.SKIP),
                    )
                ],
                on_clicked=self._teller(turn, ReminderAction.OPEN),
            )
        except Exception:  # third-party code: whatever it raises must not end the thread
            log.info("the notification could not be shown", exc_info=True)
            return None
        return name

    def _teller(self, turn: int, action: ReminderAction) -> Callable[[], None]:
        """What the library calls, on whatever thread, when the person does that; Qt brings it to ours."""
        return lambda: self._answered.emit(turn, action.value)
