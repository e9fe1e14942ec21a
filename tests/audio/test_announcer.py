"""Tones and words of a cue together: what begins when, and what never sounds at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretchplayer.audio.announcer import Announcer, NullCuePlayer
from stretchplayer.ports import CuePlayer
from stretchplayer.routine.cues import TONE_MS, Cue, CueName
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.settings import SoundSettings, SpeechMode, SpeechSettings
from tests.fakes import FakeClock, FakeCuePlayer, FakeSpeaker
from tests.routine.shipped import hamstring_trio
from tests.timers import FakeTimers

LEAD_MS = 212
SYSTEM_LEAD_MS = 60
PAUSED = "Paused. Press any key to continue."
OWN = "Kneel on a mat."
"""What there is no clip of."""


class Stage:
    """An announcer on fakes."""

    def __init__(self, *, clips_lead_ms: int = LEAD_MS) -> None:
        self.clock = FakeClock()
        self.timers = FakeTimers(self.clock)
        self.tones = FakeCuePlayer(self.clock, lead_ms=LEAD_MS)
        self.clips = FakeSpeaker(self.clock, lead_ms=clips_lead_ms, unknown={OWN})
        self.system = FakeSpeaker(self.clock, lead_ms=SYSTEM_LEAD_MS)
        self.announcer = Announcer(tones=self.tones, clips=self.clips, system=self.system, timer=self.timers.new())

    def choose(self, mode: SpeechMode, rate: float = 0.0) -> None:
        self.announcer.configure_speech(SpeechSettings(mode=mode, rate=rate))

    def say(self, text: str) -> None:
        self.announcer.play(cue(CueName.STEP, text))
        self.timers.run_for(1_000)

    def words_due(self) -> list[tuple[float, str]]:
        """When the first word of each text is heard."""
        return [(at_ms + self.clips.lead_ms, text) for at_ms, text in self.clips.said]


@pytest.fixture
def stage() -> Stage:
    return Stage()


def cue(name: CueName, say: str | None = "Words.") -> Cue:
    return Cue(at_ms=0, name=name, say=say)


def test_it_is_a_cue_player_with_the_lead_of_its_tones(stage: Stage) -> None:
    player: CuePlayer = stage.announcer
    assert player.lead_ms == LEAD_MS


@pytest.mark.parametrize("name", CueName)
@pytest.mark.parametrize("clips_lead_ms", [0, 50, LEAD_MS])
def test_words_begin_when_the_tone_has_ended(name: CueName, clips_lead_ms: int) -> None:
    stage = Stage(clips_lead_ms=clips_lead_ms)
    stage.announcer.play(cue(name))
    stage.timers.run_for(5_000)
    assert stage.tones.played == [(0, cue(name))]
    assert stage.words_due() == [(LEAD_MS + TONE_MS.get(name, 0), "Words.")]


def test_a_slow_voice_begins_as_soon_as_it_can() -> None:
    stage = Stage(clips_lead_ms=900)
    stage.announcer.play(cue(CueName.STEP))
    assert stage.clips.said == [(0, "Words.")]


def test_a_cue_without_words_ends_what_is_being_said(stage: Stage) -> None:
    stage.announcer.play(cue(CueName.STEP))
    stage.announcer.play(cue(CueName.COUNTDOWN, None))
    stage.timers.run_for(5_000)
    assert [what for _, what in stage.clips.calls] == ["hush", "Words.", "hush"]


def test_words_whose_tone_is_cut_short_by_another_cue_are_not_said(stage: Stage) -> None:
    stage.announcer.play(cue(CueName.HOLD_END, "Old words."))
    stage.timers.run_for(100)
    stage.announcer.play(cue(CueName.PAUSED, "New words."))
    stage.timers.run_for(5_000)
    assert [text for _, text in stage.clips.said] == ["New words."]


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
    for at_ms, what in stage.clips.calls:
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
    assert stage.clips.calls[-1] == (100.0, "stop")
    stage.timers.run_for(5_000)
    assert stage.clips.said == []


def test_an_alarm_that_goes_off_too_late_says_nothing() -> None:
    clock = FakeClock()
    timers = FakeTimers(clock)
    timer = timers.new()
    speaker = FakeSpeaker(clock)
    announcer = Announcer(tones=FakeCuePlayer(clock), clips=speaker, system=FakeSpeaker(clock), timer=timer)
    announcer.play(cue(CueName.HOLD_END))
    announcer.silence()
    timer.arm(0)
    timer.fire()
    assert speaker.said == []


def test_mute_speech_leaves_the_tones_alone(stage: Stage) -> None:
    stage.clips.broken = stage.system.broken = True
    stage.announcer.play(cue(CueName.HOLD_END))
    stage.timers.run_for(5_000)
    assert stage.tones.played == [(0, cue(CueName.HOLD_END))]


def test_settings_are_passed_on(stage: Stage) -> None:
    stage.announcer.configure(SoundSettings(volume=3))
    stage.announcer.configure_speech(SpeechSettings(volume=4))
    assert stage.tones.sound == SoundSettings(volume=3)
    assert stage.clips.speech == stage.system.speech == SpeechSettings(volume=4)


def test_everything_a_session_may_say_is_prepared(stage: Stage) -> None:
    timeline = build_timeline(hamstring_trio())
    stage.announcer.prepare(timeline)
    said = {cue.say for cue in timeline.cues() if cue.say is not None}
    assert said < set(stage.clips.prepared)
    assert PAUSED in stage.clips.prepared


def test_closing_closes_all_and_says_no_more(stage: Stage) -> None:
    stage.announcer.play(cue(CueName.HOLD_END))
    stage.announcer.close()
    stage.timers.run_for(5_000)
    assert stage.tones.closed
    assert stage.clips.closed
    assert stage.system.closed
    assert stage.clips.said == []


# Who speaks


def test_clips_speak_where_there_are_any_and_else_the_system(stage: Stage) -> None:
    stage.say("Hold.")
    assert stage.clips.said == [(0, "Hold.")]
    start_ms = stage.clock.ms
    stage.say(OWN)
    assert stage.system.said == [(start_ms + LEAD_MS - SYSTEM_LEAD_MS, OWN)]


def test_one_is_hushed_before_the_other_speaks(stage: Stage) -> None:
    stage.say("Hold.")
    stage.say(OWN)
    assert [what for _, what in stage.clips.calls] == ["hush", "Hold.", "hush"]
    stage.say("Hold.")
    assert [what for _, what in stage.system.calls] == ["hush", "hush", OWN, "hush"]


def test_the_system_alone_says_everything(stage: Stage) -> None:
    stage.choose(SpeechMode.SYSTEM)
    stage.say("Hold.")
    stage.say(OWN)
    assert [text for _, text in stage.system.said] == ["Hold.", OWN]
    assert stage.clips.said == []


def test_off_nobody_speaks(stage: Stage) -> None:
    stage.choose(SpeechMode.OFF)
    stage.say("Hold.")
    stage.say(OWN)
    assert stage.clips.said == stage.system.said == []


def test_another_choice_stops_who_spoke_and_what_waits(stage: Stage) -> None:
    stage.say("Hold.")
    stage.announcer.play(cue(CueName.HOLD_END, OWN))
    stage.choose(SpeechMode.OFF)
    assert stage.clips.calls[-1] == (stage.clock.ms, "stop")
    stage.timers.run_for(5_000)
    assert stage.system.said == []


def test_another_rate_cuts_nothing_off(stage: Stage) -> None:
    stage.say("Hold.")
    stage.choose(SpeechMode.AUTOMATIC, rate=0.5)
    assert stage.clips.calls[-1] == (0.0, "Hold.")
    assert stage.clips.speech == stage.system.speech == SpeechSettings(rate=0.5)


def test_each_prepares_what_it_will_say(stage: Stage) -> None:
    stage.clips = FakeSpeaker(stage.clock, unknown={PAUSED})
    stage.announcer = Announcer(tones=stage.tones, clips=stage.clips, system=stage.system, timer=stage.timers.new())
    stage.announcer.prepare(build_timeline(hamstring_trio()))
    assert PAUSED not in stage.clips.prepared
    assert set(stage.system.prepared) == {PAUSED}
    stage.choose(SpeechMode.SYSTEM)
    stage.announcer.prepare(build_timeline(hamstring_trio()))
    assert not stage.clips.prepared
    assert PAUSED in stage.system.prepared


@pytest.mark.parametrize("name", CueName)
def test_it_takes_everything(name: CueName) -> None:
    player: CuePlayer = NullCuePlayer()
    player.configure(SoundSettings(volume=0))
    player.play(Cue(at_ms=0, name=name))
    player.silence()
    player.close()
    assert player.lead_ms == 0
