"""The facts that the history gives the pages."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from stretchplayer.app.progress_facts import Question, background_of, report_of, sessions_of
from stretchplayer.errors import StorageError
from stretchplayer.figure.side import Side
from stretchplayer.progress.adherence import DAY, DotState
from stretchplayer.progress.history import (
    HoldRecord,
    PainAnswer,
    ReachMeasure,
    SessionOutcome,
    SessionRecord,
    new_session_id,
)
from stretchplayer.progress.trends import Trend
from stretchplayer.reminders.slots import SlotState
from stretchplayer.routine.preferences import Preferences
from stretchplayer.settings import ProgressSettings, Settings
from stretchplayer.storage.history import rows
from stretchplayer.storage.history.database import FILE_NAME, open_database, transaction
from stretchplayer.storage.history.reader import HistoryFileReader
from tests.progress_data import EVENING, NOW, TODAY, slot
from tests.routine.shipped import hamstring_trio

WANTED = Settings(
    playing=Preferences(hold_s=15),
    progress=ProgressSettings(measure_reach=True, offer_longer_holds=True),
)


def session(days_ago: int, *, hold_s: int = 15, held: bool = True) -> SessionRecord:
    """A session in the morning of that day."""
    started = NOW.replace(hour=8) - timedelta(days=days_ago)
    holds = tuple(
        HoldRecord(index=n, stretch="a", title="A", side=side, planned_ms=hold_s * 1000, held_ms=hold_s * 1000 * held)
        for n, side in enumerate(Side)
    )
    return SessionRecord(
        id=new_session_id(started, 0), routine="r", title="R", plan='{"format": 1}',
        started_at=started, seen_at=started, ended_at=started,
        outcome=SessionOutcome.FINISHED, slot=slot(started.date()).key, holds=holds,
    )  # fmt: skip


def about(record: SessionRecord, **changes: object) -> PainAnswer:
    """An answer about a session."""
    given = PainAnswer(session=record.id, answered_at=record.started_at)
    return replace(given, **changes)  # type: ignore[arg-type]  # fields of the answer


class History:
    """A history in a file, and its reader."""

    def __init__(self, data_dir: Path) -> None:
        self.db = open_database(data_dir / FILE_NAME, now=lambda: NOW)
        self.reader = HistoryFileReader(data_dir)


Remember = Callable[..., History]


@pytest.fixture
def history(tmp_path: Path) -> Iterator[Remember]:
    """Makes histories of sessions and answers."""
    with ExitStack() as ending:

        def make(records: Sequence[SessionRecord] = (), *answers: PainAnswer) -> History:
            remembered = History(tmp_path / str(len(list(tmp_path.iterdir()))))
            ending.callback(remembered.db.close)
            with transaction(remembered.db):
                for record in records:
                    rows.put_session(remembered.db, record)
                for answer in answers:
                    rows.put_answer(remembered.db, answer)
            return remembered

        yield make


def question(history: History, settings: Settings = WANTED, session: int | None = None) -> Question:
    """What the pages ask this evening."""
    return Question(reader=history.reader, settings=settings, routine=hamstring_trio(), now=NOW, session=session)


def test_the_sessions_of_a_day_are_those_begun_on_it_and_those_for_its_reminders(history: Remember) -> None:
    late = replace(session(1), id=1, started_at=NOW.replace(hour=0, minute=30), slot=slot(TODAY - DAY, EVENING).key)
    open_one = replace(session(1), id=2, outcome=SessionOutcome.OPEN, ended_at=None)
    reader = history([session(0), session(1), session(2), late, open_one], about(session(1), back=3))
    assert [each.record for each in sessions_of(reader.reader, TODAY - DAY)] == [session(1), late]
    assert [each.answer is not None for each in sessions_of(reader.reader, TODAY - DAY)] == [True, False]
    assert [each.record for each in sessions_of(reader.reader, TODAY)] == [late, session(0)]
    for day in (date.min, date.max):
        assert not sessions_of(reader.reader, day)


def test_a_report_of_nothing(history: Remember) -> None:
    made = report_of(question(history()), 13)
    assert made.empty
    assert made.first == TODAY - timedelta(weeks=12)


def test_a_report_tells_what_is_remembered(history: Remember) -> None:
    records = [session(days_ago) for days_ago in (0, 1, 2)]
    reader = history(records, about(records[0], back=3, note="Two."), about(records[1], leg=2))
    rows.put_slots(reader.db, {slot(TODAY - timedelta(days=1), EVENING).key: SlotState.PAUSED})
    rows.put_measure(reader.db, ReachMeasure(day=TODAY, cm=4))
    made = report_of(question(reader), 13)
    assert made.row.now == 3
    assert made.days_active == 3
    assert [row.note for row in made.rows] == ["Two.", "", ""]
    assert [dot.state for dot in made.days[-2].dots] == [DotState.DONE, DotState.PAUSED]
    assert (made.rows[0].reach_cm, made.rows[0].pain is not None) == (4, True)


def test_two_notes_of_a_day_are_both_told(history: Remember) -> None:
    early = session(0)
    late = replace(early, id=early.id + 1)
    reader = history([early, late], about(early, note="Stiff."), about(late, note="Better."))
    assert report_of(question(reader), 13).rows[0].note == "Stiff. · Better."


def test_a_row_is_counted_beyond_the_period(history: Remember) -> None:
    reader = history([session(days_ago) for days_ago in range(200)])
    assert report_of(question(reader), 13).row.now == 200
    assert len(report_of(question(reader), 13).days) == 85


def test_weeks_begin_when_they_do_there(history: Remember) -> None:
    made = report_of(replace(question(history()), first_weekday=6), 1)
    assert made.first == TODAY - timedelta(days=1)


def test_a_history_that_can_t_be_read_is_an_error(history: Remember, tmp_path: Path) -> None:
    reader = history()
    reader.db.close()
    (tmp_path / "0" / FILE_NAME).write_bytes(b"nothing of the kind" * 100)
    with pytest.raises(StorageError):
        report_of(question(reader), 13)


# What matters now


def test_pain_is_compared_with_the_answers_before_this_one(history: Remember) -> None:
    records = [session(days_ago) for days_ago in (0, 2, 30)]
    reader = history(records, *(about(record, back=number) for number, record in enumerate(records)))
    days, background = background_of(question(reader, session=records[0].id))
    assert [answer.back for answer in background.recent] == [1]
    assert len(days) == 14


def test_a_day_is_counted_once_a_session_was_finished(history: Remember) -> None:
    """As on the Progress page. The hundreds of days before count too, and those on which nothing was held don't."""
    records = [session(0), replace(session(0), id=1), session(1, held=False), session(400)]
    assert background_of(question(history(records)))[1].days_done == 2
    assert background_of(question(history(records[2:])))[1].days_done is None
    stopped = replace(session(0), outcome=SessionOutcome.STOPPED)
    assert background_of(question(history([stopped])))[1].days_done is None


