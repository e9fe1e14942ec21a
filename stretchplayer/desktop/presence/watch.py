"""Whether the person can be reminded now, combined from everything the system can tell."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject, Signal

from stretchplayer.player.stopwatch import NS_PER_MS
from stretchplayer.ports import Clock, Timer
from stretchplayer.reminders.presence import Presence

AWAY_AFTER_MS: Final = 3 * 60_000
"""A person who hasn't touched the machine for this long counts as away: long enough to read a page."""
LOOK_EVERY_MS: Final = 5_000
"""How soon a waiting reminder notices that the person is back or free. Nothing is polled otherwise."""
LOOK_LIMIT_MS: Final = 1_000
"""A probe that hasn't answered by then counts as unknown."""
FRESH_MS: Final = 5_000

Probe = Callable[[Callable[[Presence | None], None]], None]
"""Calls back once, immediately or later, with AWAY, BUSY, CALLING, or None for free or unknown."""


class PresenceWatch(QObject):
    """Knows whether the person can be reminded now. Never raises or blocks.

    AWAY takes precedence over BUSY, and BUSY over CALLING. A probe is not asked again until it has answered.
    """

    changed = Signal()
    """What was asked for is known now or, while it is watched, has changed."""

    def __init__(
        self, probes: Sequence[Probe], clock: Clock, rounds: Timer, limit: Timer, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._probes = probes
        self._clock = clock
        self._rounds = rounds
        self._limit = limit
        self._found: dict[int, Presence | None] = {}
        self._found_at_ns: int | None = None
        self._asked: set[int] = set()
        """The probes that have not answered yet."""
        self._awaited: set[int] = set()
        """Those of them that the look under way still waits for."""
        self._is_watching = False
        self._last_reported: Presence | None = None
        """None if what is being found out has to be told even when it is no change."""
        rounds.connect(self._next_round)
        limit.connect(self._give_up)

    def presence(self) -> Presence:
        found = self._found.values()
        return next((each for each in (Presence.AWAY, Presence.BUSY, Presence.CALLING) if each in found), Presence.FREE)

    def current(self) -> Presence | None:
        """The presence now; None while that is being found out."""
        if not self._is_watching and not self._is_fresh and not self._awaited:
            self._ask()
        return self.presence() if self._is_watching or self._is_fresh else None

    def watch(self, on: bool) -> None:
        """Watch for changes while a reminder waits, or stop. Nothing is polled otherwise."""
        if on == self._is_watching:
            return
        self._is_watching = on
        if on:
            self._last_reported = None if self._awaited else self.presence()
            self._next_round()
        else:
            self._rounds.cancel()

    def nudge(self) -> None:
        """Look now if being watched: something has happened."""
        if self._is_watching:
            self._next_round()

    def close(self) -> None:
        self.blockSignals(True)
        self.watch(on=False)
        self._limit.cancel()

    @property
    def _is_fresh(self) -> bool:
        age_ns = None if self._found_at_ns is None else self._clock.monotonic_ns() - self._found_at_ns
        return age_ns is not None and age_ns < FRESH_MS * NS_PER_MS

    def _next_round(self) -> None:
        self._rounds.arm(LOOK_EVERY_MS)
        if not self._awaited:
            self._ask()

    def _ask(self) -> None:
        free = [number for number in range(len(self._probes)) if number not in self._asked]
        self._asked.update(free)
        self._awaited = set(free)
        self._limit.arm(LOOK_LIMIT_MS)
        for number in free:
            self._probes[number](lambda found, number=number: self._take(number, found))  # type: ignore[misc]
        if not free:
            self._end_if_complete()

    def _take(self, number: int, found: Presence | None) -> None:
        self._asked.discard(number)
        self._found[number] = found
        if number in self._awaited:
            self._awaited.discard(number)
            self._end_if_complete()
        else:
            self._report()

    def _give_up(self) -> None:
        for number in self._awaited:
            self._found[number] = None
        self._awaited.clear()
        self._end_if_complete()

    def _end_if_complete(self) -> None:
        if not self._awaited:
            self._limit.cancel()
            self._found_at_ns = self._clock.monotonic_ns()
            self._report()

    def _report(self) -> None:
        if not self._is_watching or self.presence() is not self._last_reported:
            self._last_reported = self.presence()
            self.changed.emit()
