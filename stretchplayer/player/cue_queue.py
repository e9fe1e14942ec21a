"""The planned cues of a session, in order: which to hand to the sound, and which to tell of."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator

from stretchplayer.routine.cues import Cue
from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline


class CueQueue:
    """Two places in the list of all cues: a cue is handed to the sound `lead_ms` early, and told when it is due."""

    def __init__(self, timeline: Timeline, lead_ms: float) -> None:
        self._timeline = timeline
        self._cues = tuple(timeline.cues())
        self._lead_ms = lead_ms
        self._next_to_hand_over = 0
        self._next_to_give = 0

    def aim(self, position_ms: float) -> None:
        """Make the first cue that is not before `position_ms` the next one."""
        self._next_to_hand_over = bisect_left(self._cues, position_ms, key=lambda cue: cue.at_ms)
        self._next_to_give = self._next_to_hand_over

    def next_due_ms(self, phase: Phase) -> float:
        """The moment at which there is something to do next: a cue to hand over or to tell, or the end of the phase."""
        due = [float(phase.end_ms)]
        # At most one of each; a cue that waits for the person is not due, or this would be an alarm for the past.
        to_hand_over = self._cues[self._next_to_hand_over : self._next_to_hand_over + 1]
        due += [cue.at_ms - self._lead_ms for cue in to_hand_over if not self._waits_before(cue, phase)]
        due += [cue.at_ms for cue in self._cues[self._next_to_give : self._next_to_give + 1]]
        return min(due)

    def take_early(self, now_ms: float, phase: Phase) -> Iterator[Cue]:
        """Take every cue that will be due within the lead, unless a wait for the person lies between."""
        while self._next_to_hand_over < len(self._cues):
            cue = self._cues[self._next_to_hand_over]
            if cue.at_ms - self._lead_ms > now_ms or self._waits_before(cue, phase):
                return
            self._next_to_hand_over += 1
            yield cue

    def take_due(self, now_ms: float, phase: Phase) -> Iterator[tuple[Cue, bool]]:
        """Take every cue of the phase that is due by now, and whether it has still to be handed over."""
        while self._next_to_give < len(self._cues):
            cue = self._cues[self._next_to_give]
            if cue.at_ms > now_ms or (cue.at_ms >= phase.end_ms and phase.kind is not PhaseKind.DONE):
                return
            late = self._next_to_hand_over == self._next_to_give
            self._next_to_hand_over += late
            self._next_to_give += 1
            yield cue, late

    def resume_at(self, position_ms: float, phase: Phase, speech_ms: Callable[[str], int]) -> float:
        """Where to play on after a pause: a sentence that the pause cut off is said again from its beginning.

        In a hold it isn't: seconds that were held are not asked for twice.
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
        coming = self._timeline.at(cue.at_ms)
        return coming.awaits_person and coming is not phase
