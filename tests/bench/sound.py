"""When the tones are heard, beside when the plan says, recorded from a null sink; how high, and whether it drifts."""

import wave
from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from stretchplayer.audio import LEAD_IN_MS
from stretchplayer.storage.assets import asset_dir
from tests.bench.row import Row, largest, percentile
from tests.e2e.desktop import end
from tests.e2e.player import LEGS_AND_BACK_ROUTINE, NS_PER_MS, Player, lateness_ms, planned_tones, read_plan
from tests.e2e.player import write_routine as write
from tests.e2e.sound import RATE, Recording
from tests.e2e.x11 import X11Desktop

SHIPPED: Final = "hamstring-trio"
LOUD: Final = 300
PITCH_MS: Final = 200
"""So much of a tone is looked at, from its start."""
PITCH_BUDGET, SILENCE_BUDGET_MS = 1.0, 1_000.0
ONSET_BUDGET_MS, PHASE_BUDGET_MS = 30.0, 30.0


def measure() -> Iterator[Row]:
    """Play a short routine in real time, and listen."""
    with TemporaryDirectory(prefix="bench-") as folder, X11Desktop() as desktop:
        data_dir = Path(folder) / "stretchplayer-data"
        desktop.env["STRETCHPLAYER_DATA_DIR"] = str(data_dir)
        routine = write(Path(folder), LEGS_AND_BACK_ROUTINE)
        plan = read_plan(routine, data_dir)
        with desktop.record() as heard:
            player = Player(desktop, routine, "--exit")
            player.exit_code()
        trace = player.trace
    yield from _pitches(heard, planned_tones(plan, trace, 1, "hold_start"), "hold_start")
    yield from _pitches(heard, planned_tones(plan, trace, 1, "hold_end"), "hold_end")
    onsets = heard.onsets()
    due = planned_tones(plan, trace, 1, "hold_start", "hold_end", "countdown", "switch_sides")
    off = [abs(min((onset - moment for onset in onsets), key=abs)) / NS_PER_MS for moment in due if onsets]
    late = lateness_ms(plan, trace, 1)
    note = f"{len(off)} tones; the recording lost {heard.lost_ms:.1f} ms"
    yield Row(name="tone from its moment, p50", value=percentile(off, 50), unit="ms", note=note)
    yield Row(name="tone from its moment, p99", value=percentile(off, 99), unit="ms", budget=ONSET_BUDGET_MS)
    yield Row(
        name="phase from its moment, most",
        value=largest([abs(each) for each in late]),
        unit="ms",
        budget=PHASE_BUDGET_MS,
    )
    drift = abs(late[-1] - late[0]) if late else None
    note = f"{plan.total_ms / 1000:.0f} s long"
    yield Row(name="drift over the session", value=drift, unit="ms", budget=PHASE_BUDGET_MS, note=note)
    yield _silence_before_hold()


def _pitches(heard: Recording, due: Sequence[float], name: str) -> Iterator[Row]:
    """How far the pitch of this tone as heard is from that of its file."""
    with wave.open(str(asset_dir("sounds") / f"{name}.wav")) as file:
        samples = array("h", file.readframes(file.getnframes()))
    asked = _crossings(samples, LEAD_IN_MS * RATE // 1000)
    starts = [min((heard.index_at(onset) for onset in heard.onsets()), key=lambda each: abs(each - index))
              for index in map(heard.index_at, due)]  # fmt: skip
    off = [abs(_crossings(heard.samples, start) / asked - 1) * 100 for start in starts]
    note = f"{len(off)} tones, {asked * 1000 / PITCH_MS:.0f} Hz in the file"
    yield Row(name=f"pitch of {name} as heard, off", value=largest(off), unit="%", budget=PITCH_BUDGET, note=note)


def _crossings(samples: Sequence[int], start: int) -> int:
    """How often the wave goes from below nought to above it, from its first loud sample on."""
    first = next(index for index in range(start, len(samples)) if abs(samples[index]) > LOUD)
    return sum(one < 0 <= other for one, other in pairwise(samples[first : first + PITCH_MS * RATE // 1000]))


def _silence_before_hold() -> Row:
    """From the last word before a hold to its start tone, in the shipped routine with its recorded voice."""
    with TemporaryDirectory(prefix="bench-") as folder, X11Desktop() as desktop:
        desktop.env["STRETCHPLAYER_DATA_DIR"] = str(Path(folder) / "stretchplayer-data")
        with desktop.record() as heard:
            player = Player(desktop, SHIPPED)
            player.wait_for_states("hold")
            tone_ns = player.trace.of("phase")[-1].mono_ns
            player.wait(lambda: heard.length > heard.index_at(tone_ns) + RATE, "the start tone")
        end(player.process)
    samples, tone = heard.samples, heard.index_at(tone_ns)
    near = RATE // 20
    last = max((index for index in range(tone - 5 * RATE, tone - near) if abs(samples[index]) > LOUD), default=None)
    value = None if last is None else (tone - last) * 1000 / RATE
    return Row(name="silence before a hold", value=value, unit="ms", budget=SILENCE_BUDGET_MS, note="shipped routine")
