"""Chooses the figure's movement for each phase."""

from collections.abc import Mapping
from dataclasses import dataclass

from stretchplayer.figure.pose import Pose
from stretchplayer.figure.side import Side
from stretchplayer.player.session import Session
from stretchplayer.routine.cues import CueName
from stretchplayer.routine.routine import Exercise, preview_pose
from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline
from stretchplayer.ui.figure.widget import Figure
from stretchplayer.ui.text.player import side_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PoseChange:
    """From one named pose (None: the end pose only) to another, on a side, between two moments of the timeline.

    Where the end is no pose, the picture of the exercise is shown.
    """

    start: str | None
    end: str | None
    side: Side | None
    from_ms: int
    to_ms: int
    exercise: Exercise

    def progress(self, position_ms: float) -> float:
        length_ms = self.to_ms - self.from_ms
        return min(max((position_ms - self.from_ms) / length_ms, 0.0), 1.0) if length_ms else 1.0


def pose_change_of(timeline: Timeline, phase: Phase, poses: Mapping[str, Pose]) -> PoseChange:
    """The movement of a phase. A step starts from the pose before it; `prepare` shows where the first one starts."""
    exercise = timeline.routine.exercise(phase.exercise)
    start, end = _poses_of(timeline, phase, exercise, poses)
    if exercise.picture_path and phase.kind in {PhaseKind.MOVE, PhaseKind.HOLD}:
        end = phase.pose  # the picture fits a step without a pose better than the pose before it
    return PoseChange(
        start=start,
        end=end,
        side=side_of(timeline, phase),
        from_ms=phase.start_ms,
        to_ms=_moved_by(phase),
        exercise=exercise,
    )


def _poses_of(
    timeline: Timeline, phase: Phase, exercise: Exercise, poses: Mapping[str, Pose]
) -> tuple[str | None, str | None]:
    rest = resting_pose(exercise, poses)
    before = _pose_before(timeline, phase) or rest
    match phase.kind:
        case PhaseKind.HOLD:
            return None, phase.pose or before
        case PhaseKind.MOVE:
            return before, phase.pose or before
        case PhaseKind.RELEASE:
            return before, phase.pose or rest
        case PhaseKind.SWITCH_SIDES:
            return None, before
        case PhaseKind.TRANSITION:
            return None, preview_pose(exercise)
        case _:
            return None, rest


def resting_pose(exercise: Exercise, poses: Mapping[str, Pose]) -> str | None:
    """Where an exercise starts and rests: the pose that its first one comes from."""
    first = next((step.pose for step in exercise.steps if step.pose), None)
    pose = poses.get(first or "")
    return pose.comes_from or first if pose else None


def _pose_before(timeline: Timeline, phase: Phase) -> str | None:
    for earlier in reversed(timeline.phases[: phase.index]):
        if (earlier.ordinal, earlier.side) != (phase.ordinal, phase.side):
            return None
        if earlier.pose:
            return earlier.pose
        if earlier.kind is PhaseKind.RELEASE:  # back to where it began
            return None
    return None


def _moved_by(phase: Phase) -> int:
    """The movement ends when the hold is announced."""
    announced = (cue.at_ms for cue in phase.cues if cue.name is CueName.HOLD_SOON)
    return next(announced, phase.end_ms)


class FigureAnimator:
    """Makes a figure follow the session."""

    def __init__(self, figure: Figure, session: Session, poses: Mapping[str, Pose]) -> None:
        self._figure = figure
        self._session = session
        self._poses = poses
        self._phase: Phase | None = None
        self._way: PoseChange | None = None

    def refresh(self, breath: float) -> None:
        """Show the present moment, with the chest filled by `breath`, 0 to 1."""
        phase, timeline = self._session.phase, self._session.timeline
        if phase is None or timeline is None:
            return
        if phase is not self._phase or self._way is None:
            self._phase, self._way = phase, pose_change_of(timeline, phase, self._poses)
        position_ms = self._session.position_ms
        self._figure.show_movement(
            self._way.start,
            self._way.end,
            side=self._way.side,
            progress=self._way.progress(position_ms),
            breath=breath,
            instead=self._way.exercise,
        )
