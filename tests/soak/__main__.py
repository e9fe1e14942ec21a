"""The soak test: `python -m tests.soak [KILLS [SEED]]`. Exit code 1 when anything was lost."""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.soak.kills import soak


def main() -> int:
    """Run it and print what it found."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time())
    print(f"{kills} kills, seed {seed}", flush=True)
    with TemporaryDirectory(prefix="stretchplayer-soak-") as folder:
        findings = soak(Path(folder), kills, seed=seed, tell=lambda line: print(line, flush=True))
    print(findings)
    for wrong in findings.wrong:
        print(wrong)
    return bool(findings.wrong)


if __name__ == "__main__":
    sys.exit(main())
