"""The program's entry point: `stretchplayer` and `python -m stretchplayer`."""

import gc
import os
import sys
from typing import NoReturn


def run() -> NoReturn:
    """Run the command line and leave with its exit code."""
    # A command without a window is done before collecting garbage could pay; that alone would be a fifth of its time.
    gc.disable()

    from stretchplayer.waiting_modules import RARELY_USED, import_later

    import_later(*RARELY_USED)
    from stretchplayer.kept_code import KeptCode, keep_dataclasses, place_of

    kept = keep_dataclasses(KeptCode(place_of("dataclasses")))
    from stretchplayer.cli import main

    code = main()
    kept.keep()
    if "PySide6" not in sys.modules:
        leave_at_once(code)
    gc.freeze()
    sys.exit(code)


def leave_at_once(code: int) -> None:
    """End without freeing every object first, which takes longer than many a command; no thread and no file waits.

    It returns when something is left that can't be written: then Python is to end as it always does.
    """
    threading = sys.modules.get("threading")
    if threading is not None and threading.active_count() > 1:
        return
    for stream in (sys.stdout, sys.stderr):
        # A program without a console (on Windows) has no streams.
        if stream is not None:
            try:
                stream.flush()
            except (OSError, ValueError):
                return
    os._exit(code)


if __name__ == "__main__":
    run()
