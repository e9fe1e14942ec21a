"""Tones and words of a cue together: what begins when, and what never sounds at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretchplayer.audio.announcer import Announcer, NullCuePlayer
from stretchplayer.ports import CuePlayer
from stretchplayer.routine.cues import TONE_MS, Cue, CueName
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.settings import SoundSettings, SpeechSettings
from tests.fakes import FakeClock, FakeCuePlayer, FakeSpeaker
from tests.routine.shipped import hamstring_trio
from tests.timers import FakeTimers

LEAD_MS = 212


class Stage:
    """An announcer on fakes."""

    def __init__(self, *, tones_lead_ms: int = LEAD_MS, speaker_lead_ms: int = LEAD_MS) -> None:
        self.clock = FakeClock()
        self.timers = FakeTimers(self.clock)
        self.tones = FakeCuePlayer(self.clock, lead_ms=tones_lead_ms)
        self.speaker = FakeSpeaker(self.clock, lead_ms=speaker_lead_ms)
        self.announcer = Announcer(tones=self.tones, speaker=self.speaker, timer=self.timers.new())

    def words_due(self) -> list[tuple[float, str]]:
        """When the first word of each text is heard."""
        return [(at_ms + self.speaker.lead_ms, text) for at_ms, text in self.speaker.said]


@pytest.fixture
def stage() -> Stage:
    return Stage()


def cue(name: CueName, say: str | None = "Words.") -> Cue:
    return Cue(at_ms=0, name=name, say=say)


def test_it_is_a_cue_player_with_the_lead_of_its_tones(stage: Stage) -> None:
    player: CuePlayer = stage.announcer
    assert player.lead_ms == LEAD_MS


@pytest.mark.parametrize("name", CueName)
@pytest.mark.parametrize("speaker_lead_ms", [0, 50, LEAD_MS])
def test_words_begin_when_the_tone_has_ended(name: CueName, speaker_lead_ms: int) -> None:
    stage = Stage(speaker_lead_ms=speaker_lead_ms)
    stage.announcer.play(cue(name))
    stage.timers.run_for(5_000)
    assert stage.tones.played == [(0, cue(name))]
    assert stage.words_due() == [(LEAD_MS + TONE_MS.get(name, 0), "Words.")]


def test_a_slow_voice_begins_as_soon_as_it_can() -> None:
    stage = Stage(speaker_lead_ms=900)
    stage.announcer.play(cue(CueName.STEP))
    assert stage.speaker.said == [(0, "Words.")]


def test_a_cue_without_words_ends_what_is_being_said(stage: Stage) -> None:
    stage.announcer.play(cue(CueName.STEP))
    stage.announcer.play(cue(CueName.COUNTDOWN, None))
    stage.timers.run_for(5_000)
    assert [what for _, what in stage.speaker.calls] == ["hush", "Words.", "hush"]


def test_words_whose_tone_is_cut_short_by_another_cue_are_not_said(stage: Stage) -> None:
    stage.announcer.play(cue(CueName.HOLD_END, "Old words."))
    stage.timers.run_for(100)
    stage.announcer.play(cue(CueName.PAUSED, "New words."))
    stage.timers.run_for(5_000)
    assert [text for _, text in stage.speaker.said] == ["New words."]


@given(
    st.lists(
        st.tuples(st.integers(0, 3_000), st.sampled_from(CueName), st.sampled_from([None, "One.", "Two."])), max_size=12
    )
)
def test_tones_are_never_late_and_words_never_meet_the_next_cue(
    plan: list[tuple[int, CueName, str | None]],
) -> None:
    stage = Stage()
    handed_over = []
    for wait_ms, name, say in plan:
        stage.timers.run_for(wait_ms)
        stage.announcer.play(cue(name, say))
        handed_over.append(stage.clock.ms)
    stage.timers.run_for(5_000)
    assert [at_ms for at_ms, _ in stage.tones.played] == handed_over
    number = -1
    for at_ms, what in stage.speaker.calls:
        if what == "hush":
            number += 1
            assert at_ms == handed_over[number]
        else:
            assert at_ms == handed_over[number] + TONE_MS.get(plan[number][1], 0)
            assert what == plan[number][2]
    assert number == len(plan) - 1


def test_silence_is_for_tones_and_words_at_once(stage: Stage) -> None:
    stage.announcer.play(cue(CueName.HOLD_END))
    stage.timers.run_for(100)
    stage.announcer.silence()
    assert stage.tones.silenced == [100]
    assert stage.speaker.calls[-1] == (100.0, "stop")
    stage.timers.run_for(5_000)
    assert stage.speaker.said == []


def test_an_alarm_that_goes_off_too_late_says_nothing() -> None:
    clock = FakeClock()
    timers = FakeTimers(clock)
    timer = timers.new()
    speaker = FakeSpeaker(clock)
    announcer = Announcer(tones=FakeCuePlayer(clock), speaker=speaker, timer=timer)
    announcer.play(cue(CueName.HOLD_END))
    announcer.silence()
    timer.arm(0)
    timer.fire()
    assert speaker.said == []


def test_mute_speech_leaves_the_tones_alone(stage: Stage) -> None:
    stage.speaker.broken = True
    stage.announcer.play(cue(CueName.HOLD_END))
    stage.timers.run_for(5_000)
    assert stage.tones.played == [(0, cue(CueName.HOLD_END))]


def test_settings_are_passed_on(stage: Stage) -> None:
    stage.announcer.configure(SoundSettings(volume=3))
    stage.announcer.configure_speech(SpeechSettings(volume=4))
    assert stage.tones.sound == SoundSettings(volume=3)
    assert stage.speaker.speech == SpeechSettings(volume=4)


def test_everything_a_session_may_say_is_prepared(stage: Stage) -> None:
    timeline = build_timeline(hamstring_trio())
    stage.announcer.prepare(timeline)
    said = {cue.say for cue in timeline.cues() if cue.say is not None}
    assert said < set(stage.speaker.prepared)
    assert "Paused. Press any key to continue." in stage.speaker.prepared


def test_closing_closes_both_and_says_no_more(stage: Stage) -> None:
    stage.announcer.play(cue(CueName.HOLD_END))
    stage.announcer.close()
    stage.timers.run_for(5_000)
    assert stage.tones.closed
    assert stage.speaker.closed
    assert stage.speaker.said == []


@pytest.mark.parametrize("name", CueName)
def test_it_takes_everything(name: CueName) -> None:
    player: CuePlayer = NullCuePlayer()
    player.configure(SoundSettings(volume=0))
    player.play(Cue(at_ms=0, name=name))
    player.silence()
    player.close()
    assert player.lead_ms == 0
