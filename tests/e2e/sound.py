"""Recording what a desktop's speakers play, on the clock that traces are written by."""

import os
import shutil
import subprocess
import threading
import time
import wave
from array import array
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Final

from tests.e2e.waiting import wait_until

RATE: Final = 44_100
"""Samples a second, one channel."""
NS_PER_S: Final = 1_000_000_000
BYTES_PER_SAMPLE: Final = 2
_NEAR: Final = RATE * BYTES_PER_SAMPLE
"""Bytes that arrive in a second."""
_BLOCK: Final = RATE // 1000
"""Samples looked at together, about one ms."""


def sound_server() -> list[list[str]]:
    """The commands that serve PulseAudio's protocol: PulseAudio, or on a desktop that has moved on, PipeWire."""
    if shutil.which("pulseaudio"):
        options = ["-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
        return [["pulseaudio", *options, "--load=module-native-protocol-unix"]]
    return [["pipewire"], ["wireplumber"], ["pipewire-pulse"]]


class Recording:
    """Samples from -32768 to 32767, and when they were heard. It can be asked while it is still going on."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._arrivals: list[tuple[int, int]] = []
        self._loud: dict[int, tuple[int, list[int]]] = {}
        """For each threshold, how many samples were looked at, and which of them are loud."""

    def add(self, now_ns: int, data: bytes) -> None:
        """Take what has just arrived, at this moment of CLOCK_MONOTONIC."""
        self._data += data
        self._arrivals.append((now_ns, len(self._data)))

    @property
    def samples(self) -> "array[int]":
        """Everything heard so far."""
        return self.since(0)

    def since(self, index: int) -> "array[int]":
        """What was heard from that sample on, which is much cheaper than all of it."""
        samples = array("h")
        samples.frombytes(bytes(self._data[index * BYTES_PER_SAMPLE : self.length * BYTES_PER_SAMPLE]))
        return samples

    @property
    def length(self) -> int:
        """How many samples there are so far; much cheaper than to count `samples`."""
        return len(self._data) // BYTES_PER_SAMPLE

    @property
    def started_ns(self) -> int:
        """When the first sample was heard, on CLOCK_MONOTONIC, good to some 5 ms.

        Every piece of data says when the recording began: its arrival less the length of all sound so far. It may be
        late, but not early, so the earliest is the best.
        """
        return min(start for _, start in self._starts())

    @property
    def lost_ms(self) -> float:
        """How much was lost on the way: by the end, the pieces seem to come from a recording begun this much later."""
        last = min(start for _, start in self._starts()[-50:])
        return (last - self.started_ns) / 1_000_000

    def moment_ns(self, index: int) -> int:
        """When this sample was heard, on CLOCK_MONOTONIC.

        The sound server's clock goes a little faster or slower than ours (a null sink's by some 0.3 ms a second), so
        what arrived around it counts.
        """
        byte = index * BYTES_PER_SAMPLE
        starts = self._starts()
        near = [start for size, start in starts if abs(size - byte) < _NEAR]
        return min(near or [start for _, start in starts]) + index * NS_PER_S // RATE

    def index_at(self, moment_ns: float) -> int:
        """Which sample was heard at this moment of CLOCK_MONOTONIC."""
        nearly = round((moment_ns - self.started_ns) * RATE / NS_PER_S)
        return nearly + round((moment_ns - self.moment_ns(nearly)) * RATE / NS_PER_S)

    def _starts(self) -> list[tuple[int, int]]:
        """For each piece, how many bytes there were with it, and when it says the recording began, in ns."""
        arrivals = tuple(self._arrivals)  # more may come while this goes through them
        return [(size, now_ns - size * NS_PER_S // (RATE * BYTES_PER_SAMPLE)) for now_ns, size in arrivals]

    def onsets(self, threshold: int = 500, gap_ms: float = 150) -> list[int]:
        """When sounds began, in ns of CLOCK_MONOTONIC: louder than `threshold` after `gap_ms` of less."""
        loud = self._loud_samples(threshold)
        gap = gap_ms * RATE / 1000
        first = loud[:1]
        later = [after for before, after in pairwise(loud) if after - before > gap]
        return [self.moment_ns(index) for index in first + later]

    def _loud_samples(self, threshold: int) -> list[int]:
        """The first and the last loud sample of every whole block that has one; each is looked at only once."""
        seen, found = self._loud.get(threshold, (0, []))
        samples = self.since(seen)
        for start in range(0, len(samples) - _BLOCK + 1, _BLOCK):
            block = samples[start : start + _BLOCK]
            if max(block) > threshold or min(block) < -threshold:
                loud = [seen + start + index for index, sample in enumerate(block) if abs(sample) > threshold]
                found += (loud[0], loud[-1])
        self._loud[threshold] = seen + len(samples) // _BLOCK * _BLOCK, found
        return found

    @property
    def peak(self) -> int:
        """The loudest sample, 0 to 32768."""
        return max(map(abs, self.samples), default=0)

    def save(self, path: Path) -> None:
        """Write it as a WAV file, to listen to when a test fails."""
        with wave.open(str(path), "wb") as file:
            file.setparams((1, BYTES_PER_SAMPLE, RATE, 0, "NONE", ""))
            file.writeframes(self.samples.tobytes())


@contextmanager
def recording(source: str, env: Mapping[str, str]) -> Iterator[Recording]:
    """Record a PulseAudio source from before the block begins until it ends."""
    command = ["parec", f"--device={source}", "--raw", f"--rate={RATE}", "--channels=1", "--format=s16le"]
    heard = Recording()
    with subprocess.Popen([*command, "--latency-msec=5"], env=env, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        pipe = process.stdout.fileno()

        def listen() -> None:
            while data := os.read(pipe, 1 << 16):
                heard.add(time.monotonic_ns(), data)

        thread = threading.Thread(target=listen, name="recorder")
        thread.start()
        try:
            wait_until(lambda: heard.length, "the recorder to hear something, if only silence")
            yield heard
        finally:
            process.terminate()
            thread.join()
