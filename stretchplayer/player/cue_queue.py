"""The planned cues of a session, in order: which to play next, and which event to emit next."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator

from stretchplayer.routine.cues import Cue
from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline


class CueQueue:
    """Two positions in the list of cues: each is played `lead_ms` early, and its event is emitted when it is due."""

    def __init__(self, timeline: Timeline, lead_ms: float) -> None:
        self._timeline = timeline
        self._cues = tuple(timeline.cues())
        self._lead_ms = lead_ms
        self._next_to_play = 0
        self._next_due = 0

    def seek(self, position_ms: float) -> None:
        """Continue with the first cue at or after `position_ms`."""
        self._next_to_play = bisect_left(self._cues, position_ms, key=lambda cue: cue.at_ms)
        self._next_due = self._next_to_play

    def next_due_ms(self, phase: Phase) -> float:
        """When something is due next: a cue to play, a cue event, or the end of the phase."""
        due = [float(phase.end_ms)]
        # A cue that waits for the person is not due, or the deadline would lie in the past.
        to_play = self._cues[self._next_to_play : self._next_to_play + 1]
        due += [cue.at_ms - self._lead_ms for cue in to_play if not self._waits_before(cue, phase)]
        due += [cue.at_ms for cue in self._cues[self._next_due : self._next_due + 1]]
        return min(due)

    def take_early(self, now_ms: float, phase: Phase) -> Iterator[Cue]:
        """Take every cue that is due within the lead, unless a wait for the person comes first."""
        while self._next_to_play < len(self._cues):
            cue = self._cues[self._next_to_play]
            if cue.at_ms - self._lead_ms > now_ms or self._waits_before(cue, phase):
                return
            self._next_to_play += 1
            yield cue

    def take_due(self, now_ms: float, phase: Phase) -> Iterator[tuple[Cue, bool]]:
        """Take every cue of the phase that is due, each with whether it has yet to be played."""
        while self._next_due < len(self._cues):
            cue = self._cues[self._next_due]
            if cue.at_ms > now_ms or (cue.at_ms >= phase.end_ms and phase.kind is not PhaseKind.DONE):
                return
            late = self._next_to_play == self._next_due
            self._next_to_play += late
            self._next_due += 1
            yield cue, late

    def resume_at(self, position_ms: float, phase: Phase, speech_ms: Callable[[str], int]) -> float:
        """Where to resume after a pause: at the start of the sentence that the pause cut off.

        A hold resumes where it was paused, so that no second has to be held twice.
        """
        if phase.kind is PhaseKind.HOLD:
            return position_ms
        last = bisect_right(phase.cues, position_ms, key=lambda cue: cue.at_ms) - 1
        if last < 0:
            return position_ms
        cue = phase.cues[last]
        said_at_ms = cue.at_ms + cue.tone_ms + (speech_ms(cue.say) if cue.say else 0)
        return cue.at_ms if position_ms < said_at_ms else position_ms

    def _waits_before(self, cue: Cue, phase: Phase) -> bool:
        phase_at_cue = self._timeline.at(cue.at_ms)
        return phase_at_cue.awaits_person and phase_at_cue is not phase
