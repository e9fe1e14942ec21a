"""The tones of the cues, on an output that keeps what it was asked to do."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from stretchplayer.audio.chimes import NO_DEVICE, NO_FILES, OUTPUT_LATENCY_MS, REST_AFTER_MS, Chimes
from stretchplayer.ports import CuePlayer
from stretchplayer.routine.cues import TONE_MS, Cue, CueName
from stretchplayer.settings import SoundSettings
from tests.audio.fake_output import FakeOutput

SOUNDS = Path(__file__).resolve().parents[2] / "assets" / "sounds"
pytestmark = pytest.mark.usefixtures("qapp")

SPOKEN_ONLY = [name for name in CueName if name not in TONE_MS]


def cue(name: CueName) -> Cue:
    return Cue(at_ms=0, name=name)


def alarm(chimes: Chimes, name: str) -> QTimer:
    found = chimes.findChild(QTimer, name)
    assert isinstance(found, QTimer)
    return found


def reload(chimes: Chimes) -> None:
    """Let the moment pass after which dropped sounds are loaded again."""
    assert alarm(chimes, "reload").isActive()
    alarm(chimes, "reload").stop()
    alarm(chimes, "reload").timeout.emit()


@pytest.fixture
def output() -> FakeOutput:
    return FakeOutput()


@pytest.fixture
def chimes(output: FakeOutput) -> Iterator[Chimes]:
    chimes = Chimes(SOUNDS, output=output)
    yield chimes
    chimes.close()


@pytest.fixture
def told(chimes: Chimes) -> list[str]:
    told: list[str] = []
    chimes.on_problem(told.append)
    return told


def test_it_is_a_cue_player_that_wants_cues_early(chimes: Chimes) -> None:
    player: CuePlayer = chimes
    assert player.lead_ms == 200 + OUTPUT_LATENCY_MS


def test_importing_it_leaves_the_slow_library_alone() -> None:
    code = "import sys, stretchplayer.audio.chimes; sys.exit('PySide6.QtMultimedia' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.usefixtures("chimes")
def test_nothing_is_loaded_before_it_is_needed(output: FakeOutput) -> None:
    assert output.loaded == []


@pytest.mark.parametrize("name", TONE_MS)
def test_a_cue_sounds_and_silence_keeps_the_output_running(chimes: Chimes, output: FakeOutput, name: CueName) -> None:
    chimes.play(cue(name))
    assert output.playing() == {str(name), "warm"}


@pytest.mark.parametrize("name", SPOKEN_ONLY)
def test_a_cue_without_a_tone_does_nothing(chimes: Chimes, output: FakeOutput, name: CueName) -> None:
    chimes.play(cue(name))
    assert output.loaded == []


def test_warming_makes_no_sound(chimes: Chimes, output: FakeOutput, told: list[str]) -> None:
    chimes.warm()
    chimes.warm()
    assert output.playing() == {"warm"}
    assert len(output.loaded) == len(TONE_MS) + 1
    assert told == []


def test_a_tone_is_stopped_before_it_would_begin_again(chimes: Chimes, output: FakeOutput) -> None:
    chimes.play(cue(CueName.HOLD_START))
    end = alarm(chimes, "end of hold_start")
    assert end.isActive()
    assert 200 + TONE_MS[CueName.HOLD_START] < end.interval() < 200 + TONE_MS[CueName.HOLD_START] + 1000
    end.timeout.emit()
    assert output.playing() == {"warm"}


def test_one_tone_does_not_end_another(chimes: Chimes, output: FakeOutput) -> None:
    chimes.play(cue(CueName.HOLD_END))
    chimes.play(cue(CueName.SWITCH_SIDES))
    assert output.playing() == {"hold_end", "switch_sides", "warm"}


def test_a_tone_can_follow_itself(chimes: Chimes, output: FakeOutput) -> None:
    for _ in range(3):
        chimes.play(cue(CueName.COUNTDOWN))
    assert output.live()["countdown"].plays == 3


def test_silence_stops_every_tone_at_once(chimes: Chimes, output: FakeOutput) -> None:
    chimes.play(cue(CueName.HOLD_END))
    chimes.play(cue(CueName.SWITCH_SIDES))
    chimes.silence()
    assert output.playing() == {"warm"}
    assert not alarm(chimes, "end of hold_end").isActive()


def test_silence_before_any_sound_changes_nothing(chimes: Chimes, output: FakeOutput) -> None:
    chimes.silence()
    assert output.loaded == []


def test_a_muted_cue_is_silent_and_the_others_are_not(chimes: Chimes, output: FakeOutput) -> None:
    chimes.configure(SoundSettings(muted=frozenset({CueName.HALF_WAY})))
    chimes.play(cue(CueName.HOLD_START))
    chimes.play(cue(CueName.HALF_WAY))
    assert output.playing() == {"hold_start", "warm"}


def test_at_volume_nought_the_output_is_left_alone(output: FakeOutput, chimes: Chimes, told: list[str]) -> None:
    output.plug("")
    chimes.configure(SoundSettings(volume=0))
    chimes.play(cue(CueName.HOLD_START))
    assert output.loaded == []
    assert told == []


@pytest.mark.parametrize(("volume", "factor"), [(0, 0.0), (50, 0.25), (100, 1.0), (130, 1.0), (-5, 0.0)])
def test_volume_is_for_every_tone(chimes: Chimes, output: FakeOutput, volume: int, factor: float) -> None:
    chimes.warm()
    chimes.configure(SoundSettings(volume=volume))
    assert {effect.volume for name, effect in output.live().items() if name != "warm"} == {factor}


def test_volume_set_before_the_first_sound_counts(chimes: Chimes, output: FakeOutput) -> None:
    chimes.configure(SoundSettings(volume=10))
    chimes.play(cue(CueName.DONE))
    assert output.live()["done"].volume == pytest.approx(0.01)


def test_without_a_device_the_problem_is_told_once(chimes: Chimes, output: FakeOutput, told: list[str]) -> None:
    output.plug("")
    chimes.warm()
    assert told == []
    chimes.play(cue(CueName.HOLD_START))
    chimes.play(cue(CueName.HOLD_END))
    assert told == [NO_DEVICE]


def test_without_a_device_and_a_listener_nothing_happens(chimes: Chimes, output: FakeOutput) -> None:
    output.plug("")
    chimes.play(cue(CueName.HOLD_START))
    assert output.loaded == []


def test_without_sound_files_the_problem_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    chimes = Chimes(tmp_path, output=FakeOutput())
    chimes.on_problem(told.append)
    chimes.play(cue(CueName.HOLD_START))
    assert told == [NO_FILES]
    chimes.close()


def test_a_device_that_comes_later_is_used(chimes: Chimes, output: FakeOutput, told: list[str]) -> None:
    output.plug("")
    chimes.play(cue(CueName.HOLD_START))
    output.plug("headphones")
    assert output.playing() == {"warm"}
    chimes.play(cue(CueName.HOLD_END))
    assert output.playing() == {"hold_end", "warm"}
    assert len(told) == 1


def test_a_change_of_device_is_followed(chimes: Chimes, output: FakeOutput) -> None:
    chimes.configure(SoundSettings(volume=50))
    chimes.play(cue(CueName.HOLD_START))
    output.plug("headphones")
    assert output.live() == {}
    reload(chimes)
    assert {effect.device for effect in output.live().values()} == {"headphones"}
    assert output.playing() == {"warm"}
    chimes.play(cue(CueName.HOLD_END))
    assert output.live()["hold_end"].playing
    assert output.live()["hold_end"].volume == 0.25


def test_news_of_other_devices_cut_nothing_off(chimes: Chimes, output: FakeOutput) -> None:
    chimes.play(cue(CueName.HOLD_START))
    output.plug(output.name)
    assert output.playing() == {"hold_start", "warm"}


@pytest.mark.usefixtures("chimes")
def test_news_of_devices_open_nothing_before_the_first_cue(output: FakeOutput) -> None:
    output.plug("headphones")
    assert output.loaded == []


def test_a_device_that_goes_takes_the_sounds_with_it(chimes: Chimes, output: FakeOutput, told: list[str]) -> None:
    chimes.play(cue(CueName.HOLD_START))
    output.plug("")
    assert output.live() == {}
    assert told == []
    reload(chimes)
    chimes.play(cue(CueName.HOLD_END))
    assert told == [NO_DEVICE]


def test_a_connection_that_was_cut_unnoticed_is_made_anew(chimes: Chimes, output: FakeOutput) -> None:
    chimes.play(cue(CueName.HOLD_START))
    output.name = "speakers, connected again"
    chimes.play(cue(CueName.HALF_WAY))
    reload(chimes)
    chimes.play(cue(CueName.HOLD_END))
    assert {effect.device for effect in output.live().values()} == {"speakers, connected again"}
    assert output.playing() == {"hold_end", "warm"}


def test_closing_while_sounds_are_to_be_loaded_again_loads_nothing(chimes: Chimes, output: FakeOutput) -> None:
    chimes.warm()
    output.plug("headphones")
    chimes.close()
    assert not alarm(chimes, "reload").isActive()
    assert output.live() == {}


def test_broken_sounds_are_replaced(chimes: Chimes, output: FakeOutput, told: list[str]) -> None:
    chimes.warm()
    for effect in output.loaded:
        effect.broken = True
    chimes.play(cue(CueName.HOLD_START))
    chimes.play(cue(CueName.HOLD_START))
    assert output.live() == {}
    reload(chimes)
    chimes.play(cue(CueName.HOLD_START))
    assert output.playing() == {"hold_start", "warm"}
    assert told == []
    assert not any(effect.broken for effect in output.live().values())


def test_the_output_is_given_back_long_after_the_last_cue(chimes: Chimes, output: FakeOutput) -> None:
    chimes.play(cue(CueName.DONE))
    rest = alarm(chimes, "rest")
    assert rest.isActive()
    assert rest.interval() == REST_AFTER_MS
    rest.timeout.emit()
    assert output.live() == {}
    assert output.playing() == set()


def test_cues_that_are_only_spoken_or_muted_keep_the_output_running(chimes: Chimes) -> None:
    chimes.warm()
    rest = alarm(chimes, "rest")
    rest.stop()
    chimes.play(cue(SPOKEN_ONLY[0]))
    assert rest.isActive()


def test_after_a_rest_the_next_cue_sounds(chimes: Chimes, output: FakeOutput) -> None:
    chimes.play(cue(CueName.PAUSED))
    alarm(chimes, "rest").timeout.emit()
    chimes.play(cue(CueName.RESUMING))
    assert output.playing() == {"resuming", "warm"}


def test_closing_gives_the_output_back(chimes: Chimes, output: FakeOutput) -> None:
    chimes.play(cue(CueName.DONE))
    chimes.close()
    assert output.live() == {}
    assert output.playing() == set()
    assert not any(timer.isActive() for timer in chimes.findChildren(QTimer))
