"""Makes the sound files of the cues: `python packaging/assets/make_sounds.py [FOLDER]`, by default assets/sounds.

Every file is mono, 44.1 kHz, 16 bit: silence, a tone exactly as long as the cue table says, silence. The notes
are those of C major without its fourth and seventh, so that no two of them clash, and the instruments are bars and
pipes built from a few sine waves. The same input always gives the same bytes.
"""

import math
import sys
import wave
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stretchplayer.audio import LEAD_IN_MS, TAIL_MS
from stretchplayer.routine.cues import TONE_MS, CueName

RATE: Final = 44_100
"""Samples per second."""
FULL_SCALE: Final = 32_767
PEAK_LIMIT: Final = 0.8
"""No sample goes beyond this part of full scale: room for another program's sound in the mixer."""
LOUDNESS_WINDOW_MS: Final = 400
"""Loudness is the greatest mean level over this long, as in EBU Tech 3341. Its weighting of frequencies changes these
pitches by less than 1 dB, and is left out."""
LEVEL: Final = 0.09
"""-21 LUFS: 3 LU below the voice."""
SOFT_LEVEL: Final = 0.04
"""Of short ticks, which would stand out otherwise."""
BREATH_LEVEL: Final = 0.025
"""Of what is heard every few seconds."""
RELEASE_MS: Final = 40
WARM_MS: Final = 500
ASSETS: Final = Path(__file__).resolve().parents[2] / "assets" / "sounds"

C4, E4, G4, A4 = 261.63, 329.63, 392.00, 440.00
C5, D5, E5, G5, A5, C6, E6 = 523.25, 587.33, 659.26, 783.99, 880.00, 1046.50, 1318.51


@dataclass(frozen=True, slots=True, kw_only=True)
class Partial:
    """One sine wave of an instrument: its pitch relative to the note, its share, and how fast it dies away."""

    ratio: float
    share: float
    fade_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """What a note sounds like. `attack_ms` is the time to full level: long enough not to click."""

    attack_ms: float
    partials: Sequence[Partial]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note, `at_ms` after the tone's onset, sounding until it has faded or the tone ends."""

    at_ms: int
    hertz: float
    share: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """What a cue sounds like; `level` is its loudness, as part of full scale."""

    instrument: Instrument
    notes: Sequence[Note]
    level: float = LEVEL


BELL: Final = Instrument(
    attack_ms=4,
    partials=(
        Partial(ratio=1, share=1.0, fade_ms=420),
        Partial(ratio=2, share=0.35, fade_ms=260),
        Partial(ratio=2.76, share=0.18, fade_ms=130),
        Partial(ratio=5.4, share=0.07, fade_ms=50),
    ),
)
# A marimba's bars are tuned so that the second wave is two octaves above the first.
MARIMBA: Final = Instrument(
    attack_ms=3,
    partials=(
        Partial(ratio=1, share=1.0, fade_ms=170),
        Partial(ratio=3.98, share=0.25, fade_ms=60),
        Partial(ratio=9.2, share=0.05, fade_ms=20),
    ),
)
# A stopped pipe has only odd waves, and hardly fades: nothing like a bar that was struck.
PIPE: Final = Instrument(
    attack_ms=12,
    partials=(
        Partial(ratio=1, share=1.0, fade_ms=700),
        Partial(ratio=3, share=0.22, fade_ms=500),
        Partial(ratio=5, share=0.06, fade_ms=300),
    ),
)
WOOD: Final = Instrument(
    attack_ms=2,
    partials=(Partial(ratio=1, share=1.0, fade_ms=28), Partial(ratio=2.6, share=0.3, fade_ms=12)),
)

# A flute blown so softly that it swells like the breath it leads.
BREATH: Final = Instrument(
    attack_ms=500,
    partials=(Partial(ratio=1, share=1.0, fade_ms=900), Partial(ratio=2, share=0.08, fade_ms=600)),
)

