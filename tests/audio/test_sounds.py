"""The shipped sound files: what is in them, and that they are what the script makes."""

import math
import runpy
import wave
from array import array
from itertools import pairwise
from pathlib import Path

import pytest

from stretchplayer.audio import LEAD_IN_MS, TAIL_MS
from stretchplayer.routine.cues import TICKS, TONE_MS, CueName

ROOT = Path(__file__).resolve().parents[2]
SOUNDS = ROOT / "assets" / "sounds"
HEARD = 500
BREATHS = {CueName.BREATH_IN, CueName.BREATH_OUT}
"""These swell, and are softer than anything else."""
RATE = 44_100


def samples_of(path: Path) -> "array[int]":
    """All samples of a file, whose format must be the one all files have."""
    with wave.open(str(path), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        samples = array("h")
        samples.frombytes(file.readframes(file.getnframes()))
        return samples


def test_every_tone_has_a_file_and_no_file_is_left_over() -> None:
    assert {path.stem for path in SOUNDS.iterdir()} == {*map(str, TONE_MS), "warm"}


@pytest.mark.parametrize("name", TONE_MS)
def test_a_file_is_silence_a_tone_and_silence(name: CueName) -> None:
    samples = samples_of(SOUNDS / f"{name}.wav")
    lead_in, tone, tail = (ms * RATE // 1000 for ms in (LEAD_IN_MS, TONE_MS[name], TAIL_MS))
    assert len(samples) == lead_in + tone + tail
    assert not any(samples[:lead_in])
    assert not any(samples[-tail:])


@pytest.mark.parametrize("name", TONE_MS)
def test_a_tone_sounds_for_as_long_as_it_may(name: CueName) -> None:
    samples = samples_of(SOUNDS / f"{name}.wav")
    last = max(n for n, sample in enumerate(samples) if sample)
    assert last * 1000 / RATE == pytest.approx(LEAD_IN_MS + TONE_MS[name], abs=20)


@pytest.mark.parametrize("name", TONE_MS.keys() - BREATHS)
def test_a_tone_begins_right_after_the_lead_in(name: CueName) -> None:
    samples = samples_of(SOUNDS / f"{name}.wav")
    lead_in = LEAD_IN_MS * RATE // 1000
    assert max(map(abs, samples[lead_in : lead_in + 10 * RATE // 1000])) > HEARD


@pytest.mark.parametrize("name", TONE_MS)
def test_a_tone_neither_clicks_nor_clips(name: CueName) -> None:
    samples = samples_of(SOUNDS / f"{name}.wav")
    lead_in, end = LEAD_IN_MS * RATE // 1000, (LEAD_IN_MS + TONE_MS[name]) * RATE // 1000
    assert max(map(abs, samples[lead_in : lead_in + 10])) < HEARD
    assert max(map(abs, samples[end - 10 : end])) < HEARD
    assert max(map(abs, samples)) < 30_000


@pytest.mark.parametrize("name", TONE_MS)
def test_a_tone_is_three_lu_below_the_voice_and_a_tick_softer(name: CueName) -> None:
    samples, window = samples_of(SOUNDS / f"{name}.wav"), RATE * 2 // 5
    mean = max(
        sum(sample * sample for sample in samples[start : start + window]) / window
        for start in range(0, len(samples), window // 20)
    )
    level_db = 10 * math.log10(mean / 32_768**2)
    assert level_db == pytest.approx(-32 if name in BREATHS else -28 if name in TICKS else -21, abs=1)


def test_start_and_end_of_a_hold_differ_in_pitch() -> None:
    start, end = (crossings(SOUNDS / f"{name}.wav") for name in (CueName.HOLD_START, CueName.HOLD_END))
    assert start > 1.1 * end


def test_breathing_in_rises_and_breathing_out_falls() -> None:
    rising, falling = (crossings(SOUNDS / f"{name}.wav") for name in (CueName.BREATH_IN, CueName.BREATH_OUT))
    assert falling > 1.2 * rising


def crossings(path: Path) -> int:
    """How often the first 200 ms of a tone cross zero: twice its pitch, so to say."""
    first = LEAD_IN_MS * RATE // 1000
    samples = samples_of(path)[first : first + RATE // 5]
    return sum(1 for before, after in pairwise(samples) if (before < 0) != (after < 0))


def test_the_warming_sound_is_silent() -> None:
    samples = samples_of(SOUNDS / "warm.wav")
    assert samples
    assert not any(samples)


def test_the_shipped_files_are_what_the_script_makes(tmp_path: Path) -> None:
    said: list[str] = []
    script = runpy.run_path(str(ROOT / "packaging" / "assets" / "make_sounds.py"))
    script["make_sounds"](tmp_path / "sounds", said.append)
    made = {path.name: path.read_bytes() for path in (tmp_path / "sounds").iterdir()}
    assert made == {path.name: path.read_bytes() for path in SOUNDS.iterdir()}
    assert len(said) == len(made)
