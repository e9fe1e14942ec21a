"""A question over a page: two answers, one key each."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.legibility import font_px, screen_px_per_mm, text_sizes_for
from stretchplayer.ui.theme.scaling import rescale, system_font_scale
from stretchplayer.ui.widgets.boxes import fill, hbox, vbox
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.label import plain_label

_TITLE_PX: Final = 34
_SMALLEST_SCALE: Final = 0.72
_MARGIN_SHARE: Final = 0.06
"""Margin at each side, in widths of what is covered."""


_WIDEST, _HIGHEST = 720.0, 430.0
"""In a window as large as this, in px, letters of the design's size have room for every question."""


def floor_scale(window: QWidget, distance_m: float, scale: float) -> float:
    """The scale, at least `scale`, at which the question can be read from `distance_m`, as far as it fits."""
    letters = text_sizes_for(screen_px_per_mm(window.screen()), distance_m, window.font())
    needed = font_px(window.font(), letters.instruction, window.font().Weight.Bold) / _TITLE_PX
    room = min(window.width() / _WIDEST, window.height() / _HIGHEST)
    return max(scale, min(needed, room))


class _Answer(WideButton):
    """Only Enter presses it: Space belongs to the question."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second of two clicks was meant for the button that led to the question."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)


class Question(QWidget):
    """Covers its parent and asks. Enter presses the focused button, Esc and Space say no.

    Modal to its parent: keys, clicks and focus don't get past it.
    """

    answered = Signal(bool)

    def __init__(self, parent: QWidget, *, yes: str, no: str, careful: bool = False) -> None:
        """With `careful`, "no" has the focus and the accent."""
        super().__init__(parent)
        accessible.describe(self, accessible.Role.Dialog)
        self._covered = parent
        self._wanted = 1.0
        parent.installEventFilter(self)
        self._title = plain_label("", wrap=True, px=_TITLE_PX, weight=QFont.Weight.Bold)
        self._detail = plain_label("", wrap=True, px=21)
        for label in (self._title, self._detail):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._yes = _Answer(yes, self, clicked=lambda: self._answer(yes=True), accent=not careful, px=22)
        self._no = _Answer(no, self, clicked=lambda: self._answer(yes=False), accent=careful, px=22)
        self._first = self._no if careful else self._yes
        # Otherwise a click outside the answers would focus what is covered, and Enter wouldn't answer.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self._first)
        buttons = hbox(0, self._yes, self._no, 0, gap=None)
        buttons.insertSpacing(2, 16)
        self._column = column = vbox(0, self._title, gap=None, on=self)
        column.addSpacing(10)
        column.addWidget(self._detail)
        column.addSpacing(28)
        fill(column, buttons, 0)
        self.hide()

    def ask(self, title: str, detail: str, scale: float) -> None:
        """Show the question at `scale` px per design px."""
        self._title.setText(title)
        self._detail.setText(detail)
        self._wanted = system_font_scale() * max(_SMALLEST_SCALE, scale)
        self.setAccessibleName(f"{title} {detail}")
        self._cover()
        self.show()
        self.raise_()
        self._first.setFocus(Qt.FocusReason.OtherFocusReason)
        accessible.announce(self, self.accessibleName())

    def _cover(self) -> None:
        """Cover the parent, in letters as large as wanted or as fit."""
        side = round(self._covered.width() * _MARGIN_SHARE)
        self._column.setContentsMargins(side, 0, side, 0)
        for part in range(10, 2, -1):
            rescale(self, self._wanted * part / 10)
            self._column.activate()  # or nested layouts return cached size hints
            needed = self._column.heightForWidth(self._covered.width())
            if needed <= self._covered.height() and self._column.minimumSize().width() <= self._covered.width():
                break
        self.setGeometry(self._covered.rect())

    def _answer(self, *, yes: bool) -> None:
        self.hide()
        self.answered.emit(yes)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the parent whatever its size becomes."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._cover()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Space answer no; no key reaches the page below."""
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Space} and not event.isAutoRepeat():
            self._answer(yes=False)
        event.accept()

    def focusNextPrevChild(self, _forward: bool) -> bool:
        other = self._no if self._yes.hasFocus() else self._yes
        other.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click outside the answers does nothing."""
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        cover = QColor(self.palette().color(theme.GROUND))
        cover.setAlphaF(0.96)
        painter.fillRect(QRectF(self.rect()), cover)


class PassingQuestion(Question):
    """Asks once, and goes with its answer."""


def ask_once(
    covered: QWidget,
    words: tuple[str, str],
    answers: tuple[str, str],
    answered: Callable[[bool], None],
    scale: float,
    *,
    careful: bool = True,
) -> None:
    """Ask a question of a title and a detail; `answers` are yes and no. It takes the place of one asked before."""
    forget_questions(covered)
    yes, no = answers
    question = PassingQuestion(covered, yes=yes, no=no, careful=careful)
    question.answered.connect(question.deleteLater)
    question.answered.connect(answered)
    question.ask(*words, scale)


def forget_questions(covered: QWidget) -> None:
    """Take away what is asked on a page or in a window, unanswered."""
    for question in covered.findChildren(PassingQuestion):
        question.hide()
        question.deleteLater()
