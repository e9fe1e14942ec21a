"""How long each hold was actually held. Time not held is never counted, and nothing is counted twice."""

from collections.abc import Mapping

from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline

BOTH = "both"
"""The key for an exercise without sides."""


class HeldTime:
    """Milliseconds held in each hold of one session.

    A hold is always played from its start, so the time held is the furthest point reached: holding 20 s, going back and
    holding the first 10 s again makes 20 s, not 30. Time made up later is added.

    `timeline` is the session's plan. `before_ms` is what had been held, by the index of the hold, when a session is
    resumed.
    """

    def __init__(self, timeline: Timeline, before_ms: Mapping[int, int] | None = None) -> None:
        self.timeline = timeline
        self._held_ms = dict(before_ms or {})
        self._made_up_ms: dict[int, int] = {}

    def note(self, phase: Phase, position_ms: float) -> None:
        """Record that `phase` was played up to `position_ms` of the timeline; only holds count."""
        if phase.kind is not PhaseKind.HOLD:
            return
        held_ms = int(min(max(position_ms - phase.start_ms, 0), phase.duration_ms))
        counted, index = (self._held_ms, phase.index) if phase.makes_up is None else (self._made_up_ms, phase.makes_up)
        counted[index] = max(held_ms, counted.get(index, 0))

    def of(self, phase: Phase) -> int:
        return min(phase.duration_ms, self._held_ms.get(phase.index, 0) + self._made_up_ms.get(phase.index, 0))

    @property
    def holds_done(self) -> int:
        return sum(self.of(phase) == phase.duration_ms for phase in self.timeline.holds())

    @property
    def total_ms(self) -> int:
        return sum(self.of(phase) for phase in self.timeline.holds())

    def by_exercise(self) -> Mapping[str, Mapping[str, int]]:
        """Milliseconds held, by exercise id and side ("left", "right" or BOTH)."""
        table: dict[str, dict[str, int]] = {}
        for phase in self.timeline.holds():
            sides = table.setdefault(phase.exercise, {})
            side = BOTH if phase.side is None else str(phase.side)
            sides[side] = sides.get(side, 0) + self.of(phase)
        return table
