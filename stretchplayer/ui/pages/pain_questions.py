"""What is asked after a session: pain of back and leg, what else was felt, and a note. Nothing has to be answered."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from stretchplayer.i18n import _
from stretchplayer.progress.feedback import FinishAnswer, calls_for_stop_rules
from stretchplayer.progress.history import LONGEST_NOTE, PainAnswer, WarningSign
from stretchplayer.ui.pages.page import plain_label
from stretchplayer.ui.pages.pain_scale import SMALLEST_PX, PainScale
from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.widgets.switch import Switch


class StopRules(QWidget):
    """When to stop, in the routine's own words. It says nothing else."""

    ACCESSIBLE_ROLE = accessible.Role.AlertMessage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = plain_label(_("Please heed this"), wrap=True)
        self._rules: list[QLabel] = []
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._title)
        self.hide()

    def set_rules(self, rules: Sequence[str]) -> None:
        """Let these be the rules."""
        for label in self._rules:
            self._column.removeWidget(label)
            label.deleteLater()
        self._rules = [plain_label(rule, wrap=True) for rule in rules]
        for label in self._rules:
            self._column.addWidget(label)
        self.setAccessibleName(" ".join((self._title.text() + ":", *rules)))

    def show_when(self, called_for: bool) -> None:
        """Show them, and have a screen reader say them, or not."""
        called_for = called_for and bool(self._rules)
        if called_for and self.isHidden():
            accessible.announce(self, self.accessibleName())
        self.setVisible(called_for)

    def set_scale(self, scale: float) -> None:
        """Set letters and margins."""
        self._title.setFont(theme.pixel_font(self.font(), 18 * scale, QFont.Weight.Bold))
        for label in self._rules:
            label.setFont(theme.pixel_font(self.font(), 16 * scale))
        margin = round(16 * scale)
        self._column.setContentsMargins(margin + 6, margin, margin, margin)
        self._column.setSpacing(round(8 * scale))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a plate with an edge in the accent colour."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(theme.MARK), 2))
        painter.setBrush(self.palette().color(theme.PANEL))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 14, 14)


class PainQuestions(QWidget):
    """Asks, and tells every change of what is answered."""

    changed = Signal(FinishAnswer)
    rules_shown = Signal()
    settled = Signal()
    """The questions about pain have been answered: on to the end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = FinishAnswer()
        self._recent: Sequence[PainAnswer] = ()
        self.back = PainScale(_("How is your back now?"))
        self.leg = PainScale(_("And your leg, the worse one?"), explained=False)
        self._signs = {
            WarningSign.WORSE: Switch(_("More pain than before")),
            WarningSign.NUMB: Switch(_("Numb or tingling")),
            WarningSign.WEAK: Switch(_("Weak")),
        }
        self.rules = StopRules()
        self.note = QLineEdit()
        self.note.setMaxLength(LONGEST_NOTE)
        self.note.setPlaceholderText(_("A note, if you like"))
        self.note.setAccessibleName(_("A note, if you like"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._reports = QHBoxLayout()
        for switch in self._signs.values():
            self._reports.addWidget(switch)
        self._reports.addStretch(1)
        self._column.addWidget(self.back)
        self._column.addWidget(self.leg)
        self._column.addLayout(self._reports)
        self._column.addWidget(self.rules)
        self._column.addWidget(self.note)
        self.back.settled.connect(self.leg.setFocus)
        self.leg.settled.connect(self.settled)
        for scale in (self.back, self.leg):
            scale.answered.connect(self._tell)
        for switch in self._signs.values():
            switch.toggled.connect(self._tell)
        self.note.textChanged.connect(self._tell)

    @property
    def answer(self) -> FinishAnswer:
        """What has been answered so far."""
        signs = frozenset(sign for sign, switch in self._signs.items() if switch.isChecked())
        return FinishAnswer(back=self.back.value, leg=self.leg.value, note=self.note.text().strip(), signs=signs)

    def sign(self, sign: WarningSign) -> Switch:
        """The switch that reports it."""
        return self._signs[sign]

    def reset(self, rules: Sequence[str]) -> None:
        """Ask anew; `rules` are the routine's about stopping."""
        before = self.blockSignals(True)
        self.back.set_value(None)
        self.leg.set_value(None)
        for switch in self._signs.values():
            switch.setChecked(False)
        self.note.clear()
        self.blockSignals(before)
        self._told = FinishAnswer()
        self._recent = ()
        self.rules.set_rules(rules)
        self.rules.hide()

    def compare_with(self, recent: Sequence[PainAnswer]) -> None:
        """Take these for the recent answers, with which pain is compared."""
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

    def set_scale(self, scale: float) -> None:
        """Set the letters and the spaces."""
        for pain in (self.back, self.leg):
            pain.set_scale(scale)
        for switch in self._signs.values():
            switch.setFont(theme.pixel_font(self.font(), 17 * scale))
            switch.setMinimumHeight(SMALLEST_PX)
        self.note.setFont(theme.pixel_font(self.font(), 17 * scale))
        self.note.setMinimumHeight(max(SMALLEST_PX, round(40 * scale)))
        self.rules.set_scale(scale)
        self._reports.setSpacing(round(16 * scale))
        self._arrange()
        self._column.setSpacing(round(6 * scale))

    def _arrange(self) -> None:
        """Put the switches below one another where there is no room for them beside."""
        needed = sum(switch.sizeHint().width() + self._reports.spacing() for switch in self._signs.values())
        below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._reports.setDirection(below if needed > self.width() else beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the switches for the new width."""
        super().resizeEvent(event)
        self._arrange()
