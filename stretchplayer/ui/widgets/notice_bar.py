"""The notice bar, which floats over a page."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPainterPath, QPaintEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from stretchplayer.i18n import _
from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import rescale, system_font_scale
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.label import plain_label

_MOST: Final = 4
"""More sentences would fill a small window; the rest are counted."""


class NoticeBar(QWidget):
    """Shows one sentence per line until the person closes it, or it is withdrawn.

    Its owner places it, above a page rather than before it: what is under the pointer must not move.
    """

    changed = Signal()
    """It is shown, hidden, or needs another height."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        accessible.describe(self, accessible.Role.AlertMessage)
        self._sentences: list[str] = []
        self._passing: set[str] = set()
        self._undo: tuple[str, Callable[[], None]] | None = None
        """The sentence about what can be undone, and what undoes it."""
        self._label, self._done = plain_label("", wrap=True), plain_label("", wrap=True)
        """What there is to say, and below it, beside the button, what can be undone."""
        for label in (self._label, self._done):
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = WideButton(_("OK"), self, clicked=self.clear)
        self._undo_button = WideButton(_("Undo"), self, clicked=self._undo_it)
        self._undo_button.setObjectName("undo")
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self._undo_button, self._undo_it)
        # A click must not take the focus from the page, which handles the keys.
        for button in (self._undo_button, self._close):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(20, 6, 12, 6)
        grid.setColumnStretch(0, 1)
        grid.setVerticalSpacing(0)
        grid.addWidget(self._label, 0, 0, 1, 2)
        grid.addWidget(self._done, 1, 0)
        grid.addWidget(self._undo_button, 1, 1)
        rescale(self, system_font_scale())
        self.hide()

    def tell(self, sentence: str) -> None:
        """Add a sentence, unless it is shown already."""
        if sentence not in self._sentences:
            self._sentences.append(sentence)
            self._show()
            accessible.announce(self, sentence)

    def tell_of_action(self, sentence: str) -> None:
        """Add a sentence about what the person has just done; it goes when they turn to another page."""
        self._passing.add(sentence)
        self.tell(sentence)

    def offer_undo(self, sentence: str, undo: Callable[[], None]) -> None:
        """Tell of an action that can be undone, as long as its sentence is shown or until the next such action."""
        if self._undo is not None:
            self.withdraw(self._undo[0])
        self._undo = (sentence, undo)
        self.tell_of_action(sentence)

    def _undo_it(self) -> None:
        if self._undo is not None:
            sentence, undo = self._undo
            self.withdraw(sentence)
            undo()

    def turn_page(self) -> None:
        for sentence in self._passing.copy():
            self.withdraw(sentence)

    def withdraw(self, sentence: str) -> None:
        """Remove a sentence that doesn't hold any more."""
        self._passing.discard(sentence)
        if self._undo is not None and self._undo[0] == sentence:
            self._undo = None
        if sentence in self._sentences:
            self._sentences.remove(sentence)
            self._show()

    def clear(self) -> None:
        self._sentences.clear()
        self._passing.clear()
        self._undo = None
        self._show()

    def _show(self) -> None:
        done = "" if self._undo is None else self._undo[0]
        others = [sentence for sentence in self._sentences if sentence != done]
        shown, more = others[:_MOST], len(others[_MOST:])
        if more:
            shown = [*shown, _("And {number} more.").format(number=more)]
        self._label.setText("\n".join(shown))
        self.setAccessibleName(" ".join(self._sentences))
        self._label.setVisible(bool(shown))
        self._done.setText(done)
        for part in (self._done, self._undo_button):
            part.setVisible(bool(done))
        self._grid.addWidget(self._close, 1 if done else 0, 2)
        self.setVisible(bool(self._sentences))
        self.changed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.y() > 0:  # it floats
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            shape = QPainterPath()
            shape.addRoundedRect(QRectF(self.rect()), 12, 12)
            painter.setClipPath(shape)
        painter.fillRect(self.rect(), self.palette().color(theme.RAISED))
        painter.fillRect(0, 0, 5, self.height(), self.palette().color(theme.MOVEMENT))
