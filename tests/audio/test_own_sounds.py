"""Tones of the person's own, from files as people have them."""

import wave
from array import array
from pathlib import Path

import pytest

from stretchplayer.audio import LEAD_IN_MS, TAIL_MS
from stretchplayer.audio.own_sounds import LONGEST_MS, LONGEST_TICK_MS, MOST_BYTES, PEAK, OwnSounds
from stretchplayer.errors import SoundError
from stretchplayer.routine.cues import CueName
from tests.audio.tone import write_tone
from tests.posix import not_on_windows

NAME = CueName.HOLD_END


@pytest.fixture
def own(tmp_path: Path) -> OwnSounds:
    return OwnSounds(tmp_path / "data" / "sounds")


def samples_of(path: Path) -> "array[int]":
    """All samples of a file, which must have the format of the shipped tones."""
    with wave.open(str(path), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 44_100)
        return array("h", file.readframes(file.getnframes()))


def test_at_first_there_are_none(own: OwnSounds) -> None:
    assert own.names == frozenset()
    own.remove(NAME)


@pytest.mark.parametrize(("rate", "channels"), [(44_100, 1), (22_050, 1), (48_000, 2)])
def test_a_file_becomes_one_like_the_shipped_tones(own: OwnSounds, tmp_path: Path, rate: int, channels: int) -> None:
    own.take(NAME, write_tone(tmp_path / "gong.wav", 600, rate=rate, channels=channels, silence_ms=400))
    assert own.names == {NAME}
    assert own.length_ms(NAME) == pytest.approx(600, abs=15)
    samples = samples_of(own.path(NAME))
    first = next(index for index, sample in enumerate(samples) if abs(sample) > 500)
    assert first == pytest.approx(LEAD_IN_MS * 44.1, abs=88), "it begins with its cue"
    assert max(map(abs, samples)) == PEAK
    assert not any(samples[round(-TAIL_MS * 44.1) :])
    own.remove(NAME)
    assert own.names == frozenset()


@pytest.mark.parametrize(("name", "longest_ms"), [(NAME, LONGEST_MS), (CueName.COUNTDOWN, LONGEST_TICK_MS)])
def test_what_is_long_is_faded_out(own: OwnSounds, tmp_path: Path, name: CueName, longest_ms: int) -> None:
    own.take(name, write_tone(tmp_path / "song.wav", 5_000))
    assert own.length_ms(name) == longest_ms
    end = round((LEAD_IN_MS + longest_ms) * 44.1)
    samples = samples_of(own.path(name))
    loud = [max(map(abs, samples[end - ms * 44 : end - (ms - 20) * 44])) for ms in (300, 100, 20)]
    assert loud == sorted(loud, reverse=True)
    assert loud[-1] < PEAK / 5


@pytest.mark.parametrize("name", ["tone.flac", "tone.ogg"])
def test_other_formats_are_read(own: OwnSounds, name: str) -> None:
    own.take(NAME, Path(__file__).with_name("data") / name)
    assert own.length_ms(NAME) == pytest.approx(300, abs=20)


def test_what_can_t_be_used_is_refused_with_what_to_do(own: OwnSounds, tmp_path: Path) -> None:
    large, text, empty = tmp_path / "large.wav", tmp_path / "text.wav", tmp_path / "empty.wav"
    with large.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    text.write_text("not a sound", encoding="utf-8")
    empty.touch()
    cases = [
        (tmp_path, "or no file"),
        (tmp_path / "gone.wav", "or no file"),
        (large, "larger than 5 MB"),
        (write_tone(tmp_path / "long.wav", 11_000), "longer than 10 s"),
        (text, "choose a WAV, FLAC or Ogg Vorbis file"),
        (empty, "choose a WAV, FLAC or Ogg Vorbis file"),
        (write_tone(tmp_path / "silent.wav", 0, silence_ms=500), "no sound in silent.wav"),
    ]
    for path, words in cases:
        with pytest.raises(SoundError, match=words):
            own.take(NAME, path)
    assert own.names == frozenset()


@not_on_windows("there, what is below a file is only missing")
def test_a_disk_that_takes_nothing_is_told(own: OwnSounds, tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(SoundError, match="check the disk"):
        own.take(NAME, write_tone(tmp_path / "gong.wav", 100))
    with pytest.raises(SoundError, match="check the disk"):
        own.remove(NAME)


def test_what_was_damaged_is_left_out(own: OwnSounds, tmp_path: Path) -> None:
    own.take(NAME, write_tone(tmp_path / "gong.wav", 100))
    own.path(NAME).write_bytes(b"RIFF")
    assert own.names == frozenset()
