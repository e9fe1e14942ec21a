"""`python -m tests.bench [NAME…]` prints a table of what was measured beside its budgets."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import Final

from tests.bench.row import Row, Verdict, summary

NAMES: Final = ("resident", "first-window", "commands", "playing", "sound", "answers", "history", "library")
"""The first looks at memory, where the libraries that the others load here would be shared with what it measures."""


def _measure(name: str) -> Iterator[Row]:
    yield from import_module(f"tests.bench.{name.replace('-', '_')}").measure()


BENCHMARKS: Final[dict[str, Callable[[], Iterator[Row]]]] = {name: partial(_measure, name) for name in NAMES}


def main(names: list[str]) -> int:
    """Run the benchmarks of these names, or all.

    The exit code is 2 when a name is unknown and 1 when something could not be measured. A figure over its budget is
    printed and changes nothing: what else the machine does may be the reason.
    """
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"{', '.join(unknown)}: no such benchmark; there are {', '.join(BENCHMARKS)}.", file=sys.stderr)
        return 2
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its modules compiled
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; what else runs here counts in every figure\n")
    print(f"{'what':44} {'value':>9} {'budget':>9}")
    rows: list[Row] = []
    for name in names or BENCHMARKS:
        try:
            for row in BENCHMARKS[name]():
                print(row.line(), flush=True)
                rows.append(row)
        except subprocess.CalledProcessError as error:
            print(error.stderr, file=sys.stderr)
            raise
    print(f"\n{summary(rows)}")
    return 1 if not rows or any(row.verdict is Verdict.NOT_MEASURED for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
