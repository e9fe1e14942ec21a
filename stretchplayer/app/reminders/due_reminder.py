"""A due reminder as the person meets it: a notification, a small window and a tone."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from stretchplayer.desktop.services import DesktopServices
from stretchplayer.player.reminder_scheduler import ReminderScheduler
from stretchplayer.reminders.reminder import ReminderAction
from stretchplayer.reminders.slots import SlotView
from stretchplayer.reminders.snooze import USUAL_SNOOZE_MIN
from stretchplayer.settings import Settings
from stretchplayer.ui.text.reminder import notification

if TYPE_CHECKING:
    from stretchplayer.routine.timeline import Timeline
    from stretchplayer.ui.reminders.reminder_window import ReminderWindow


class DueReminder(QObject):
    """Shows it, and takes it away again. `apply_theme` is called before there is a window.

    A reminder is shown twice: as a notification, and in a small window of our own. Where such a window would take the
    focus, the notification comes alone. Who has the program in front needs no notification, which would cover its page.
    """

    start_requested = Signal(object)
    """The screen on which it was answered, None if unknown."""
    open_requested = Signal()
    library_requested = Signal()

    def __init__(
        self,
        services: DesktopServices,
        scheduler: ReminderScheduler,
        data_dir: Path,
        apply_theme: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._scheduler = scheduler
        self._data_dir = data_dir
        self._apply_theme = apply_theme
        self._window: ReminderWindow | None = None
        self._shown: SlotView | None = None
        self._has_notified = False

    def show(self, view: SlotView, timeline: "Timeline | None", settings: Settings, *, in_front: bool) -> None:
        """Show it; `in_front`: the person works in our window."""
        self._shown = view
        if self._services.windows_take_focus or not in_front:
            self._notify(view, timeline)
        self._services.show_beside_notification(lambda: self._show_window(view, timeline))
        if settings.reminders.sound:
            from stretchplayer.app.reminders.chime import play_softly  # noqa: PLC0415 -- sound, for a few seconds

            play_softly(settings.sound, self._data_dir, self)

    def withdraw(self) -> None:
        self._shown = None
        if self._has_notified:
            self._services.notifier.withdraw()
        if self._window is not None:
            self._window.close()
            self._window.deleteLater()
            self._window = None

    def _notify(self, view: SlotView, timeline: "Timeline | None") -> None:
        if not self._has_notified:
            self._has_notified = True
            self._services.notifier.on_action(self._on_action)
        self._services.notifier.show(notification(view, timeline, sound=False))

    def _show_window(self, view: SlotView, timeline: "Timeline | None") -> None:
        if view is not self._shown:
            return  # settled in the meantime
        if self._window is None:
            self._window = self._make_window()
        self._window.invite(view, timeline)
        self._services.keep_off_taskbars(int(self._window.winId()))

    def _make_window(self) -> "ReminderWindow":
        from stretchplayer.storage.poses.pose_folder import PoseFiles  # noqa: PLC0415 -- of use only in the window
        from stretchplayer.ui.reminders.reminder_window import ReminderWindow  # noqa: PLC0415 -- painting: 4 MiB

        self._apply_theme()
        window = ReminderWindow(PoseFiles(self._data_dir).poses())
        self._services.keep_from_focus(window.windowTitle())
        window.start_requested.connect(self._start)
        window.snooze_requested.connect(self._scheduler.snooze)
        window.skip_requested.connect(self._scheduler.skip)
        window.not_today_requested.connect(self._scheduler.not_today)
        window.done_requested.connect(self._mark_done)
        window.library_requested.connect(self.library_requested)
        return window

    def _start(self) -> None:
        screen = None if self._window is None else self._window.screen()
        self.withdraw()
        self.start_requested.emit(screen)

    def _on_action(self, action: ReminderAction) -> None:
        match action:
            case ReminderAction.START:
                self._start()
            case ReminderAction.SNOOZE:
                self._scheduler.snooze(USUAL_SNOOZE_MIN)
            case ReminderAction.SKIP:
                self._scheduler.skip()
            case ReminderAction.DONE:
                self._mark_done()
            case ReminderAction.OPEN:
                self.open_requested.emit()

    def _mark_done(self) -> None:
        if self._shown is not None:
            self._scheduler.mark(self._shown.slot, done=True)
