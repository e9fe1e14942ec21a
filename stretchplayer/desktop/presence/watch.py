"""Whether the person can be reminded now, combined from everything the system can tell."""

from collections.abc import Callable, Sequence
from typing import Final

from stretchplayer.ports import Timer
from stretchplayer.reminders.presence import Presence

AWAY_AFTER_MS: Final = 3 * 60_000
"""A person who hasn't touched the machine for this long counts as away: long enough to read a page."""
LOOK_EVERY_MS: Final = 5_000
"""How soon a waiting reminder notices that the person is back or free. Nothing is polled otherwise."""
LOOK_LIMIT_MS: Final = 1_000
"""A probe that hasn't answered by then counts as unknown."""


Probe = Callable[[Callable[[Presence | None], None]], None]
"""Calls back once, immediately or later, with AWAY, BUSY, CALLING, or None for free or unknown."""


class ProbedPresence:
    """Implements `ports.PresenceWatch`.

    AWAY takes precedence over BUSY, and BUSY over CALLING. A probe is not asked again until it has answered.
    """

    def __init__(self, probes: Sequence[Probe], rounds: Timer, limit: Timer) -> None:
        self._probes = probes
        self._rounds = rounds
        self._limit = limit
        self._found: dict[int, Presence | None] = {}
        self._asked: set[int] = set()
        """The probes that have not answered yet."""
        self._awaited: set[int] = set()
        """Those of them that the look under way still waits for."""
        self._answers: list[Callable[[Presence], None]] = []
        self._is_watching = False
        self._last_reported = Presence.FREE
        self._tell: Callable[[], None] = lambda: None
        rounds.connect(self._next_round)
        limit.connect(self._give_up)

    def presence(self) -> Presence:
        found = self._found.values()
        return next((each for each in (Presence.AWAY, Presence.BUSY, Presence.CALLING) if each in found), Presence.FREE)

    def look(self, answer: Callable[[Presence], None]) -> None:
        self._answers.append(answer)
        if not self._awaited:
            self._ask()

    def watch(self, on: bool) -> None:
        if on == self._is_watching:
            return
        self._is_watching = on
        if on:
            self._last_reported = self.presence()
            self._next_round()
        else:
            self._rounds.cancel()

    def nudge(self) -> None:
        """Look now if being watched: something has happened."""
        if self._is_watching:
            self._next_round()

    def on_change(self, callback: Callable[[], None]) -> None:
        self._tell = callback

    def close(self) -> None:
        self.watch(on=False)
        self._limit.cancel()
        self._answers.clear()
        self._tell = lambda: None

    def _next_round(self) -> None:
        self._rounds.arm(LOOK_EVERY_MS)
        self.look(lambda _presence: None)

    def _ask(self) -> None:
        free = [number for number in range(len(self._probes)) if number not in self._asked]
        self._asked.update(free)
        self._awaited = set(free)
        self._limit.arm(LOOK_LIMIT_MS)
        for number in free:
            self._probes[number](lambda found, number=number: self._take(number, found))  # type: ignore[misc]
        self._end_if_complete()

    def _take(self, number: int, found: Presence | None) -> None:
        self._asked.discard(number)
        self._found[number] = found
        if number in self._awaited:
            self._awaited.discard(number)
            self._end_if_complete()
        else:
            self._note_change()

    def _give_up(self) -> None:
        for number in self._awaited:
            self._found[number] = None
        self._awaited.clear()
        self._end_if_complete()

    def _end_if_complete(self) -> None:
        if self._awaited:
            return
        self._limit.cancel()
        answers, self._answers = self._answers, []
        for answer in answers:
            answer(self.presence())
        self._note_change()

    def _note_change(self) -> None:
        if self._is_watching and self.presence() is not self._last_reported:
            self._last_reported = self.presence()
            self._tell()
