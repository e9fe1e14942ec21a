"""The exercises of a routine, one below the other, in an order that the person can change."""

from collections.abc import Iterable, Mapping
from functools import partial
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QGraphicsOpacityEffect, QWidget

from stretchplayer.figure.pose import Pose
from stretchplayer.i18n import _
from stretchplayer.routine.timeline import Timeline
from stretchplayer.ui.library.personal_routine import OwnExercise
from stretchplayer.ui.pages.exercise_cards import ExerciseCard
from stretchplayer.ui.text import exercise as words
from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import adopt, at_least, padded, refill, scale_of
from stretchplayer.ui.theme.style import draw_rounded
from stretchplayer.ui.widgets.boxes import vbox

MIME: Final = "application/x-stretchplayer-exercise"
"""What is dragged: the id of an exercise."""
_GAP: Final = 10
_CARD_HEIGHT: Final = 104
_PLAIN_HEIGHT: Final = 70
_GRIP: Final = 22
_PALE: Final = 0.45
_PICTURE: Final = 72
_PICTURE_SHARE: Final = 0.3
_WAYS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class MovableCard(ExerciseCard):
    """Opens when it is clicked; dragged, or by Alt and the arrow keys, it moves."""

    moved = Signal(int)
    """By so many places."""

    def __init__(self, number: int | None, own: OwnExercise, alone: Timeline, poses: Mapping[str, Pose]) -> None:
        """`alone` is the timeline of nothing but the exercise."""
        mark = words.left_out() if own.dose.left_out else words.own_dose() if own.differs else ""
        side = alone.pictured_side(own.played.id)
        super().__init__(number, own.played, poses, side=side, facts=words.facts(alone, 0), mark=mark)
        self.setAccessibleDescription(_("Alt with the arrow keys moves it up or down."))
        self.set_beside(True, _PICTURE_SHARE)
        at_least(self.figure, 48, _PICTURE)
        padded(self.words, 0, 0, _GRIP, 0)
        if own.dose.left_out:
            self.title.setForegroundRole(theme.MUTED)
            self.figure.setGraphicsEffect(QGraphicsOpacityEffect(self.figure, opacity=_PALE))
        self._id = own.exercise.id
        self._pressed_at = QPoint()

    def _draw_sign(self, painter: QPainter, *, pointed_at: bool) -> None:
        """Dots by which it is dragged."""
        dot = scale_of(self) * 3.5
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(theme.INK if pointed_at else theme.MUTED))
        x = 5 * dot if self.isRightToLeft() else self.width() - 5 * dot
        for across in (-1, 1):
            for down in (-2, 0, 2):
                painter.drawEllipse(QPointF(x + across * dot, self.height() / 2 + down * dot), dot / 2, dot / 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        distance = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if not event.buttons() & Qt.MouseButton.LeftButton or distance < QApplication.startDragDistance():
            super().mouseMoveEvent(event)
            return
        self.setDown(False)
        drag = QDrag(self)
        data = QMimeData()
        data.setData(MIME, self._id.encode())
        drag.setMimeData(data)
        drag.setPixmap(self.grab().scaledToWidth(self.width() // 2, Qt.TransformationMode.SmoothTransformation))
        drag.exec(Qt.DropAction.MoveAction)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = _WAYS.get(Qt.Key(event.key()))
        if way is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(way)
        else:
            super().keyPressEvent(event)


class ExerciseList(QWidget):
    opened = Signal(str)
    """The id of the exercise in the file, as below."""
    moved = Signal(str, int)
    """The exercise, and its new place, from 0."""

    def __init__(self, poses: Mapping[str, Pose]) -> None:
        super().__init__()
        self._poses = poses
        self.cards: dict[str, MovableCard] = {}
        self._drop_at: int | None = None
        self._column = vbox(gap=_GAP, on=self)
        self.setAcceptDrops(True)
        accessible.describe(self, accessible.Role.List)
        self.setAccessibleName(_("Exercises"))

    def show_exercises(self, shown: Iterable[tuple[int | None, OwnExercise, Timeline]]) -> None:
        """Show these, each with its number, None for one that is left out, and the timeline of it alone."""
        focused = next((name for name, card in self.cards.items() if card.hasFocus()), None)
        self.cards = {}
        for number, own, alone in shown:
            card = MovableCard(number, own, alone, self._poses)
            at_least(card, 0, _PLAIN_HEIGHT if card.figure.isHidden() else _CARD_HEIGHT)
            name = own.exercise.id
            card.clicked.connect(partial(self.opened.emit, name))
            card.moved.connect(partial(self._move, name))
            self.cards[name] = card
        refill(self._column, self.cards.values())
        adopt(self)
        for before, after in pairwise(self.cards.values()):
            QWidget.setTabOrder(before, after)
        if focused in self.cards:
            self.cards[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, name: str, way: int) -> None:
        before = list(self.cards).index(name)
        if not 0 <= before + way < len(self.cards):
            return
        self.moved.emit(name, before + way)
        place = list(self.cards).index(name)
        if place != before:  # it stays in its block
            title = self.cards[name].title.text()
            said = _("{exercise} is now at place {place} of {count}.")
            accessible.announce(self, said.format(exercise=title, place=place + 1, count=len(self.cards)))

    def _place_at(self, y: float) -> int:
        """Before which card, counted from 0, something dropped there would be put."""
        return sum(card.geometry().center().y() < y for card in self.cards.values())

    def _show_drop(self, place: int | None) -> None:
        self._drop_at = place
        self.update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._show_drop(self._place_at(event.position().y()))
        event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._show_drop(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Put what was dragged where it was dropped."""
        self._show_drop(None)
        name = bytes(event.mimeData().data(MIME).data()).decode()
        before, place = list(self.cards).index(name), self._place_at(event.position().y())
        event.acceptProposedAction()
        if place not in {before, before + 1}:
            self.moved.emit(name, place - (place > before))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a line where what is dragged would go."""
        if self._drop_at is None:
            return
        cards, half = list(self.cards.values()), self._column.spacing() / 2
        last = self._drop_at == len(cards)
        y = cards[-1].geometry().bottom() - half if last else max(0.0, cards[self._drop_at].y() - half - 2)
        line = QRectF(0, y, self.width(), 4)
        draw_rounded(QPainter(self), line, self.palette().color(theme.MOVEMENT), 2)
