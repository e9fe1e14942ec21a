"""When to offer to measure reach, to resume a session, or to hold longer. A no is not asked again soon."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from stretchplayer.progress.history import PainAnswer, SessionOutcome, SessionRecord
from stretchplayer.progress.trends import DETECTABLE_PAIN
from stretchplayer.routine.preferences import HOLD_CHOICES_S

REACH_EVERY: Final = timedelta(days=3)
"""Twice a week, three and four days apart."""
RESUMABLE_FOR: Final = timedelta(hours=2)
"""How long an unfinished session can be resumed; later, the muscles are no longer warm."""
LONGER_BY_S: Final = 5
GOOD_WEEK: Final = timedelta(days=7)
DAYS_OF_GOOD_WEEK: Final = 5
"""How many of its seven days must have a session."""


def reach_is_due(today: date, measured: date | None, put_off: date | None) -> bool:
    """Whether to ask for the reach: three days after it was last measured or put off."""
    return all(last is None or not last <= today < last + REACH_EVERY for last in (measured, put_off))


def can_resume(record: SessionRecord, now: datetime) -> bool:
    """Whether to offer to resume it: open, no rehearsal, more than its start, and last played at most two hours ago.

    Up to two hours in the future counts too, in case the clock was set back since.
    """
    is_worth_it = record.outcome is SessionOutcome.OPEN and record.counts and not record.came_to_nothing
    return is_worth_it and abs(now - record.seen_at) <= RESUMABLE_FOR


def longer_hold(
    today: date,
    hold_s: int,
    goal_s: float,
    sessions: Sequence[SessionRecord],
    answers: Sequence[PainAnswer],
    *,
    answered: date | None = None,
) -> int | None:
    """The hold length to offer after a good week, in seconds; None for no offer.

    It is five seconds more than `hold_s`, if that can be chosen, and at most `goal_s`, the routine's own.

    In a good week, today included, every session was done in full with holds of `hold_s`, on at least five days,
    without warning signs or growing pain. `answered` is when such an offer was last answered. `sessions` and `answers`
    are in any order and may go back further than a week.
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
    ended_ids = {record.id for record in ended}
    if _hurts(sorted((each for each in answers if each.session in ended_ids), key=lambda each: each.session)):
        return None
    return longer_s


def _holds(record: SessionRecord, hold_s: int) -> bool:
    """Whether every stretch was to be held so long; what counts repetitions has its own holds."""
    counted = {run.stretch for run in record.repetitions}
    holds = [hold.planned_ms for hold in record.holds if hold.stretch not in counted]
    return bool(holds) and all(planned_ms == hold_s * 1000 for planned_ms in holds)


def _hurts(answers: Sequence[PainAnswer]) -> bool:
    """Whether there was a warning sign, or the last answer is detectably worse than the first."""
    if any(answer.signs for answer in answers):
        return True
    for answers_of_part in ([each.back for each in answers], [each.leg for each in answers]):
        pains = [pain for pain in answers_of_part if pain is not None]
        if pains and pains[-1] - pains[0] >= DETECTABLE_PAIN:
            return True
    return False
