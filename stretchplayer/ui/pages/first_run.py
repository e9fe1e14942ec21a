"""The introduction: one short page before the first session."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from stretchplayer.figure.pose import Pose
from stretchplayer.figure.side import Side
from stretchplayer.i18n import _
from stretchplayer.reminders.slots import ReminderSettings
from stretchplayer.routine import phrases
from stretchplayer.routine.cues import TONE_MS, CueName
from stretchplayer.routine.routine import Routine, SideMode, preview_pose
from stretchplayer.settings import DISTANCE_CHOICES_M
from stretchplayer.ui.figure.widget import Figure
from stretchplayer.ui.pages.page import Page, ScrollingArea
from stretchplayer.ui.reminders.autostart_switch import AutostartControl, AutostartSwitch
from stretchplayer.ui.text.slots import clock_time
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import at_least, fixed, padded, refill, spaced
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.label import plain_label
from stretchplayer.ui.widgets.panel import Panel

_TRIED: Final = CueName.HOLD_START
USUAL: Final = ReminderSettings()


class _Card(Panel):
    def __init__(self, title: str) -> None:
        super().__init__()
        self.column = padded(spaced(QVBoxLayout(self), 5), 13, 13, 13, 13)
        self.column.addWidget(plain_label(title, wrap=True, px=18, weight=QFont.Weight.DemiBold))

    def add(self, words: str, field: QWidget, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> None:
        """Add an explanation, and a field at the bottom."""
        self.column.addWidget(_text(words))
        self.column.addStretch(1)
        self.column.addWidget(field, 0, align)


def _text(words: str) -> QLabel:
    return plain_label(words, wrap=True, role=theme.MUTED)


class FirstRunPage(Page):
    """What the program is and how to stay safe, with a sound check and the viewing distance."""

    begun = Signal()
    try_sound_requested = Signal(CueName)
    try_voice_requested = Signal()
    distance_chosen = Signal(float)

    def __init__(
        self,
        poses: Mapping[str, Pose],
        distance_m: float,
        reminders: ReminderSettings = USUAL,
        autostart: AutostartControl | None = None,
        *,
        reminder_problem: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = plain_label(_("Welcome to Stretch Player"), wrap=True, px=30, weight=QFont.Weight.Bold)
        self._what = plain_label("", wrap=True, role=theme.MUTED, px=16)
        self._figure = fixed(Figure(poses), 165, 112)
        self._voice = QTimer(self, singleShot=True, interval=TONE_MS[_TRIED])
        self._voice.setObjectName("voice")
        self._voice.timeout.connect(self.try_voice_requested)
        self._safety = _Card(_("Stay safe"))
        self._sound = self._make_sound()
        self._distance = self._make_distance(distance_m)
        self._reminders = self._make_reminders(reminders, autostart, reminder_problem)
        self._begin = WideButton(_("Let's begin"), self, accent=True, px=22)
        self._begin.clicked.connect(self.begun)
        self._later = _text(_("You can change this later in Settings, and read it again under Before you start."))
        self._lay_out()

    def _make_sound(self) -> _Card:
        card = _Card(_("Can you hear it?"))
        self._try = WideButton(_("Try the sound"), card, px=16)
        self._try.clicked.connect(self._try_sound)
        card.add(_("A voice and tones guide you while you look at the ceiling."), self._try)
        return card

    def _make_distance(self, distance_m: float) -> _Card:
        card = _Card(_("How far away will you be?"))
        distances = sorted({*DISTANCE_CHOICES_M, distance_m})
        self.distance = at_least(QComboBox(card), 140, 34)
        self.distance.setAccessibleName(_("Distance from the screen"))
        for distance in distances:
            self.distance.addItem(_("{distance} m").format(distance=self.locale().toString(distance, "g", 3)))
        self.distance.setCurrentIndex(distances.index(distance_m))
        self.distance.currentIndexChanged.connect(lambda index: self.distance_chosen.emit(distances[index]))
        card.add(_("In full screen, the text is large enough to read from there."), self.distance)
        return card

    def _make_reminders(
        self, reminders: ReminderSettings, autostart: AutostartControl | None, problem: str | None
    ) -> _Card:
        card = _Card(_("Would you like reminders?"))
        times = [clock_time(slot.at) for slot in reminders.slots] if reminders.enabled else []
        words = _("At {times}, until you have stretched. You can change the times in Settings.")
        off = _("Reminders are off. You can turn them on in Settings.")
        self.autostart = AutostartSwitch(_("Start when I log in"), autostart, card, hidden=True)
        told = words.format(times=phrases.listing(times)) if times else off
        card.add(problem or told, self.autostart, Qt.AlignmentFlag(0))
        return card

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._what)
        words.addStretch(1)
        self._head = spaced(QHBoxLayout(), 12)
        self._head.addLayout(words, 1)
        self._head.addWidget(self._figure)
        self._cards = spaced(QHBoxLayout(), 12)
        for card in (self._sound, self._distance, self._reminders):
            self._cards.addWidget(card, 1)
        body = QWidget()
        self._body = spaced(QVBoxLayout(body), 12)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.addLayout(self._head)
        self._body.addWidget(self._safety)
        self._body.addLayout(self._cards)
        self._body.addStretch(1)
        self._row = spaced(QHBoxLayout(), 12)
        self._row.addWidget(self._begin)
        self._row.addWidget(self._later, 1)
        self.column.addWidget(ScrollingArea(body, _("Introduction")), 1)
        self.column.addLayout(self._row)

    def show_routine(self, routine: Routine) -> None:
        leads = _("It says and shows what to do, on which leg and for how long, so you can close your eyes.")
        self._what.setText(" ".join(filter(None, (routine.description, leads))))
        notes = [plain_label(f"•  {note.text}", wrap=True) for note in routine.safety]
        refill(self._safety.column, notes, start=1)
        self._safety.setVisible(bool(notes))
        first = routine.stretches[0]
        side = Side.RIGHT if first.sides is SideMode.EACH else None
        self._figure.show_movement(None, preview_pose(first), side=side, progress=1)
        self.rescale()

    def focus_begin(self) -> None:
        self._begin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _try_sound(self) -> None:
        self.try_sound_requested.emit(_TRIED)
        self._voice.start()

    def arrange(self, scale: float) -> None:
        narrow = self.width() < 640 * scale
        self._figure.setVisible(not narrow)
        self._cards.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def minimumSizeHint(self) -> QSize:
        return QSize(300, 240)
