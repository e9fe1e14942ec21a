"""What is announced during a session."""

from itertools import pairwise

import pytest

from stretchplayer.routine.preferences import Preferences
from stretchplayer.routine.timeline import PhaseKind
from stretchplayer.ui.player.announcements import Announcements
from tests.ui.stage import WindowStage, shipped_timeline


@pytest.fixture
def told(window: WindowStage) -> list[str]:
    """The sentences, in their order."""
    sentences: list[str] = []
    announcements = Announcements(window.session, sentences.append)
    announcements.refresh()
    # Not the method itself: Qt would not keep its object.
    window.session.ticked.connect(lambda *_: announcements.refresh())
    window.session.state_changed.connect(lambda _: announcements.refresh())
    window.session.phase_started.connect(lambda _: announcements.refresh())
    return sentences


def test_a_hold_is_told_at_its_start_half_way_and_before_its_end(window: WindowStage, told: list[str]) -> None:
    assert told == []
    hold = window.play_to(PhaseKind.HOLD)
    told.clear()
    window.run_for(hold.duration_ms - 500)
    assert told == ["Half-way: 15 seconds left.", "5 seconds left."]


def test_every_phase_is_told_once(window: WindowStage, told: list[str]) -> None:
    window.play()
    window.run_for(window.timeline.holds()[0].end_ms + 1_000)
    assert told[0] == window.timeline.phases[0].text
    assert all(one != other for one, other in pairwise(told))
    hold = window.timeline.holds()[0]
    assert told.count(f"Hold for 30 seconds. {hold.text}") == 1


def test_a_pause_and_its_end_are_told(window: WindowStage, told: list[str]) -> None:
    window.play()
    told.clear()
    window.session.pause()
    window.session.toggle()
    assert told == ["Paused.", "Resuming."]


def test_a_hold_that_waits_says_so(window: WindowStage, told: list[str]) -> None:
    window.timeline = shipped_timeline(Preferences(wait_for_me=True, hold_s=10))
    hold = window.play_to(PhaseKind.HOLD)
    assert told[-1] == "When you are ready, press any key."
    window.session.toggle()
    window.run_for(hold.duration_ms - 500)
    assert told[-2:] == [f"Hold for 10 seconds. {hold.text}", "5 seconds left."]
