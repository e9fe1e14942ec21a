"""Records the spoken sentences: `python packaging/assets/make_voice.py [FOLDER]`, by default assets/voice/en.

The sentences are those that the shipped routines can bring about, whatever the person chose. flite, which must be
installed, says each with its voice slt; it is trimmed, brought to the same level as all others and put between two
silences. The same version of flite on the same kind of machine always gives the same bytes.
"""

import hashlib
import json
import math
import re
import subprocess
import sys
import tempfile
import wave
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

from stretchplayer.audio import LEAD_IN_MS, TAIL_MS
from stretchplayer.audio.clips.library import CLIPS, GAP_MS, MANIFEST, SAMPLES_PER_MS, SILENCE
from stretchplayer.figure.side import Side
from stretchplayer.routine import phrases
from stretchplayer.routine.preferences import HOLD_CHOICES_S, LEAD_IN_CHOICES_S, PACE_CHOICES, Preferences
from stretchplayer.routine.routine import Routine
from stretchplayer.routine.timeline import Timeline
from stretchplayer.routine.timeline_builder import build_timeline, estimate_speech_ms
from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.routines.routine_file import read_routine

VOICE: Final = "slt"
STRETCH: Final = 1.1
"""How much longer than the voice would by itself it takes: calm, for people who do while they listen."""
EDGE_MS: Final = 15
"""Kept of the silence before the first and after the last sound, so that soft consonants are whole."""
SILENT_SHARE: Final = 0.008
"""What is softer than this part of the loudest sample counts as silence at the ends."""
FADE_MS: Final = 5
LEVEL: Final = 0.17
"""Mean level of every clip, as part of full scale."""
KNEE: Final = 0.7
"""Samples above this part of full scale are pressed together ..."""
PEAK_LIMIT: Final = 0.9
"""... so that none is above this."""
FULL_SCALE: Final = 32_767
GRAIN: Final = 16
"""Samples are multiples of this, 12 bits in place of 16: noise 60 dB below the words, and a third less when packed."""
WARM_MS: Final = 100
MOST_ROUNDS: Final = 10
ASSETS: Final = Path(__file__).resolve().parents[2] / "assets" / "voice" / "en"
SLUG_LENGTH: Final = 40

RESPELLED: Final = {r"\bupright\b": "up right"}
"""What flite stresses wrongly, as a pattern, and what it is given in its place."""

