"""Measuring the reach: instructions, one number, and two ways to put it off."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSizePolicy, QVBoxLayout, QWidget

from stretchplayer.figure.movement import movement_to
from stretchplayer.figure.pose import Pose
from stretchplayer.figure.skeleton import unit
from stretchplayer.i18n import _
from stretchplayer.progress.history import FURTHEST_CM
from stretchplayer.ui.figure.colours import figure_colours
from stretchplayer.ui.figure.painter import FigurePainter, Scene, fit
from stretchplayer.ui.pages.page import Page, ScrollingArea, page_title
from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import at_least, with_font
from stretchplayer.ui.widgets.boxes import fill, hbox, turn, vbox
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.label import plain_label

_NARROW = 560


POSE: Final = "bent-forward"
_VIEW: Final = QRectF(-42, -9, 152, 132)
"""The area shown: x, y, width and height in skeleton units, y up."""
_FINGERS: Final = 9.5
"""From the middle of the grip to the fingertips."""
_BESIDE: Final = 15.0
"""How far from the fingers the distance is drawn."""
_ARROW: Final = 3.2


class ReachPicture(QWidget):
    """Draws the figure and the distance; nothing without the pose."""

    def __init__(self, poses: Mapping[str, Pose]) -> None:
        super().__init__()
        accessible.describe(self, accessible.Role.Graphic)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._scene: Scene | None = None
        if movement := movement_to(poses, POSE):
            self._scene = Scene(skeleton=movement.at(1), side=None)
            self.setAccessibleName(movement.end.words(None))

    def sizeHint(self) -> QSize:
        return QSize(320, 280)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._scene is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        to_device = fit(_VIEW, QRectF(self.rect()), mirrored=False)
        FigurePainter(painter, figure_colours(self.palette()), to_device).paint(self._scene)
        arm = self._scene.skeleton.working_arm
        tips = arm.hand + unit(arm.forearm) * _FINGERS
        x = tips.real + _BESIDE
        upper, lower = to_device.map(QPointF(x, tips.imag)), to_device.map(QPointF(x, 0))
        scale = abs(to_device.m22())
        level = to_device.map(QPointF(tips.real - 2, tips.imag))
        painter.setPen(QPen(self.palette().color(theme.INK), max(1.2, 0.6 * scale), Qt.PenStyle.DashLine))
        painter.drawLine(level, upper + QPointF(6 * scale, 0))
        self._draw_arrow(painter, upper, lower, scale)

    def _draw_arrow(self, painter: QPainter, upper: QPointF, lower: QPointF, scale: float) -> None:
        ink = self.palette().color(theme.INK)
        painter.setPen(QPen(ink, max(1.6, 0.9 * scale)))
        painter.drawLine(upper, lower)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        size = _ARROW * scale
        for end, way in ((upper, 1), (lower, -1)):
            tip = [end, end + QPointF(-size * 0.6, way * size), end + QPointF(size * 0.6, way * size)]
            painter.drawPolygon(QPolygonF(tip))
        painter.setPen(ink)
        painter.setFont(theme.pixel_font(self.font(), 9 * scale, self.font().Weight.Bold))
        middle = (upper + lower) / 2
        box = QRectF(middle.x() + 4 * scale, middle.y() - 8 * scale, 40 * scale, 16 * scale)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), _("cm"))


class _Distance(QDoubleSpinBox):
    """A value below 0 means none yet; the first step leads to 0."""

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        return QAbstractSpinBox.StepEnabledFlag.StepUpEnabled if self.value() <= 0 else super().stepEnabled()

    def stepBy(self, steps: int) -> None:
        if self.value() < 0:
            self.setValue(0 if steps > 0 else self.minimum())
        else:
            super().stepBy(max(steps, -int(self.value() / self.singleStep())))


class ReachPage(Page):
    """Takes a distance in cm. Enter saves it, Esc leaves."""

    takes_answers = True

    measured = Signal(float)
    put_off = Signal()
    """During a flare-up, or simply not now."""

    def __init__(self, poses: Mapping[str, Pose]) -> None:
        super().__init__()
        steps = (
            _("Only if your back allows it today: no pain, no force."),
            _("Warm from the session, stand upright with your feet together and your knees straight."),
            _("Slowly bend forward as far as you can without pain, arms hanging, and stay there for one breath."),
            _("Measure from your fingertips to the floor. If they touch it, that is 0."),
        )
        self._steps = [plain_label(f"{number}  {step}", wrap=True, px=17) for number, step in enumerate(steps, start=1)]
        self._told = plain_label(_("Less than 5 cm is not a change."), wrap=True, role=theme.MUTED)
        self.picture = at_least(ReachPicture(poses), 0, 240)
        self.distance = at_least(with_font(_Distance(), 30, QFont.Weight.Bold), 180, 56)
        self._save = WideButton(_("Save"), self, clicked=self._tell, accent=True, px=20)
        self._flare = WideButton(_("My back has flared up"), self, clicked=self.put_off, px=16)
        self._later = WideButton(_("Not now"), self, clicked=self.put_off, px=16)
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
        self._other_ways = QVBoxLayout()
        distance = (self.distance, Qt.AlignmentFlag.AlignLeft)
        words = vbox(*self._steps, self._told, distance, self._other_ways, 1)
        self._across = hbox((words, 3), (self.picture, 2), gap=None)
        self._row = hbox(self._save, 1, gap=10)
        title = page_title(_("How far do you reach?"), wrap=True)
        fill(self.column, title, (ScrollingArea(self._across, _("How to measure")), 1), self._row)

    def begin(self) -> None:
        """Start over, with the focus on the number."""
        self.distance.setValue(self.distance.minimum())
        self.distance.clear()
        self._allow()
        self.distance.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def value(self) -> float | None:
        """The distance in cm, None while there is none."""
        return self.distance.value() if self.distance.value() >= 0 else None

    def _allow(self) -> None:
        self._save.setEnabled(self.value is not None)

    def _tell(self) -> None:
        self.distance.interpretText()
        if self.value is not None:
            self.measured.emit(self.value)

    def arrange(self, scale: float) -> None:
        room = self.room
        turn(self._across, down=room < _NARROW * scale)
        buttons = sum(button.sizeHint().width() for button in (self._save, self._flare, self._later))
        self._place_other_ways(beside=room > buttons + 3 * self._row.spacing())

    def _place_other_ways(self, *, beside: bool) -> None:
        """Put the other two buttons beside Save or, where they don't fit, below the number."""
        for place, button in enumerate((self._flare, self._later), start=1):
            self._row.removeWidget(button)
            self._other_ways.removeWidget(button)
            if beside:
                self._row.insertWidget(place, button)
            else:
                self._other_ways.addWidget(button)
        # Reparented widgets go to the end of the tab order.
        QWidget.setTabOrder(self.distance, self._save)
        QWidget.setTabOrder(self._save, self._flare)
        QWidget.setTabOrder(self._flare, self._later)
