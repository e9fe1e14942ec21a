"""The program's entry point: `stretchplayer` and `python -m stretchplayer`."""

import gc
import sys
from typing import NoReturn


def run() -> NoReturn:
    """Run the command line and leave with its exit code."""
    # A command without a window is done before collecting garbage could pay; that alone would be a fifth of its time.
    gc.disable()

    from stretchplayer.cli import main

    code = main()
    if not gc.isenabled():
        gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    run()