TONES: Final[dict[CueName, Tone]] = {
    CueName.SESSION_START: Tone(
        instrument=BELL, notes=(Note(at_ms=0, hertz=C5), Note(at_ms=140, hertz=E5), Note(at_ms=280, hertz=G5))
    ),
    CueName.HOLD_START: Tone(instrument=BELL, notes=(Note(at_ms=0, hertz=G5), Note(at_ms=0, hertz=C6, share=0.4))),
    CueName.HALF_WAY: Tone(instrument=MARIMBA, notes=(Note(at_ms=0, hertz=A5),), level=SOFT_LEVEL),
    CueName.COUNTDOWN: Tone(instrument=WOOD, notes=(Note(at_ms=0, hertz=C6),), level=SOFT_LEVEL),
    CueName.BREATH_IN: Tone(
        instrument=BREATH, notes=(Note(at_ms=0, hertz=C4), Note(at_ms=350, hertz=G4, share=0.8)), level=BREATH_LEVEL
    ),
    CueName.BREATH_OUT: Tone(
        instrument=BREATH, notes=(Note(at_ms=0, hertz=G4, share=0.8), Note(at_ms=350, hertz=C4)), level=BREATH_LEVEL
    ),
    CueName.HOLD_END: Tone(instrument=PIPE, notes=(Note(at_ms=0, hertz=E5), Note(at_ms=260, hertz=C5))),
    CueName.SWITCH_SIDES: Tone(instrument=MARIMBA, notes=(Note(at_ms=0, hertz=D5), Note(at_ms=240, hertz=D5))),
    CueName.DONE: Tone(
        instrument=BELL,
        notes=(
            Note(at_ms=0, hertz=C5),
            Note(at_ms=130, hertz=E5),
            Note(at_ms=260, hertz=G5),
            Note(at_ms=390, hertz=C6),
            Note(at_ms=520, hertz=E6, share=0.7),
        ),
    ),
    CueName.PAUSED: Tone(instrument=MARIMBA, notes=(Note(at_ms=0, hertz=G4), Note(at_ms=130, hertz=C4))),
    CueName.RESUMING: Tone(instrument=MARIMBA, notes=(Note(at_ms=0, hertz=C5), Note(at_ms=130, hertz=G5))),
    CueName.WAITING: Tone(instrument=BELL, notes=(Note(at_ms=0, hertz=A4), Note(at_ms=0, hertz=D5, share=0.8))),
    CueName.INTERRUPTED: Tone(
        instrument=PIPE, notes=(Note(at_ms=0, hertz=G4), Note(at_ms=120, hertz=E4), Note(at_ms=240, hertz=C4))
    ),
}


def samples(milliseconds: float) -> int:
    """Number of samples in so many milliseconds."""
    return round(milliseconds * RATE / 1000)


def rise(sample: int, length: int) -> float:
    """How far a smooth rise over `length` samples has come at `sample`: 0 to 1, level at both ends."""
    return 1.0 if sample >= length else 0.5 - 0.5 * math.cos(math.pi * sample / length)


def add_note(wave_form: list[float], instrument: Instrument, note: Note) -> None:
    """Add one note to a tone."""
    first = samples(note.at_ms)
    attack = samples(instrument.attack_ms)
    for partial in instrument.partials:
        step = 2 * math.pi * note.hertz * partial.ratio / RATE
        fade = samples(partial.fade_ms)
        for n in range(len(wave_form) - first):
            level = note.share * partial.share * rise(n, attack) * math.exp(-n / fade)
            wave_form[first + n] += level * math.sin(step * n)


def loudness(wave_form: Sequence[float]) -> float:
    """The greatest mean level of all windows, each starting where the one before was half over."""
    window = samples(LOUDNESS_WINDOW_MS)
    starts = range(0, max(1, len(wave_form) - window), window // 2)
    return max(math.sqrt(sum(x * x for x in wave_form[at : at + window]) / window) for at in starts)


def render(tone: Tone, length_ms: int) -> list[float]:
    """Turn a tone into samples from -1 to 1, as loud as it says and silent at its end."""
    wave_form = [0.0] * samples(length_ms)
    for note in tone.notes:
        add_note(wave_form, tone.instrument, note)
    release = min(samples(RELEASE_MS), len(wave_form))
    for n in range(release):
        wave_form[-1 - n] *= rise(n, release)
    gain = min(tone.level / loudness(wave_form), PEAK_LIMIT / max(map(abs, wave_form)))
    return [gain * x for x in wave_form]


def write(path: Path, wave_form: Sequence[float]) -> None:
    """Write samples from -1 to 1 as a WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(array("h", (round(FULL_SCALE * x) for x in wave_form)).tobytes())


def make_sounds(folder: Path, say: Callable[[str], object] = print) -> None:
    """Write all sound files into `folder`, which is made if need be, and tell `say` the path of each."""
    folder.mkdir(parents=True, exist_ok=True)
    lead_in, tail = [0.0] * samples(LEAD_IN_MS), [0.0] * samples(TAIL_MS)
    sounds = {str(name): lead_in + render(TONES[name], length_ms) + tail for name, length_ms in TONE_MS.items()}
    sounds["warm"] = [0.0] * samples(WARM_MS)
    for name, wave_form in sounds.items():
        path = folder / f"{name}.wav"
        write(path, wave_form)
        say(f"wrote {path}")


if __name__ == "__main__":
    make_sounds(Path(sys.argv[1]) if len(sys.argv) > 1 else ASSETS)
