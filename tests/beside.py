"""A program in which a session is being played, as far as others can see."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

PLAY = """
import sys
from pathlib import Path
from stretchplayer.storage.playing_mark import PlayingMark
mark = PlayingMark(Path(sys.argv[1]))
mark.beat()
print(mark.is_held, flush=True)
for line in sys.stdin:
    mark.beat()
    print(mark.is_held, flush=True)
"""


class PlayingProgram:
    """It plays from its beginning to its end."""

    def __init__(self, data_dir: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", PLAY, str(data_dir)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.has_mark = self._hear()

    def _hear(self) -> bool:
        assert self._process.stdout is not None
        return self._process.stdout.readline() == "True\n"

    def beat(self) -> bool:
        """Let it give a sign of life; whether it has a mark."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return self._hear()

    def kill(self) -> None:
        """End it without a farewell."""
        self._process.kill()
        self._process.communicate()


@contextmanager
def playing_programs(data_dir: Path) -> Iterator[Callable[[], PlayingProgram]]:
    """Starts such programs, and ends them."""
    with ExitStack() as ending:

        def play() -> PlayingProgram:
            program = PlayingProgram(data_dir)
            ending.callback(program.kill)
            return program

        yield play
