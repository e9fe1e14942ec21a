"""The Today page: the routine, what it takes, and one big Start."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from stretchplayer.figure.pose import Pose
from stretchplayer.figure.side import Side
from stretchplayer.i18n import _, ngettext
from stretchplayer.progress.adherence import CalendarDay
from stretchplayer.routine import phrases
from stretchplayer.routine.routine import Position, SideMode, Stretch, preview_pose
from stretchplayer.routine.timeline import Timeline
from stretchplayer.ui.charts.fortnight import Fortnight
from stretchplayer.ui.figure.widget import Figure
from stretchplayer.ui.pages.page import Page, ScrollingArea
from stretchplayer.ui.reminders.slot_cards import SlotCards
from stretchplayer.ui.text.player import duration
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import at_least, padded, spaced
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.label import plain_label
from stretchplayer.ui.widgets.panel import Panel

_ROOMY: Final = 640
"""From this height in design px there is room for more than one row of reminders."""
_LEAST_CARDS: Final = 60
"""At least this much of the cards stays visible, in design px."""
_CRAMPED: Final = 560
"""On a page lower than this, in design px, the cards need all the room."""


class TodayProgress(QWidget):
    """Dots on the right, and a button on the left when the reach is due to be measured."""

    measure_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._has_dots = self._is_due = self._cramped = False
        self.dots = Fortnight(self)
        self._measure = WideButton(_("Measure your reach"), self, px=16)
        self._measure.clicked.connect(self.measure_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._measure)
        row.addStretch(1)
        row.addWidget(self.dots)
        self.show_days((), reach_is_due=False)

    def show_days(self, days: tuple[CalendarDay, ...], *, reach_is_due: bool) -> None:
        """Show these days; hidden while there was no session."""
        self.dots.show_days(days)
        self._has_dots, self._is_due = any(day.counts for day in days), reach_is_due
        self._show_parts()

    def _show_parts(self) -> None:
        dots = self._has_dots and not self._cramped
        self.dots.setVisible(dots)
        self._measure.setVisible(self._is_due)
        self.setVisible(dots or self._is_due)

    def set_cramped(self, cramped: bool) -> None:
        """Leave the dots out on a cramped page; the Progress page has them too."""
        self._cramped = cramped
        self._show_parts()


class StretchCard(Panel):
    """One stretch: picture, number, title and equipment."""

    def __init__(self, number: int, stretch: Stretch, position: str, poses: Mapping[str, Pose]) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.figure = at_least(Figure(poses), 48, 90)
        side = Side.RIGHT if stretch.sides is SideMode.EACH else None
        self.figure.show_movement(None, preview_pose(stretch), side=side, progress=1)
        # It takes the room that is left and asks for none, so that small windows needn't scroll.
        self.figure.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.title = plain_label(f"{number}  {stretch.title}", wrap=True, px=18, weight=QFont.Weight.DemiBold)
        needs = ", ".join((position, *stretch.equipment))
        self.needs = plain_label(needs, wrap=True, role=theme.MUTED)
        self._column = padded(spaced(QVBoxLayout(self), 4), 18, 18, 18, 18)
        self._column.addWidget(self.figure, 1)
        self._column.addWidget(self.title)
        self._column.addWidget(self.needs)
        self.setAccessibleName(f"{number}. {stretch.title}: {needs}")


class TodayPage(Page):
    start_requested = Signal()
    fullscreen_start_requested = Signal()
    safety_requested = Signal()

    def __init__(self, poses: Mapping[str, Pose], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._poses = poses
        self._cards: list[StretchCard] = []
        self._progress: TodayProgress | None = None
        self._title = plain_label("", wrap=True, px=30, weight=QFont.Weight.Bold)
        self._facts = plain_label("", wrap=True, role=theme.MUTED, px=16)
        self.reminders = SlotCards()
        self._card_row = spaced(QHBoxLayout(), 16)
        self._card_row.setContentsMargins(0, 0, 0, 0)
        self._body = QWidget()
        self._scrolled = spaced(QVBoxLayout(self._body), 12)
        self._scrolled.setContentsMargins(0, 0, 0, 0)
        self._scrolled.addLayout(self._card_row, 1)
        self._is_packed = False
        self._start = WideButton(_("Start"), self, accent=True, px=22)
        self._fullscreen = WideButton(_("Start full screen"), self, px=16)
        self._safety = WideButton(_("Before you start"), self, px=16)
        self._start.clicked.connect(self.start_requested)
        self._fullscreen.clicked.connect(self.fullscreen_start_requested)
        self._safety.clicked.connect(self.safety_requested)
        self._buttons = spaced(QHBoxLayout(), 12)
        self._buttons.addWidget(self._start)
        self._buttons.addWidget(self._fullscreen)
        self._buttons.addStretch(1)
        self._buttons.addWidget(self._safety)
        self._head: tuple[QWidget, ...] = (self._title, self._facts, self.reminders)
        for widget in self._head:
            self.column.addWidget(widget)
        self.column.addWidget(ScrollingArea(self._body, _("Stretches")), 1)
        self.column.addLayout(self._buttons)

    @property
    def start_button(self) -> QWidget:
        return self._start

    def show_timeline(self, timeline: Timeline) -> None:
        routine = timeline.routine
        self._title.setText(routine.title)
        self._facts.setText(self._facts_of(timeline))
        for card in self._cards:
            self._card_row.removeWidget(card)
            card.deleteLater()
        self._cards = [
            StretchCard(number, stretch, self._position_words(stretch), self._poses)
            for number, stretch in enumerate(routine.stretches[:6], start=1)
        ]
        for card in self._cards:
            self._card_row.addWidget(card, 1)
        self.rescale()

    def set_progress(self, progress: TodayProgress) -> None:
        if self._progress is None:
            self._progress = progress
            self._place_progress(progress)
            self.rescale()

    def _place_progress(self, progress: QWidget) -> None:
        if self._is_packed:
            self._scrolled.insertWidget(self._scrolled.count() - 1, progress)
        else:
            self.column.insertWidget(self.column.count() - 1, progress)

    def _facts_of(self, timeline: Timeline) -> str:
        routine = timeline.routine
        count = len(routine.stretches)
        parts = [ngettext("{count} stretch", "{count} stretches", count).format(count=count)]
        if all(stretch.sides is SideMode.EACH for stretch in routine.stretches):
            parts.append(_("both legs") if self._all_legs(routine.stretches) else _("both sides"))
        parts.append(duration(timeline.total_ms))
        if routine.equipment:
            parts.append(_("have {things} at hand").format(things=phrases.listing(routine.equipment)))
        return " · ".join(parts)

    @staticmethod
    def _all_legs(stretches: tuple[Stretch, ...]) -> bool:
        return all(stretch.limb == "leg" for stretch in stretches)

    def _position_words(self, stretch: Stretch) -> str:
        if stretch.position is Position.SITTING_ON_CHAIR and any("chair" in thing for thing in stretch.equipment):
            return _("sitting")  # the chair is listed as equipment
        return {
            Position.LYING_ON_BACK: _("on your back"),
            Position.LYING_ON_FRONT: _("on your front"),
            Position.LYING_ON_SIDE: _("on your side"),
            Position.SITTING_ON_CHAIR: _("sitting on a chair"),
            Position.SITTING_ON_FLOOR: _("sitting on the floor"),
            Position.ON_ALL_FOURS: _("on hands and knees"),
            Position.KNEELING: _("kneeling"),
            Position.STANDING: _("standing"),
        }[stretch.position]

    def arrange(self, scale: float) -> None:
        self.reminders.arrange(tight=self.height() < _ROOMY * scale)
        if self._progress is not None:
            self._progress.set_cramped(self.height() < _CRAMPED * scale)
        self._fit_width()

    def _fit_width(self) -> None:
        """Stack what doesn't fit side by side."""
        below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        room = self.room
        across = 200 * self._scale * max(1, len(self._cards))
        self._card_row.setDirection(below if self.width() < self.height() or room < across else beside)
        is_narrow = self._is_narrow(self._start, self._fullscreen, self._safety, room=room)
        self._pack(self._least_height(room, stacked=is_narrow) > self.height())
        if self._is_packed:
            is_narrow = self._is_narrow(self._start, self._fullscreen, room=room)
        self._buttons.setDirection(below if is_narrow else beside)

    def _is_narrow(self, *buttons: QWidget, room: float) -> bool:
        words = sum(button.sizeHint().width() for button in buttons)
        return room < words + len(buttons) * self._buttons.spacing()

    def _least_height(self, room: int, *, stacked: bool) -> float:
        """Height at which only the cards need to scroll."""
        margins, spacing = self.column.contentsMargins(), self.column.spacing()
        buttons = [button.sizeHint().height() for button in (self._start, self._fullscreen, self._safety)]
        parts = [self._title.heightForWidth(room), self._facts.heightForWidth(room), _LEAST_CARDS * self._scale]
        parts += [part.sizeHint().height() for part in (self.reminders, self._progress) if part and not part.isHidden()]
        parts.append(sum(buttons) + 2 * self._buttons.spacing() if stacked else max(buttons))
        return margins.top() + margins.bottom() + sum(parts) + spacing * (len(parts) - 1)

    def _pack(self, packed: bool) -> None:
        """Scroll everything but the start buttons, or only the cards."""
        if packed == self._is_packed:
            return
        self._is_packed = packed
        for place, widget in enumerate(self._head):
            hidden = widget.isHidden()
            (self._scrolled if packed else self.column).insertWidget(place, widget)
            widget.setHidden(hidden)
        (self._scrolled if packed else self._buttons).addWidget(self._safety)
        if self._progress is not None:
            hidden = self._progress.isHidden()
            self._place_progress(self._progress)
            self._progress.setHidden(hidden)

    def event(self, event: QEvent) -> bool:
        """Lay out again when something appears or disappears."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self._scale:
            self._fit_width()
        return handled

    def minimumSizeHint(self) -> QSize:
        return QSize(300, 240)
