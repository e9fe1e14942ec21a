"""Which front end runs: the window, nothing but reminders, or the terminal, or the program that runs already."""

import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from stretchplayer.app.error_window import show_error
from stretchplayer.app.options import LaunchOptions
from stretchplayer.desktop.clock import system_now
from stretchplayer.desktop.dbus.qt_bus import qt_buses_answer
from stretchplayer.desktop.display import display_problem
from stretchplayer.desktop.timed_question import TimedQuestion
from stretchplayer.errors import StretchPlayerError
from stretchplayer.i18n import _
from stretchplayer.storage.logfile import FILE_NAME, log_to

if TYPE_CHECKING:
    from stretchplayer.app.faults import Faults
    from stretchplayer.desktop.ipc.instance import Instance

log = logging.getLogger(__name__)


def run(options: LaunchOptions) -> int:
    """Show the window or, where there is none or none is wanted, play in the terminal. Returns the exit code.

    When the program runs already it is shown instead, or made to start. DesktopError when it refuses or doesn't answer.
    """
    log_to(options.data_dir)
    system_now()  # Before anyone else has to do with a time zone that can't be used
    # These load Qt, and from then on PySide reads the source of whatever is imported.
    from stretchplayer.app.faults import Faults  # noqa: PLC0415 -- see above
    from stretchplayer.desktop.ipc.instance import claim_instance  # noqa: PLC0415 -- see above

    instance = claim_instance(options.data_dir)
    if instance is None:
        from stretchplayer.app.second_start import hand_over  # noqa: PLC0415 -- only a second start needs it

        instance = hand_over(options)
    if instance is None:
        return 0
    try:
        with _ended_by_interrupts(), closing(Faults()) as faults:
            return _run(options, instance, faults)
    except Exception as error:
        log.exception("the program can't go on")
        if not isinstance(error, StretchPlayerError):
            sentence = _("Something went wrong, and Stretch Player has to end. The details are in {file}.")
            show_error(sentence.format(file=options.data_dir / FILE_NAME))
        raise
    finally:
        instance.close()


@contextmanager
def _ended_by_interrupts() -> Iterator[None]:
    """Let the system end the program at once when it is interrupted, until `EndSignals` cares for that.

    Python's KeyboardInterrupt is lost in what Qt calls, so that the program would go on, or kills it while Shiboken is
    being imported. What ignores interrupts goes on doing so.
    """
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _run(options: LaunchOptions, instance: "Instance", faults: "Faults") -> int:
    qt_buses = TimedQuestion(qt_buses_answer)  # while Qt is being loaded
    problem = None if options.terminal else display_problem(os.environ)
    if problem and sys.stderr is not None:
        sys.stderr.write(_("{problem}, so the session plays here in the terminal.\n").format(problem=problem))
    # The terminal has to work where Qt's widgets can't be loaded, and the window's frame to come soon.
    if problem or options.terminal:
        from stretchplayer.app.terminal import run_terminal  # noqa: PLC0415 -- see above

        return run_terminal(options, instance)
    from stretchplayer.app.first_window import run_window  # noqa: PLC0415 -- see above

    return run_window(options, instance, faults, qt_buses)
