"""Every trigger in every state, against a table written by hand from the design."""

import logging
from collections.abc import Callable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication

from stretchplayer.player.state import ACTIVE_STATES, PHASE_STATES, State
from stretchplayer.player.statechart import Statechart, Trigger

OPEN_TARGETS = (
    State.PREPARE,
    State.MOVE,
    State.HOLD,
    State.RELEASE,
    State.SWITCH_SIDES,
    State.TRANSITION,
    State.WAITING,
    State.OFFERING,
    State.FINISHED,
)

# `any`: to the state sent along. `back`: to the phase left. A state's name: there. `-`: not taken.
EXPECTED = """
              start phase_over pause  resume   next back restart_side skip_exercise stop   interrupted confirm decline
idle          any   -          -      -        -    -    -            -            -       -           -       -
prepare       -     any        paused -        any  any  any          any          stopped interrupted -       -
move          -     any        paused -        any  any  any          any          stopped interrupted -       -
hold          -     any        paused -        any  any  any          any          stopped interrupted -       -
release       -     any        paused -        any  any  any          any          stopped interrupted -       -
switch_sides  -     any        paused -        any  any  any          any          stopped interrupted -       -
transition    -     any        paused -        any  any  any          any          stopped interrupted -       -
waiting       -     -          paused -        any  any  any          any          stopped interrupted any     -
paused        -     -          -      resuming any  any  any          any          stopped -           -       -
resuming      -     back       paused -        any  any  any          any          stopped interrupted -       -
interrupted   -     -          -      resuming any  any  any          any          stopped -           -       -
offering      -     any        -      -        any  any  any          any          stopped -           any     any
finished      any   -          -      -        -    -    -            -            -       -           -       -
stopped       any   -          -      -        -    -    -            -            -       -           -       -
"""

WAY_TO: dict[State, list[tuple[Trigger, State | None]]] = {
    State.IDLE: [],
    **{state: [(Trigger.START, state)] for state in OPEN_TARGETS},
    State.PAUSED: [(Trigger.START, State.HOLD), (Trigger.PAUSE, None)],
    State.RESUMING: [(Trigger.START, State.HOLD), (Trigger.PAUSE, None), (Trigger.RESUME, None)],
    State.INTERRUPTED: [(Trigger.START, State.HOLD), (Trigger.INTERRUPTED, None)],
    State.STOPPED: [(Trigger.START, State.HOLD), (Trigger.STOP, None)],
}
LEFT_FOR_A_PAUSE = State.HOLD


def _expected() -> Iterator[tuple[State, Trigger, str]]:
    head, *rows = EXPECTED.strip().splitlines()
    triggers = [Trigger(name) for name in head.split()]
    assert set(triggers) == set(Trigger)
    for row in rows:
        state, *cells = row.split()
        for trigger, cell in zip(triggers, cells, strict=True):
            yield State(state), trigger, cell


CASES = list(_expected())


def _wanted(cell: str, target: State | None) -> State | None:
    """The state that a cell of the table leads to, or None when it leads nowhere."""
    if cell == "any":
        return target
    if cell == "-" or target is not None:
        return None
    return LEFT_FOR_A_PAUSE if cell == "back" else State(cell)


@pytest.fixture
def make_chart() -> Iterator[Callable[[State], Statechart]]:
    """Makes a chart that is in a state."""
    charts: list[Statechart] = []

    def make(state: State) -> Statechart:
        chart = Statechart()
        charts.append(chart)
        for _ in range(3):
            QCoreApplication.processEvents()
        for trigger, target in WAY_TO[state]:
            assert chart.send(trigger, target)
        assert chart.state is state
        return chart

    yield make
    for chart in charts:
        shiboken6.delete(chart)


def test_the_table_is_about_every_trigger_in_every_state() -> None:
    assert len(CASES) == len(State) * len(Trigger)
    assert {(state, trigger) for state, trigger, _ in CASES} == {(s, t) for s in State for t in Trigger}


@pytest.mark.parametrize(("state", "trigger", "cell"), CASES)
def test_every_trigger_in_every_state(
    make_chart: Callable[[State], Statechart],
    caplog: pytest.LogCaptureFixture,
    state: State,
    trigger: Trigger,
    cell: str,
) -> None:
    for target in (None, *OPEN_TARGETS):
        chart = make_chart(state)
        ignored: list[Trigger] = []
        chart.ignored.connect(ignored.append)
        wanted = _wanted(cell, target)
        caplog.clear()
        with caplog.at_level(logging.INFO):
            taken = chart.send(trigger, target)
        assert taken is (wanted is not None)
        assert chart.state is (wanted or state)
        assert ignored == ([] if taken else [trigger])
        assert [record.message for record in caplog.records] == (
            [] if taken else [f"ignored {trigger} in state {state}"]
        )


@pytest.mark.parametrize("left", PHASE_STATES)
@pytest.mark.parametrize("pause", [Trigger.PAUSE, Trigger.INTERRUPTED])
def test_resuming_leads_back_to_the_phase_that_was_left(
    make_chart: Callable[[State], Statechart], left: State, pause: Trigger
) -> None:
    chart = make_chart(left)
    for _ in range(2):
        assert chart.send(pause)
        assert chart.send(Trigger.RESUME)
        assert chart.state is State.RESUMING
    assert chart.send(Trigger.PHASE_OVER)
    assert chart.state is left


def test_resuming_leads_to_the_phase_left_last_and_not_to_one_before(
    make_chart: Callable[[State], Statechart],
) -> None:
    chart = make_chart(State.RESUMING)
    chart.send(Trigger.NEXT, State.RELEASE)
    chart.send(Trigger.PAUSE)
    chart.send(Trigger.RESUME)
    chart.send(Trigger.PHASE_OVER)
    assert chart.state is State.RELEASE


@pytest.mark.parametrize("state", ACTIVE_STATES)
def test_every_state_of_a_session_can_be_finished_and_stopped(
    make_chart: Callable[[State], Statechart], state: State
) -> None:
    assert make_chart(state).send(Trigger.NEXT, State.FINISHED)
    assert make_chart(state).send(Trigger.STOP)


@pytest.mark.parametrize("state", [State.IDLE, State.FINISHED, State.STOPPED])
def test_every_other_state_can_be_started_from(make_chart: Callable[[State], Statechart], state: State) -> None:
    chart = make_chart(state)
    assert state not in ACTIVE_STATES
    assert chart.send(Trigger.START, State.PREPARE)
    assert chart.state is State.PREPARE


def test_an_ignored_trigger_may_be_answered_with_another(make_chart: Callable[[State], Statechart]) -> None:
    chart = make_chart(State.PAUSED)
    chart.ignored.connect(lambda _: chart.send(Trigger.RESUME))
    assert not chart.send(Trigger.CONFIRM, State.HOLD)
    assert chart.state is State.RESUMING


def test_before_it_runs_a_chart_takes_nothing() -> None:
    chart = Statechart()
    assert not chart.running
    assert not chart.send(Trigger.START, State.PREPARE)
    assert chart.state is State.IDLE
    shiboken6.delete(chart)
