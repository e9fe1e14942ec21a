"""A figure that does an exercise over and over."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QEasingCurve, QTimeLine, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from stretchplayer.figure.pose import Pose
from stretchplayer.player.session import FRAME_MS
from stretchplayer.routine.timeline import Phase, Timeline
from stretchplayer.ui.figure.widget import Figure
from stretchplayer.ui.player.figure_animator import PoseChange, pose_change_of

STEP_MS: Final = 3_000
"""How long each step takes, moved or held."""
REST_MS: Final = 1_000
"""Before the first step."""


class FigureLoop(Figure):
    """Moves only while it is shown."""

    step_shown = Signal(int)
    """The index of the step that begins; -1 before the first."""

    def __init__(self, poses: Mapping[str, Pose], parent: QWidget | None = None) -> None:
        super().__init__(poses, parent)
        self._poses = poses
        self._timeline: Timeline | None = None
        self._phases: Sequence[Phase] = ()
        self._step = -1
        self._change: PoseChange | None = None
        self._clock = QTimeLine(REST_MS, self)
        self._clock.setLoopCount(0)
        self._clock.setUpdateInterval(FRAME_MS)
        self._clock.setEasingCurve(QEasingCurve.Type.Linear)
        self._clock.valueChanged.connect(self._refresh)

    def show_steps(self, timeline: Timeline, phases: Sequence[Phase]) -> None:
        """Go through these phases of the timeline, again and again."""
        self._timeline, self._phases, self._change = timeline, phases, None
        self._clock.setDuration(REST_MS + STEP_MS * len(phases))
        self._clock.setCurrentTime(0)
        self._refresh()

    def _refresh(self) -> None:
        at_ms = self._clock.currentTime() - REST_MS
        step = min(max(at_ms // STEP_MS, -1), len(self._phases) - 1)
        if self._timeline is not None and (self._change is None or step != self._step):
            self._step = step
            self._change = pose_change_of(self._timeline, self._phases[max(step, 0)], self._poses)
            self.step_shown.emit(step)
        change = self._change
        if change is not None and step < 0:
            self.show_movement(None, change.start or change.end, side=change.side, progress=1, instead=change.exercise)
        elif change is not None:
            progress = at_ms / STEP_MS - step
            self.show_movement(change.start, change.end, side=change.side, progress=progress, instead=change.exercise)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._clock.state() is not QTimeLine.State.Running:
            self._clock.resume()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()
