"""A folder of clips as the recording script leaves one, with silence for words."""

import json
import wave
from collections.abc import Mapping
from pathlib import Path

from stretchplayer.audio.clips.library import CLIPS, MANIFEST, SAMPLES_PER_MS, SILENCE


def write_silence(path: Path, length_ms: int) -> None:
    """Write a WAV file of silence in the format of the clips."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLES_PER_MS * 1000)
        file.writeframes(bytes(2 * SAMPLES_PER_MS * length_ms))


def record(folder: Path, words_ms: Mapping[str, int], *, lead_in_ms: int = 200, tail_ms: int = 1000) -> Path:
    """Make a clip for every sentence, with words that take so many ms, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    write_silence(folder / SILENCE, 100)
    clips = []
    for number, (text, length_ms) in enumerate(words_ms.items()):
        name = f"{number}.wav"
        write_silence(folder / name, lead_in_ms + length_ms + tail_ms)
        clips.append({"text": text, "file": name, "duration_ms": length_ms})
    (folder / MANIFEST).write_text(json.dumps({CLIPS: clips}), encoding="utf-8")
    return folder
