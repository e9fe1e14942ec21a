"""Decoding compressed sounds."""

import wave
from pathlib import Path

import pytest

from stretchplayer.audio.decoding import RATE, decode, write_wav
from stretchplayer.storage.assets import asset_dir, voice_dir


def test_a_clip_becomes_a_wav_file_in_the_format_of_the_tones(tmp_path: Path) -> None:
    clip = next(voice_dir().glob("*.ogg"))
    written = tmp_path / "clip.wav"
    write_wav(written, decode(clip))
    with wave.open(str(written)) as made, wave.open(str(asset_dir("sounds") / "done.wav")) as tone:
        assert made.getparams()[:3] == tone.getparams()[:3] == (1, 2, RATE)
        assert made.getnframes() * 2 == len(decode(clip))
    assert list(tmp_path.iterdir()) == [written]


@pytest.mark.parametrize("content", [b"", b"OggS" * 100, b"RIFF"])
def test_a_damaged_file_is_one_error(tmp_path: Path, content: bytes) -> None:
    damaged = tmp_path / "damaged.ogg"
    damaged.write_bytes(content)
    with pytest.raises(ValueError, match=r"damaged\.ogg"):
        decode(damaged)


def test_a_missing_file_is_an_error_too(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"gone\.ogg"):
        decode(tmp_path / "gone.ogg")
