"""What a person may answer when a session is over, and when that calls for the rules about stopping."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from stretchplayer.progress.history import PainAnswer, WarningSign
from stretchplayer.progress.trends import DETECTABLE_PAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishAnswer:
    """Pain of back and leg from 0 to 10, None where it was not answered; a note; and what the person reports."""

    back: int | None = None
    leg: int | None = None
    note: str = ""
    signs: frozenset[WarningSign] = field(default_factory=frozenset)


def pain_grew(answer: FinishAnswer, recent: Sequence[PainAnswer]) -> bool:
    """Whether back or leg hurt more than in the mean of the recent answers, by what the scale can detect or more."""
    for now, before in (
        (answer.back, [given.back for given in recent if given.back is not None]),
        (answer.leg, [given.leg for given in recent if given.leg is not None]),
    ):
        if now is not None and before and now - sum(before) / len(before) >= DETECTABLE_PAIN:
            return True
    return False


def calls_for_stop_rules(answer: FinishAnswer, recent: Sequence[PainAnswer]) -> bool:
    """Whether the person reports anything that the rules about stopping are there for."""
    return bool(answer.signs) or pain_grew(answer, recent)
