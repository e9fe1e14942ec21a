"""A window with a real session on a fake clock."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QWidget

from stretchplayer.errors import StorageError
from stretchplayer.figure.pose import Pose
from stretchplayer.i18n import _
from stretchplayer.player.session import Session
from stretchplayer.player.state import State
from stretchplayer.routine.dose import OwnDoses
from stretchplayer.routine.preferences import Preferences
from stretchplayer.routine.routine import Exercise, Position, Routine, SideMode, Step, StepKind
from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.settings import Appearance, Settings
from stretchplayer.ui.library.personal_routine import PersonalRoutine
from stretchplayer.ui.player.steps import StepList
from stretchplayer.ui.player.view import PlayerView
from stretchplayer.ui.theme.style import Theme
from stretchplayer.ui.widgets.buttons import RoundButton
from stretchplayer.ui.widgets.fit_label import FitLabel
from stretchplayer.ui.widgets.notice_bar import NoticeBar
from stretchplayer.ui.widgets.question import Question
from stretchplayer.ui.window.main_view import MainView
from stretchplayer.ui.window.main_window import MainWindow
from tests.fakes import FakeClock, FakeCuePlayer, FakeTimer
from tests.routine.shipped import hamstring_trio
from tests.shipped_poses import shipped_poses

ASSETS = Path(__file__).parents[2] / "assets"
ICONS, FONTS = ASSETS / "icons", ASSETS / "fonts"
USUAL = (1060, 720)
NOWHERE = Qt.KeyboardModifier.NoModifier
_Kind = TypeVar("_Kind", bound=QObject)


def settle() -> None:
    """Process pending events: layouts, deletions, the start of the state machine."""
    for _turn in range(6):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def shipped_timeline(preferences: Preferences | None = None) -> Timeline:
    """The timeline of the routine that comes with the program."""
    return build_timeline(hamstring_trio(), preferences)


def one_exercise(*steps: Step, sides: SideMode = SideMode.EACH, title: str = "An exercise") -> Timeline:
    """The timeline of a routine of one exercise."""
    exercise = Exercise(id="a", title=title, position=Position.STANDING, sides=sides, steps=steps)
    return build_timeline(Routine(id="one", title=title, exercises=(exercise,)))


MOVE = Step(kind=StepKind.MOVE, text="Raise your {leg}.", seconds=7)
HOLD = Step(kind=StepKind.HOLD, text="Hold your {leg}.", seconds=30)
RELEASE = Step(kind=StepKind.RELEASE, text="Lower your {leg}.", seconds=5)


class FakeAutostartControl(QObject):
    """Implements `AutostartControl`; nothing changes until the test says so."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_on: bool | None = None
        self.chosen: list[bool] = []

    def choose(self, on: bool) -> None:
        self.chosen.append(on)

    def report(self, on: bool | None) -> None:
        """Let the system say so."""
        self.is_on = on
        self.changed.emit()


class FakeRoutines:
    """Implements `PersonalRoutines`: knows the routines it was told of, and can fail."""

    def __init__(self) -> None:
        self.known = {"hamstring-trio": hamstring_trio()}
        self.own: dict[str, OwnDoses] = {}
        self.is_full = False
        self.preferences = Preferences()

    def find(self, routine_id: str) -> PersonalRoutine:
        if routine_id not in self.known:
            raise StorageError(f"There is no routine {routine_id}.")
        return PersonalRoutine(routine=self.known[routine_id], own=self.own.get(routine_id, OwnDoses()))

    def keep(self, routine_id: str, own: OwnDoses) -> None:
        if self.is_full:
            raise StorageError("The disk is full.")
        self.own[routine_id] = own

    def timeline_of(self, routine: Routine) -> Timeline:
        return build_timeline(routine, self.preferences)


