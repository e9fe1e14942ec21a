"""The twelve weeks of somebody who never was, kept by the program's own history, for pictures of it.

They stretch most mornings and evenings, were on holiday for some days, left it out in a flare, and feel it helps.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from random import Random

from stretchplayer.progress.history import (
    HoldRecord,
    PainAnswer,
    ReachMeasure,
    SessionOutcome,
    SessionRecord,
    ended,
    new_session_id,
    with_progress,
)
from stretchplayer.reminders.slots import Slot, SlotState, SlotView
from stretchplayer.routine.timeline import Timeline
from stretchplayer.storage.history.writer import HistoryWriter
from stretchplayer.storage.plan_snapshot import plan_as_text
from stretchplayer.ui.text.slots import ReminderStatus

NOW = datetime(2026, 11, 24, 17, 20, tzinfo=timezone(timedelta(hours=1)))
"""A Tuesday: the morning's session is done, the evening's is still to come."""
MORNING, EVENING = time(8), time(20)
DAYS = 80
MARKED_AGO = 3
HOLIDAY, FLARE = range(41, 46), range(17, 19)
"""So many days ago."""
NOTES = {
    62: "Stiff after a day in the car.",
    30: "Walked for an hour yesterday, felt good.",
    11: "Sat through a long meeting, better after this.",
    2: "Slept well.",
}
TOOK = timedelta(minutes=7)
STOPS, LETS_GO, ANSWERS = 0.04, 0.12, 0.75
"""How likely a session is stopped, a hold is let go of early, and the questions after it are answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A session, and what was done and said."""

    record: SessionRecord
    outcome: SessionOutcome
    held_ms: dict[int, int]
    answer: PainAnswer | None


def make_history(data_dir: Path, timeline: Timeline) -> None:
    """Keep the twelve weeks in that folder, as sessions of that timeline."""
    chance = Random(11)  # noqa: S311  The same weeks every time
    store = HistoryWriter(data_dir, now=lambda: NOW)
    store.open()
    for ago in range(DAYS, -1, -1):
        day = NOW.date() - timedelta(days=ago)
        for slot in (Slot(day=day, at=MORNING), Slot(day=day, at=EVENING)):
            if datetime.combine(day, slot.at, NOW.tzinfo) > NOW:
                continue
            state = _left_out(slot, ago, chance)
            if state is not None:
                store.settle({slot.key: state})
            else:
                _keep(store, _played(slot, ago, timeline, chance))
        for measure in _measured(day, ago, chance):
            store.measure(measure)
    store.close()


def reminders() -> ReminderStatus:
    """Today's reminders at that moment."""
    done = NOW.replace(hour=8, minute=9)
    views = (
        SlotView(slot=Slot(day=NOW.date(), at=MORNING), state=SlotState.DONE, done_at=done),
        SlotView(slot=Slot(day=NOW.date(), at=EVENING), state=SlotState.COMING),
    )
    return ReminderStatus(slots=views, now=NOW, next_at=NOW.replace(hour=20, minute=0))


def _left_out(slot: Slot, ago: int, chance: Random) -> SlotState | None:
    """What became of the reminder if nothing was done for it."""
    if ago in HOLIDAY:
        return SlotState.PAUSED
    if ago in FLARE:
        return SlotState.SKIPPED
    if slot.at == MORNING and ago == MARKED_AGO:
        return SlotState.MARKED_DONE
    likely = 0.92 if slot.at is MORNING else 0.66 + (DAYS - ago) / DAYS * 0.26
    return None if ago in {0, DAYS} or chance.random() < likely else SlotState.MISSED


def _played(slot: Slot, ago: int, timeline: Timeline, chance: Random) -> Played:
    started = datetime.combine(slot.day, slot.at, NOW.tzinfo) + timedelta(minutes=chance.randint(1, 25))
    holds = timeline.holds()
    stops = ago > 0 and chance.random() < STOPS
    kept = holds[: chance.randint(2, 4)] if stops else holds
    held = {hold.index: hold.duration_ms for hold in kept}
    if chance.random() < LETS_GO:
        held[kept[0].index] -= chance.randint(4, 18) * 1000
    record = SessionRecord(
        id=new_session_id(started, 0),
        routine=timeline.routine.id,
        title=timeline.routine.title,
        plan=plan_as_text(timeline),
        started_at=started,
        seen_at=started,
        slot=slot.key,
        holds=tuple(
            HoldRecord(
                index=hold.index,
                stretch=hold.exercise,
                title=timeline.routine.exercise(hold.exercise).title,
                side=hold.side,
                planned_ms=hold.duration_ms,
                held_ms=0,
            )
            for hold in holds
        ),
    )
    outcome = SessionOutcome.STOPPED if stops else SessionOutcome.FINISHED
    return Played(record=record, outcome=outcome, held_ms=held, answer=_answer(record, ago, chance))


def _answer(record: SessionRecord, ago: int, chance: Random) -> PainAnswer | None:
    """How much it hurts: less and less, more around the flare; not everybody answers every time."""
    if chance.random() > ANSWERS:
        return None
    flare = max(0.0, 2.4 - 0.6 * abs(ago - FLARE[0]))
    back = round(min(max(2.2 + 3.6 * ago / DAYS + flare + chance.gauss(0, 0.6), 0), 10))
    leg = round(min(max(1.2 + 1.8 * ago / DAYS + flare / 2 + chance.gauss(0, 0.5), 0), 10))
    note = NOTES.get(ago, "") if record.started_at.hour < EVENING.hour else ""
    return PainAnswer(session=record.id, answered_at=record.started_at + TOOK, back=back, leg=leg, note=note)


def _keep(store: HistoryWriter, played: Played) -> None:
    record = played.record
    ended_at = record.started_at + TOOK
    done = with_progress(record, at=ended_at, phase=max(played.held_ms), held_ms=played.held_ms)
    store.put(ended(done, played.outcome, ended_at, record.slot))
    if played.answer is not None:
        store.answer(played.answer)


def _measured(day: date, ago: int, chance: Random) -> Iterator[ReachMeasure]:
    """Twice a week, unless there was a reason not to."""
    if day.weekday() in {0, 3} and ago not in HOLIDAY and ago not in FLARE:
        yield ReachMeasure(day=day, cm=round(15 + 11.5 * ago / DAYS + chance.gauss(0, 0.8), 1))
