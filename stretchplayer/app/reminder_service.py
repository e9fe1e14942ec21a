"""Reminds: brings the rule, the system and what the person sees together."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from stretchplayer.desktop.clock import SystemClock
from stretchplayer.desktop.services import DesktopServices
from stretchplayer.desktop.timer import QtTimer
from stretchplayer.player.reminder_scheduler import ReminderScheduler
from stretchplayer.reminders.presence import Presence
from stretchplayer.reminders.reminder import ReminderAction
from stretchplayer.reminders.slots import ReminderSettings, SlotState, SlotView
from stretchplayer.reminders.snooze import USUAL_SNOOZE_MIN
from stretchplayer.routine.timeline import Timeline
from stretchplayer.storage.poses.pose_folder import PoseFiles
from stretchplayer.storage.reminders import ReminderFile
from stretchplayer.ui.reminders.reminder_menu import ReminderMenu
from stretchplayer.ui.reminders.reminder_window import ReminderWindow
from stretchplayer.ui.text.reminder import notification
from stretchplayer.ui.text.slots import RemindersShown

FRESH_S: Final = 5.0
"""How long what was found out about the person holds."""


class Presences:
    """Says whether the person can be reminded, and costs nothing as long as no reminder is about to come.

    Finding out takes a moment. Until it is known the answer is BUSY, which makes a reminder wait and nothing else.
    """

    def __init__(self, services: DesktopServices, is_playing: Callable[[], bool]) -> None:
        self._services = services
        self._is_playing = is_playing
        self._is_asking = False
        self._is_watching = False
        self._found_at_s: float | None = None
        self._look: Callable[[], None] = lambda: None
        self._is_wanted: Callable[[], bool] = lambda: False

    def follow(self, look: Callable[[], None], is_wanted: Callable[[], bool]) -> None:
        """Call `look` when something has been found out; `is_wanted` says whether there is a reason to."""
        self._look = look
        self._is_wanted = is_wanted

    def presence(self) -> Presence:
        """What the scheduler asks at every look."""
        if self._is_playing():
            return Presence.PLAYING
        if not self._is_wanted():
            return Presence.FREE
        fresh = self._found_at_s is not None and time.monotonic() - self._found_at_s < FRESH_S
        if fresh or self._is_watching:
            return self._services.presence.presence()
        if not self._is_asking:
            self._is_asking = True
            self._services.presence.look(self._on_found)
            if not self._is_asking:  # it was answered at once
                return self._services.presence.presence()
        return Presence.BUSY

    def _on_found(self, _presence: Presence) -> None:
        self._found_at_s = time.monotonic()
        self._is_asking = False
        QTimer.singleShot(0, lambda: self._look())  # noqa: PLW0108 -- whoever is to be called by then

    def watch(self, on: bool) -> None:
        """Notice at once when the person comes back or becomes free, or rest."""
        if on == self._is_watching:
            return
        if on:
            self._services.presence.on_change(lambda: self._look())  # noqa: PLW0108 -- as above
        self._is_watching = on
        self._services.presence.watch(on)

    def close(self) -> None:
        """Ask no more."""
        self.watch(on=False)
        self._look = lambda: None


class ReminderService(QObject):
    """Keeps the reminders, and shows each twice: as a notification, and in a small window of our own.

    Where such a window would take the focus, the notification comes alone.
    """

    changed = Signal()
    """The slots, or when the next reminder comes."""
    start_requested = Signal()
    open_requested = Signal()
    problem = Signal(str)

    def __init__(
        self,
        services: DesktopServices,
        data_dir: Path,
        settings: ReminderSettings,
        *,
        is_playing: Callable[[], bool],
        timeline: Callable[[], Timeline],
        play_tone: Callable[[], None],
        dress: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._settings = settings
        self._data_dir = data_dir
        self._timeline = timeline
        self._play_tone = play_tone
        self._dress = dress
        self._clock = SystemClock()
        self._window: ReminderWindow | None = None
        self._reminded: SlotView | None = None
        """What is to be seen of now."""
        self._has_notified = False
        self._presences = Presences(services, is_playing)
        self.scheduler = ReminderScheduler(
            clock=self._clock,
            timer=QtTimer(self),
            presence=self._presences.presence,
            store=ReminderFile(data_dir),
            settings=settings,
            parent=self,
        )
        self._presences.follow(self.scheduler.look, self._is_about_to_remind)
        self.scheduler.slots_changed.connect(self._on_slots)
        self.scheduler.reminder_due.connect(self._remind)
        self.scheduler.reminder_withdrawn.connect(self.withdraw)
        self.scheduler.problem.connect(self.problem)

    def begin(self) -> None:
        """Remind from now on."""
        events = self._services.events
        events.on_wake(self.scheduler.note_woken)
        events.on_unlock(self.scheduler.look)
        self.scheduler.look()

    def _is_about_to_remind(self) -> bool:
        """Whether it matters now where the person is: a reminder waits for them, or a snooze does."""
        next_at = self.scheduler.next_at
        return (next_at is not None and next_at <= self._clock.now()) or self._waits_for_return()

    def _waits_for_return(self) -> bool:
        return any(view.state is SlotState.SNOOZED and view.snoozed_until is None for view in self.scheduler.slots)

    @property
    def shown(self) -> RemindersShown:
        """What there is to show at this moment."""
        return RemindersShown(
            slots=self.scheduler.slots,
            now=self._clock.now(),
            next_at=self.scheduler.next_at,
            paused_until=self.scheduler.paused_until,
            enabled=self._settings.enabled,
        )

    def take_settings(self, settings: ReminderSettings) -> None:
        """Let other settings hold from now on."""
        if settings != self._settings:
            self._settings = settings
            self.scheduler.take_settings(settings)
            self.changed.emit()

    # What the scheduler tells

    def _on_slots(self) -> None:
        self._presences.watch(on=self._is_about_to_remind())
        self.changed.emit()

    def _remind(self, view: SlotView) -> None:
        self._reminded = view
        timeline = self._timeline()
        if not self._has_notified:
            self._has_notified = True
            self._services.notifier.on_action(self._on_action)
        self._services.notifier.show(notification(view, timeline, sound=False))
        self._services.show_beside_notification(lambda: self._show_window(view, timeline))
        if self._settings.sound:
            self._play_tone()

    def _show_window(self, view: SlotView, timeline: Timeline) -> None:
        if view is not self._reminded:
            return  # it was settled while it was found out that a window is needed
        window = self._own_window()
        window.invite(view, timeline)
        self._services.keep_off_taskbars(int(window.winId()))

    def _own_window(self) -> ReminderWindow:
        if self._window is None:
            self._dress()
            self._window = ReminderWindow(PoseFiles(self._data_dir).poses())
            self._services.keep_from_focus(self._window.windowTitle())
            self._window.start_requested.connect(self._start)
            self._window.snooze_requested.connect(self.scheduler.snooze)
            self._window.skip_requested.connect(self.scheduler.skip)
        return self._window

    def _start(self) -> None:
        self.withdraw()
        self.start_requested.emit()

    def _on_action(self, action: ReminderAction) -> None:
        match action:
            case ReminderAction.START:
                self._start()
            case ReminderAction.SNOOZE:
                self.scheduler.snooze(USUAL_SNOOZE_MIN)
            case ReminderAction.SKIP:
                self.scheduler.skip()
            case ReminderAction.OPEN:
                self.open_requested.emit()

    def withdraw(self) -> None:
        """Take the reminder away, wherever it is shown."""
        self._reminded = None
        if self._has_notified:
            self._services.notifier.withdraw()
        if self._window is not None:
            self._window.close()
            self._window.deleteLater()
            self._window = None

    def close(self) -> None:
        """Remind no more."""
        self.withdraw()
        self._presences.close()
        self.scheduler.close()


def wire_menu(menu: ReminderMenu, scheduler: ReminderScheduler) -> None:
    """Let what is chosen in a menu about reminders be done."""
    menu.snooze_requested.connect(scheduler.snooze)
    menu.skip_requested.connect(scheduler.skip)
    menu.not_today_requested.connect(scheduler.not_today)
    menu.pause_requested.connect(scheduler.pause_until)
    menu.resume_requested.connect(scheduler.resume_reminders)
