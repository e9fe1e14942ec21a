"""Other programs' music during a session."""

import pytest

from stretchplayer.player.media_ducking import MediaDucking
from tests.fakes import FakeOtherMedia
from tests.player.stage import Stage


@pytest.fixture
def media() -> FakeOtherMedia:
    return FakeOtherMedia()


@pytest.fixture
def quiet(stage: Stage, media: FakeOtherMedia) -> MediaDucking:
    quiet = MediaDucking(stage.session, media)
    quiet.enabled = True
    return quiet


def test_other_media_are_left_alone_by_default(stage: Stage, media: FakeOtherMedia) -> None:
    assert not MediaDucking(stage.session, media).enabled
    stage.play()
    stage.session.stop()
    assert not media.calls


@pytest.mark.usefixtures("quiet")
def test_they_are_paused_from_the_start_of_a_session_to_its_end(stage: Stage, media: FakeOtherMedia) -> None:
    stage.play()
    assert media.calls == ["pause_playing"]
    stage.session.pause()
    stage.session.resume()
    stage.session.next()
    assert media.calls == ["pause_playing"]
    stage.session.stop()
    assert media.calls == ["pause_playing", "resume"]


@pytest.mark.usefixtures("quiet")
def test_a_finished_session_lets_them_play_again_and_the_next_one_pauses_them(
    stage: Stage, media: FakeOtherMedia
) -> None:
    plan = stage.play()
    stage.run_for(plan.total_ms)
    assert media.calls == ["pause_playing", "resume"]
    stage.play()
    assert media.calls == ["pause_playing", "resume", "pause_playing"]


def test_turned_off_in_a_session_it_lets_them_play_at_once(
    stage: Stage, media: FakeOtherMedia, quiet: MediaDucking
) -> None:
    stage.play()
    quiet.enabled = False
    stage.session.stop()
    assert media.calls == ["pause_playing", "resume"]


def test_turned_on_in_a_session_it_waits_for_the_next(stage: Stage, media: FakeOtherMedia, quiet: MediaDucking) -> None:
    quiet.enabled = False
    stage.play()
    quiet.enabled = True
    assert quiet.enabled
    stage.session.next()
    stage.session.stop()
    assert not media.calls
