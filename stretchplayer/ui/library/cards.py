"""The routines as cards, side by side. Whatever their number, only those in sight are painted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QFont, QFontMetricsF, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from stretchplayer.figure.pose import Pose
from stretchplayer.figure.side import Side
from stretchplayer.i18n import _
from stretchplayer.routine.library import RoutineFile
from stretchplayer.routine.routine import Exercise, Routine, SideMode, StepKind, preview_pose
from stretchplayer.routine.timeline import Timeline
from stretchplayer.ui.figure.thumbnails import Thumbnails
from stretchplayer.ui.player.figure_loop import FigureLoop
from stretchplayer.ui.text import library as words
from stretchplayer.ui.text.text_fitting import first_fitting
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.palette import pixel_font
from stretchplayer.ui.theme.scaling import fixed, scale_of, with_font
from stretchplayer.ui.theme.style import draw_rounded, shows_focus
from stretchplayer.ui.widgets.buttons import MoreButton

_NARROWEST: Final = 206
"""Least width of one of several cards side by side, in design px, as all that follows."""
_GAP: Final = 14
_FOCUS: Final = 3
"""Room for its outline, px."""
_EDGE: Final = 14
_MARKS: Final = 22
"""The height of what is above a picture."""
_PICTURE: Final = 100
"""The height of a picture."""
_BELOW_PICTURE: Final = 8
_BELOW_TITLE: Final = 2
_TITLE_PX: Final = 17
_MARK_PX: Final = 13
_MOST_LINES: Final = (2, 4)
"""Of a title, and of what stands below it."""
_MANY: Final = 100
"""Lines: as many as there is room for."""
_USUAL_MS: Final = 600_000
"""For the height of cards it doesn't matter how long a routine takes."""
_MOVES_AFTER_MS: Final = 150
"""How long the pointer stays before a picture begins to move."""
_FILE: Final = Qt.ItemDataRole.UserRole
_WRAP: Final = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextDontClip
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


@lru_cache(maxsize=4096)
def _fitted(text: str, font: QFont, width: int, lines: int) -> tuple[str, int]:
    """The text, shortened to so many lines, and its height."""
    metrics = QFontMetricsF(font)

    def height(words_: str) -> float:
        return metrics.boundingRect(QRectF(0, 0, width, 10_000), int(_WRAP), words_).height()

    shown = first_fitting((text,), lambda words_: height(words_) < (lines + 0.5) * metrics.lineSpacing())
    return shown, round(min(height(shown), lines * metrics.lineSpacing()))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Preview:
    """What a card shows of a routine as it would be played.

    `exercise` is the one whose picture stands for it, on that side; None without one.
    """

    total_ms: int
    exercise: Exercise | None
    side: Side | None


def _pictured(routine: Routine, thumbnails: Thumbnails) -> Exercise | None:
    """The exercise whose picture stands for a routine, which shows best what works; None without one."""

    def plainness(exercise: Exercise) -> tuple[bool, bool]:
        """First one whose side has a letter, and then one in which the body moves."""
        moves = any(step.kind is StepKind.MOVE for step in exercise.steps)
        return exercise.sides is not SideMode.NONE, moves

    pictured = (each for each in routine.played if thumbnails.has(preview_pose(each), each.picture_path))
    return max(pictured, key=plainness, default=None)


