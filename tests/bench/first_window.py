"""From starting the program to its window, beside a bare window of Qt's in the same run."""

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from Xlib import X
from Xlib.display import Display

from stretchplayer.settings import Settings
from stretchplayer.storage.settings import SettingsFile
from tests.bench.row import Row
from tests.e2e.desktop import end
from tests.e2e.player import COMMAND
from tests.e2e.waiting import pause, wait_until
from tests.e2e.x11 import X11Desktop

RUNS: Final = 11
PICTURE_RUNS: Final = 3
SETTLED_S: Final = 1.0
"""A picture that has not changed for this long is complete."""
STRIP: Final = 60
"""How many rows of the screen are looked at, below its middle; all of them would keep the screen busy."""
BARE: Final = [sys.executable, "-m", "tests.bench.bare_window"]
OURS: Final = [*COMMAND]
BUDGET_RATIO: Final = 1.5


def measure() -> Iterator[Row]:
    """Take the median of RUNS, alternating between the two programs."""
    with TemporaryDirectory(prefix="bench-") as folder, X11Desktop() as desktop:
        desktop.env["STRETCHPLAYER_DATA_DIR"] = folder
        # The figure of the introduction moves, so that its picture is never complete.
        SettingsFile(Path(folder)).save(Settings(introduced=True))
        for command in (BARE, OURS):
            _until_mapped(desktop, command)  # what is read from the disk now is in memory from now on
        bare, ours = [], []
        for _ in range(RUNS):
            bare.append(_until_mapped(desktop, BARE))
            ours.append(_until_mapped(desktop, OURS))
        yield Row(name="bare window, mapped", value=statistics.median(bare), unit="ms")
        yield Row(name="first window, mapped", value=statistics.median(ours), unit="ms")
        ratio = statistics.median(ours) / statistics.median(bare)
        yield Row(name="first window, mapped, to bare", value=ratio, unit="×", budget=BUDGET_RATIO)
        bare, ours = [], []
        for _ in range(PICTURE_RUNS):
            bare.append(_until_drawn(desktop, BARE))
            ours.append(_until_drawn(desktop, OURS))
        yield Row(name="bare window, drawn", value=statistics.median(bare), unit="ms")
        yield Row(name="first window, completely drawn", value=statistics.median(ours), unit="ms")


def _start(desktop: X11Desktop, command: list[str]) -> "subprocess.Popen[str]":
    """Start a program on a desktop without any other."""
    desktop.end_programs()
    wait_until(lambda: not desktop.windows(), "an empty desktop")
    return desktop.start(command)


def _until_mapped(desktop: X11Desktop, command: list[str]) -> float:
    """Time from starting the program until the window manager maps its window, in ms."""
    desktop.end_programs()
    wait_until(lambda: not desktop.windows(), "an empty desktop")
    display = Display(desktop.env["DISPLAY"])
    try:
        display.screen().root.change_attributes(event_mask=X.SubstructureNotifyMask)
        display.sync()
        started = time.perf_counter()
        process = _start(desktop, command)
        while display.next_event().type != X.MapNotify:
            pass
        took = time.perf_counter() - started
    finally:
        display.close()
    end(process)
    return took * 1000


def _until_drawn(desktop: X11Desktop, command: list[str]) -> float:
    """Time from starting the program until the last change of the screen's picture, in ms."""
    desktop.end_programs()
    wait_until(lambda: not desktop.windows(), "an empty desktop")
    display = Display(desktop.env["DISPLAY"])
    root = display.screen().root
    top = desktop.height // 2 + STRIP
    try:
        before = changed = None
        started = time.perf_counter()
        process = _start(desktop, command)
        while changed is None or time.perf_counter() - changed < SETTLED_S:
            picture = root.get_image(0, top, desktop.width, STRIP, X.ZPixmap, 0xFFFFFFFF).data
            now = time.perf_counter()
            if before is not None and picture != before:
                changed = now
            before = picture
            pause(0.005)
    finally:
        display.close()
    end(process)
    return (changed - started) * 1000
