"""What the process that shows a reminder is told and answers, line by line."""

from datetime import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stretchplayer.domain.errors import DomainError
from stretchplayer.domain.invitation import (
    HelperAnswer,
    HelperEvent,
    HelperOrder,
    Invitation,
    answer_line,
    invitation_to,
    order_line,
    read_answer,
    read_order,
)
from stretchplayer.domain.routine import SideMode
from stretchplayer.domain.side import Side
from stretchplayer.domain.slots import SlotState
from tests.ui.reminders import view
from tests.ui.stage import HOLD, one_stretch, shipped_timeline

TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
ORDERS = st.builds(
    HelperOrder,
    invitation=st.builds(
        Invitation,
        at=st.times().map(lambda at: time(at.hour, at.minute)),
        title=TEXTS,
        length_ms=st.integers(0, 10**8),
        equipment=st.lists(TEXTS, max_size=3).map(tuple),
        pose=st.none() | TEXTS,
        side=st.none() | st.sampled_from(Side),
    ),
    dark=st.booleans(),
    data_dir=st.sampled_from([Path("/data"), Path("a b/é\n")]),
)


def test_a_slot_becomes_an_invitation() -> None:
    timeline = shipped_timeline()
    invited = invitation_to(view(20, SlotState.OWED), timeline)
    assert invited == Invitation(
        at=time(20),
        title="Hamstring trio",
        length_ms=timeline.total_ms,
        equipment=("a sturdy chair", "a towel"),
        pose="towel-leg-raised",
        side=Side.RIGHT,
    )
    plain = invitation_to(view(8, SlotState.OWED), one_stretch(HOLD, sides=SideMode.NONE))
    assert (plain.side, plain.pose, plain.equipment) == (None, None, ())


@given(ORDERS)
@example(HelperOrder(invitation=Invitation(at=time(8), title="A", length_ms=1), dark=True, data_dir=Path("x")))
@example(
    HelperOrder(
        invitation=Invitation(at=time(8, 5), title="A", length_ms=1, side=Side.LEFT), dark=False, data_dir=Path("x")
    )
)
def test_an_order_arrives_as_it_was_sent(order: HelperOrder) -> None:
    line = order_line(order)
    assert line.index(b"\n") == len(line) - 1
    assert read_order(line) == order


@given(st.sampled_from(HelperEvent), st.none() | st.integers(1, 600))
@example(HelperEvent.SNOOZE, None)
@example(HelperEvent.SNOOZE, 10)
@example(HelperEvent.SKIP, None)
def test_an_answer_arrives_as_it_was_sent(event: HelperEvent, minutes: int | None) -> None:
    answer = HelperAnswer(event=event, snooze_min=minutes if event is HelperEvent.SNOOZE else None)
    line = answer_line(answer)
    assert line.index(b"\n") == len(line) - 1
    assert read_answer(line) == answer


DEEP = b"[" * 10**5
GARBAGE = [b"", b"hello", b"[1]", b"{}", b'{"event": "dance"}', b'{"event": "snooze"}', b'{"at": "25:00"}', DEEP]


@pytest.mark.parametrize("line", GARBAGE)
def test_anything_else_is_no_order_and_no_answer(line: bytes) -> None:
    assert read_answer(line) is None
    with pytest.raises(DomainError, match="no reminder"):
        read_order(line)


def test_a_snooze_is_a_number_of_minutes() -> None:
    assert read_answer(b'{"event": "snooze", "minutes": "soon"}') is None
