"""What a screen reader announces during a session: little, and when it matters."""

from collections.abc import Callable
from typing import Final

from stretchplayer.i18n import _, ngettext
from stretchplayer.player.session import Session
from stretchplayer.player.state import State
from stretchplayer.routine.timeline import Phase, PhaseKind
from stretchplayer.ui.text import player as player_words

_LAST_S: Final = 5
_SHORTEST_TO_HALVE_S: Final = 15
"""For a shorter hold only the end is announced."""


class Announcements:
    """Follows a session and passes sentences to `say`: each phase, half-way, and the last seconds of a hold."""

    def __init__(self, session: Session, say: Callable[[str], None]) -> None:
        self._session = session
        self._say = say
        self._last: tuple[Phase, str] | None = None

    def refresh(self) -> None:
        phase = self._session.phase
        if phase is None:
            return
        words = self._words(phase)
        if words and (self._last is None or self._last[0] is not phase or self._last[1] != words):
            self._last = (phase, words)
            self._say(words)

    def _words(self, phase: Phase) -> str:
        match self._session.state:
            case State.PAUSED | State.INTERRUPTED:
                return _("Paused.")
            case State.WAITING | State.OFFERING:
                return player_words.instruction(self._session)
            case State.RESUMING:
                return _("Resuming.")
        if phase.repetition > 1 and (count := player_words.repetition(phase)):
            return count if phase.step == 0 else ""
        if phase.kind is PhaseKind.HOLD:
            return self._hold_words(phase)
        return phase.text

    def _hold_words(self, phase: Phase) -> str:
        if phase.breaths:
            hold = ngettext("Hold for {n} breath.", "Hold for {n} breaths.", phase.breaths).format(n=phase.breaths)
            return f"{hold} {phase.text}"
        seconds = round(phase.duration_ms / 1000)
        left_ms = self._session.phase_left_ms
        if seconds > _LAST_S and left_ms <= _LAST_S * 1000:
            return ngettext("{n} second left.", "{n} seconds left.", _LAST_S).format(n=_LAST_S)
        if seconds >= _SHORTEST_TO_HALVE_S and left_ms <= phase.duration_ms / 2:
            half = seconds // 2
            return ngettext("Half-way: {n} second left.", "Half-way: {n} seconds left.", half).format(n=half)
        hold = ngettext("Hold for {n} second.", "Hold for {n} seconds.", seconds).format(n=seconds)
        return f"{hold} {phase.text}"
