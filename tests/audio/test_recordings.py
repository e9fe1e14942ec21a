"""The shipped recordings: one for everything a session can say, as loud as each other."""

import json
import math
import runpy
import sys
from array import array
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from stretchplayer.audio import LEAD_IN_MS, TAIL_MS
from stretchplayer.audio.clips.library import CLIPS, MANIFEST, ClipLibrary
from stretchplayer.audio.decoding import RATE, decode
from stretchplayer.audio.speech_time import speech_time
from stretchplayer.figure.side import Side
from stretchplayer.routine import phrases
from stretchplayer.routine.cues import CueName
from stretchplayer.routine.preferences import HOLD_CHOICES_S, Preferences
from stretchplayer.routine.routine import Position
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.settings import SpeechSettings
from stretchplayer.storage.assets import voice_dir
from tests.routine.shipped import hamstring_trio

SCRIPTS = Path(__file__).resolve().parents[2] / "packaging" / "assets"
VOICE = voice_dir()
FULL_SCALE = 32_767
PER_MS = RATE / 1000
QUIET = 0.004 * FULL_SCALE
"""Compression leaves a little noise in a silence."""


@pytest.fixture(scope="module")
def library() -> ClipLibrary:
    return ClipLibrary(VOICE)


def manifest() -> dict[str, Any]:
    read: dict[str, Any] = json.loads((VOICE / MANIFEST).read_text(encoding="utf-8"))
    return read


# Which there are


@pytest.mark.unmeasured  # it makes more than a thousand timelines
def test_every_text_has_a_clip_and_every_clip_a_text(library: ClipLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(SCRIPTS), *sys.path])
    script = runpy.run_path(str(SCRIPTS / "spoken_texts.py"))
    routines = script["shipped_routines"]()
    assert script["spoken_texts"](routines) == library.texts
    assert script["spoken_texts"](routines, speech_time(VOICE, SpeechSettings())) <= library.texts


def test_no_file_is_left_over() -> None:
    assert {path.name for path in VOICE.iterdir()} == {*(each["file"] for each in manifest()[CLIPS]), MANIFEST}


def test_the_manifest_says_where_the_voice_is_from() -> None:
    said = manifest()
    assert (said["language"], said["engine"], said["voice"]) == ("en", "Kokoro-82M v1.0", "af_heart")
    for name in ("hexgrad", "Apache-2.0", "Koniwa", "SIWIS"):
        assert name in said["licence"]


@pytest.mark.parametrize("hold_s", [None, *HOLD_CHOICES_S])
@pytest.mark.parametrize("first_side", Side)
@pytest.mark.parametrize("tell_time_left", [False, True])
def test_everything_is_said_before_the_next_cue_and_no_hold_begins_before_its_words_have_ended(
    library: ClipLibrary, hold_s: int | None, first_side: Side, *, tell_time_left: bool
) -> None:
    preferences = Preferences(hold_s=hold_s, first_side=first_side, tell_time_left=tell_time_left)
    timeline = build_timeline(hamstring_trio(), preferences, speech_time(VOICE, SpeechSettings()), newcomer=True)
    for cue, following in pairwise(timeline.cues()):
        said_ms = 0 if cue.say is None else library.duration_ms(cue.say)
        assert said_ms is not None, f"there is no clip of {cue.say}"
        assert cue.at_ms + cue.tone_ms + said_ms < following.at_ms
    starts = [cue.at_ms for cue in timeline.cues() if cue.name is CueName.HOLD_START]
    assert starts == [hold.start_ms for hold in timeline.holds()]


@pytest.mark.parametrize("hold_s", HOLD_CHOICES_S)
def test_no_silence_in_a_hold_is_longer_than_fifteen_seconds(library: ClipLibrary, hold_s: int) -> None:
    timeline = build_timeline(hamstring_trio(), Preferences(hold_s=hold_s), speech_time(VOICE, SpeechSettings()))
    for hold in timeline.holds():
        ended = [cue.at_ms + cue.tone_ms + (library.duration_ms(cue.say) or 0 if cue.say else 0) for cue in hold.cues]
        begins = [*(cue.at_ms for cue in hold.cues[1:]), hold.end_ms]
        assert max(begin - end for end, begin in zip(ended, begins, strict=True)) <= 15_000


@pytest.mark.parametrize(
    "text",
    [phrases.PAUSED, phrases.RESUMING, phrases.INTERRUPTED, phrases.STOPPED, phrases.WHEN_READY, phrases.HOLD_THE_REST]
    + [phrases.done(done, 6, Position.LYING_ON_BACK) for done in range(7)]
    + [phrases.offer(side, "leg") for side in Side],
)
def test_the_answers_to_the_person_have_clips(library: ClipLibrary, text: str) -> None:
    assert library.clips(text) is not None


# What is in them


@pytest.mark.unmeasured  # it looks at each sample of an hour of words
def test_a_clip_is_words_between_two_silences() -> None:
    levels = {}
    for clip in manifest()[CLIPS]:
        samples = array("h", decode(VOICE / clip["file"]))
        lead_in, length, tail = (round(ms * PER_MS) for ms in (LEAD_IN_MS, clip["duration_ms"], TAIL_MS))
        assert len(samples) == pytest.approx(lead_in + length + tail, abs=PER_MS)
        margin = round(5 * PER_MS)
        assert max(map(abs, samples[: lead_in - margin])) < QUIET
        assert max(map(abs, samples[lead_in + length + margin :])) < QUIET
        words = samples[lead_in : lead_in + length]
        assert -FULL_SCALE < min(words) <= max(words) < FULL_SCALE
        edge = round(120 * PER_MS)
        assert max(map(abs, words[:edge])) > 0.02 * FULL_SCALE
        assert max(map(abs, words[-edge:])) > 0.02 * FULL_SCALE
        levels[clip["text"]] = 20 * math.log10(math.sqrt(sum(s * s for s in words[::16]) / (length / 16)) / FULL_SCALE)
    # Pauses make the mean level of some clips lower than their loudness, which the script brings to -18 LUFS.
    assert max(levels.values()) - min(levels.values()) < 6
