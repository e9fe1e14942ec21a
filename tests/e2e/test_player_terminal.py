"""The terminal front end in a real terminal, with real keys."""

import os
import pty
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from stretchplayer.routine.preferences import Preferences
from stretchplayer.settings import Settings
from stretchplayer.storage.settings import SettingsFile
from tests.e2e.desktop import ROOT
from tests.e2e.player import COMMAND, LONG_LEAD_IN_S, Trace, read_plan
from tests.e2e.waiting import wait_until
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.desktop

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


class Terminal:
    """A program in a terminal of its own."""

    def __init__(self, command: list[str]) -> None:
        self._end, other_end = pty.openpty()
        env = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "90", "LINES": "40"}
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdin=other_end, stdout=other_end, stderr=other_end, start_new_session=True
        )
        os.close(other_end)
        self._written = bytearray()
        self._reader = threading.Thread(target=self._read, name="terminal")
        self._reader.start()

    def press(self, key: str) -> None:
        """Press one key."""
        os.write(self._end, key.encode())

    @property
    def text(self) -> str:
        """Everything written so far, without colours and movements of the cursor."""
        return _ESCAPES.sub("", self._written.decode(errors="replace"))

    def close(self) -> None:
        """End the program, should it still run."""
        self.process.kill()
        self.process.wait()
        self._reader.join()
        os.close(self._end)

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._end, 4096)
            except OSError:  # Linux says so when nobody has the other end any more
                return
            if not data:
                return
            self._written += data


@contextmanager
def terminal(*command: str) -> Iterator[Terminal]:
    """A terminal for the time of the `with` block."""
    opened = Terminal(list(command))
    try:
        yield opened
    finally:
        opened.close()


def test_keys_lead_through_a_session_in_the_terminal(tmp_path: Path, data_dir: Path) -> None:
    SettingsFile(data_dir).save(Settings(playing=Preferences(lead_in_s=LONG_LEAD_IN_S)))
    trace = tmp_path / "trace.jsonl"
    lie, move, *_ = read_plan("hamstring-trio", data_dir).phases
    with terminal(*COMMAND, "start", "--terminal", "--trace", str(trace)) as shown:

        def wait_for_states(*states: str) -> None:
            wait_until(lambda: Trace.read(trace).states[: len(states)] == [*states], f"the states {states}")

        wait_for_states("prepare")
        wait_until(lambda: lie.text[:20] in shown.text, "the instruction")
        shown.press("\x13")  # Ctrl+S, which stops the output of other programs
        shown.press(" ")
        wait_for_states("prepare", "paused")
        shown.press(" ")
        wait_for_states("prepare", "paused", "resuming", "prepare")
        shown.press("n")
        wait_for_states("prepare", "paused", "resuming", "prepare", "move")
        wait_until(lambda: move.text[:20] in shown.text, "the next instruction")
        shown.press("й")  # Q of a Russian keyboard
        assert shown.process.wait(PATIENCE_S) == 0
        assert Trace.read(trace).outcome == "stopped"
        wait_until(lambda: "Stopped. 0 of 6 holds" in shown.text, "what was done")
