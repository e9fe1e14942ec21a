"""Where the frozen program starts."""

from stretchplayer.__main__ import run

if __name__ == "__main__":
    run()
