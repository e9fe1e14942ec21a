"""The exercises of a routine as cards, which open their previews."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLabel, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from stretchplayer.figure.pose import Pose
from stretchplayer.figure.side import Side
from stretchplayer.i18n import _
from stretchplayer.routine.routine import Exercise, preview_pose
from stretchplayer.routine.timeline import Timeline
from stretchplayer.ui.figure.widget import Figure
from stretchplayer.ui.text import exercise as words
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import at_least, scale_of, spaced
from stretchplayer.ui.theme.style import draw_rounded, focus_colour
from stretchplayer.ui.widgets.boxes import turn, vbox
from stretchplayer.ui.widgets.label import plain_label

_GAP: Final = 16
_EDGE: Final = 16
_WORDS_GAP: Final = 8
_WORDS_HEIGHT: Final = 66
"""What title and needs take below a picture, in design px, if both are short."""
_ASPECT: Final = 1.5
"""Width of a picture by its height."""
_PICTURE_SHARE: Final = 0.62
"""The part of a card's width that its picture has beside the words."""
_NARROWEST: Final = 200
"""Least width of one of several cards side by side, in design px."""
_LEAST_HEIGHT: Final = 200
_LEAST_PICTURE: Final = 90
_TALLEST_PICTURE: Final = 1.2
"""Least width of a picture's box by its height; in a taller one every picture would have much room around it."""