class _Files(QAbstractListModel):
    """The files, and what is written on their cards, which is only made for those in sight."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.files: Sequence[RoutineFile] = ()
        self.marks_of: Callable[[RoutineFile], Mapping[str, bool]] = lambda _file: {}
        self.lines_of: Callable[[RoutineFile], tuple[str, ...]] = lambda _file: ()

    def show_files(self, files: Sequence[RoutineFile]) -> None:
        self.beginResetModel()
        self.files = files
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.files)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        file = self.files[index.row()]
        if role == _FILE:
            return file
        title = file.file_name if file.routine is None else file.routine.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join((title, *self.lines_of(file), *self.marks_of(file)))
        return title if role == Qt.ItemDataRole.DisplayRole else None


class RoutineCards(QListView):
    """A card for each file. The arrow keys go from card to card; Enter, Space and a click choose one."""

    chosen = Signal(object)
    """A RoutineFile."""
    menu_requested = Signal(object, QPoint)
    """A menu for a RoutineFile, at a place of the screen."""

    def __init__(self, poses: Mapping[str, Pose], *, reduced_motion: bool) -> None:
        super().__init__()
        with_font(self)
        self.thumbnails: Final = Thumbnails(poses)
        self._timeline_of: Callable[[Routine], Timeline]
        """There is none before there are files."""
        self._previews: dict[str, _Preview] = {}
        self._unknown: list[Routine] = []
        self._files = _Files(self)
        self._files.lines_of = self._lines
        self.setModel(self._files)
        self.setItemDelegate(_Painter(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setAcceptDrops(False)  # the page takes them
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(_("Routines"))
        self.moving: Final = FigureLoop(poses, self.viewport())
        """The picture of the lively card."""
        self.moving.set_reduced_motion(reduced_motion)
        self.moving.hide()
        self.more: Final = fixed(MoreButton("", self.viewport()), 30, 30)
        self.more.hide()
        self.more.clicked.connect(self._open_menu)
        self.lively = QPersistentModelIndex()
        """The card that is pointed at, or has the focus."""
        self.hover_timer = QTimer(self, singleShot=True, interval=_MOVES_AFTER_MS)
        self.hover_timer.timeout.connect(self._move)
        self._idle = QTimer(self, interval=0)
        """Finds out how long the other routines take, so that a choice of length is answered at once."""
        self._idle.timeout.connect(self._find_out)
        self.entered.connect(self._enliven)
        self.viewportEntered.connect(self._calm)
        self.clicked.connect(self._choose)
        self.verticalScrollBar().valueChanged.connect(self._place_lively)

    # Content

    def show_files(self, files: Sequence[RoutineFile], timeline_of: Callable[[Routine], Timeline]) -> None:
        """Show these files; a timeline is only asked for once its card comes into sight or has to be filtered."""
        self._calm()
        self._timeline_of = timeline_of
        self._previews.clear()
        self._files.show_files(files)
        self._unknown = [file.routine for file in files if file.routine is not None]
        self._idle.start()
        self.fit()

    @property
    def files(self) -> Sequence[RoutineFile]:
        return self._files.files

    def show_marks(self, marks_of: Callable[[RoutineFile], Mapping[str, bool]]) -> None:
        """Write marks over the pictures; whether one stands out."""
        self._files.marks_of = marks_of
        self.viewport().update()

    def preview(self, routine: Routine) -> _Preview:
        if routine.id not in self._previews:
            timeline = self._timeline_of(routine)
            exercise = _pictured(timeline.routine, self.thumbnails)
            side = None if exercise is None else timeline.pictured_side(exercise.id)
            self._previews[routine.id] = _Preview(total_ms=timeline.total_ms, exercise=exercise, side=side)
        return self._previews[routine.id]

    def total_ms(self, routine: Routine) -> int:
        return self.preview(routine).total_ms

    def _find_out(self) -> None:
        if self._unknown and self.isVisible():
            self.preview(self._unknown.pop())
        else:
            self._idle.stop()

    def keep(self, wanted: Callable[[RoutineFile], bool]) -> int:
        """Show only the cards that are wanted; return how many."""
        self._calm()
        for row, file in enumerate(self._files.files):
            self.setRowHidden(row, not wanted(file))
        return len(self._shown_rows())

    def _shown_rows(self) -> list[int]:
        return [row for row in range(len(self._files.files)) if not self.isRowHidden(row)]

    def focus_first(self) -> None:
        """Give the focus to the current card or else the first one."""
        rows = self._shown_rows()
        if rows and self.currentIndex().row() not in rows:
            self.setCurrentIndex(self._files.index(rows[0], 0))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, routine_id: str) -> None:
        """Make the card of this routine the current one."""
        for row, file in enumerate(self._files.files):
            if file.routine is not None and file.routine.id == routine_id:
                self.setCurrentIndex(self._files.index(row, 0))

    # What is painted

    @property
    def scale(self) -> float:
        return scale_of(self)

    def title_font(self) -> QFont:
        return pixel_font(self.font(), _TITLE_PX * self.scale, QFont.Weight.DemiBold)

    def card_of(self, cell: QRect) -> QRect:
        """Without the gap to the next card, and with room for the focus."""
        card = cell.adjusted(_FOCUS, _FOCUS, _FOCUS - round(_GAP * self.scale), _FOCUS - round(_GAP * self.scale))
        return QStyle.visualRect(self.layoutDirection(), cell, card)

    def inside(self, card: QRect) -> QRect:
        edge = round(_EDGE * self.scale)
        return card.adjusted(edge, edge, -edge, -edge)

    def picture_of(self, card: QRect, index: _Index) -> QRect:
        """Below the marks, so that the picture is smaller where they need more than a row."""
        inside = self.inside(card)
        usual = QRect(0, inside.top() + round(_MARKS * self.scale), inside.width(), round(_PICTURE * self.scale))
        usual.moveLeft(inside.left())
        lowest = max((plate.bottom() for plate in self.plates(card, index).values()), default=0)
        usual.setTop(max(usual.top(), lowest))
        return usual

    def mark_font(self) -> QFont:
        return pixel_font(self.font(), _MARK_PX * self.scale, QFont.Weight.DemiBold)

    def plates(self, card: QRect, index: _Index) -> Mapping[str, QRect]:
        """Where the marks are, from the card's beginning on, in as many rows as they need."""
        metrics = QFontMetricsF(self.mark_font())
        em = metrics.height()
        x = left = card.left() + 0.7 * em
        y = card.top() + 0.7 * em
        places = {}
        for mark in self.marks(index):
            width = metrics.horizontalAdvance(mark) + em
            if x > left and x + width > card.right() - 0.7 * em:
                x, y = left, y + 1.7 * em
            place = QRectF(x, y, width, 1.4 * em).toRect()
            places[mark] = QStyle.visualRect(self.layoutDirection(), card, place)
            x += width + 0.3 * em
        return places

    def _lines(self, file: RoutineFile) -> tuple[str, ...]:
        if file.routine is None:
            return (file.problem,)
        return words.card_lines(file.routine, self.total_ms(file.routine))

    def lines(self, index: _Index) -> tuple[str, ...]:
        return self._files.lines_of(index.data(_FILE))

    def marks(self, index: _Index) -> Mapping[str, bool]:
        return self._files.marks_of(index.data(_FILE))

    def fit(self) -> None:
        """As many columns as fit; all cards are as high as the one with the longest words."""
        scale = self.scale
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        room = self.width() - bar - 1  # always, so that cards are as large with it as without
        columns = max(1, int(room // ((_NARROWEST + _GAP) * scale)))
        width = max(1, room // columns)
        across = self.inside(self.card_of(QRect(0, 0, width, 0))).width()
        below = max((self._words_height(file.routine, across) for file in self._files.files if file.routine), default=0)
        down = (_MARKS + _PICTURE + _BELOW_PICTURE + _BELOW_TITLE + 2 * _EDGE + _GAP) * scale + below
        self.setGridSize(QSize(width, round(down)))
        self._place_lively()

    def _words_height(self, routine: Routine, width: int) -> int:
        title = _fitted(routine.title, self.title_font(), width, _MOST_LINES[0])[1]
        lines = words.card_lines(routine, _USUAL_MS)
        below = sum(_fitted(line, self.font(), width, _MOST_LINES[1])[1] for line in lines)
        return title + min(below, round(_MOST_LINES[1] * QFontMetricsF(self.font()).lineSpacing()))

    # What moves

    def _enliven(self, index: _Index) -> None:
        if self.lively == index:
            return
        self._calm()
        self.lively = QPersistentModelIndex(index)
        file = index.data(_FILE)
        if file.routine is not None:
            self.more.set_name(_("More about {routine}").format(routine=file.routine.title))
            self.more.show()
            self.hover_timer.start()
        self._place_lively()
        self.viewport().update()

    def _calm(self) -> None:
        """Go back to the card with the focus, if any, or let nothing move."""
        self.hover_timer.stop()
        self.lively = QPersistentModelIndex()
        self.moving.hide()
        self.more.hide()
        self.viewport().update()

    def _move(self) -> None:
        file = self.lively.data(_FILE)
        if file is None or file.routine is None:
            return
        timeline = self._timeline_of(file.routine)
        ordinals = range(timeline.done.ordinal + 1)
        phases = [phase for each in ordinals for phase in timeline.steps_of(each, timeline.sides_of(each)[-1])]
        if any(self.thumbnails.has(phase.pose) for phase in phases):
            self.moving.show_steps(timeline, phases)
            self.moving.show()
            self.viewport().update()

    def _place_lively(self) -> None:
        if not self.lively.isValid():
            return
        card = self.card_of(self.visualRect(self.lively))
        self.moving.setGeometry(self.picture_of(card, self.lively))
        corner = card.adjusted(6, 6, -6, -6)
        place = QRect(corner.right() - self.more.width(), corner.top(), self.more.width(), self.more.height())
        self.more.setGeometry(QStyle.visualRect(self.layoutDirection(), corner, place))

    def _choose(self, index: _Index) -> None:
        if index.isValid():
            self.chosen.emit(index.data(_FILE))

    def _open_menu(self) -> None:
        if self.lively.isValid():
            self.menu_requested.emit(self.lively.data(_FILE), self.more.mapToGlobal(QPoint(0, self.more.height())))

    # Qt

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and shows_focus(self):
            self._enliven(current)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.focus_first()
        if shows_focus(self):
            self._enliven(self.currentIndex())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._calm()
        if self.hasFocus() and shows_focus(self):
            self._enliven(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space choose; what has no meaning here goes to the window."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            if not event.isAutoRepeat():
                self._choose(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            place = self.viewport().mapToGlobal(self.visualRect(index).center()) if by_key else event.globalPos()
            self.menu_requested.emit(index.data(_FILE), place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


class _Painter(QStyledItemDelegate):
    """Paints a card, and says what it is to screen readers."""

    def __init__(self, cards: RoutineCards) -> None:
        super().__init__(cards)
        self._cards = cards

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return self._cards.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        cards = self._cards
        file: RoutineFile = index.data(_FILE)
        painter.save()
        card = cards.card_of(option.rect)
        picture = cards.picture_of(card, index)
        is_current = shows_focus(cards) and index == cards.currentIndex()
        surface = option.palette.color(theme.RAISED if cards.lively == index else theme.PANEL)
        focus = option.palette.color(theme.INK) if is_current else None
        draw_rounded(painter, QRectF(card), surface, 14, focus)
        painter.setClipRect(card)
        if file.routine is None:
            top = picture.top() + round(_BELOW_PICTURE * cards.scale)
            self._write(painter, top, card, index.data(), cards.lines(index), most=_MANY)
        else:
            if not (cards.moving.isVisible() and cards.lively == index):
                self._draw_picture(painter, picture, option, file.routine)
            top = picture.bottom() + round(_BELOW_PICTURE * cards.scale)
            self._write(painter, top, card, index.data(), cards.lines(index), most=_MOST_LINES[1])
        self._draw_marks(painter, card, option, index)
        painter.restore()

    def _draw_picture(self, painter: QPainter, box: QRect, option: QStyleOptionViewItem, routine: Routine) -> None:
        """One of its exercises or, where none has a picture, what the routine is for."""
        preview = self._cards.preview(routine)
        if preview.exercise is not None:
            pose, picture = preview_pose(preview.exercise), preview.exercise.picture_path
            self._cards.thumbnails.paint(painter, QRectF(box), option.palette, pose, preview.side, picture=picture)
            return
        metrics = QFontMetricsF(self._cards.font())
        box = box.adjusted(0, round(_BELOW_PICTURE * self._cards.scale), 0, 0)
        lines = max(1, int(box.height() // metrics.lineSpacing()))
        shown, _height = _fitted(routine.description, self._cards.font(), box.width(), lines)
        painter.setFont(self._cards.font())
        painter.setPen(option.palette.color(theme.MUTED))
        painter.drawText(box, int(_WRAP), shown)

    def _write(self, painter: QPainter, top: int, card: QRect, title: str, lines: Sequence[str], *, most: int) -> None:
        """Write the title and, below it, at most so many lines."""
        cards = self._cards
        room = cards.inside(card)
        font = cards.title_font()
        shown, height = _fitted(title, font, room.width(), _MOST_LINES[0])
        painter.setFont(font)
        painter.setPen(cards.palette().color(theme.INK))
        painter.drawText(QRect(room.left(), top, room.width(), height), int(_WRAP), shown)
        top += height + round(_BELOW_TITLE * cards.scale)
        painter.setFont(cards.font())
        painter.setPen(cards.palette().color(theme.MUTED))
        spacing = QFontMetricsF(cards.font()).lineSpacing()
        most = min(most, round((room.bottom() + 1 - top) / spacing))
        for line in lines:
            if most < 1:
                return
            shown, height = _fitted(line, cards.font(), room.width(), most)
            painter.drawText(QRect(room.left(), top, room.width(), height), int(_WRAP), shown)
            top += height
            most -= round(height / spacing)

    def _draw_marks(self, painter: QPainter, card: QRect, option: QStyleOptionViewItem, index: _Index) -> None:
        """Plates over the picture; what stands out is light on dark, or the other way round."""
        cards = self._cards
        painter.setFont(cards.mark_font())
        marks = cards.marks(index)
        for mark, plate in cards.plates(card, index).items():
            surface, ink = (theme.INK, theme.GROUND) if marks[mark] else (theme.GROUND, theme.INK)
            draw_rounded(painter, QRectF(plate), option.palette.color(surface), plate.height() / 2)
            painter.setPen(option.palette.color(ink))
            painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), mark)
