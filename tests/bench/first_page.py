"""How long the Progress page takes from being asked for to being painted, in a program of its own without a display."""

import os
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

from tests.bench.row import Row, median
from tests.e2e.desktop import ROOT

TIMES = 7


def row(folder: Path, now: datetime) -> Row:
    """Ask for the page and paint it, with the history in that folder."""
    command = (sys.executable, "-m", "tests.bench.first_page", str(folder), now.isoformat())
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    values = [float(line) for line in done.stdout.split()]
    note = f"median of {len(values)}, at most {max(values, default=0):.0f} ms"
    return Row(name="Progress page, asked for to painted", value=median(values), unit="ms", budget=300, note=note)


def main(folder: Path, now: datetime) -> None:
    """Print the ms of each time; the first, which also loads libraries and fonts, is left out."""
    from PySide6.QtWidgets import QApplication

    from stretchplayer.app.progress_facts import Question, report_of
    from stretchplayer.settings import Settings
    from stretchplayer.storage.history.reader import HistoryFileReader
    from stretchplayer.ui.pages.progress_page import PERIODS_WEEKS, ProgressPage
    from stretchplayer.ui.window.main_window import USUAL
    from tests.routine.shipped import hamstring_trio

    app = QApplication([])
    reader = HistoryFileReader(folder)
    question = Question(reader=reader, settings=Settings(), routine=hamstring_trio(), now=now)
    for number in range(TIMES + 1):
        began = time.perf_counter()
        page = ProgressPage()
        page.resize(USUAL)
        page.show()
        page.show_report(report_of(question, PERIODS_WEEKS[0]))
        page.grab()
        took_ms = (time.perf_counter() - began) * 1000
        if number:
            print(f"{took_ms:.1f}")
        page.close()
        app.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]))
