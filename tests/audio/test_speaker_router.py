"""Who speaks: the clips or the system's voice."""

from pathlib import Path

import pytest

from stretchplayer.audio.clips.library import ClipLibrary
from stretchplayer.audio.speaker_router import SpeakerRouter
from stretchplayer.ports import Speaker
from stretchplayer.settings import SpeechMode, SpeechSettings
from tests.audio.clips.recorded import record
from tests.fakes import FakeClock, FakeSpeaker, FakeTimer

CLIPS_LEAD_MS = 212
SYSTEM_LEAD_MS = 60
OWN = "Kneel on a mat."


class Stage:
    """A choosing speaker on fakes; there is a clip of "Hold." only."""

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock()
        self.timer = FakeTimer(self.clock)
        self.clips = FakeSpeaker(self.clock, lead_ms=CLIPS_LEAD_MS, unknown={OWN})
        self.system = FakeSpeaker(self.clock, lead_ms=SYSTEM_LEAD_MS)
        self.speaker = SpeakerRouter(
            library=ClipLibrary(record(folder, {"Hold.": 500})),
            clips=self.clips,
            system=self.system,
            timer=self.timer,
        )

    def choose(self, mode: SpeechMode, rate: float = 0.0) -> None:
        self.speaker.configure(SpeechSettings(mode=mode, rate=rate))


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def test_clips_speak_where_there_are_any_and_else_the_system(stage: Stage) -> None:
    speaker: Speaker = stage.speaker
    speaker.say("Hold.")
    speaker.say(OWN)
    stage.timer.run_for(1_000)
    assert stage.clips.said == [(0, "Hold.")]
    assert stage.system.said == [(CLIPS_LEAD_MS - SYSTEM_LEAD_MS, OWN)]


def test_whoever_speaks_the_first_word_comes_after_the_lead(stage: Stage) -> None:
    assert stage.speaker.lead_ms == CLIPS_LEAD_MS
    stage.choose(SpeechMode.SYSTEM)
    assert stage.speaker.lead_ms == SYSTEM_LEAD_MS
    stage.speaker.say("Hold.")
    assert stage.system.said == [(0, "Hold.")]


def test_one_is_hushed_before_the_other_speaks(stage: Stage) -> None:
    stage.speaker.say("Hold.")
    stage.speaker.say(OWN)
    stage.timer.run_for(1_000)
    assert [what for _, what in stage.clips.calls] == ["hush", "Hold.", "hush"]
    stage.speaker.say("Hold.")
    assert [what for _, what in stage.system.calls] == ["hush", "hush", OWN, "hush"]


@pytest.mark.parametrize("how", ["hush", "stop"])
def test_words_that_wait_are_forgotten(stage: Stage, how: str) -> None:
    stage.speaker.say(OWN)
    getattr(stage.speaker, how)()
    stage.timer.run_for(1_000)
    assert stage.system.said == []
    assert stage.clips.calls[-1] == (0.0, how)
    assert stage.system.calls[-1] == (0.0, how)


def test_an_alarm_without_words_says_nothing(stage: Stage) -> None:
    stage.timer.arm(0)
    stage.timer.fire()
    assert stage.system.calls == []


def test_the_system_alone_says_everything(stage: Stage) -> None:
    stage.choose(SpeechMode.SYSTEM)
    stage.speaker.say("Hold.")
    stage.speaker.say(OWN)
    assert [text for _, text in stage.system.said] == ["Hold.", OWN]
    assert stage.clips.said == []


def test_off_nobody_speaks(stage: Stage) -> None:
    stage.choose(SpeechMode.OFF)
    stage.speaker.say("Hold.")
    stage.speaker.say(OWN)
    stage.timer.run_for(1_000)
    assert stage.clips.said == stage.system.said == []
    assert not stage.speaker.can_say("Hold.")


def test_another_choice_stops_who_spoke(stage: Stage) -> None:
    stage.speaker.say("Hold.")
    stage.choose(SpeechMode.OFF)
    assert stage.clips.calls[-1] == (0.0, "stop")


def test_another_rate_cuts_nothing_off(stage: Stage) -> None:
    stage.speaker.say("Hold.")
    stage.choose(SpeechMode.AUTOMATIC, rate=0.5)
    assert stage.clips.calls[-1] == (0.0, "Hold.")
    assert stage.clips.speech == stage.system.speech == SpeechSettings(rate=0.5)


def test_it_can_say_what_the_right_one_can(stage: Stage) -> None:
    assert stage.speaker.can_say("Hold.")
    assert stage.speaker.can_say(OWN)
    stage.system.broken = True
    assert stage.speaker.can_say("Hold.")
    assert not stage.speaker.can_say(OWN)
    stage.choose(SpeechMode.SYSTEM)
    assert not stage.speaker.can_say("Hold.")


def test_each_prepares_what_it_will_say(stage: Stage) -> None:
    stage.speaker.prepare(["Hold.", OWN])
    assert list(stage.clips.prepared) == ["Hold."]
    assert list(stage.system.prepared) == [OWN]
    stage.choose(SpeechMode.SYSTEM)
    stage.speaker.prepare(["Hold.", OWN])
    assert list(stage.clips.prepared) == []
    assert list(stage.system.prepared) == ["Hold.", OWN]


def test_closing_closes_both(stage: Stage) -> None:
    stage.speaker.say(OWN)
    stage.speaker.close()
    stage.timer.run_for(1_000)
    assert stage.clips.closed
    assert stage.system.closed
    assert stage.system.said == []
