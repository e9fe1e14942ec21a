"""The introduction: what is coming, how to stay safe and a few settings, in three short steps."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QMargins, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QWidget

from stretchplayer.figure.pose import Pose
from stretchplayer.i18n import _, ngettext
from stretchplayer.routine import phrases
from stretchplayer.routine.cues import TONE_MS, CueName
from stretchplayer.routine.routine import Routine
from stretchplayer.routine.timeline import Timeline
from stretchplayer.settings import Settings
from stretchplayer.ui.pages.page import FOCUS_ROOM, Page, ScrollingArea
from stretchplayer.ui.pages.safety_page import RedFlags, bullets
from stretchplayer.ui.player.figure_loop import FigureLoop
from stretchplayer.ui.reminders.autostart_switch import AutostartControl, AutostartSwitch
from stretchplayer.ui.reminders.times_editor import TimesEditor
from stretchplayer.ui.text.durations import exact_duration
from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.reduced_motion import reduces_motion
from stretchplayer.ui.theme.scaling import at_least, fixed, padded, refill
from stretchplayer.ui.widgets.boxes import fill, hbox, turn, vbox
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.choices import distance_choices, show_choices
from stretchplayer.ui.widgets.label import plain_label
from stretchplayer.ui.widgets.panel import Panel
from stretchplayer.ui.widgets.switch import Switch

STEPS: Final = range(3)
WHAT, SAFETY, SET_UP = STEPS
_HOLD_CHOICES_S: Final = (10, 15, 30)
_RECOMMENDED_S: Final = 15
_TRIED: Final = CueName.HOLD_START
_NARROW: Final = 620
_NARROW_ROWS: Final = 760
"""Below these widths in design px, what is side by side goes one below the other."""
_TALLEST: Final = 1.25
"""Times the width."""
_LOW: Final = 420
"""Below this height in design px there is no room for the greeting."""


def _heading(words: str, px: float = 18) -> QLabel:
    return plain_label(words, wrap=True, px=px, weight=QFont.Weight.DemiBold)


def _muted(words: str) -> QLabel:
    return plain_label(words, wrap=True, role=theme.MUTED)


def _minutes(timeline: Timeline) -> int:
    return max(1, round(timeline.total_ms / 60_000))


class _Bars(QWidget):
    """A bar for each step, bright up to this one. The words beside it tell the same."""

    def __init__(self) -> None:
        super().__init__()
        self._step = 0

    def show_step(self, step: int) -> None:
        self._step = step
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        height = self.height()
        pitch = (self.width() + height) / len(STEPS)
        for place in STEPS:
            painter.setBrush(self.palette().color(theme.INK if place <= self._step else theme.TRACK))
            across = place if self.layoutDirection() is Qt.LayoutDirection.LeftToRight else len(STEPS) - 1 - place
            painter.drawRoundedRect(QRectF(across * pitch, 0, pitch - height, height), height / 2, height / 2)


class _WhatStep(QWidget):
    """The figure goes through the exercises, beside what they take."""

    def __init__(self, poses: Mapping[str, Pose], *, reduced_motion: bool) -> None:
        super().__init__()
        self._routine: Routine | None = None
        self._titles: list[str] = []
        """Of the exercise to which each step belongs."""
        self.figure = at_least(FigureLoop(poses), 150, 100)
        self.figure.set_reduced_motion(reduced_motion)
        # It takes the room that is left and asks for none, so that small windows needn't scroll.
        self.figure.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.figure.step_shown.connect(self._name_exercise)
        self._exercise = plain_label("", px=16, weight=QFont.Weight.DemiBold)
        self._exercise.setAlignment(Qt.AlignmentFlag.AlignCenter)
        picture = Panel()
        picture.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        vbox((self.figure, 1), self._exercise, gap=8, margins=(18, 18, 18, 14), on=picture)
        self._facts = vbox(1, gap=4)
        self._halves = hbox((picture, 5), (self._facts, 4), gap=24, on=self)

    def show_timeline(self, timeline: Timeline) -> None:
        refill(self._facts, self._facts_of(timeline), start=1)
        self._facts.addStretch(1)
        if timeline.routine != self._routine:
            self._routine = routine = timeline.routine
            places = range(len(timeline.exercises))
            phases = [phase for place in places for phase in timeline.steps_of(place, timeline.sides_of(place)[0])]
            self._titles = [routine.exercise(phase.exercise).title for phase in phases]
            self.figure.show_steps(timeline, phases)

    def _facts_of(self, timeline: Timeline) -> Iterator[QWidget]:
        routine, minutes = timeline.routine, _minutes(timeline)
        yield _heading(ngettext("About {n} minute", "About {n} minutes", minutes).format(n=minutes))
        if holds := timeline.holds():
            held = exact_duration(holds[0].duration_ms)
            yield _muted(_("With holds of {time}, which you can change.").format(time=held))
        yield padded(_muted(routine.description or routine.title), 0, 0, 0, 12)
        if routine.equipment:
            yield _heading(_("You need {things}").format(things=phrases.listing(routine.equipment)))
            yield padded(_muted(_("Keep them within reach. A mat or a carpet makes the floor softer.")), 0, 0, 0, 12)
        yield _heading(_("You can close your eyes"))
        yield _muted(_("A calm voice says what to do, on which leg and for how long. Any key pauses."))

    def _name_exercise(self, step: int) -> None:
        self._exercise.setText(self._titles[max(step, 0)])

    def arrange(self, *, down: bool) -> None:
        turn(self._halves, down=down)
        self._facts.setStretch(0, 0 if down else 1)


class _SafetyStep(QWidget):
    """Three rules, and on a card of their own the red flags."""

    def __init__(self) -> None:
        super().__init__()
        self._column = vbox(gap=18, on=self)

    def show_routine(self, routine: Routine) -> None:
        small = _muted(_("This is not a medical device. You can read this again under “Before you start”."))
        refill(self._column, (bullets((note.text for note in routine.safety[:3]), px=20), RedFlags(), small))
        self._column.addStretch(1)


class _Row(QWidget):
    """A question with a few words about it, and what answers it."""

    def __init__(self, title: str, words: str, *fields: QWidget | QBoxLayout) -> None:
        super().__init__()
        text = vbox(_heading(title, 16), _muted(words), 1, gap=2)
        # What wraps its words needs all of the width.
        wide = (QBoxLayout, Switch, QLabel)
        answers = vbox(*((each, 0 if isinstance(each, wide) else Qt.AlignmentFlag.AlignLeft) for each in fields), gap=6)
        self._across = hbox((text, 5), (answers, 4), gap=20, margins=(0, 9, 0, 9), on=self)

    def arrange(self, *, down: bool) -> None:
        turn(self._across, down=down)


class _SetUpStep(Panel):
    """The few settings that are better made before the first session."""

    changed = Signal(dict)
    """The fields of the settings, by name."""
    sample_requested = Signal()

    def __init__(self, settings: Settings, autostart: AutostartControl | None, reminder_problem: str | None) -> None:
        super().__init__()
        self._settings = settings
        self._is_hold_chosen = settings.playing.hold_s is not None
        sample = WideButton(_("Play a sample"), clicked=self.sample_requested)
        self.minutes = _muted("")
        self.autostart = AutostartSwitch(_("Start when I log in"), autostart, self, hidden=True)
        self.rows = (
            _Row(
                _("How long do you want to hold?"),
                _(
                    "New to this? 15 seconds is a good start. After a good week you'll be offered 5 more, up to the "
                    "routine's own hold."
                ),
                self._make_holds(),
                self.minutes,
            ),
            _Row(_("Can you hear it?"), _("A voice and tones guide you while you look at the ceiling."), sample),
            _Row(
                _("How far away will you be?"),
                _("In full screen, the text is large enough to read from there."),
                self._make_distance(),
            ),
            _Row(
                _("Would you like reminders?"),
                reminder_problem or _("At these times, until you have stretched."),
                *self._make_reminders(),
                self.autostart,
            ),
        )
        vbox(*self.rows, gap=0, margins=(20, 8, 20, 8), on=self)

    def _make_holds(self) -> QHBoxLayout:
        # No QButtonGroup: Tab would only reach one of them.
        self.holds: dict[int, WideButton] = {}
        for seconds in sorted({*_HOLD_CHOICES_S, self._settings.playing.hold_s or _HOLD_CHOICES_S[0]}):
            button = WideButton(exact_duration(seconds * 1000), clicked=partial(self._choose_hold, seconds))
            button.setAccessibleName(_("Hold for {time}").format(time=button.text()))
            button.setCheckable(True)
            self.holds[seconds] = button
        return hbox(*self.holds.values(), 1, gap=None)

    def show_hold(self, hold_s: int) -> None:
        """Mark this length as chosen, if it is among those that are offered."""
        for seconds, button in self.holds.items():
            button.setChecked(seconds == hold_s)

    def show_minutes(self, minutes: int) -> None:
        """Say how long a session takes with the hold that is chosen."""
        words = ngettext("A session then takes about {n} minute.", "A session then takes about {n} minutes.", minutes)
        self.minutes.setText(words.format(n=minutes))

    def recommend_hold(self) -> None:
        """Choose what a beginner should hold, unless a length was chosen."""
        if not self._is_hold_chosen:
            self._choose_hold(_RECOMMENDED_S)

    def _make_distance(self) -> QComboBox:
        chosen = self._settings.viewing_distance_m
        self.distance = combo = at_least(QComboBox(), 120, 34)
        combo.setAccessibleName(_("Distance from the screen"))
        show_choices(combo, distance_choices(chosen, self.locale()), chosen)
        combo.currentIndexChanged.connect(lambda: self.changed.emit({"viewing_distance_m": combo.currentData()}))
        return combo

    def _make_reminders(self) -> tuple[QWidget, QWidget]:
        reminders = self._settings.reminders
        self.remind = Switch(_("Remind me to exercise"))
        self.remind.setChecked(reminders.enabled)
        self.times = TimesEditor(reminders.slots, brief=True)
        self.times.setEnabled(reminders.enabled)
        self.remind.toggled.connect(self.times.setEnabled)
        self.remind.toggled.connect(self._change_reminders)
        self.times.times_changed.connect(self._change_reminders)
        return self.remind, self.times

    def _change_reminders(self) -> None:
        reminders = replace(self._settings.reminders, enabled=self.remind.isChecked(), slots=self.times.slots)
        self.changed.emit({"reminders": reminders})

    def _choose_hold(self, seconds: int) -> None:
        """Take this length; longer holds are offered to who begins with a short one."""
        self._is_hold_chosen = True
        self.show_hold(seconds)
        playing = replace(self._settings.playing, hold_s=seconds)
        progress = replace(self._settings.progress, offer_longer_holds=seconds < max(_HOLD_CHOICES_S))
        self.changed.emit({"playing": playing, "progress": progress})


class FirstRunPage(Page):
    """Three steps. The first button leads on, and at last begins the session; `closed` leaves out the rest."""

    takes_answers = True

    start_requested = Signal()
    settings_changed = Signal(dict)
    """The fields of the settings, by name."""
    try_sound_requested = Signal(CueName)
    try_voice_requested = Signal()

    def __init__(
        self,
        poses: Mapping[str, Pose],
        settings: Settings,
        autostart: AutostartControl | None = None,
        *,
        reminder_problem: str | None = None,
    ) -> None:
        super().__init__()
        self._again = settings.introduced
        """Whether they asked for it; then no step is remembered."""
        self._voice = QTimer(self, singleShot=True, interval=TONE_MS[_TRIED])
        self._voice.setObjectName("voice")
        self._voice.timeout.connect(self.try_voice_requested)
        self.what = _WhatStep(poses, reduced_motion=reduces_motion(settings.motion))
        self.safety = _SafetyStep()
        self.set_up = _SetUpStep(settings, autostart, reminder_problem)
        self.set_up.changed.connect(self.settings_changed)
        self.set_up.sample_requested.connect(self._try_sound)
        self._greeting = _muted(_("Welcome to Stretch Player"))
        self._title = plain_label("", wrap=True, px=30, weight=QFont.Weight.Bold)
        self._count = plain_label("", role=theme.MUTED)
        self._bars = fixed(_Bars(), 90, 6)
        self._steps = QStackedWidget()
        self._next = WideButton("", self, clicked=self._go_on, accent=True, px=22)
        self._now = WideButton(_("Start now"), self, clicked=self.start_requested, px=16)
        self._back = WideButton(_("Back"), self, clicked=self.leave, px=16)
        self._skip = WideButton(_("Close") if self._again else _("Skip"), self, clicked=self.closed, px=16)
        self._lay_out()

    def _lay_out(self) -> None:
        head = hbox((vbox(self._greeting, self._title, gap=2), 1), self._count, self._bars)
        head.setContentsMargins(FOCUS_ROOM, 0, FOCUS_ROOM, 0)
        what, safety, set_up = self._titles()
        self._steps.addWidget(ScrollingArea(vbox(self.what), what))
        self._steps.addWidget(ScrollingArea(vbox(self.safety, 1), safety))
        self._steps.addWidget(ScrollingArea(vbox(self.set_up, 1), set_up))
        buttons = hbox(self._next, self._now, self._back, 1, self._skip)
        fill(self.column, head, (self._steps, 1), buttons)

    @staticmethod
    def _titles() -> tuple[str, str, str]:
        return _("What you'll do"), _("Stay safe"), _("Set up")

    @property
    def step(self) -> int:
        return self._steps.currentIndex()

    def show_timeline(self, timeline: Timeline) -> None:
        self.what.show_timeline(timeline)
        self.safety.show_routine(timeline.routine)
        self.set_up.show_minutes(_minutes(timeline))
        if holds := timeline.holds():
            self.set_up.show_hold(holds[0].duration_ms // 1000)
        self.rescale()

    def show_step(self, step: int) -> None:
        """Show a step, with the focus on what leads on; the settings remember how far they have come."""
        self._steps.setCurrentIndex(step)
        self._title.setText(self._titles()[step])
        self._count.setText(_("{number} of {count}").format(number=step + 1, count=len(STEPS)))
        self._bars.show_step(step)
        self._next.setText(_("Start now") if step == SET_UP else _("Next"))
        if not self._again:
            self._skip.setText(_("Start later") if step == SET_UP else _("Skip"))
        self._now.setVisible(step == WHAT)
        self._back.setVisible(step != WHAT)
        self._next.setFocus(Qt.FocusReason.OtherFocusReason)
        accessible.announce(self, f"{self._title.text()}. {self._count.text()}")
        changes: dict[str, object] = {} if self._again else {"introduction_step": step}
        if step == SAFETY:
            changes["safety_shown"] = True
        self.settings_changed.emit(changes)
        if step == SET_UP and not self._again:
            self.set_up.recommend_hold()

    def _go_on(self) -> None:
        if self.step == SET_UP:
            self.start_requested.emit()
        else:
            self.show_step(self.step + 1)

    def _try_sound(self) -> None:
        self.try_sound_requested.emit(_TRIED)
        self._voice.start()

    def leave(self) -> None:
        """Go a step back; from the first one, skip all of it."""
        if self.step == WHAT:
            self.closed.emit()
        else:
            self.show_step(self.step - 1)

    def arrange(self, scale: float) -> None:
        width = self.width() / scale
        self._greeting.setVisible(self.height() >= _LOW * scale)
        self.what.arrange(down=width < _NARROW or self.width() < self.height())
        for row in self.set_up.rows:
            row.arrange(down=width < _NARROW_ROWS)
        # On an upright screen the buttons stay near what they belong to.
        spare = max(0, self.height() - round(_TALLEST * self.width())) // 2
        margins = self.column.contentsMargins()
        self.column.setContentsMargins(margins + QMargins(0, spare, 0, spare))

    def minimumSizeHint(self) -> QSize:
        return QSize(300, 240)
