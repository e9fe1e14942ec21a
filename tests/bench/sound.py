"""When the tones are heard, beside when the plan says, recorded from a null sink; and whether the session drifts."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.row import Row, largest, percentile
from tests.e2e.player import LEGS_AND_BACK_ROUTINE, NS_PER_MS, Player, lateness_ms, planned_tones, read_plan
from tests.e2e.player import write_routine as write
from tests.e2e.x11 import X11Desktop

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
