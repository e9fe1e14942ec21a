"""Lets the window program be asked from outside."""

import os
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QProcessEnvironment, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from stretchplayer.app.instance import TOKEN_VARIABLES
from stretchplayer.app.remote import ReminderWishes, Remote, Surroundings
from stretchplayer.desktop.services import new_windows_take_focus
from stretchplayer.errors import DomainError
from stretchplayer.reminders.slots import SlotState

if TYPE_CHECKING:
    from stretchplayer.app.playback import Playback
    from stretchplayer.desktop.ipc.remote import Answer, Request
    from stretchplayer.player.reminder_scheduler import ReminderScheduler
    from stretchplayer.player.session import Session
    from stretchplayer.ui.window.main_view import MainView
    from stretchplayer.ui.window.main_window import MainWindow


class WindowRemote:
    """Turns requests into what the window and its session do."""

    def __init__(self, core: "Playback", frame: "MainWindow", view: "MainView", begin: Callable[[], None]) -> None:
        """`begin` plays what is offered, or asks before."""
        self._core = core
        self._frame = frame
        self._view = view
        self._begin = begin
        self.use_keeper(None)

    def use_keeper(self, keeper: "ReminderScheduler | None") -> None:
        """Ask this keeper about reminders from now on; None when this program doesn't remind."""
        core, frame = self._core, self._frame
        self._remote = Remote(
            core.session,
            Surroundings(
                reminds=not core.options.exit_when_done,
                routine=lambda: core.routine.id,
                raise_window=lambda token: raise_window(frame, token),
                start=self.start,
                quit=lambda: quit_soon(core.session),
                look=(lambda: None) if keeper is None else keeper.look,
                finished=lambda took_s: note_finished(core, keeper, took_s),
                slots=lambda: slots_of(core, keeper),
                reminders=None if keeper is None else wishes_of(keeper),
            ),
        )

    def handle(self, request: "Request") -> "Answer":
        """Do what is asked."""
        return self._remote.handle(request)

    def start(self, routine: str | None, fullscreen: bool) -> None:
        """Play a routine, None for the one that is offered; StorageError when it can't be read.

        A session that was left may be gone on with instead: then the window asks.
        """
        core = self._core
        if routine is not None:
            core.routine = core.routines.find(routine)
            self._view.show_timeline(core.timeline())
        if fullscreen:
            self._view.set_fullscreen(True)
        self._begin()


def raise_window(frame: "MainWindow", token: str | None) -> None:
    """Show the window above all others and give it the focus, as far as the desktop lets it.

    On Wayland that takes an activation token, which the desktop gave to whom the person clicked on; Qt reads it from
    the environment when it asks for the focus. Without one the window comes anew, where new ones get the
    focus.
    """
    wayland = QGuiApplication.platformName().startswith("wayland")
    if token is not None and wayland:
        os.environ[TOKEN_VARIABLES[0]] = token
    # Qt takes a token that it has used out of the environment, but not out of Python's copy of that.
    has_token = QProcessEnvironment.systemEnvironment().contains(TOKEN_VARIABLES[0])
    if not has_token and new_windows_take_focus() and frame.isVisible() and not frame.isActiveWindow():
        _make_anew(frame)
    if frame.isMinimized():
        frame.setWindowState(frame.windowState() & ~Qt.WindowState.WindowMinimized)
    _revive(frame)
    frame.show()
    frame.raise_()
    frame.activateWindow()
    if QGuiApplication.platformName() == "xcb":
        from stretchplayer.desktop.x11.focus import ask_for_focus

        ask_for_focus(int(frame.winId()))


def _revive(frame: "MainWindow") -> None:
    """Make a window anew that another program has destroyed, of which X11 tells Qt only that it can't be seen."""
    if QGuiApplication.platformName() != "xcb" or frame.isMinimized() or not frame.isVisible():
        return
    if not frame.windowHandle().isExposed():
        _make_anew(frame)


def _make_anew(frame: "MainWindow") -> None:
    """Let the system have another window for it when it is shown."""
    handle = frame.windowHandle()
    frame.hide()
    handle.destroy()


def quit_soon(session: "Session") -> None:
    """End the program as soon as the answer to who asked for it has left. A session is stopped, without a question.

    Not by `quit`, which windows may refuse: closing one may mean to go on in the background.
    """
    session.stop()
    quit_when_answered()


def quit_when_answered() -> None:
    """The same, where there is no session."""
    application = QCoreApplication.instance()
    if application is not None:
        QTimer.singleShot(0, application, lambda: application.exit(0))


def slots_of(core: "Playback", keeper: "ReminderScheduler | None" = None) -> Mapping[str, object]:
    """Today's slots and the next reminder: as the keeper knows them or, without one, as the files tell them."""
    from stretchplayer.player.status import views_as_data
    from stretchplayer.reminders.log import begun
    from stretchplayer.reminders.rules import advise
    from stretchplayer.storage.reminders import read_reminders

    now = core.clock.now()
    if keeper is not None:
        return views_as_data(keeper.slots, keeper.next_at, now)
    log = begun(read_reminders(core.options.data_dir), now)
    advice = advise(now, core.settings.reminders, log)
    return views_as_data(advice.slots, advice.next_at, now)


def note_finished(core: "Playback", keeper: "ReminderScheduler | None", took_s: int) -> None:
    """A session was played to its end in another program, having begun so many s ago."""
    if keeper is not None:
        keeper.note_finished_elsewhere(took_s)
        return
    from stretchplayer.app.slot_credit import settle_slot

    settle_slot(core.options.data_dir, core.settings, took_s)


def wishes_of(keeper: "ReminderScheduler") -> ReminderWishes:
    """What can be wished of the program's reminders."""
    open_states = {SlotState.OWED, SlotState.SNOOZED}

    def when_due(wish: Callable[[], None]) -> None:
        if not any(view.state in open_states for view in keeper.slots):
            raise DomainError("No reminder is due now.")
        wish()

    return ReminderWishes(
        snooze=lambda minutes: when_due(partial(keeper.snooze, minutes)),
        skip=lambda: when_due(keeper.skip),
        not_today=keeper.not_today,
    )
