"""The optional questions after a session: back and leg pain, warning signs, and a note."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from stretchplayer.i18n import _
from stretchplayer.progress.feedback import calls_for_stop_rules
from stretchplayer.progress.history import LONGEST_NOTE, FinishAnswer, PainAnswer, WarningSign
from stretchplayer.ui.pages.pain_scale import SMALLEST_PX, PainScale
from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme.scaling import refill, with_font
from stretchplayer.ui.widgets.boxes import hbox, turn, vbox, width_of
from stretchplayer.ui.widgets.label import plain_label
from stretchplayer.ui.widgets.panel import Panel
from stretchplayer.ui.widgets.switch import Switch


class StopRules(Panel):
    """When to stop, in the routine's own words."""

    edged = True

    def __init__(self) -> None:
        super().__init__()
        accessible.describe(self, accessible.Role.AlertMessage)
        self._title = plain_label(_("Check this first"), wrap=True, px=18, weight=QFont.Weight.Bold)
        self._column = vbox(self._title, gap=8, margins=(22, 16, 16, 16), on=self)
        self.hide()

    def set_rules(self, rules: Sequence[str]) -> None:
        refill(self._column, [plain_label(rule, wrap=True, px=16) for rule in rules], start=1)
        self.setAccessibleName(" ".join((self._title.text() + ":", *rules)))

    def show_when(self, called_for: bool) -> None:
        """Show and announce the rules, or hide them."""
        called_for = called_for and self._column.count() > 1
        if called_for and self.isHidden():
            accessible.announce(self, self.accessibleName())
        self.setVisible(called_for)


class PainQuestions(QWidget):
    """Emits every change of the answers."""

    changed = Signal(FinishAnswer)
    rules_shown = Signal()
    settled = Signal()
    """Both pain questions have been answered."""

    def __init__(self, *, past: bool = False) -> None:
        """Ask about now or, with `past`, about a session of another day."""
        super().__init__()
        self._told = FinishAnswer()
        self._recent: Sequence[PainAnswer] = ()
        self.back = PainScale(
            _("How was your back afterwards?") if past else _("How is your back now?"),
            _("0 is no pain, 10 the worst you can imagine"),
        )
        self.leg = PainScale(_("Worse leg?"), _("The pain in the leg that hurts more; 0 if neither hurts"))
        self.signs = {
            WarningSign.WORSE: Switch(_("More pain than before")),
            WarningSign.NUMB: Switch(_("Numb or tingling")),
            WarningSign.WEAK: Switch(_("Weak")),
        }
        self.rules = StopRules()
        self.note = with_font(QLineEdit(), 17)
        self.note.setMinimumHeight(SMALLEST_PX)
        self.note.setMaxLength(LONGEST_NOTE)
        self.note.setPlaceholderText(_("Note (optional)"))
        self.note.setAccessibleName(_("Note (optional)"))
        for switch in self.signs.values():
            with_font(switch, 17)
            switch.setMinimumHeight(SMALLEST_PX)
            switch.toggled.connect(self._tell)
        self._reports = hbox(*self.signs.values(), 1, gap=16)
        vbox(self.back, self.leg, self._reports, self.rules, self.note, gap=6, on=self)
        self.back.settled.connect(self.leg.setFocus)
        self.leg.settled.connect(self.settled)
        for scale in (self.back, self.leg):
            scale.answered.connect(self._tell)
        self.note.textChanged.connect(self._tell)

    @property
    def answer(self) -> FinishAnswer:
        signs = frozenset(sign for sign, switch in self.signs.items() if switch.isChecked())
        return FinishAnswer(back=self.back.value, leg=self.leg.value, note=self.note.text().strip(), signs=signs)

    def reset(self, rules: Sequence[str], answer: FinishAnswer | None = None) -> None:
        """Show an earlier answer, or none; `rules` say when to stop."""
        shown = answer or FinishAnswer()
        before = self.blockSignals(True)
        self.back.set_value(shown.back)
        self.leg.set_value(shown.leg)
        for sign, switch in self.signs.items():
            switch.setChecked(sign in shown.signs)
        self.note.setText(shown.note)
        self.blockSignals(before)
        self._told = self.answer
        self._recent = ()
        self.rules.set_rules(rules)
        self.rules.hide()

    def compare_with(self, recent: Sequence[PainAnswer]) -> None:
        """Compare pain with these recent answers."""
        self._recent = recent
        self._show_rules()

    def _tell(self) -> None:
        self._show_rules()
        if self.answer != self._told:
            self._told = self.answer
            self.changed.emit(self._told)

    def _show_rules(self) -> None:
        before = self.rules.isHidden()
        self.rules.show_when(calls_for_stop_rules(self.answer, self._recent))
        if before and not self.rules.isHidden():
            self.rules_shown.emit()

    def arrange(self) -> None:
        """Stack the switches where they don't fit side by side."""
        self.back.arrange()
        self.leg.arrange()
        turn(self._reports, down=width_of(self._reports, *self.signs.values()) > self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()
