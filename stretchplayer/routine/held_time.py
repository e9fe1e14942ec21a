"""How long each hold was really held. What was not held is never counted, and nothing is counted twice."""

from collections.abc import Mapping

from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline

BOTH = "both"
"""Stands for the side of a stretch that has no sides."""


class HeldTime:
    """Milliseconds held in each hold of one session.

    A hold always begins at its start, so what was held of it is the furthest moment reached: holding the first 20 s,
    going back and holding the first 10 s again makes 20 s, never 30. What is made up for it later is added.

    `timeline` is the session's plan. `before_ms` is what had been held, by the holds' places in the plan, of a session
    that is gone on with.
    """

    def __init__(self, timeline: Timeline, before_ms: Mapping[int, int] | None = None) -> None:
        self.timeline = timeline
        self._held_ms = dict(before_ms or {})
        self._made_up_ms: dict[int, int] = {}

    def note(self, phase: Phase, position_ms: float) -> None:
        """Note that the person has been in `phase` until `position_ms` of the timeline; only holds count."""
        if phase.kind is not PhaseKind.HOLD:
            return
        held_ms = int(min(max(position_ms - phase.start_ms, 0), phase.duration_ms))
        kept, index = (self._held_ms, phase.index) if phase.makes_up is None else (self._made_up_ms, phase.makes_up)
        kept[index] = max(held_ms, kept.get(index, 0))

    def of(self, phase: Phase) -> int:
        """Milliseconds held in this hold of the plan."""
        return min(phase.duration_ms, self._held_ms.get(phase.index, 0) + self._made_up_ms.get(phase.index, 0))

    @property
    def holds_done(self) -> int:
        """How many holds were held to their end."""
        return sum(self.of(phase) == phase.duration_ms for phase in self.timeline.holds())

    @property
    def total_ms(self) -> int:
        """Milliseconds held in all."""
        return sum(self.of(phase) for phase in self.timeline.holds())

    def by_stretch(self) -> Mapping[str, Mapping[str, int]]:
        """Milliseconds held, by stretch id and side ("left", "right", or "both" for a stretch without sides)."""
        table: dict[str, dict[str, int]] = {}
        for phase in self.timeline.holds():
            sides = table.setdefault(phase.stretch, {})
            side = BOTH if phase.side is None else str(phase.side)
            sides[side] = sides.get(side, 0) + self.of(phase)
        return table