def test_what_has_measurably_changed_is_known_after_a_session(history: Remember) -> None:
    records = [session(days_ago) for days_ago in range(20)]
    reader = history(records, *(about(record, back=2 + number // 5) for number, record in enumerate(records)))
    for days_ago in (20, 0):
        rows.put_measure(reader.db, ReachMeasure(day=TODAY - timedelta(days=days_ago), cm=10 + days_ago))
    background = background_of(question(reader))[1]
    assert [each.trend for each in (background.back, background.leg, background.reach)] == [
        Trend.LOWER, Trend.UNKNOWN, Trend.LOWER,
    ]  # fmt: skip


@pytest.mark.parametrize(("days_ago", "due"), [(None, True), (1, False), (3, True)])
def test_reach_is_due(history: Remember, days_ago: int | None, due: bool) -> None:
    reader = history()
    if days_ago is not None:
        rows.put_measure(reader.db, ReachMeasure(day=TODAY - timedelta(days=days_ago), cm=4))
    assert background_of(question(reader))[1].reach_is_due is due
    assert not background_of(question(reader, Settings()))[1].reach_is_due
    put_off = replace(WANTED, progress=replace(WANTED.progress, reach_put_off=TODAY))
    assert not background_of(question(reader, put_off))[1].reach_is_due


def test_longer_holds_are_offered_after_a_good_week_to_whoever_wants_them(history: Remember) -> None:
    good = [session(days_ago) for days_ago in range(7)]
    background = background_of(question(history(good)))[1]
    assert (background.hold_s, background.longer_hold_s) == (15, 20)
    not_wanted = replace(WANTED, progress=ProgressSettings())
    assert background_of(question(history(good), not_wanted))[1].longer_hold_s is None
    as_written = replace(WANTED, playing=Preferences())
    assert background_of(question(history(good), as_written))[1].longer_hold_s is None
    answered = replace(WANTED, progress=replace(WANTED.progress, holds_answered=TODAY))
    assert background_of(question(history(good), answered))[1].longer_hold_s is None
    bad = [*good[1:], session(0, held=False)]
    assert background_of(question(history(bad)))[1].longer_hold_s is None
