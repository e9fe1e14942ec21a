"""The make-up and resume questions, in words and by key."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from stretchplayer.player.state import State
from stretchplayer.routine.held_time import HeldTime
from stretchplayer.routine.make_up import MakeUp, make_up
from stretchplayer.routine.resume import resume_point
from stretchplayer.routine.timeline import PhaseKind, Timeline
from stretchplayer.storage.assets import asset_dir
from stretchplayer.ui.player.view import PlayerView
from stretchplayer.ui.terminal.terminal_player import TerminalPlayer
from stretchplayer.ui.text import player as player_words
from stretchplayer.ui.text import resume as unfinished
from tests.player.stage import Stage, timeline
from tests.storage.history.past import counted, record


def find(plan: Timeline, held: HeldTime, offered: frozenset[int]) -> MakeUp | None:
    return make_up(plan, held, offered=offered)


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[Stage]:
    """A session that offers what the left leg has missed."""
    stage = Stage(find_make_up=find)
    plan = timeline()
    whole = {hold.index: hold.duration_ms for hold in plan.holds()}
    stage.session.start(plan, at=plan.done.index - 1, before=HeldTime(plan, {**whole, plan.holds()[0].index: 12_000}))
    stage.session.next()
    assert stage.session.state is State.OFFERING
    yield stage
    stage.close()


def test_the_question_is_seen(stage: Stage) -> None:
    assert player_words.instruction(stage.session) == "The left leg missed 18 s. Do it now?"
    assert player_words.coming(stage.session) == "Press any key to do it now · Esc to finish"
    face = player_words.face(stage.session)
    assert face.label == "NOW?"
    assert int(face.digits) == pytest.approx(stage.session.offer_left_ms / 1000, abs=1)


@pytest.mark.parametrize("follow_along", [False, True])
@pytest.mark.parametrize(
    ("key", "state"),
    [(Qt.Key.Key_Space, State.PREPARE), (Qt.Key.Key_X, State.PREPARE), (Qt.Key.Key_Escape, State.FINISHED),
     (Qt.Key.Key_Right, State.FINISHED)],
)  # fmt: skip
def test_any_key_is_a_yes_and_escape_a_no(
    stage: Stage, qtbot: QtBot, key: Qt.Key, state: State, follow_along: bool
) -> None:
    view = PlayerView(stage.session, asset_dir("icons"), {})
    qtbot.addWidget(view)
    view.resize(1000, 640)
    view.set_follow_along(follow_along)
    view.toggle_requested.connect(stage.session.toggle)
    view.next_requested.connect(stage.session.next)
    view.decline_requested.connect(stage.session.decline)
    view.show()
    QTest.keyClick(view, key)
    assert stage.state() is state


@pytest.mark.parametrize(
    ("key", "state"), [(" ", State.PREPARE), ("n", State.FINISHED), ("escape", State.FINISHED), ("q", State.STOPPED)]
)
def test_in_the_terminal_too(stage: Stage, capsys: pytest.CaptureFixture[str], key: str, state: State) -> None:
    stage.session.decline()
    player = TerminalPlayer(stage.session)
    plan = timeline()
    whole = {hold.index: hold.duration_ms for hold in plan.holds()}
    stage.session.start(plan, at=plan.done.index, before=HeldTime(plan, {**whole, plan.holds()[0].index: 12_000}))
    assert "The left leg missed 18 s. Do it now? space do it now" in capsys.readouterr().out
    player.on_key(key)
    assert stage.state() is state


def test_what_was_left_is_told_by_exercise_and_side() -> None:
    plan = timeline()
    left, right, back, _ = plan.holds()
    asked = [unfinished.question(plan, resume_point(plan, index)) for index in (left.index, right.index, back.index)]
    assert asked == [
        "Resume at Legs, left leg?",
        "Resume at Legs, right leg?",
        "Resume at Back?",
    ]
    transition = next(phase.index for phase in plan.phases if phase.kind is PhaseKind.TRANSITION)
    assert unfinished.question(plan, resume_point(plan, transition)) == "Resume at Back?"
    assert unfinished.question(plan, plan.done) == "Resume at the end?"
    one = replace(record(held_ms=(30_000, 5_900, 0)))
    assert unfinished.detail(one) == (
        "Your session at 08:00 ended in the middle. The 35 s you held are kept either way."
    )
    assert unfinished.detail(counted()) == (
        "Your session at 08:00 ended in the middle. Your 18 repetitions are kept either way."
    )
    assert unfinished.detail(replace(one, repetitions=counted((1, 0)).repetitions)).endswith(
        "The 35 s you held are kept either way. Your 1 repetition is kept either way."
    )
    assert unfinished.detail(record(held_ms=(900, 0, 0))) == "Your session at 08:00 ended in the middle."
