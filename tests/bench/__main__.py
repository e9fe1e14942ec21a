"""`python -m tests.bench [NAME…]` prints a table of what was measured beside its budgets."""

import os
import sys
from collections.abc import Callable, Iterator
from typing import Final

from tests.bench import answers, commands, first_window, history, playing, sound
from tests.bench.row import Row

BENCHMARKS: Final[dict[str, Callable[[], Iterator[Row]]]] = {
    "first-window": first_window.measure,
    "commands": commands.measure,
    "playing": playing.measure,
    "sound": sound.measure,
    "answers": answers.measure,
    "history": history.measure,
}


def main(names: list[str]) -> int:
    """Run the benchmarks of these names, or all; the exit code says only whether the names are known."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"{', '.join(unknown)}: no such benchmark; there are {', '.join(BENCHMARKS)}.", file=sys.stderr)
        return 2
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; what else runs here counts in every figure\n")
    print(f"{'what':44} {'value':>9} {'budget':>9}")
    for name in names or BENCHMARKS:
        for row in BENCHMARKS[name]():
            print(row.line(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