class WindowStage:
    """The window as the program wires it, without sound, disk and the real clock."""

    def __init__(
        self,
        application: QApplication,
        *,
        timeline: Timeline | None = None,
        settings: Settings | None = None,
        poses: Mapping[str, Pose] | None = None,
        size: tuple[int, int] = USUAL,
    ) -> None:
        self.app = application
        self.settings = settings or Settings(appearance=Appearance.DARK)
        self.clock = FakeClock()
        self.timer = FakeTimer(self.clock)
        self.cues = FakeCuePlayer(self.clock)
        self.session = Session(clock=self.clock, timer=self.timer, cues=self.cues)
        self.theme = Theme(self.app, self.settings.appearance, FONTS)
        self.timeline = timeline or shipped_timeline()
        self.autostart = FakeAutostartControl()
        self.routines = FakeRoutines()
        self.commands: list[str] = []
        """The player view's commands, in order."""
        self.view = MainView(
            self.session,
            ICONS,
            self.settings,
            shipped_poses() if poses is None else poses,
            self.autostart,
            routines=self.routines,
        )
        self.view.page_built.connect(self._wire)
        self.view.start_requested.connect(self.start)
        self.view.start_here_requested.connect(self.start)
        self.offer(self.timeline)
        self.view.today.greet(self.clock.now())
        self.frame = MainWindow()
        self.frame.set_content(self.view, self.view.today.start_button, self.view.may_close)
        self.frame.fullscreen_changed.connect(self.view.follow_fullscreen)
        self.frame.resize(*size)
        self.frame.show()
        settle()

    def _wire(self, player: QWidget) -> None:
        if not isinstance(player, PlayerView):
            return
        for name, command in {
            "toggle": self.session.toggle,
            "pause": self.session.pause,
            "next": self.session.next,
            "back": self.session.back,
            "restart_side": self.session.restart_side,
            "skip_exercise": self.session.skip_exercise,
            "stop": self.session.stop,
        }.items():
            signal = getattr(player, f"{name}_requested")
            signal.connect(lambda name=name: self.commands.append(name))
            signal.connect(command)

    def close(self) -> None:
        """Take the window away, whatever it shows."""
        self.session.stop()
        self.frame.close()
        shiboken6.delete(self.frame)
        shiboken6.delete(self.session)
        settle()

    def offer(self, timeline: Timeline) -> None:
        """Offer this timeline on the Today page; its routine is known then."""
        self.routines.known[timeline.routine.id] = timeline.routine
        self.view.show_timeline(timeline)

    # The session

    def start(self, exercise: int = 0) -> None:
        """Play the timeline, from this exercise on."""
        self.session.start(self.timeline, at=self.timeline.begin_of(exercise).index)

    def in_state(self, state: State) -> bool:
        """Whether the session is in that state."""
        return self.session.state is state

    def play(self) -> PlayerView:
        """Start, and return the player."""
        self.start()
        settle()
        return self.player

    def play_to(self, kind: PhaseKind, nth: int = 1, into_ms: float = 0) -> Phase:
        """Go to the nth phase of that kind, and play `into_ms` of it."""
        if self.session.phase is None:
            self.play()
        wanted = [phase for phase in self.timeline.phases if phase.kind is kind][nth - 1]
        while self.session.phase is not wanted and self.session.state is not State.FINISHED:
            self.session.next()
        self.run_for(into_ms)
        return wanted

    def run_for(self, ms: float) -> None:
        """Let the session's time pass."""
        self.timer.run_for(ms)
        settle()

    # The window

    @property
    def player(self) -> PlayerView:
        """The player view; it has to have been built."""
        player = self.view.findChild(PlayerView)
        assert isinstance(player, PlayerView)
        return player

    def label(self, name: str) -> FitLabel:
        """A text of the player, by what it is: title, time_left, instruction, next or hint."""
        return child(self.player, FitLabel, name)

    def steps(self) -> StepList:
        """The steps of the player."""
        return child(self.player, StepList)

    def resize(self, width: int, height: int) -> None:
        """Give the window another size."""
        self.frame.resize(width, height)
        settle()

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NOWHERE) -> None:
        """Press and release a key, wherever the focus is."""
        focused = self.app.focusWidget() or self.frame
        if key >= Qt.Key.Key_Back:  # QTest has no words for those, and says so
            QApplication.sendEvent(focused, QKeyEvent(QEvent.Type.KeyPress, key, modifiers))
        else:
            QTest.keyClick(focused, key, modifiers)
        settle()

    def hold_key(self, key: Qt.Key, repeats: int = 3) -> None:
        """Press a key and keep it down until it repeats."""
        focused = self.app.focusWidget() or self.frame
        for again in range(repeats + 1):
            target = self.app.focusWidget() or focused
            for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
                event = QKeyEvent(kind, key, NOWHERE, "", again > 0)
                QApplication.sendEvent(target, event)
        settle()

    def move_pointer(self, place: QPoint | None = None) -> None:
        """Move the pointer over the player."""
        QTest.mouseMove(self.player, place or QPoint(40, 40))
        settle()

    def buttons(self) -> list[QAbstractButton]:
        """The buttons that are shown and not covered by a question."""
        asking = next((question for question in self.frame.findChildren(Question) if question.isVisible()), self.frame)
        return [button for button in asking.findChildren(QAbstractButton) if button.isVisible()]

    def button(self, name: str) -> QAbstractButton:
        """The shown button with that text or name, which is given in English."""
        return next(b for b in self.buttons() if _(name) in {b.text(), b.accessibleName()})

    def press(self, name: str) -> None:
        """Click a button."""
        QTest.mouseClick(self.button(name), Qt.MouseButton.LeftButton)
        settle()

    def controls(self) -> list[RoundButton]:
        """The player's buttons that are shown."""
        return [button for button in self.player.findChildren(RoundButton) if button.isVisible()]

    def texts(self) -> list[str]:
        """What the labels that are shown say."""
        return [label.text() for label in self.frame.findChildren(QLabel) if label.isVisible()]


def child(parent: QObject, kind: type[_Kind], name: str = "") -> _Kind:
    """The first child of this kind, of that name if one is given; there has to be one."""
    found = parent.findChild(kind, name) if name else parent.findChild(kind)
    assert isinstance(found, kind)
    return found


def told(notice: NoticeBar) -> list[str]:
    """What the notice bar says, a sentence a line."""
    labels = [label for label in notice.findChildren(QLabel) if label.isVisibleTo(notice)]
    return [] if notice.isHidden() else [line for label in labels for line in label.text().splitlines()]


def timer(widget: QWidget, name: str) -> QTimer:
    """One of the timers of a widget."""
    return child(widget, QTimer, name)


def shown_children(widget: QWidget) -> Iterator[QWidget]:
    """The widgets below `widget` that are shown."""
    return (child for child in widget.findChildren(QWidget) if child.isVisible())


def unclipped(label: QLabel) -> bool:
    needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
    return label.height() >= needed and (label.wordWrap() or label.width() >= label.sizeHint().width())


def assert_nothing_is_clipped(window: WindowStage) -> None:
    for label in window.frame.findChildren(QLabel):
        if label.isVisible() and label.text():
            assert unclipped(label), label.text()
    for button in filter(QAbstractButton.text, window.buttons()):
        assert button.width() >= button.sizeHint().width(), button.text()
        assert button.height() >= button.sizeHint().height(), button.text()
    for scroll in window.frame.findChildren(QScrollArea):
        if scroll.isVisible():
            assert not scroll.horizontalScrollBar().isVisible()
