"""Sessions of an invented past, for the tests of the history."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from hypothesis import strategies as st

from stretchplayer.figure.side import Side
from stretchplayer.progress.history import (
    HoldRecord,
    PainAnswer,
    RepetitionRecord,
    SessionOutcome,
    SessionRecord,
    WarningSign,
    new_session_id,
)
from tests.fakes import START

LEFT = HoldRecord(index=2, stretch="raise", title="Leg raise", side=Side.LEFT, planned_ms=30_000, held_ms=0)
RIGHT = HoldRecord(index=6, stretch="raise", title="Leg raise", side=Side.RIGHT, planned_ms=30_000, held_ms=0)
ROUND = HoldRecord(index=9, stretch="cat", title="Cat", side=None, planned_ms=10_000, held_ms=0)
HOLDS = (LEFT, RIGHT, ROUND)
ARM = RepetitionRecord(index=20, stretch="reach", title="Reach", side=Side.LEFT, planned=10, done=8, limb="arm")
REPETITIONS = (ARM, replace(ARM, index=21, side=None, done=10))
LEGS = tuple(replace(ARM, index=index, side=side, limb="leg") for index, side in ((22, Side.LEFT), (23, Side.RIGHT)))


def record(started_at: datetime = START, *, salt: int = 0, held_ms: tuple[int, ...] = (0, 0, 0)) -> SessionRecord:
    """An open session of three holds, last seen after a minute."""
    holds = tuple(replace(hold, held_ms=ms) for hold, ms in zip(HOLDS, held_ms, strict=True))
    return SessionRecord(
        id=new_session_id(started_at, salt),
        routine="trio",
        title="Trio",
        plan='{"format": 1}',
        started_at=started_at,
        seen_at=started_at + timedelta(minutes=1),
        holds=holds,
    )


def counted(done: tuple[int, int] = (8, 10)) -> SessionRecord:
    """The same session, with an exercise that counts repetitions: on the left, and without sides."""
    repetitions = tuple(replace(run, done=number) for run, number in zip(REPETITIONS, done, strict=True))
    return replace(record(), repetitions=repetitions)


@st.composite
def pasts(draw: st.DrawFn) -> tuple[list[SessionRecord], list[PainAnswer]]:
    """Some sessions that have ended, each with an id of its own, and answers about some of them."""
    moments = draw(st.lists(st.integers(0, 40 * 24 * 60), unique=True, max_size=8))
    records, answers = [], []
    for minutes in moments:
        zone = timezone(timedelta(hours=draw(st.integers(-11, 12))))
        started_at = (START + timedelta(minutes=minutes)).astimezone(zone)
        held = tuple(draw(st.sampled_from((0, 1, hold.planned_ms - 1, hold.planned_ms))) for hold in HOLDS)
        ended = started_at + timedelta(seconds=draw(st.integers(0, 600)))
        one = replace(
            record(started_at, held_ms=held),
            repetitions=draw(st.sampled_from(((), counted().repetitions, (*counted().repetitions, *LEGS)))),
            ended_at=ended,
            seen_at=ended,
            outcome=draw(st.sampled_from(list(SessionOutcome)[1:])),
            rate=draw(st.sampled_from((1.0, 1.0, 20.0))),
            slot=draw(st.sampled_from((None, f"{started_at:%Y-%m-%d}T08:00", f"{started_at:%Y-%m-%d}T20:00"))),
            phase=draw(st.integers(0, 10)),
            plan=draw(st.sampled_from(('{"format": 1}', '{"format": 1, "x": 2}'))),
        )
        records.append(one)
        if draw(st.booleans()):
            answers.append(draw(answers_about(one)))
    return records, answers


def answers_about(one: SessionRecord) -> st.SearchStrategy[PainAnswer]:
    """An answer about the session."""
    pain = st.none() | st.integers(0, 10)
    return st.builds(
        PainAnswer,
        session=st.just(one.id),
        answered_at=st.just(one.seen_at),
        back=pain,
        leg=pain,
        note=st.sampled_from(("", "Better.", 'Says "so, so", and that is all.')),
        signs=st.frozensets(st.sampled_from(WarningSign)),
    )
