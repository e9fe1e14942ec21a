"""The tray icon and its menu. Nothing depends on it: many desktops have no tray."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QPalette
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from stretchplayer.i18n import _
from stretchplayer.reminders.slots import SlotState
from stretchplayer.ui.reminders.reminder_menu import ReminderMenu
from stretchplayer.ui.reminders.slot_mark import mark_icon
from stretchplayer.ui.text.slots import ReminderStatus, slot_text, summary
from stretchplayer.ui.window.tray_icon import TrayForm, TrayState, form_for, tray_icon

_DARK_BELOW: Final = 128
_OPENING: Final = frozenset({
    QSystemTrayIcon.ActivationReason.Trigger,
    QSystemTrayIcon.ActivationReason.DoubleClick,
    QSystemTrayIcon.ActivationReason.MiddleClick,
})  # fmt: skip
_NAME: Final = "Stretch Player"


class Tray(QObject):
    """Shows the state of the day, and passes commands on.

    Create it only when there is a tray: Qt checks once and remembers a no for good, but handles a tray that restarts.
    Palette and icons, which take much memory, wait until the menu opens and `apply_theme` is called.
    """

    open_requested = Signal()
    start_requested = Signal()
    settings_requested = Signal()
    quit_requested = Signal()
    menu_closed = Signal()

    def __init__(
        self,
        icons: Path,
        parent: QObject | None = None,
        *,
        apply_theme: Callable[[], None] = lambda: None,
        follows_system: Callable[[], bool] = lambda: True,
    ) -> None:
        super().__init__(parent)
        self._apply_theme = apply_theme
        self._follows_system = follows_system
        """Whether our windows have the colours of the system's."""
        self._has_theme = False
        self._marked: list[tuple[QAction, SlotState]] = []
        """The entries of slots, whose marks are painted when somebody is about to look."""
        self.reminder_menu = ReminderMenu(self, apply_theme=apply_theme)
        self._icons = icons
        self._shown: ReminderStatus | None = None
        self._drawn: tuple[TrayForm, TrayState] | None = None
        self._menu = QMenu()
        self._menu.aboutToShow.connect(self._prepare_menu)
        self._menu.aboutToHide.connect(self.menu_closed)
        self._icon = QSystemTrayIcon(self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._on_activated)
        # Deferred: the palette follows the system later.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.follow_colours)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_soon)

    @property
    def is_available(self) -> bool:
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show_reminders(self, shown: ReminderStatus) -> None:
        self._shown = shown
        self._draw()
        self._icon.setToolTip(f"{_NAME}\n{summary(shown)}")
        self._fill(shown)
        self._icon.show()

    def _follow_soon(self) -> None:
        self._soon.start()

    def follow_colours(self) -> None:
        """Redraw after a change between light and dark."""
        if self._shown is not None:
            self._draw()
            self._fill(self._shown)

    def _state(self) -> TrayState:
        if self._shown is None or not self._shown.enabled or self._shown.paused_until is not None:
            return TrayState.PAUSED
        return TrayState.DUE if self._shown.is_due else TrayState.NORMAL

    def _draw(self) -> None:
        dark = None
        if self._follows_system():
            dark = QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < _DARK_BELOW
        drawn = form_for(sys.platform, os.environ, windows_are_dark=dark), self._state()
        if drawn != self._drawn:
            self._drawn = drawn
            self._icon.setIcon(tray_icon(self._icons, *drawn))

    def _fill(self, shown: ReminderStatus) -> None:
        # The panel may be showing the menu right now, so delete old entries later.
        for action in self._menu.actions():
            submenu: QObject | None = action.menu()
            self._menu.removeAction(action)
            (action if submenu is None else submenu).deleteLater()
        self._menu.addAction(_("Start now"), self.start_requested.emit)
        self._menu.addSeparator()
        self._add_slots(shown)
        self.reminder_menu.fill(self._menu, shown)
        if shown.enabled:
            self._menu.addSeparator()
        self._menu.addAction(_("Open Stretch Player"), self.open_requested.emit)
        self._menu.addAction(_("Settings"), self.settings_requested.emit)
        self._menu.addSeparator()
        self._menu.addAction(_("Quit"), self.quit_requested.emit)

    def _add_slots(self, shown: ReminderStatus) -> None:
        self._marked.clear()
        for view in shown.slots if shown.enabled else ():
            action = self._menu.addAction(slot_text(view, shown, lasting=True))
            action.setEnabled(False)
            self._marked.append((action, view.state))
        self._menu.addSeparator()
        if self._has_theme:
            self._paint_marks()

    def _prepare_menu(self) -> None:
        if not self._has_theme:
            self._has_theme = True
            self._apply_theme()
            self._paint_marks()

    def _paint_marks(self) -> None:
        for action, state in self._marked:
            action.setIcon(mark_icon(state, QGuiApplication.palette()))
            action.setIconVisibleInMenu(True)

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        # On macOS a click opens the menu.
        if reason in _OPENING and sys.platform != "darwin":
            self.open_requested.emit()

    def close(self) -> None:
        self._icon.hide()
        self._menu.deleteLater()
