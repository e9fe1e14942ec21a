"""A folder of clips as the recording script leaves one, with silence for words."""

import json
from collections.abc import Mapping
from pathlib import Path

from stretchplayer.audio.clips.library import CLIPS, MANIFEST
from stretchplayer.audio.decoding import RATE, write_wav


def record(folder: Path, words_ms: Mapping[str, int], *, lead_in_ms: int = 200, tail_ms: int = 1000) -> Path:
    """Make a clip for every sentence, with words that take so many ms, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    clips = []
    for number, (text, length_ms) in enumerate(words_ms.items()):
        name = f"{number}.wav"
        write_wav(folder / name, bytes(2 * RATE * (lead_in_ms + length_ms + tail_ms) // 1000))
        clips.append({"text": text, "file": name, "duration_ms": length_ms, "bytes": (folder / name).stat().st_size})
    (folder / MANIFEST).write_text(json.dumps({CLIPS: clips}), encoding="utf-8")
    return folder
