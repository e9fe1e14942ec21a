"""Whether a session that another program has begun is still being played there.

Each such program leaves a mark where the one that reminds sees it, and another one every BEAT_EVERY_MS. A program that
ended takes its mark along. One that was stopped in the middle, by Ctrl+Z say, or hangs, leaves the same mark for ever:
after SILENT_AFTER_MS nobody takes that for a session any more. Marks are only compared with one another, and the time
is that of the program that reminds, so that no clock has to agree with another one.
"""

from dataclasses import dataclass
from typing import Final

BEAT_EVERY_MS: Final = 30_000
SILENT_AFTER_MS: Final = 120_000
"""Long enough for a machine that is busy; no reminder waits longer for a session that isn't played."""
_NS_PER_MS: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Beats:
    """The mark that was seen last, None for none, and since when there was no other, in ns of a monotonic clock."""

    mark: bytes | None = None
    since_ns: int = 0

    def seen(self, mark: bytes | None, now_ns: int) -> "Beats":
        """The same after another look."""
        return self if mark == self.mark else Beats(mark=mark, since_ns=now_ns)

    def is_playing(self, now_ns: int) -> bool:
        """Whether somebody plays a session."""
        return self.mark is not None and now_ns - self.since_ns < SILENT_AFTER_MS * _NS_PER_MS
