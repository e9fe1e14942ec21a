"""The self-test: a list of small checks of what the program needs, in source and in the bundle.

A check is a function that gets a `Bench`, returns what it found, in a few words, and raises CheckError when that is not
enough. What a system may lack without harm, such as a tray, is told by raising Lacking. To add a check, write its
function and put it into CHECKS.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PySide6.QtCore import QCoreApplication, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from stretchplayer.app.self_test import player, shipped, storage, system
from stretchplayer.app.self_test.bench import Bench, Check, Lacking
from stretchplayer.desktop.display import display_problem
from stretchplayer.errors import StretchPlayerError
from stretchplayer.i18n import N_

CHECKS: Final[tuple[tuple[str, Check], ...]] = (
    (N_("version"), shipped.check_version),
    (N_("routines"), shipped.check_routines),
    (N_("figure"), shipped.check_figure),
    (N_("icons"), shipped.check_icons),
    (N_("tones"), shipped.check_tones),
    (N_("voice"), shipped.check_voice),
    (N_("licences"), shipped.check_licences),
    (N_("session"), player.check_session),
    (N_("history"), storage.check_history),
    (N_("reminders"), storage.check_reminders),
    (N_("calendar"), storage.check_calendar),
    (N_("settings"), storage.check_settings),
    (N_("plugins"), system.check_plugins),
    (N_("sound"), system.check_sound),
    (N_("speech"), system.check_speech),
    (N_("notifications"), system.check_notifications),
    (N_("tray"), system.check_tray),
)


class Verdict(StrEnum):
    FINE = N_("ok")
    LACKING = N_("note")
    FAILED = N_("FAIL")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    verdict: Verdict
    name: str
    text: str


def findings(bench: Bench, checks: Sequence[tuple[str, Check]] = CHECKS) -> Iterator[Finding]:
    """Make all checks, one after another. Whatever one raises is its finding, and the others are made all the same."""
    for name, check in checks:
        try:
            yield Finding(verdict=Verdict.FINE, name=name, text=check(bench))
        except Lacking as lack:
            yield Finding(verdict=Verdict.LACKING, name=name, text=str(lack))
        except StretchPlayerError as error:
            yield Finding(verdict=Verdict.FAILED, name=name, text=str(error))
        except Exception as error:  # noqa: BLE001 # also what a check did not think of is a finding
            yield Finding(verdict=Verdict.FAILED, name=name, text=f"{type(error).__name__}: {error}")


def run_self_test(tell: Callable[[Finding], None]) -> bool:
    """Make all checks and tell of each as soon as it is done. Returns whether none failed."""
    problem = display_problem(os.environ)
    if problem:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    before = qInstallMessageHandler(lambda *_: None)  # what Qt has to say about it is in the findings
    app = QCoreApplication.instance() or QApplication([sys.argv[0]])
    fine = True
    with TemporaryDirectory(prefix="stretchplayer-self-test-") as folder:
        for finding in findings(Bench(data_dir=Path(folder), app=app, display_problem=problem)):
            tell(finding)
            fine = fine and finding.verdict is not Verdict.FAILED
    qInstallMessageHandler(before)
    return fine