def columns_for(count: int, width: float, height: float) -> int:
    """How many cards to put side by side, so that their pictures are as large as can be; sizes in design px."""

    def picture_width(columns: int) -> float:
        rows = -(-count // columns)
        across = (width - (columns - 1) * _GAP) / columns - 2 * _EDGE
        down = (max(height, _LEAST_HEIGHT) - (rows - 1) * _GAP) / rows - 2 * _EDGE
        if columns == 1:
            return min(across * _PICTURE_SHARE, down * _ASPECT)
        return min(across, (down - _WORDS_HEIGHT) * _ASPECT)

    fitting = [columns for columns in range(1, count + 1) if columns == 1 or columns * _NARROWEST <= width]
    return max(fitting, key=picture_width)


class ExerciseCard(QAbstractButton):
    """One exercise: picture, number, title and needs."""

    def __init__(
        self,
        number: int | None,
        exercise: Exercise,
        poses: Mapping[str, Pose],
        *,
        side: Side | None,
        facts: str | None = None,
        mark: str = "",
    ) -> None:
        """`side` is the one to picture. Without `facts` it says what is needed; `mark` is what is the person's own."""
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.figure = at_least(Figure(poses), 48, _LEAST_PICTURE)
        # It takes the room that is left and asks for none.
        self.figure.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        pose = preview_pose(exercise)
        self.figure.show_movement(None, pose, side=side, progress=1, instead=exercise)
        if pose not in poses and not exercise.picture_path:
            self.figure.hide()
        title = words.numbered(number, exercise)
        self.title = plain_label(title, wrap=True, px=18, weight=QFont.Weight.DemiBold)
        self.needs = plain_label(words.needs(exercise) if facts is None else facts, wrap=True, role=theme.MUTED)
        self.mark = plain_label(mark, wrap=True, role=theme.MOVEMENT, weight=QFont.Weight.DemiBold)
        if not mark:
            self.mark.hide()
        for label in self.labels:
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.words = vbox(1, *self.labels, 1, gap=_WORDS_GAP // 2)
        self._layout = vbox((self.figure, 1), self.words, gap=_WORDS_GAP, margins=(_EDGE,) * 4, on=self)
        numbered = exercise.title if number is None else f"{number}. {exercise.title}"
        told = f"{numbered}: {self.needs.text()}"
        self.setAccessibleName(f"{told}. {mark}" if mark else told)
        self.setToolTip(_("See how it's done"))

    @property
    def labels(self) -> tuple[QLabel, ...]:
        """Those that have something to say."""
        return tuple(label for label in (self.title, self.needs, self.mark) if label.text())

    def set_beside(self, beside: bool, share: float = _PICTURE_SHARE) -> None:
        """Put the words beside the picture, which then has this share of the width, or below it."""
        turn(self._layout, down=not beside)
        self._layout.setStretch(0, round(100 * share))
        self._layout.setStretch(1, round(100 * (1 - share)) if beside else 0)

    def words_height(self, width: float) -> float:
        """What the words need, with the gap to the picture, at a width; in design px."""
        scale = scale_of(self)
        needed = sum(label.heightForWidth(int(width * scale)) for label in self.labels)
        return needed / scale + len(self.labels) * _WORDS_GAP

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOptionButton()
        option.initFrom(self)
        pointed_at = bool(option.state & QStyle.StateFlag.State_MouseOver)
        surface = self.palette().color(theme.RAISED if pointed_at else theme.PANEL)
        draw_rounded(painter, QRectF(self.rect()), surface, 14)
        if focus := focus_colour(option):
            draw_rounded(painter, QRectF(self.rect()).adjusted(3, 3, -3, -3), surface, 12, focus)
        self._draw_sign(painter, pointed_at=pointed_at)

    def _draw_sign(self, painter: QPainter, *, pointed_at: bool) -> None:
        """A sign in the corner that the picture moves."""
        em = scale_of(self) * 15
        sign = QRectF(self.width() - 2.6 * em, em, 1.6 * em, 1.6 * em)
        if self.isRightToLeft():
            sign.moveLeft(em)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(theme.PANEL if pointed_at else theme.RAISED))
        painter.drawEllipse(sign)
        painter.setBrush(self.palette().color(theme.INK if pointed_at else theme.MUTED))
        corners = ((-0.24, -0.38), (-0.24, 0.38), (0.42, 0))
        painter.drawPolygon(QPolygonF([sign.center() + QPointF(x, y) * em for x, y in corners]))


class ExerciseCards(QWidget):
    preview_requested = Signal(int)
    """The exercise, counted from 0."""

    def __init__(self, poses: Mapping[str, Pose]) -> None:
        super().__init__()
        self._poses = poses
        self.cards: list[ExerciseCard] = []
        self._shown: list[tuple[Exercise, Side | None]] | None = None
        """The exercises, and the sides on which they are pictured."""
        self._columns = 0
        self._grid = spaced(QGridLayout(self), _GAP)
        self._grid.setContentsMargins(0, 0, 0, 0)

    def show_timeline(self, timeline: Timeline) -> None:
        shown = [(exercise, timeline.pictured_side(exercise.id)) for exercise in timeline.routine.played]
        if shown == self._shown:
            return
        self._shown = shown
        self._columns = 0
        for card in self.cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [
            ExerciseCard(number, each, self._poses, side=side, mark=words.own_dose() if each.own_dose else "")
            for number, (each, side) in enumerate(shown, start=1)
        ]
        for place, card in enumerate(self.cards):
            card.clicked.connect(partial(self.preview_requested.emit, place))
            self._grid.addWidget(card, place, 0)

    def arrange(self, width: float, height: float) -> None:
        """Lay out the cards for this room, in design px."""
        if not self.cards:
            return
        columns = columns_for(len(self.cards), width, height)
        rows = -(-len(self.cards) // columns)
        scale = scale_of(self)
        across = (width - (columns - 1) * _GAP) / columns - 2 * _EDGE
        picture = across * _PICTURE_SHARE if columns == 1 else across
        beside = across - picture - _WORDS_GAP if columns == 1 else across
        text = max(card.words_height(beside) for card in self.cards)
        pictures = (_LEAST_PICTURE, max(_LEAST_PICTURE, picture / _TALLEST_PICTURE))
        if all(card.figure.isHidden() for card in self.cards):
            pictures = (0, 0)
        least, most = (
            rows * ((max(height, text) if columns == 1 else height + text) + 2 * _EDGE + _GAP) - _GAP
            for height in pictures
        )
        self.setMinimumHeight(round(least * scale))
        self.setMaximumHeight(round(most * scale))
        if columns != self._columns:
            self._columns = columns
            self._place(columns)

    def _place(self, columns: int) -> None:
        for place, card in enumerate(self.cards):
            card.set_beside(columns == 1)
            self._grid.addWidget(card, place // columns, place % columns)
        for place in range(max(self._grid.columnCount(), self._grid.rowCount())):
            self._grid.setColumnStretch(place, 1 if place < columns else 0)
            self._grid.setRowStretch(place, 1 if place * columns < len(self.cards) else 0)
