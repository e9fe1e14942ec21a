"""The shipped recordings: one for everything a session can say, as loud as each other, and made by the script."""

import io
import json
import lzma
import math
import platform
import runpy
import shutil
import tarfile
import wave
from array import array
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from stretchplayer.audio import LEAD_IN_MS, TAIL_MS
from stretchplayer.audio.clips.library import CLIPS, MANIFEST, SAMPLES_PER_MS, SILENCE, ClipLibrary
from stretchplayer.audio.speech_time import speech_time
from stretchplayer.figure.side import Side
from stretchplayer.routine import phrases
from stretchplayer.routine.cues import CueName
from stretchplayer.routine.preferences import HOLD_CHOICES_S, Preferences
from stretchplayer.routine.timeline import PhaseKind
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.settings import SpeechSettings
from tests.routine.shipped import hamstring_trio

ROOT = Path(__file__).resolve().parents[2]
VOICE = ROOT / "assets" / "voice" / "en"
MOST_PACKED_BYTES = 4_000_000
LEVEL = 0.17
FULL_SCALE = 32_767
RECORDED_ON = "x86_64"
"""Other processors round differently, which no one can hear but a comparison of bytes."""


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "packaging" / "assets" / "make_voice.py"))


@pytest.fixture(scope="module")
def library() -> ClipLibrary:
    return ClipLibrary(VOICE)


def manifest() -> dict[str, Any]:
    read: dict[str, Any] = json.loads((VOICE / MANIFEST).read_text(encoding="utf-8"))
    return read


def samples_of(path: Path) -> "array[int]":
    """All samples of a file, whose format must be the one all clips have."""
    with wave.open(str(path), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 16_000)
        samples = array("h")
        samples.frombytes(file.readframes(file.getnframes()))
        return samples


# Which there are


def test_every_phrase_has_a_clip_and_every_clip_a_phrase(script: dict[str, Any], library: ClipLibrary) -> None:
    assert script["sentences_of"](script["shipped_routines"](), speech_time(VOICE, SpeechSettings())) == library.texts


def test_no_file_is_left_over() -> None:
    named = {each["file"] for each in manifest()[CLIPS]}
    assert {path.name for path in VOICE.iterdir()} == {*named, MANIFEST, SILENCE}


def test_the_manifest_tells_where_the_voice_is_from() -> None:
    told = manifest()
    assert (told["language"], told["voice"]) == ("en", "slt")
    assert told["engine"].startswith("flite-")
    assert "Carnegie Mellon University" in told["licence"]


@pytest.mark.parametrize("hold_s", [None, *HOLD_CHOICES_S])
@pytest.mark.parametrize("first_side", Side)
@pytest.mark.parametrize("wait_for_me", [False, True])
def test_everything_is_said_before_the_next_cue_and_no_hold_begins_before_its_words_have_ended(
    library: ClipLibrary, hold_s: int | None, first_side: Side, *, wait_for_me: bool
) -> None:
    preferences = Preferences(hold_s=hold_s, first_side=first_side, wait_for_me=wait_for_me, tell_time_left=wait_for_me)
    timeline = build_timeline(hamstring_trio(), preferences, speech_time(VOICE, SpeechSettings()))
    cues = list(timeline.cues())
    for cue, following in pairwise(cues):
        said_ms = 0 if cue.say is None else library.duration_ms(cue.say)
        assert said_ms is not None, f"there is no clip of {cue.say}"
        assert cue.at_ms + cue.tone_ms + said_ms < following.at_ms
    starts = [cue.at_ms for cue in cues if cue.name is CueName.HOLD_START]
    assert starts == [hold.start_ms for hold in timeline.holds()]


