"""What may be offered to a person, and when: to measure their reach, and to hold for longer. Never twice for a no."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from stretchplayer.progress.history import PainAnswer, SessionOutcome, SessionRecord
from stretchplayer.progress.trends import DETECTABLE_PAIN
from stretchplayer.routine.preferences import HOLD_CHOICES_S

REACH_EVERY: Final = timedelta(days=3)
"""Twice a week, with three and four days between."""
SHORT_HOLDS_S: Final = (10, 15)
"""What beginners hold, by the routine's own safety notes."""
RESUMABLE_FOR: Final = timedelta(hours=2)
"""How long a session that ended in the middle can be gone on with: later the muscles are no longer warm."""
LONGER_BY_S: Final = 5
GOOD_WEEK: Final = timedelta(days=7)
DAYS_OF_GOOD_WEEK: Final = 5
"""On how many of its seven days a session has to have been done."""


def reach_is_due(today: date, measured: date | None, put_off: date | None) -> bool:
    """Whether the reach may be asked for: not before three days after it was last measured or the person put it off."""
    return all(last is None or not last <= today < last + REACH_EVERY for last in (measured, put_off))


def can_resume(record: SessionRecord, now: datetime) -> bool:
    """Whether to offer to go on: open, no rehearsal, and last played at most two hours ago.

    A session that was last played in the future (the clock was set back since) is as good as one just played, as long
    as that, too, is not more than two hours away.
    """
    return record.outcome is SessionOutcome.OPEN and record.counts and abs(now - record.seen_at) <= RESUMABLE_FOR


def longer_hold(
    today: date,
    hold_s: int,
    goal_s: float,
    sessions: Sequence[SessionRecord],
    answers: Sequence[PainAnswer],
    *,
    answered: date | None = None,
) -> int | None:
    """The seconds to offer after a good week, never more than the routine's own; None when nothing is to be offered.

    They are five more than `hold_s`, as far as that can be chosen; `goal_s` is the routine's own.

    A good week is seven days, today among them, in which every session was done in full and held for `hold_s`, on at
    least five of the days, with no sign of warning and no growing pain. `answered` is when the person last said yes or
    no to such an offer. `sessions` and `answers` are in any order and may reach back further than a week.
    """
    since = today - GOOD_WEEK + timedelta(days=1)
    longer_s = hold_s + LONGER_BY_S
    if longer_s > goal_s or longer_s not in HOLD_CHOICES_S or (answered is not None and since <= answered <= today):
        return None
    week = [record for record in sessions if record.counts and since <= record.day <= today]
    ended = [record for record in week if record.outcome is not SessionOutcome.OPEN]
    if not all(record.complete and _holds(record, hold_s) for record in ended):
        return None
    if len({record.day for record in ended}) < DAYS_OF_GOOD_WEEK:
        return None
    known = {record.id for record in ended}
    if _hurts(sorted((each for each in answers if each.session in known), key=lambda each: each.session)):
        return None
    return longer_s


def _holds(record: SessionRecord, hold_s: int) -> bool:
    return all(hold.planned_ms == hold_s * 1000 for hold in record.holds)


def _hurts(answers: Sequence[PainAnswer]) -> bool:
    """Whether there was any sign of warning, or the last answer is worse than the first by what the scale detects."""
    if any(answer.signs for answer in answers):
        return True
    for told in ([each.back for each in answers], [each.leg for each in answers]):
        given = [pain for pain in told if pain is not None]
        if given and given[-1] - given[0] >= DETECTABLE_PAIN:
            return True
    return False
