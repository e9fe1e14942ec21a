"""A non-modal yes/no question within a page, which passes keys on to it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QSizePolicy

from stretchplayer.i18n import _
from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme.scaling import keep_room
from stretchplayer.ui.widgets.boxes import hbox, turn
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.label import plain_label
from stretchplayer.ui.widgets.latin_keys import latin_key
from stretchplayer.ui.widgets.panel import Panel


class YesNoBar(Panel):
    """Y and N answer, as do the buttons; then it says what applies from now on."""

    answered = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        accessible.describe(self, accessible.Role.Grouping)
        self._words = plain_label("", wrap=True, px=18, weight=QFont.Weight.DemiBold)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._yes = WideButton(_("Yes · Y"), self, clicked=lambda: self._answer(yes=True), px=17)
        self._no = WideButton(_("No · N"), self, clicked=lambda: self._answer(yes=False), px=17)
        self._yes.setAccessibleName(_("Yes"))
        self._no.setAccessibleName(_("No"))
        for button in (self._yes, self._no):
            keep_room(button)  # what is below the bar must not move when they go
        self._replies = ("", "")
        self._row = hbox((self._words, 1), self._yes, self._no, gap=10, margins=(14, 14, 14, 14), on=self)
        self.hide()

    def ask(self, question: str, *, after_yes: str, after_no: str) -> None:
        """Ask; `after_yes` or `after_no` replaces the question when answered."""
        self._replies = (after_yes, after_no)
        self._words.setText(question)
        self.setAccessibleName(question)
        self._set_open(True)
        if self.isHidden():
            self.show()
            accessible.announce(self, question)

    def take_back(self) -> None:
        self.hide()

    def _set_open(self, is_open: bool) -> None:
        for button in (self._yes, self._no):
            button.setVisible(is_open)

    def answer_by(self, event: QKeyEvent) -> bool:
        """Answer by Y or N; False if it is another key or nothing is asked."""
        yes = {Qt.Key.Key_Y: True, Qt.Key.Key_N: False}.get(Qt.Key(latin_key(event)))
        if yes is None or event.modifiers() or event.isAutoRepeat() or self.isHidden() or self._yes.isHidden():
            return False
        self._answer(yes=yes)
        return True

    def _answer(self, *, yes: bool) -> None:
        text = self._replies[0 if yes else 1]
        self._set_open(False)
        self._words.setText(text)
        self.setAccessibleName(text)
        accessible.announce(self, text)
        self.answered.emit(yes)

    def arrange(self, *, narrow: bool) -> None:
        turn(self._row, down=narrow)
