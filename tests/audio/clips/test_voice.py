"""The voice that plays clips, on an output that keeps what it was asked to do."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from stretchplayer.audio import LEAD_IN_MS, STOP_AFTER_MS
from stretchplayer.audio.chimes import REST_AFTER_MS
from stretchplayer.audio.clips.library import ClipLibrary
from stretchplayer.audio.clips.voice import ClipVoice
from stretchplayer.ports import Speaker
from stretchplayer.settings import SpeechSettings
from tests.audio.clips.recorded import record
from tests.audio.fake_output import FakeEffect, FakeOutput
from tests.fakes import FakeClock
from tests.timers import FakeTimers

WORDS_MS = {"Hold.": 500, "Thirty seconds.": 1000, "Half-way.": 700, "Paused.": 400, "Well done.": 600}
HOLD, THIRTY, HALF_WAY = "0", "1", "2"


class Stage:
    """A clip voice, its output and its time."""

    def __init__(self, folder: Path) -> None:
        self.output = FakeOutput()
        self.timers = FakeTimers(FakeClock())
        self.library = ClipLibrary(record(folder, WORDS_MS))
        self.voice = ClipVoice(self.library, self.output.effect, self.timers.new)
        self.voice.configure(SpeechSettings(volume=100))

    def words(self) -> set[str]:
        """The names of the clips that play now."""
        return self.output.playing()

    def effect(self, name: str) -> FakeEffect:
        return self.output.live()[name]

    def clip_ms(self, text: str) -> int:
        """How long the clip of a sentence plays."""
        return LEAD_IN_MS + WORDS_MS[text] + STOP_AFTER_MS


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path / "en")
    yield stage
    stage.voice.close()
    assert stage.output.live() == {}
    assert not stage.timers.any_armed


def test_it_is_a_speaker_that_needs_its_lead(stage: Stage) -> None:
    speaker: Speaker = stage.voice
    assert speaker.lead_ms >= LEAD_IN_MS


def test_it_speaks_only_its_own_language(stage: Stage) -> None:
    stage.voice.speak_in("de")
    assert not stage.voice.can_say("Hold.")
    stage.voice.speak_in("en-GB")
    assert stage.voice.can_say("Hold.")


def test_it_can_say_what_there_are_clips_of(stage: Stage) -> None:
    assert stage.voice.can_say("Hold. Thirty seconds.")
    assert not stage.voice.can_say("Hold. Twenty seconds.")


def test_nothing_is_loaded_before_it_is_needed(stage: Stage) -> None:
    assert stage.output.loaded == []


def test_a_sentence_is_said_once_and_ends_before_its_file_does(stage: Stage) -> None:
    stage.voice.say("Hold.")
    assert stage.words() == {HOLD}
    stage.timers.run_for(5_000)
    assert stage.effect(HOLD).lengths_ms == [stage.clip_ms("Hold.")]


def test_sentences_follow_one_another_and_never_overlap(stage: Stage) -> None:
    stage.voice.say("Hold. Thirty seconds.")
    assert stage.words() == {HOLD}
    stage.timers.run_for(stage.clip_ms("Hold.") - 1)
    assert stage.words() == {HOLD}
    stage.timers.run_for(1)
    assert stage.words() == {HOLD, THIRTY}, "the first has ended by itself"
    assert [stage.effect(name).lengths_ms for name in (HOLD, THIRTY)] == [
        [stage.clip_ms("Hold.")],
        [stage.clip_ms("Thirty seconds.")],
    ]


def test_what_it_takes_is_what_the_library_says(stage: Stage) -> None:
    text = "Hold. Thirty seconds. Half-way."
    stage.voice.say(text)
    said_ms = stage.library.duration_ms(text)
    assert said_ms is not None
    stage.timers.run_for(said_ms - WORDS_MS["Half-way."])
    assert HALF_WAY in stage.words()


def test_what_there_is_no_clip_of_is_not_said_but_ends_what_is(stage: Stage) -> None:
    stage.voice.say("Thirty seconds.")
    stage.voice.say("Twenty seconds.")
    assert stage.words() == set()


def test_hushing_fades_and_nothing_follows(stage: Stage) -> None:
    stage.voice.say("Thirty seconds. Hold.")
    stage.timers.run_for(600)
    stage.voice.hush()
    assert stage.effect(THIRTY).faded
    stage.timers.run_for(5_000)
    assert stage.words() == set()


def test_hushing_silence_does_nothing(stage: Stage) -> None:
    stage.voice.hush()
    assert stage.output.loaded == []


def test_stopping_is_at_once_and_for_good(stage: Stage) -> None:
    stage.voice.say("Thirty seconds. Hold.")
    stage.timers.run_for(600)
    stage.voice.stop()
    assert stage.words() == set()
    stage.timers.run_for(5_000)
    assert stage.words() == set()


def test_a_new_text_begins_while_the_old_one_fades(stage: Stage) -> None:
    stage.voice.say("Thirty seconds. Hold.")
    stage.timers.run_for(600)
    stage.voice.say("Half-way.")
    assert stage.effect(THIRTY).faded
    assert stage.words() == {HALF_WAY}
    stage.timers.run_for(5_000)
    assert stage.words() == {HALF_WAY}


def test_a_text_can_cut_itself_short(stage: Stage) -> None:
    stage.voice.say("Half-way.")
    stage.timers.run_for(600)
    stage.voice.say("Half-way.")
    assert len(stage.effect(HALF_WAY).lengths_ms) == 2
    assert not stage.effect(HALF_WAY).faded


def test_of_three_texts_in_a_row_only_the_last_goes_on(stage: Stage) -> None:
    for text in ("Hold.", "Thirty seconds.", "Half-way."):
        stage.voice.say(text)
    assert stage.words() == {HALF_WAY}


@pytest.mark.parametrize(("volume", "factor"), [(50, 0.25), (100, 1.0), (130, 1.0)])
def test_the_volume_counts_at_once(stage: Stage, volume: int, factor: float) -> None:
    stage.voice.say("Hold. Thirty seconds.")
    stage.voice.configure(SpeechSettings(volume=volume))
    assert stage.effect(HOLD).volume == factor
    stage.timers.run_for(stage.clip_ms("Hold."))
    assert stage.effect(THIRTY).volume == factor


@pytest.mark.parametrize("volume", [0, -5])
def test_at_volume_nought_the_output_is_left_alone(stage: Stage, volume: int) -> None:
    stage.voice.configure(SpeechSettings(volume=volume))
    stage.voice.say("Hold.")
    assert stage.output.loaded == []


def test_preparing_loads_the_clips_and_makes_no_sound(stage: Stage) -> None:
    stage.voice.prepare([*WORDS_MS, "Hold. Thirty seconds.", "There is no clip of this."])
    assert stage.output.live().keys() == {"0", "1", "2", "3", "4"}
    assert stage.output.playing() == set()


def test_what_is_prepared_is_loaded_once(stage: Stage) -> None:
    stage.voice.prepare(["Hold."])
    stage.timers.run_for(1000)
    stage.voice.say("Hold.")
    assert [effect.name for effect in stage.output.loaded].count(HOLD) == 1


def test_preparing_anew_gives_back_what_is_no_longer_wanted(stage: Stage) -> None:
    stage.voice.prepare(["Hold.", "Thirty seconds."])
    stage.timers.run_for(1000)
    stage.voice.say("Hold.")
    stage.voice.prepare(["Half-way."])
    stage.timers.run_for(100)
    assert stage.output.live().keys() == {HOLD, HALF_WAY}
    assert stage.words() == {HOLD}


def test_preparing_nothing_opens_nothing(stage: Stage) -> None:
    stage.voice.prepare(["There is no clip of this."])
    assert stage.output.loaded == []


def test_the_output_is_given_back_after_a_long_rest(stage: Stage) -> None:
    stage.voice.prepare(["Hold."])
    stage.timers.run_for(REST_AFTER_MS)
    assert stage.output.live() == {}
    stage.voice.say("Hold.")
    assert stage.output.playing() == {HOLD}


def test_closing_gives_the_output_back(stage: Stage) -> None:
    stage.voice.prepare(["Hold.", "Thirty seconds."])
    stage.voice.say("Hold. Thirty seconds.")
    stage.voice.close()
    stage.timers.run_for(5_000)
    assert stage.output.live() == {}
    assert stage.output.playing() == set()
