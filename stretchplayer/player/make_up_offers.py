"""Offers, before the session ends, to make up for what one side missed."""

from collections.abc import Callable
from typing import Final

from stretchplayer.routine.held_time import HeldTime
from stretchplayer.routine.make_up import MakeUp
from stretchplayer.routine.timeline import Timeline

SILENCE_MS: Final = 15_000
"""No answer for this long after the question counts as a no."""
FindMakeUp = Callable[[Timeline, HeldTime, frozenset[int]], MakeUp | None]
"""Finds the next offer from the timeline, what was held, and the indices of what was already taken."""


class MakeUpOffers:
    """The offers of one session: each at most once, and none after a no."""

    def __init__(self, find: FindMakeUp | None) -> None:
        self._find = find
        self._taken: frozenset[int] = frozenset()
        self._declined = False
        self._before: Timeline | None = None
        self.current: MakeUp | None = None
        """The open offer, or the one taken last."""

    def reset(self) -> None:
        self._taken, self._declined, self._before, self.current = frozenset(), False, None, None

    def find_next(self, timeline: Timeline, held: HeldTime) -> MakeUp | None:
        """Find the next offer; None when there is none or the person declined."""
        if self._find is None or self._declined:
            return None
        self._before = timeline
        self.current = self._find(timeline, held, self._taken)
        return self.current

    def take(self) -> None:
        if self.current is not None:
            self._taken |= {self.current.missed.index}

    def withdraw(self, *, declined: bool) -> Timeline | None:
        """Close the offer, declined or left behind, and return the timeline that was playing before it."""
        self._declined = self._declined or declined
        self.current = None
        return self._before
