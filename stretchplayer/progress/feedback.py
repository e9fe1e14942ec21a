"""When the answers after a session call for showing the stop rules."""

from collections.abc import Sequence

from stretchplayer.progress.history import FinishAnswer, PainAnswer
from stretchplayer.progress.trends import DETECTABLE_PAIN


def pain_grew(answer: FinishAnswer, recent: Sequence[PainAnswer]) -> bool:
    """Whether back or leg pain exceeds the mean of the recent answers by a detectable difference."""
    for now, before in (
        (answer.back, [each.back for each in recent if each.back is not None]),
        (answer.leg, [each.leg for each in recent if each.leg is not None]),
    ):
        if now is not None and before and now - sum(before) / len(before) >= DETECTABLE_PAIN:
            return True
    return False


def calls_for_stop_rules(answer: FinishAnswer, recent: Sequence[PainAnswer]) -> bool:
    return bool(answer.signs) or pain_grew(answer, recent)
