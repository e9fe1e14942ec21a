"""The tones of the cues, on an output that keeps what it was asked to do."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from stretchplayer.audio import STOP_AFTER_MS
from stretchplayer.audio.chimes import NO_FILES, OUTPUT_LATENCY_MS, REST_AFTER_MS, Chimes
from stretchplayer.audio.own_sounds import OwnSounds
from stretchplayer.ports import CuePlayer
from stretchplayer.routine.cues import TICKS, TONE_MS, Cue, CueName
from stretchplayer.settings import SoundSettings
from tests.audio.fake_output import FakeOutput
from tests.audio.tone import write_tone
from tests.fakes import FakeClock, FakeTimer

SOUNDS = Path(__file__).resolve().parents[2] / "assets" / "sounds"
SPOKEN_ONLY = [name for name in CueName if name not in TONE_MS]


def cue(name: CueName) -> Cue:
    return Cue(at_ms=0, name=name)


@pytest.fixture
def output() -> FakeOutput:
    return FakeOutput()


@pytest.fixture
def rest() -> FakeTimer:
    return FakeTimer(FakeClock())


@pytest.fixture
def own(tmp_path: Path) -> OwnSounds:
    return OwnSounds(tmp_path / "sounds")


@pytest.fixture
def chimes(own: OwnSounds, output: FakeOutput, rest: FakeTimer) -> Iterator[Chimes]:
    chimes = Chimes(SOUNDS, own, output.effect, rest)
    yield chimes
    chimes.close()
    assert not output.live()
    assert not rest.armed


def test_it_is_a_cue_player_that_wants_cues_early(chimes: Chimes) -> None:
    player: CuePlayer = chimes
    assert player.lead_ms == 200 + OUTPUT_LATENCY_MS


@pytest.mark.usefixtures("chimes")
def test_nothing_is_loaded_before_it_is_needed(output: FakeOutput) -> None:
    assert output.loaded == []


@pytest.mark.parametrize("name", TONE_MS)
def test_a_cue_sounds_and_ends_before_its_file_does(chimes: Chimes, output: FakeOutput, name: CueName) -> None:
    chimes.play(cue(name))
    assert output.playing() == {str(name)}
    (length_ms,) = output.live()[name].lengths_ms
    assert 200 + TONE_MS[name] < length_ms < 200 + TONE_MS[name] + 1000


@pytest.mark.parametrize("name", SPOKEN_ONLY)
def test_a_cue_without_a_tone_does_nothing(chimes: Chimes, output: FakeOutput, name: CueName) -> None:
    chimes.play(cue(name))
    assert output.loaded == []


def test_warming_makes_no_sound(chimes: Chimes, output: FakeOutput) -> None:
    chimes.warm()
    chimes.warm()
    assert output.playing() == set()
    assert len(output.loaded) == len(TONE_MS)


def test_one_tone_does_not_end_another(chimes: Chimes, output: FakeOutput) -> None:
    chimes.play(cue(CueName.HOLD_END))
    chimes.play(cue(CueName.SWITCH_SIDES))
    assert output.playing() == {"hold_end", "switch_sides"}


def test_a_tone_can_follow_itself(chimes: Chimes, output: FakeOutput) -> None:
    for _ in range(3):
        chimes.play(cue(CueName.COUNTDOWN))
    assert len(output.live()["countdown"].lengths_ms) == 3


def test_silence_stops_every_tone_at_once(chimes: Chimes, output: FakeOutput) -> None:
    chimes.play(cue(CueName.HOLD_END))
    chimes.play(cue(CueName.SWITCH_SIDES))
    chimes.silence()
    assert output.playing() == set()


def test_silence_before_any_sound_changes_nothing(chimes: Chimes, output: FakeOutput) -> None:
    chimes.silence()
    assert output.loaded == []


def test_a_muted_cue_is_silent_and_the_others_are_not(chimes: Chimes, output: FakeOutput) -> None:
    chimes.configure(SoundSettings(muted=frozenset({CueName.HALF_WAY})))
    chimes.play(cue(CueName.HOLD_START))
    chimes.play(cue(CueName.HALF_WAY))
    assert output.playing() == {"hold_start"}


def test_at_volume_nought_the_output_is_left_alone(output: FakeOutput, chimes: Chimes) -> None:
    chimes.configure(SoundSettings(volume=0))
    chimes.play(cue(CueName.HOLD_START))
    assert output.loaded == []


@pytest.mark.parametrize(("volume", "factor"), [(0, 0.0), (50, 0.25), (100, 1.0), (130, 1.0), (-5, 0.0)])
def test_tones_and_ticks_have_each_a_volume(chimes: Chimes, output: FakeOutput, volume: int, factor: float) -> None:
    chimes.warm()
    chimes.configure(SoundSettings(volume=volume, tick_volume=70))
    assert {effect.volume for effect in output.live().values() if effect.name not in TICKS} == {factor}
    assert output.live()["countdown"].volume == pytest.approx(0.49)
    chimes.configure(SoundSettings(volume=70, tick_volume=volume))
    assert {effect.volume for effect in output.live().values() if effect.name in TICKS} == {factor}


def test_volume_set_before_the_first_sound_counts(chimes: Chimes, output: FakeOutput) -> None:
    chimes.configure(SoundSettings(volume=10))
    chimes.play(cue(CueName.DONE))
    assert output.live()["done"].volume == pytest.approx(0.01)


def test_a_sound_of_the_person_s_own_is_played_in_full(
    chimes: Chimes, own: OwnSounds, output: FakeOutput, tmp_path: Path
) -> None:
    chimes.reload()
    assert not output.loaded, "nothing has been needed yet"
    chimes.play(cue(CueName.HOLD_START))
    own.take(CueName.HOLD_START, write_tone(tmp_path / "gong.wav", 1_200))
    chimes.reload()
    chimes.play(cue(CueName.HOLD_START))
    effect = output.live()["hold_start"]
    assert effect.path == str(own.path(CueName.HOLD_START))
    assert effect.lengths_ms == [200 + 1_200 + STOP_AFTER_MS]
    own.remove(CueName.HOLD_START)
    chimes.reload()
    assert output.live()["hold_start"].path == str(SOUNDS / "hold_start.wav")


def test_without_sound_files_the_problem_is_told(
    tmp_path: Path, own: OwnSounds, output: FakeOutput, rest: FakeTimer
) -> None:
    told: list[str] = []
    Chimes(tmp_path, own, output.effect, rest).play(cue(CueName.HOLD_START))
    chimes = Chimes(tmp_path, own, output.effect, rest, told.append)
    chimes.play(cue(CueName.HOLD_START))
    assert told == [NO_FILES]


def test_the_output_is_given_back_long_after_the_last_cue(chimes: Chimes, output: FakeOutput, rest: FakeTimer) -> None:
    chimes.play(cue(CueName.DONE))
    assert rest.due_in_ms == REST_AFTER_MS
    rest.fire_when_due()
    assert output.live() == {}
    chimes.play(cue(CueName.RESUMING))
    assert output.playing() == {"resuming"}


def test_cues_that_are_only_spoken_or_muted_keep_the_output_running(chimes: Chimes, rest: FakeTimer) -> None:
    chimes.warm()
    rest.cancel()
    chimes.play(cue(SPOKEN_ONLY[0]))
    assert rest.armed
