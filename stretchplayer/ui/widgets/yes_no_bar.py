"""An offer on a page: one sentence, yes or no, one key each. It covers nothing and waits for nobody."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from stretchplayer.i18n import _
from stretchplayer.ui.pages.page import plain_label
from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.widgets.buttons import WideButton


class YesNoBar(QWidget):
    """Asks; Y says yes and N no, as do the buttons. After that it says what holds from now on."""

    ACCESSIBLE_ROLE = accessible.Role.Grouping

    answered = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = plain_label("", wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._yes = WideButton(_("Yes · Y"), self)
        self._no = WideButton(_("No · N"), self)
        self._yes.setAccessibleName(_("Yes"))
        self._no.setAccessibleName(_("No"))
        self._yes.clicked.connect(lambda: self._answer(yes=True))
        self._no.clicked.connect(lambda: self._answer(yes=False))
        self._told = ("", "")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self._yes)
        self._row.addWidget(self._no)
        self._keys = [
            QShortcut(QKeySequence(Qt.Key.Key_Y), self, lambda: self._answer(yes=True), autoRepeat=False),
            QShortcut(QKeySequence(Qt.Key.Key_N), self, lambda: self._answer(yes=False), autoRepeat=False),
        ]
        self.hide()

    def ask(self, question: str, *, after_yes: str, after_no: str) -> None:
        """Ask; the two sentences are shown after the answer."""
        self._told = (after_yes, after_no)
        self._words.setText(question)
        self.setAccessibleName(question)
        self._set_open(True)
        if self.isHidden():
            self.show()
            accessible.announce(self, question)

    def take_back(self) -> None:
        """Ask nothing."""
        self.hide()

    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return not self._yes.isHidden() and not self.isHidden()

    def _set_open(self, is_open: bool) -> None:
        for button in (self._yes, self._no):
            button.setVisible(is_open)
        for key in self._keys:
            key.setEnabled(is_open)

    def _answer(self, *, yes: bool) -> None:
        words = self._told[0 if yes else 1]
        self._set_open(False)
        self._words.setText(words)
        self.setAccessibleName(words)
        accessible.announce(self, words)
        self.answered.emit(yes)

    def set_scale(self, scale: float, *, narrow: bool) -> None:
        """Set the letters; on a narrow page the buttons are below the words."""
        self._words.setFont(theme.pixel_font(self.font(), 18 * scale, QFont.Weight.DemiBold))
        for button in (self._yes, self._no):
            button.setFont(theme.pixel_font(self.font(), 17 * scale))
        margin = round(14 * scale)
        self._row.setContentsMargins(margin, margin, margin, margin)
        self._row.setSpacing(round(10 * scale))
        below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(below if narrow else beside)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the plate."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(theme.PANEL))
        painter.drawRoundedRect(self.rect(), 14, 14)
