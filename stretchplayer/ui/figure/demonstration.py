"""The figure goes through the stretches, again and again."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEasingCurve, QTimeLine, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from stretchplayer.figure.pose import Pose
from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline
from stretchplayer.ui.figure.widget import Figure
from stretchplayer.ui.player.figure_animator import PoseChange, pose_change_of

_LASTS_MS: Final = {PhaseKind.MOVE: 2_400, PhaseKind.HOLD: 1_800, PhaseKind.RELEASE: 2_000}
_STILL_MS: Final = 4_000
"""How long each picture is shown with reduced motion."""
_FRAME_MS: Final = 40


class Demonstration(Figure):
    """Shows the first side of each stretch, quicker than it is done, while it is visible.

    With reduced motion it shows one still picture after the other, of the holds.
    """

    stretch_shown = Signal(str)
    """The id of the stretch, whenever another one begins."""

    def __init__(self, poses: Mapping[str, Pose], parent: QWidget | None = None, *, reduced_motion: bool) -> None:
        super().__init__(poses, parent)
        self.set_reduced_motion(reduced_motion)
        self._poses = poses
        self._still = reduced_motion
        self._ways: list[tuple[Phase, PoseChange]] = []
        self._stretch = ""
        self._loop = QTimeLine(1, self, loopCount=0, updateInterval=_FRAME_MS)
        self._loop.setObjectName("loop")
        self._loop.setEasingCurve(QEasingCurve.Type.Linear)
        self._loop.valueChanged.connect(self._show)

    def show_timeline(self, timeline: Timeline) -> None:
        phases = [phase for phase in timeline.phases if phase.kind in _LASTS_MS and self._is_first(timeline, phase)]
        if self._still:
            phases = [phase for phase in phases if phase.kind is PhaseKind.HOLD]
        self._ways = [(phase, pose_change_of(timeline, phase, self._poses)) for phase in phases]
        self._stretch = ""
        self._loop.setDuration(max(1, sum(map(self._lasts_ms, phases))))
        self._show()

    def _is_first(self, timeline: Timeline, phase: Phase) -> bool:
        """Whether it is of the first side, repetition and set of its stretch."""
        first = next(each for each in timeline.phases if each.ordinal == phase.ordinal and each.kind in _LASTS_MS)
        return (phase.side, phase.repetition, phase.set_number) == (first.side, first.repetition, first.set_number)

    def _lasts_ms(self, phase: Phase) -> int:
        return _STILL_MS if self._still else _LASTS_MS[phase.kind]

    def _show(self) -> None:
        into_ms = self._loop.currentTime()
        for phase, way in self._ways:
            lasts_ms = self._lasts_ms(phase)
            if into_ms < lasts_ms:
                self.show_movement(way.start, way.end, side=way.side, progress=into_ms / lasts_ms)
                self._tell(phase.stretch)
                return
            into_ms -= lasts_ms

    def _tell(self, stretch: str) -> None:
        if stretch != self._stretch:
            self._stretch = stretch
            self.stretch_shown.emit(stretch)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._loop.state() is QTimeLine.State.NotRunning:
            self._loop.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._loop.stop()
