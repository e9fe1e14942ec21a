"""The entry point: how the program leaves."""

import subprocess
import sys
from pathlib import Path

from tests.posix import not_on_windows


@not_on_windows("it has no such shell")
def test_a_command_prints_the_same_into_a_pipe_that_is_closed_early(tmp_path: Path) -> None:
    command = f"{sys.executable} -m stretchplayer --data-dir {tmp_path} plan | head -n 1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1
