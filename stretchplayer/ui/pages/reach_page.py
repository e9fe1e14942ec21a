"""Measuring the reach: how it is done, one number, and two ways of leaving it for another day."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QBoxLayout, QDoubleSpinBox, QHBoxLayout, QVBoxLayout, QWidget

from stretchplayer.figure.pose import Pose
from stretchplayer.i18n import _
from stretchplayer.progress.history import FURTHEST_CM
from stretchplayer.ui.pages.page import Page, ScrollingArea
from stretchplayer.ui.pages.reach_picture import ReachPicture
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import least, letters, spaced
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.label import plain_label

_NARROW = 560


class _Distance(QDoubleSpinBox):
    """A number; below 0 it is none yet, and the first step leads to 0."""

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        return QAbstractSpinBox.StepEnabledFlag.StepUpEnabled if self.value() <= 0 else super().stepEnabled()

    def stepBy(self, steps: int) -> None:
        if self.value() < 0:
            self.setValue(0 if steps > 0 else self.minimum())
        else:
            super().stepBy(max(steps, -int(self.value() / self.singleStep())))


class ReachPage(Page):
    """Takes a distance in cm. Enter saves it, Esc leaves."""

    closed = Signal()
    measured = Signal(float)
    put_off = Signal()
    """The back is in a flare, or it is not the time."""

    def __init__(self, poses: Mapping[str, Pose], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = plain_label(_("How far do you reach?"), wrap=True, px=30, weight=QFont.Weight.Bold)
        steps = (
            _("Only if your back allows it today: no pain, no force."),
            _("Warm from the session, stand upright with your feet together and your knees straight."),
            _("Slowly bend forward as far as it goes without pain, arms hanging, and stay for a breath."),
            _("Measure from your fingertips to the floor. If they touch it, that is 0."),
        )
        self._steps = [plain_label(f"{number}  {step}", wrap=True, px=17) for number, step in enumerate(steps, start=1)]
        self._told = plain_label(_("Less than 5 cm is not a change."), wrap=True, role=theme.MUTED)
        self.picture = least(ReachPicture(poses), 0, 240)
        self.distance = least(letters(_Distance(), 30, QFont.Weight.Bold), 180, 56)
        self._save = WideButton(_("Save"), self, accent=True, px=20)
        self._flare = WideButton(_("My back has flared up"), self, px=16)
        self._later = WideButton(_("Not now"), self, px=16)
        self._save.clicked.connect(self._tell)
        for button in (self._flare, self._later):
            button.clicked.connect(self.put_off)
        self._set_up_distance()
        self._lay_out()

    def _set_up_distance(self) -> None:
        self.distance.setRange(-1, FURTHEST_CM)
        self.distance.setDecimals(1)
        self.distance.setSingleStep(0.5)
        self.distance.setSpecialValueText(" ")
        self.distance.lineEdit().setPlaceholderText(_("cm"))
        self.distance.setGroupSeparatorShown(False)
        self.distance.setAccessibleName(_("Fingertips to the floor, in cm"))
        self.distance.valueChanged.connect(lambda _unused: self._allow())
        self.distance.lineEdit().returnPressed.connect(self._tell)

    def _lay_out(self) -> None:
        body = QWidget()
        self._words = spaced(QVBoxLayout(), 12)
        for label in (*self._steps, self._told):
            self._words.addWidget(label)
        self._words.addWidget(self.distance, 0, Qt.AlignmentFlag.AlignLeft)
        self._other_ways = QVBoxLayout()
        self._words.addLayout(self._other_ways)
        self._words.addStretch(1)
        self._across = QHBoxLayout(body)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.addLayout(self._words, 3)
        self._across.addWidget(self.picture, 2)
        self._row = spaced(QHBoxLayout(), 10)
        self._row.addWidget(self._save)
        self._row.addStretch(1)
        self.column.addWidget(self._title)
        self.column.addWidget(ScrollingArea(body, _("How to measure")), 1)
        self.column.addLayout(self._row)

    def begin(self) -> None:
        """Ask anew, with the keyboard on the number."""
        self.distance.setValue(self.distance.minimum())
        self.distance.clear()
        self._allow()
        self.distance.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def value(self) -> float | None:
        """The distance, None as long as there is none."""
        return self.distance.value() if self.distance.value() >= 0 else None

    def _allow(self) -> None:
        self._save.setEnabled(self.value is not None)

    def _tell(self) -> None:
        self.distance.interpretText()
        if self.value is not None:
            self.measured.emit(self.value)

    def arrange(self, scale: float) -> None:
        room = self.room
        below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._across.setDirection(below if room < _NARROW * scale else beside)
        buttons = sum(button.sizeHint().width() for button in (self._save, self._flare, self._later))
        self._place_other_ways(beside=room > buttons + 3 * self._row.spacing())

    def _place_other_ways(self, *, beside: bool) -> None:
        """Put the other two buttons beside Save or, where there is no room, below the number."""
        for place, button in enumerate((self._flare, self._later), start=1):
            self._row.removeWidget(button)
            self._other_ways.removeWidget(button)
            if beside:
                self._row.insertWidget(place, button)
            else:
                self._other_ways.addWidget(button)
        # What gets another parent goes to the end of Tab's round.
        QWidget.setTabOrder(self.distance, self._save)
        QWidget.setTabOrder(self._save, self._flare)
        QWidget.setTabOrder(self._flare, self._later)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.window().isFullScreen():
            self.closed.emit()
        else:
            super().keyPressEvent(event)
