"""Two hundred routines of the person's own: reading them all, for the library."""

import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.routines.routine_folder import OWN_DIR, RoutineFiles
from tests.bench.row import Row, median

ROUTINES: Final = 200
RUNS: Final = 7
BUDGET_MS: Final = 300


def measure() -> Iterator[Row]:
    """Take the median of RUNS, each of which reads every file anew: copies of the shipped ones, in turn."""
    with TemporaryDirectory(prefix="bench-") as folder:
        own = Path(folder) / OWN_DIR
        own.mkdir()
        shipped = cycle(sorted(asset_dir("routines").glob("*.toml")))
        for number, file in enumerate(islice(shipped, ROUTINES)):
            (own / f"mine-{number}.toml").write_bytes(file.read_bytes())
        took = [_listing_ms(Path(folder)) for _run in range(RUNS)]
    yield Row(name=f"{ROUTINES} own routines listed", value=median(took), unit="ms", budget=BUDGET_MS)


def _listing_ms(data_dir: Path) -> float:
    started = time.perf_counter()
    routines = RoutineFiles(data_dir).routines()
    took_ms = (time.perf_counter() - started) * 1000
    assert len(routines) > ROUTINES, "some can't be read"
    return took_ms
