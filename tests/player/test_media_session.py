"""A session on media keys, headsets and phones."""

import pytest

from stretchplayer.player.media_session import MediaSession
from stretchplayer.player.state import State
from stretchplayer.routine.now_playing import MediaCommand, PlayingStatus
from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline
from tests.fake_services import FakeMediaRemote
from tests.player.stage import Stage, timeline


def title(plan: Timeline, phase: Phase) -> str:
    """The words that a test can tell phases apart by."""
    return f"{plan.routine.exercise(phase.exercise).title} {phase.index}"


@pytest.fixture
def remote() -> FakeMediaRemote:
    return FakeMediaRemote()


@pytest.fixture
def media(stage: Stage, remote: FakeMediaRemote) -> MediaSession:
    return MediaSession(stage.session, remote, title)


def statuses(remote: FakeMediaRemote) -> list[PlayingStatus | None]:
    """What was told of time passing."""
    return [playing.status if playing else None for playing in remote.shown]


@pytest.mark.usefixtures("media")
def test_every_phase_is_shown_but_no_tick(stage: Stage, remote: FakeMediaRemote) -> None:
    plan = stage.play()
    stage.run_for(plan.total_ms + 1_000)
    assert stage.session.state is State.FINISHED
    *told, last = remote.shown
    assert [playing.title for playing in told if playing] == [title(plan, phase) for phase in plan.phases[:-1]]
    assert {(playing.length_ms, playing.routine, playing.number) for playing in told if playing} == {
        (plan.total_ms, "Legs and back", 1)
    }
    assert last is None
    assert remote.jumps == [phase.start_ms for phase in plan.phases[:-1]]


@pytest.mark.usefixtures("media")
def test_a_pause_is_shown_and_resuming_at_once(stage: Stage, remote: FakeMediaRemote) -> None:
    stage.play()
    stage.run_for(1_000)
    stage.session.pause()
    stage.session.resume()
    assert statuses(remote) == [PlayingStatus.PLAYING, PlayingStatus.PAUSED, PlayingStatus.PLAYING]
    stage.run_for(60_000)
    assert remote.jumps[0] == 0
    assert 0 < remote.jumps[1] <= 1_000, "it goes on from the beginning of a sentence"
    stage.session.interrupt()
    assert statuses(remote)[-1] is PlayingStatus.PAUSED


@pytest.mark.usefixtures("media")
def test_a_hold_that_waits_stands_still_until_play(stage: Stage, remote: FakeMediaRemote) -> None:
    stage.go_to(PhaseKind.MOVE, plan=timeline(wait_for_me=True))
    stage.session.next()
    assert stage.state() is State.WAITING
    assert statuses(remote)[-1] is PlayingStatus.PAUSED
    remote.command(MediaCommand.PLAY)
    assert stage.state() is State.HOLD


def test_each_command_is_granted(stage: Stage, remote: FakeMediaRemote, media: MediaSession) -> None:
    asked: list[str] = []
    media.raise_requested.connect(lambda: asked.append("raise"))
    media.quit_requested.connect(lambda: asked.append("quit"))
    stage.play()
    first = stage.session.phase
    for command, state in (
        (MediaCommand.PLAY, State.PREPARE),
        (MediaCommand.TOGGLE, State.PAUSED),
        (MediaCommand.PAUSE, State.PAUSED),
        (MediaCommand.PLAY, State.RESUMING),
        (MediaCommand.PLAY, State.RESUMING),
        (MediaCommand.PAUSE, State.PAUSED),
        (MediaCommand.NEXT, State.MOVE),
        (MediaCommand.BACK, State.PREPARE),
        (MediaCommand.RAISE, State.PREPARE),
        (MediaCommand.QUIT, State.PREPARE),
        (MediaCommand.STOP, State.STOPPED),
    ):
        remote.command(command)
        assert stage.state() is state, command
    assert stage.session.phase is first
    assert asked == ["raise", "quit"]
    assert remote.shown[-1] is None


@pytest.mark.usefixtures("media")
def test_sessions_are_told_apart(stage: Stage, remote: FakeMediaRemote) -> None:
    for _ in range(2):
        stage.play()
        stage.session.stop()
    assert [playing and playing.number for playing in remote.shown] == [1, None, 2, None]


def test_a_session_that_plays_already_is_shown(stage: Stage, remote: FakeMediaRemote) -> None:
    stage.play()
    MediaSession(stage.session, remote, title)
    assert statuses(remote) == [PlayingStatus.PLAYING]


def test_a_remote_that_is_not_reached_changes_nothing(stage: Stage, remote: FakeMediaRemote) -> None:
    remote.broken = True
    MediaSession(stage.session, remote, title)
    stage.play()
    remote.command(MediaCommand.STOP)
    assert stage.session.state is State.PREPARE
    assert not remote.shown
