"""The program's entry point: `stretchplayer` and `python -m stretchplayer`."""

import sys

from stretchplayer.cli import main


def run() -> None:
    sys.exit(main())


if __name__ == "__main__":
    run()