def test_the_cues_say_what_the_cue_table_asks_for_and_name_the_leg() -> None:
    timeline = build_timeline(hamstring_trio())
    said: dict[CueName, list[str]] = {}
    for phase in timeline.phases:
        for cue in phase.cues:
            said.setdefault(cue.name, []).append(cue.say or "")
            if cue.name in {CueName.STEP, CueName.HOLD_END, CueName.SWITCH_SIDES}:
                assert str(phase.side) in (cue.say or "")
    assert said[CueName.SESSION_START] == [
        "Hamstring trio. About seven minutes. Have a sturdy chair and a towel at hand."
    ]
    assert said[CueName.STRETCH_START][1] == ("Seated hamstring stretch. Sit upright on the front edge of the chair.")
    assert said[CueName.HOLD_SOON] == ["Hold. Thirty seconds."] * 6
    assert said[CueName.HALF_WAY] == ["Half-way."] * 6
    assert all(text.startswith("Slowly release. ") for text in said[CueName.HOLD_END])
    assert said[CueName.SWITCH_SIDES] == ["Now the right leg."] * 3
    assert said[CueName.TRANSITION] == [
        "Next: Seated hamstring stretch. Get a sturdy chair.",
        "Next: Towel stretch. Get a towel.",
    ]
    assert said[CueName.DONE] == ["Well done. All six holds done."]
    assert len(said[CueName.STEP]) == 12
    assert [phase.kind for phase in timeline.phases].count(PhaseKind.HOLD) == 6


@pytest.mark.parametrize(
    "text",
    [phrases.PAUSED, phrases.RESUMING, phrases.INTERRUPTED, *(phrases.wait(s) for s in HOLD_CHOICES_S)]
    + [phrases.done(done, 6) for done in range(7)],
)
def test_the_answers_to_the_person_have_clips(library: ClipLibrary, text: str) -> None:
    assert library.clips(text) is not None


# What is in them


@pytest.fixture(params=manifest()[CLIPS], ids=lambda each: each["file"])
def clip(request: pytest.FixtureRequest) -> dict[str, Any]:
    each: dict[str, Any] = request.param
    return each


def test_a_clip_is_words_between_two_silences_at_the_level_of_all(clip: dict[str, Any]) -> None:
    samples = samples_of(VOICE / clip["file"])
    lead_in, length, tail = (ms * SAMPLES_PER_MS for ms in (LEAD_IN_MS, clip["duration_ms"], TAIL_MS))
    assert len(samples) == lead_in + length + tail
    assert not any(samples[:lead_in])
    assert not any(samples[-tail:])
    words = samples[lead_in : lead_in + length]
    level = math.sqrt(sum(sample * sample for sample in words) / length) / FULL_SCALE
    assert level == pytest.approx(LEVEL, rel=0.02)
    assert max(map(abs, words)) < 0.91 * FULL_SCALE
    heard = [n for n, sample in enumerate(words) if abs(sample) > 0.02 * FULL_SCALE]
    assert heard[0] < 120 * SAMPLES_PER_MS
    assert heard[-1] > length - 120 * SAMPLES_PER_MS
    assert max(abs(words[0]), abs(words[-1])) < 100


def test_the_silence_is_silent() -> None:
    samples = samples_of(VOICE / SILENCE)
    assert samples
    assert not any(samples)


def test_all_of_it_packs_small() -> None:
    packed = io.BytesIO()
    with lzma.open(packed, "wb", preset=9) as file, tarfile.open(fileobj=file, mode="w") as archive:
        archive.add(VOICE, arcname="en")
    assert packed.tell() < MOST_PACKED_BYTES


# Where they are from


def test_recording_again_gives_the_same_bytes(script: dict[str, Any], tmp_path: Path) -> None:
    if shutil.which("flite") is None:
        pytest.skip("flite is not installed")
    if script["version"]() != manifest()["engine"] or platform.machine() != RECORDED_ON:
        pytest.skip("this is another flite, or another processor, than the clips were recorded with")
    folder = tmp_path / "en"
    folder.mkdir()
    (folder / "left-over.wav").write_bytes(b"")
    said: list[str] = []
    script["make_voice"](folder, said.append)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        path.name: path.read_bytes() for path in VOICE.iterdir()
    }
    assert len(said) == len(manifest()[CLIPS])


def test_without_flite_the_script_says_what_to_install(
    script: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    make_voice: Callable[[Path], None] = script["make_voice"]
    with pytest.raises(SystemExit, match="apt install flite"):
        make_voice(tmp_path / "en")
    assert not (tmp_path / "en").exists()


def test_loud_samples_are_pressed_below_the_limit_and_others_left_alone(script: dict[str, Any]) -> None:
    press: Callable[[float], float] = script["press"]
    pressed = [press(n / 10) for n in range(-30, 31)]
    assert pressed == sorted(pressed)
    assert max(map(abs, pressed)) <= script["PEAK_LIMIT"]
    assert press(-0.5) == -0.5
    assert press(0.7) == 0.7
