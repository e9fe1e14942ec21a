"""What the session may offer before its end: to make up for what one side missed."""

from collections.abc import Callable
from typing import Final

from stretchplayer.routine.held_time import HeldTime
from stretchplayer.routine.make_up import MakeUp
from stretchplayer.routine.timeline import Timeline

SILENCE_MS: Final = 15_000
"""Who has said nothing for so long after the question does not want to."""
FindMakeUp = Callable[[Timeline, HeldTime, frozenset[int]], MakeUp | None]
"""Finds the next offer for a timeline, by what was held and the holds that need not be offered any more."""


class MakeUpOffers:
    """Keeps what was offered in a session: each hold once, and nothing more after a no."""

    def __init__(self, find: FindMakeUp | None) -> None:
        self._find = find
        self._taken: frozenset[int] = frozenset()
        self._declined = False
        self._before: Timeline | None = None
        self.current: MakeUp | None = None
        """What is being offered, or was taken last."""

    def reset(self) -> None:
        """Another session begins."""
        self._taken, self._declined, self._before, self.current = frozenset(), False, None, None

    def look(self, timeline: Timeline, held: HeldTime) -> MakeUp | None:
        """The offer to be made before the session ends."""
        if self._find is None or self._declined:
            return None
        self._before = timeline
        self.current = self._find(timeline, held, self._taken)
        return self.current

    def take(self) -> None:
        """The person wants it."""
        if self.current is not None:
            self._taken |= {self.current.hold.index}

    def withdraw(self, *, declined: bool) -> Timeline | None:
        """The offer doesn't stand any more, because it was declined or the person went elsewhere; what was played."""
        self._declined = self._declined or declined
        self.current = None
        return self._before
