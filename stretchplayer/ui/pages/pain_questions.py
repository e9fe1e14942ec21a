"""The optional questions after a session: back and leg pain on a scale, warning signs, and a note."""

from collections.abc import Sequence
from math import ceil
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLineEdit, QWidget

from stretchplayer.i18n import _
from stretchplayer.progress.feedback import calls_for_stop_rules
from stretchplayer.progress.history import LEAST_PAIN, LONGEST_NOTE, WORST_PAIN, FinishAnswer, PainAnswer, WarningSign
from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import refill, with_font
from stretchplayer.ui.theme.style import draw_focus, shows_focus
from stretchplayer.ui.widgets.boxes import hbox, turn, vbox, width_of
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.label import plain_label
from stretchplayer.ui.widgets.latin_keys import latin_key
from stretchplayer.ui.widgets.panel import Panel
from stretchplayer.ui.widgets.switch import Switch

SMALLEST_PX: Final = 44
"""Minimum width and height of a button."""
_GAP: Final = 6
_KEY_OF_TEN: Final = Qt.Key.Key_X


class _Number(WideButton):
    """A square that never takes the focus: the scale has it."""

    def __init__(self, number: int, name: str, parent: QWidget) -> None:
        super().__init__(str(number), parent, px=18)
        self.setAccessibleName(name)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        side = max(SMALLEST_PX, round(self.fontMetrics().height() * 1.7))
        return QSize(side, side)


class PainScale(QWidget):
    """Asks one question. 0 to 9 answer it, X is ten, arrows change it and Backspace takes the answer back."""

    answered = Signal()
    """Also when the answer is taken back."""
    settled = Signal()
    """By one key or click; move on to the next question."""
    key_pressed = Signal()
    """It was a key that settled it."""

    def __init__(self, question: str, explanation: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        accessible.describe(self, accessible.Role.Slider)
        self._value: int | None = None
        self._numbers = QButtonGroup(self, exclusive=False)
        for number in range(LEAST_PAIN, WORST_PAIN + 1):
            name = _("{question} {number}").format(question=question, number=number)
            self._numbers.addButton(_Number(number, name, self), number)
        self._numbers.idClicked.connect(self._settle)
        self._grid = QGridLayout()
        self._grid.setSpacing(_GAP)
        title = plain_label(question, wrap=True, px=18, weight=QFont.Weight.DemiBold)
        below = plain_label(explanation, role=theme.MUTED, wrap=True, px=13)
        column = vbox(title, hbox(self._grid, 1, gap=None), below, gap=None, on=self)
        column.setContentsMargins(0, 0, 0, _GAP)
        column.setSpacing(_GAP)
        self.setAccessibleName(question)
        keys = _("Press 0 to 9, or X for 10. Backspace clears the answer.")
        self.setAccessibleDescription(f"{explanation}. {keys}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def value(self) -> int | None:
        return self._value

    def set_value(self, value: int | None) -> None:
        for button in self._numbers.buttons():
            button.setChecked(self._numbers.id(button) == value)
        if value != self._value:
            self._value = value
            accessible.announce(self, f"{self.accessibleName()} {self.accessible_value()}")
            self.answered.emit()

    def accessible_value(self) -> str:
        return _("not answered") if self._value is None else str(self._value)

    def _settle(self, number: int) -> None:
        self.set_value(number)
        self.settled.emit()

    def arrange(self) -> None:
        """Put the numbers into as few rows as fit."""
        buttons = self._numbers.buttons()
        side = buttons[0].sizeHint().width()
        fitting = max(1, (self.width() + _GAP) // (side + _GAP))
        columns = ceil(len(buttons) / ceil(len(buttons) / fitting))
        across = min((self.width() + _GAP) // columns - _GAP, round(side * 1.5))
        for number, button in enumerate(buttons):
            button.setFixedSize(max(across, side), side)
            self._grid.addWidget(button, number // columns, number % columns)

    # Qt

    def minimumSizeHint(self) -> QSize:
        """Narrower than the numbers are now: they move into more rows."""
        return QSize(240, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click outside the numbers does nothing."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Number keys answer at once; keys the scale doesn't use belong to the page."""
        key = latin_key(event)
        if event.isAutoRepeat() or event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
        ):
            event.ignore()
        elif Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self._settle(key - Qt.Key.Key_0)
            self.key_pressed.emit()
        elif key == _KEY_OF_TEN:
            self._settle(WORST_PAIN)
            self.key_pressed.emit()
        elif key in {Qt.Key.Key_Right, Qt.Key.Key_Left}:
            self._step(1 if key == Qt.Key.Key_Right else -1)
        elif key in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
            self.set_value(None)
        else:
            event.ignore()

    def _step(self, by: int) -> None:
        start = self._value if self._value is not None else LEAST_PAIN - by
        self.set_value(min(max(start + by, LEAST_PAIN), WORST_PAIN))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if shows_focus(self):
            box = QRectF(self._grid.geometry()).adjusted(1, -3, 2, 3)
            draw_focus(QPainter(self), box, self.palette().color(theme.INK), 11)


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
