"""Today's reminders on the Today page: a card for each."""

from collections.abc import Callable
from datetime import time
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QMenu, QSizePolicy, QWidget

from stretchplayer.i18n import _
from stretchplayer.reminders.slots import SlotState, SlotView
from stretchplayer.ui.reminders.reminder_menu import ReminderMenu
from stretchplayer.ui.reminders.slot_mark import SlotMark
from stretchplayer.ui.text.slots import ReminderStatus, clock_time, part_of_day, slot_text, state_text
from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import adopt, fixed, padded, scale_of, spaced, with_font
from stretchplayer.ui.widgets.boxes import hbox, vbox
from stretchplayer.ui.widgets.buttons import MoreButton
from stretchplayer.ui.widgets.label import plain_label
from stretchplayer.ui.widgets.panel import Panel

MOST: Final = 4
"""Only this many cards are shown, around the current time."""
_NARROWEST: Final = 215
"""Least width of a card, in design px."""
_SETTLED: Final = frozenset(
    {SlotState.DONE, SlotState.MARKED_DONE, SlotState.SKIPPED, SlotState.MISSED, SlotState.PAUSED}
)


def around_now(views: tuple[SlotView, ...], most: int) -> tuple[SlotView, ...]:
    """The first slot that isn't settled, the ones after it and, with room, the one before."""
    first = next((place for place, view in enumerate(views) if view.state not in _SETTLED), len(views))
    before = 1 if most > 1 else 0
    start = max(0, min(first - before, len(views) - most))
    return views[start : start + most]


class SlotCard(Panel):
    """One slot: mark, part of the day, state, time and, unless a session was played for it, a menu."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        accessible.describe(self, accessible.Role.Grouping)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.mark = SlotMark()
        self.part = plain_label("", px=18, weight=QFont.Weight.DemiBold)
        self.state = plain_label("", role=theme.MUTED)
        self.time = plain_label("")
        self.more = fixed(MoreButton(_("More about this reminder"), self), 30, 30)
        self.view: SlotView | None = None
        words = vbox(self.part, self.state, gap=0)
        self._row = hbox(self.mark, (words, 1), self.time, self.more, on=self)

    def show_slot(self, view: SlotView, shown: ReminderStatus, routine: str = "") -> None:
        """`routine` is what is played then, to be shown in place of how long it is until then."""
        self.view = view
        self.edged = view.state in {SlotState.DUE, SlotState.SNOOZED}
        self.mark.show_state(view.state)
        self.part.setText(part_of_day(view.slot.at))
        self.state.setText(routine or state_text(view, shown.now, shown.paused_until))
        self.time.setText(clock_time(view.slot.at))
        self.time.setForegroundRole(theme.MUTED if view.state in _SETTLED else theme.INK)
        self.more.setVisible(view.state is not SlotState.DONE)
        self.setAccessibleName(". ".join(filter(None, (slot_text(view, shown), routine))))
        self.update()

    def set_tight(self, tight: bool) -> None:
        """Reduce the height where room is tight."""
        with_font(self.time, 24 if tight else 27, QFont.Weight.DemiBold)
        mark, edge = (32, 9) if tight else (38, 15)
        fixed(self.mark, mark, mark)
        padded(self._row, 12 if tight else 18, edge, 9 if tight else 14, edge)
        adopt(self)


class SlotCards(QWidget):
    """The day's cards in as few rows as fit; hidden while there are none."""

    start_requested = Signal(time)
    """The person wants to do the routine of this time of day now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.menu = ReminderMenu(self)
        self._shown: ReminderStatus | None = None
        self._routine_at: Callable[[time], str] = lambda _at: ""
        self._actionable: SlotView | None = None
        self.cards = [SlotCard(self) for _unused in range(MOST)]
        for card in self.cards:
            card.more.clicked.connect(partial(self._open_menu, card))
        self._width = 0
        self._is_tight = False
        self._more = plain_label("", role=theme.MUTED)
        self._more.setParent(self)
        self._grid = spaced(QGridLayout(self), 16)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_reminders(self, shown: ReminderStatus) -> None:
        self._shown = shown
        self._rearrange()

    def name_routines(self, routine_at: Callable[[time], str]) -> None:
        """Say what is played at a time of day; nothing where that is always the same."""
        self._routine_at = routine_at
        self._rearrange()

    def _open_menu(self, card: SlotCard, *_unused: object) -> None:
        if self._shown is None or card.view is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setFont(card.state.font())
        at = card.view.slot.at
        if card.view.state is SlotState.COMING and self._routine_at(at):
            menu.addAction(_("Start now"), lambda: self.start_requested.emit(at))
        if card.view is self._actionable:
            self.menu.fill(menu, self._shown, card.view)
        else:
            self.menu.add_mark(menu, card.view)
        menu.popup(card.more.mapToGlobal(QPoint(card.more.width() - menu.sizeHint().width(), card.more.height() + 2)))

    def arrange(self, width: int, *, tight: bool) -> None:
        """Lay out the cards in a width, px; `tight` allows one row only.

        Their own width won't do: a scroll bar that comes with another row, and goes with it, would go on for ever.
        """
        self._width, self._is_tight = width, tight
        self._rearrange()

    def _rearrange(self) -> None:
        if self._shown is not None:
            self._arrange(self._shown)

    def _arrange(self, shown: ReminderStatus) -> None:
        """Put as many cards side by side as fit, in rows of about equal length."""
        for card in self.cards:
            card.set_tight(self._is_tight)
        count = self._show_around(shown, MOST)
        gap = self._grid.horizontalSpacing()
        widths = (card.sizeHint().width() for card in self.cards[:count])
        needed = max([_NARROWEST * scale_of(self), *widths])
        fit = max(1, int((self._width + gap) // (needed + gap)))
        if self._is_tight and fit < count:
            count = self._show_around(shown, fit)
        rows = max(1, -(-count // fit))
        across = max(1, -(-count // rows))
        for place, card in enumerate(self.cards):
            card.setVisible(place < count)
            self._grid.addWidget(card, place // across, place % across)
            self._grid.setColumnStretch(place, 1 if place < across else 0)
        self._more.setVisible(count < len(shown.slots) and not self._is_tight)
        self._grid.addWidget(self._more, MOST, 0, 1, across, Qt.AlignmentFlag.AlignLeft)
        self.setVisible(count > 0)

    def _show_around(self, shown: ReminderStatus, most: int) -> int:
        """Show slots around the current time on the first cards; return how many."""
        views = around_now(shown.slots, most) if shown.enabled else ()
        self._actionable = _actionable(views)
        for card, view in zip(self.cards, views, strict=False):
            card.show_slot(view, shown, self._routine_at(view.slot.at) if view.state is SlotState.COMING else "")
        self._more.setText(_("and {number} more today").format(number=len(shown.slots) - len(views)))
        return len(views)


def _actionable(views: tuple[SlotView, ...]) -> SlotView | None:
    """The slot that gets the whole menu: the open one, else the next, else a paused one."""
    for states in ({SlotState.DUE, SlotState.SNOOZED}, {SlotState.COMING}, {SlotState.PAUSED}):
        found = next((view for view in views if view.state in states), None)
        if found is not None:
            return found
    return None