LICENCE: Final = (
    "CMU Flite licence (BSD-like): Permission is granted, free of charge, to use and distribute this software and its"
    " documentation without restriction, provided that the copyright notice, the list of conditions and the disclaimer"
    " are kept. Voice cmu_us_slt: Copyright Language Technologies Institute, Carnegie Mellon University."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """The words of a sentence, as samples from -1 to 1, a whole number of ms long."""

    text: str
    words: Sequence[float]

    @property
    def words_ms(self) -> int:
        """How long the words take."""
        return len(self.words) // SAMPLES_PER_MS

    @property
    def file_name(self) -> str:
        """A name to recognise the sentence by, and a piece of its digest, so that no two sentences share one."""
        slug = re.sub(r"[^a-z0-9]+", "-", self.text.lower()).strip("-")[:SLUG_LENGTH].rstrip("-")
        return f"{slug}-{hashlib.sha256(self.text.encode()).hexdigest()[:6]}.wav"


# Which sentences there are


def shipped_routines() -> list[Routine]:
    """All routines that are shipped, in the order of their file names."""
    return [read_routine(path) for path in sorted(asset_dir("routines").glob("*.toml"))]


def choices() -> Iterator[Preferences]:
    """Everything that a person can choose and that shapes a timeline."""
    for hold_s, pace, lead_in_s, side, wait, left in product(
        (None, *HOLD_CHOICES_S), PACE_CHOICES, LEAD_IN_CHOICES_S, Side, (False, True), (False, True)
    ):
        yield Preferences(
            hold_s=hold_s, pace=pace, lead_in_s=lead_in_s, first_side=side, wait_for_me=wait, tell_time_left=left
        )


def answers(timeline: Timeline) -> Iterator[str]:
    """What is said when the person pauses, resumes, has to press a key, ends early or is offered what was missed."""
    yield from (phrases.PAUSED, phrases.RESUMING, phrases.INTERRUPTED)
    yield from (phrases.HOLD_THE_REST, phrases.WAIT_FOR_THE_REST)
    for stretch, side in product(timeline.routine.stretches, Side):
        yield phrases.offer(side, stretch.limb)
        yield phrases.now_the(side, stretch.limb)
    holds = timeline.holds()
    for hold in holds:
        yield phrases.wait(round(hold.duration_ms / 1000))
    for done in range(len(holds) + 1):
        yield phrases.done(done, len(holds))


def sentences_of(routines: Iterable[Routine], speech_ms: Callable[[str], int]) -> frozenset[str]:
    """Every sentence that the routines can bring about, when speaking takes as long as `speech_ms` says."""
    texts: set[str] = set()
    for routine, preferences in product(routines, choices()):
        timeline = build_timeline(routine, preferences, speech_ms)
        texts.update(cue.say for cue in timeline.cues() if cue.say is not None)
        texts.update(answers(timeline))
    return frozenset(sentence for text in texts for sentence in phrases.sentences(text))


# How they sound


def version() -> str:
    """The version of flite, such as "flite-2.2-current"; SystemExit when it is not installed."""
    try:
        # It answers with exit code 1.
        told = subprocess.run(["flite", "--version"], check=False, capture_output=True, text=True)
    except OSError as error:
        raise SystemExit("flite is not installed (on Debian: apt install flite).") from error
    found = re.search(r"flite-\S+", told.stdout + told.stderr)
    return found[0] if found else "unknown"


def speak(text: str, path: Path) -> list[float]:
    """Let flite say the text; samples from -1 to 1, with the silence it puts around them."""
    for pattern, spelling in RESPELLED.items():
        text = re.sub(pattern, spelling, text)
    command = ["flite", "-voice", VOICE, "--setf", f"duration_stretch={STRETCH}", "-t", text, "-o", str(path)]
    subprocess.run(command, check=True)
    with wave.open(str(path), "rb") as file:
        if (file.getnchannels(), file.getsampwidth(), file.getframerate()) != (1, 2, SAMPLES_PER_MS * 1000):
            raise SystemExit(f"flite's voice {VOICE} is not mono, 16 bit, {SAMPLES_PER_MS} kHz.")
        samples = array("h")
        samples.frombytes(file.readframes(file.getnframes()))
    return [sample / FULL_SCALE for sample in samples]


def trim(wave_form: Sequence[float]) -> list[float]:
    """Take off the silence at both ends but for a little, make it a whole number of ms, and let the ends be soft."""
    threshold = SILENT_SHARE * max(map(abs, wave_form))
    heard = [n for n, sample in enumerate(wave_form) if abs(sample) > threshold]
    keep = EDGE_MS * SAMPLES_PER_MS
    words = list(wave_form[max(0, heard[0] - keep) : heard[-1] + keep])
    words += [0.0] * (-len(words) % SAMPLES_PER_MS)
    fade = FADE_MS * SAMPLES_PER_MS
    for n in range(fade):
        words[n] *= n / fade
        words[-1 - n] *= n / fade
    return words


def press(sample: float) -> float:
    """Bring a sample below the limit; those below the knee stay as they are."""
    room = PEAK_LIMIT - KNEE
    over = abs(sample) - KNEE
    return sample if over <= 0 else math.copysign(KNEE + room * math.tanh(over / room), sample)


def bring_to_level(words: Sequence[float]) -> list[float]:
    """Give the words the mean level of all clips."""
    gain = LEVEL / math.sqrt(sum(sample * sample for sample in words) / len(words))
    return [press(gain * sample) for sample in words]


def record(text: str) -> Recording:
    """Record one sentence."""
    with tempfile.TemporaryDirectory() as folder:
        return Recording(text=text, words=bring_to_level(trim(speak(text, Path(folder, "raw.wav")))))


def record_all(routines: Sequence[Routine]) -> list[Recording]:
    """Record every sentence the routines can bring about, in the order of their texts.

    One of them tells how long the session takes, which depends on how long the sentences take. So they are looked for
    again with the lengths they have, until no other ones are found.
    """
    recorded: dict[str, Recording] = {}
    current = sentences_of(routines, estimate_speech_ms)
    for _ in range(MOST_ROUNDS):
        recorded |= {text: record(text) for text in sorted(current - recorded.keys())}
        before, known = current, {text: recorded[text].words_ms for text in current}
        current = sentences_of(routines, lambda text, known=known: speech_ms(text, known))  # type: ignore[misc]
        if current == before:
            return [recorded[text] for text in sorted(current)]
    raise SystemExit("The sentences depend on their own lengths and never settle; change about_minutes().")


def speech_ms(text: str, known: dict[str, int]) -> int:
    """How long a text takes with the clips that are known, as the program will reckon."""
    parts = phrases.sentences(text)
    if not all(part in known for part in parts):
        return estimate_speech_ms(text)
    return sum(known[part] for part in parts) + GAP_MS * (len(parts) - 1)


# Writing it down


def write(path: Path, wave_form: Sequence[float]) -> None:
    """Write samples from -1 to 1 as a WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLES_PER_MS * 1000)
        file.writeframes(array("h", (GRAIN * round(FULL_SCALE * sample / GRAIN) for sample in wave_form)).tobytes())


def silence(length_ms: int) -> list[float]:
    """Samples of silence."""
    return [0.0] * (length_ms * SAMPLES_PER_MS)


def make_voice(folder: Path, say: Callable[[str], object] = print) -> None:
    """Record all sentences into `folder`, which is made if need be and rid of older clips; tell `say` the path of each.

    SystemExit when flite is not installed or can't do it.
    """
    engine = version()
    recordings = record_all(shipped_routines())
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.wav"):
        old.unlink()
    write(folder / SILENCE, silence(WARM_MS))
    for each in recordings:
        path = folder / each.file_name
        write(path, [*silence(LEAD_IN_MS), *each.words, *silence(TAIL_MS)])
        say(f"{path}: {each.text}")
    manifest = {
        "language": "en",
        "engine": engine,
        "voice": VOICE,
        "licence": LICENCE,
        "lead_in_ms": LEAD_IN_MS,
        "tail_ms": TAIL_MS,
        CLIPS: [{"text": each.text, "file": each.file_name, "duration_ms": each.words_ms} for each in recordings],
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    make_voice(Path(sys.argv[1]) if len(sys.argv) > 1 else ASSETS)
