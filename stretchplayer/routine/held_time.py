"""How long each hold was held, and which repetitions were done. Nothing else is counted, and nothing twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stretchplayer.figure.side import Side
from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline

BOTH = "both"
"""The key for an exercise without sides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The repetitions of one set of an exercise on one side, and how many of them were done.

    `index` is that of its first phase. A session is resumed at the start of one or between two, never within.
    """

    index: int
    exercise: str
    ordinal: int
    set_number: int
    side: Side | None
    planned: int
    done: int


class HeldTime:
    """Milliseconds held in each hold of one session, and its repetitions that were played to their end.

    A hold is always played from its start, so the time held is the furthest point reached: holding 20 s, going back and
    holding the first 10 s again makes 20 s, not 30. What is made up later is added.

    `timeline` is the session's plan. When a session is resumed, `before_ms` is what had been held, by the index of the
    hold, and `done_before` how many repetitions had been done, by the index of the run.
    """

    def __init__(
        self,
        timeline: Timeline,
        before_ms: Mapping[int, int] | None = None,
        done_before: Mapping[int, int] | None = None,
    ) -> None:
        self.timeline = timeline
        self._held_ms = dict(before_ms or {})
        self._made_up_ms: dict[int, int] = {}
        self._done_before = dict(done_before or {})
        self._played: set[int] = set()
        """The indices of the steps that were played to their end."""
        self._made_up: set[int] = set()
        """The indices of the steps that were made up."""
        self._repetitions = timeline.repetitions()

    def note(self, phase: Phase, position_ms: float) -> None:
        """Record that `phase` was played up to `position_ms` of the timeline; only steps count."""
        if not phase.is_step:
            return
        played_ms = int(min(max(position_ms - phase.start_ms, 0), phase.duration_ms))
        played, held_ms, index = self._played, self._held_ms, phase.index
        if phase.makes_up is not None:
            played, held_ms, index = self._made_up, self._made_up_ms, phase.makes_up
        if played_ms == phase.duration_ms:
            played.add(index)
        if phase.kind is PhaseKind.HOLD:
            held_ms[index] = max(played_ms, held_ms.get(index, 0))

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
        return _by_exercise((phase.exercise, phase.side, self.of(phase)) for phase in self.timeline.holds())

    # Repetitions

    def is_done(self, repetition: tuple[Phase, ...]) -> bool:
        """Whether all its phases were played to their end."""
        return all(phase.index in self._played | self._made_up for phase in repetition)

    def runs(self) -> tuple[Run, ...]:
        """Every exercise that counts repetitions, set by set and side by side."""
        runs: dict[tuple[int, int, Side | None], list[tuple[Phase, ...]]] = {}
        for repetition in self._repetitions:
            first = repetition[0]
            runs.setdefault((first.ordinal, first.set_number, first.side), []).append(repetition)
        return tuple(map(self._run, runs.values()))

    def _run(self, repetitions: list[tuple[Phase, ...]]) -> Run:
        first, planned = repetitions[0][0], len(repetitions)
        done = sum(map(self.is_done, repetitions))
        played = sum(all(phase.index in self._played for phase in repetition) for repetition in repetitions)
        # Of those done before the session was resumed only the number is known: none is counted twice.
        done += max(0, self._done_before.get(first.index, 0) - played)
        return Run(
            index=first.index,
            exercise=first.exercise,
            ordinal=first.ordinal,
            set_number=first.set_number,
            side=first.side,
            planned=planned,
            done=min(planned, done),
        )

    @property
    def repetitions_done(self) -> int:
        return sum(run.done for run in self.runs())

    @property
    def repetitions(self) -> int:
        """How many there are in the plan."""
        return len(self._repetitions)

    def repetitions_by_exercise(self) -> Mapping[str, Mapping[str, int]]:
        """Repetitions done, by exercise id and side."""
        return _by_exercise((run.exercise, run.side, run.done) for run in self.runs())

    @property
    def anything_done(self) -> bool:
        return self.total_ms > 0 or self.repetitions_done > 0

    @property
    def anything_whole(self) -> bool:
        """Whether a hold was held in full, or a repetition done."""
        return self.holds_done > 0 or self.repetitions_done > 0

    @property
    def complete(self) -> bool:
        """Whether everything planned was done."""
        return self.holds_done == len(self.timeline.holds()) and self.repetitions_done == self.repetitions

    @property
    def exercises_done(self) -> int:
        """How many exercises were done in full."""
        counted = {run.ordinal for run in self.runs()}
        missed = {run.ordinal for run in self.runs() if run.done < run.planned}
        missed |= {
            hold.ordinal
            for hold in self.timeline.holds()
            if hold.ordinal not in counted and self.of(hold) < hold.duration_ms
        }
        return len(self.timeline.exercises) - len(missed)


def _by_exercise(amounts: Iterable[tuple[str, Side | None, int]]) -> Mapping[str, Mapping[str, int]]:
    table: dict[str, dict[str, int]] = {}
    for exercise, side, amount in amounts:
        sides = table.setdefault(exercise, {})
        key = str(side or BOTH)
        sides[key] = sides.get(key, 0) + amount
    return table
