"""What holds for every test: noise fails it, and nothing of the person who runs it is read or changed.

Noise is a Python warning (pytest turns those into errors), a message of Qt at warning level or above (pytest-qt fails
the test), a log record at WARNING or above that was not expected, and what is left behind: a thread, a window that is
shown, a session or a process that is running.
"""

import gc
import itertools
import logging
import os
import re
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import coverage
import hypothesis
import pytest

from tests.patience import PatientBot

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType
    from PySide6.QtWidgets import QApplication

LEFT_THREAD_S = 10.0
"""How long a thread that was told to end may take for it."""

hypothesis.settings.register_profile("default", deadline=None, max_examples=40, print_blob=True)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=2_000, print_blob=True)
hypothesis.settings.register_profile("explicit", phases=[hypothesis.Phase.explicit])
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

TESTS = Path(__file__).parent
CORE = {"figure", "routine", "reminders", "progress", "player"}
OTHER_LANGUAGES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LC_NUMERIC", "LC_TIME")
SOME_TESTS = 20
MANY_TESTS = 500
if sys.platform != "linux":
    collect_ignore = ["bench", "desktop/dbus/test_connection.py", "desktop/dbus/test_qt_bus.py", "e2e", "soak"]
    """They need a virtual desktop, a D-Bus or a file system that are Linux's."""
_own_home = pytest.StashKey[TemporaryDirectory[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Give the run a home of its own, no desktop and no sound, before anything of Qt is imported."""
    home = config.stash[_own_home] = TemporaryDirectory(prefix="stretchplayer-tests-")
    os.environ.update(folders_below(Path(home.name)))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QPA_FONTDIR"] = str(TESTS.parent / "assets" / "fonts")  # that platform finds none on Windows
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"
    os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = "disabled:"
    os.environ["LANG"] = "C.UTF-8"
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "PULSE_SERVER", "STRETCHPLAYER_DATA_DIR", *OTHER_LANGUAGES):
        os.environ.pop(name, None)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove that home."""
    config.stash[_own_home].cleanup()


def folders_below(home: Path) -> dict[str, str]:
    """Make a person's folders below `home`; what is returned are the environment variables that name them."""
    folders = {
        "HOME": home,
        "XDG_CACHE_HOME": home / ".cache",
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_DATA_HOME": home / ".local" / "share",
        "XDG_RUNTIME_DIR": home / "run",
        "XDG_STATE_HOME": home / ".local" / "state",
    }
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return {name: str(folder) for name, folder in folders.items()}


@pytest.fixture(autouse=True)
def plain_locale() -> None:
    """Write dates and times in one way, whatever the person's language; Windows and macOS don't ask the environment."""
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QLocale

        QLocale.setDefault(QLocale.c())


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the program keeps everything during this test, by way of STRETCHPLAYER_DATA_DIR; not made yet."""
    folder = tmp_path / "stretchplayer-data"
    monkeypatch.setenv("STRETCHPLAYER_DATA_DIR", str(folder))
    return folder


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Choose what coverage is measured of, since measuring makes a test take twice or three times as long.

    What Hypothesis makes up is different each time. Outside the core not every line has to be reached, and the cases of
    a parametrized test go through nearly the same ones.
    """
    measured: set[str] = set()
    for item in items:
        case, (part, *_) = item.nodeid.partition("[")[0], item.path.relative_to(TESTS).parts
        # Hypothesis's own marks come later.
        made_up = isinstance(item, pytest.Function) and hypothesis.is_hypothesis_test(item.obj)
        if made_up or (part not in CORE and case in measured):
            item.add_marker("unmeasured")
        measured.add(case)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure no coverage of those tests, nor of their fixtures.

    In the processes of pytest-xdist there are two measurements, of which the first goes on when the second is stopped.
    """
    stopped: list[coverage.Coverage] = []
    if item.get_closest_marker("unmeasured"):
        while measuring := coverage.Coverage.current():
            measuring.stop()
            stopped.append(measuring)
    try:
        return (yield)
    finally:
        for measuring in reversed(stopped):
            measuring.start()


@pytest.fixture
def qtbot(qapp: "QApplication", request: pytest.FixtureRequest) -> PatientBot:
    """pytest-qt's, with more patience."""
    assert qapp is not None
    return PatientBot(request)


@pytest.fixture(scope="session")
def qapp_cls() -> "type[QApplication]":
    """The program's own, which pytest-qt makes."""
    from stretchplayer.app.application import Application

    return Application


@pytest.fixture(scope="session")
def qapp(qapp: "QApplication") -> "QApplication":
    """The one application of the run, which closing windows doesn't end."""
    qapp.setQuitOnLastWindowClosed(False)
    return qapp


# Log records


class _Records(logging.Handler):
    """Keeps the records at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.kept: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append(record)


def expected_patterns(request: pytest.FixtureRequest) -> list[str]:
    """The patterns of the test's `expected_log` marks."""
    return [pattern for mark in request.node.iter_markers("expected_log") for pattern in mark.args]


@pytest.fixture(autouse=True)
def expected_log(request: pytest.FixtureRequest) -> Iterator[Callable[[str], None]]:
    """Call it with a pattern, or mark the test with it: such a record has to be logged, and any other one fails."""
    patterns = expected_patterns(request)
    records = _Records()
    logging.getLogger().addHandler(records)
    yield patterns.append
    logging.getLogger().removeHandler(records)
    messages = [f"{record.levelname} {record.name}: {record.getMessage()}" for record in records.kept]
    surprises = [message for message in messages if not any(re.search(pattern, message) for pattern in patterns)]
    missing = [pattern for pattern in patterns if not any(re.search(pattern, message) for message in messages)]
    if surprises:
        pytest.fail("Logged without being expected:\n" + "\n".join(surprises), pytrace=False)
    if missing:
        pytest.fail("Expected in the log but not there:\n" + "\n".join(missing), pytrace=False)


# Garbage is collected between tests, on the thread that widgets belong to. Left to itself, Python collects on whichever
# thread happens to be running, the history's for instance, and a widget that is destroyed there takes Qt along.

gc.disable()
_tests_since = itertools.count(1)


def pytest_collection_finish() -> None:
    """Let no later collection go through all that was imported."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def garbage() -> Iterator[None]:
    """Collect now and then what was still held at the end of an earlier test."""
    yield
    number = next(_tests_since)
    if number % SOME_TESTS == 0:
        gc.collect(1 if number % MANY_TESTS else 2)


# Qt's messages while a test is torn down, which pytest-qt doesn't look at


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a test whose fixtures make Qt complain when they end."""
    if "PySide6.QtCore" not in sys.modules or item.get_closest_marker("no_qt_log"):
        return (yield)
    from PySide6.QtCore import QtMsgType, qInstallMessageHandler

    bad = {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}
    ignored = [pattern for mark in item.iter_markers("qt_log_ignore") for pattern in mark.args]
    messages: list[str] = []

    def keep(kind: "QtMsgType", _context: "QMessageLogContext", message: str) -> None:
        if kind in bad and not any(re.search(pattern, message) for pattern in ignored):
            messages.append(message)

    before = qInstallMessageHandler(keep)
    try:
        result = yield
    finally:
        qInstallMessageHandler(before)
    if messages:
        pytest.fail("Qt complained while the test was torn down:\n" + "\n".join(messages), pytrace=False)
    return result


# What is left behind


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Fail a test that leaves a thread, a visible window, or what is running behind."""
    before = set(threading.enumerate())
    yield
    _fail_for_threads(before)
    _fail_for_windows()
    _fail_for_what_runs()


def _fail_for_threads(before: set[threading.Thread]) -> None:
    new = [thread for thread in threading.enumerate() if thread not in before]
    # Threads of Qt that have called Python show up as dummies, and can't be waited for.
    own = [thread for thread in new if not thread.name.startswith("Dummy-")]
    for thread in own:
        thread.join(LEFT_THREAD_S)
    left = [thread.name for thread in own if thread.is_alive()]
    if left:
        pytest.fail(f"Threads left running: {', '.join(left)}", pytrace=False)


def _fail_for_windows() -> None:
    if "PySide6.QtWidgets" not in sys.modules:
        return
    from PySide6.QtWidgets import QApplication

    if not isinstance(QApplication.instance(), QApplication):
        return
    left = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    for window in left:
        window.close()
    if left:
        pytest.fail(f"Windows left open: {', '.join(repr(window) for window in left)}", pytrace=False)


def _fail_for_what_runs() -> None:
    """Collect what the test has left, and look at what is still held of it: that is in the next generation then."""
    if "PySide6.QtCore" not in sys.modules:
        gc.collect(0)
        return
    import shiboken6
    from PySide6.QtCore import QObject

    gc.collect(0)
    made = [each for each in gc.get_objects(generation=1) if issubclass(type(each), QObject)]
    left = [each for each in made if shiboken6.isValid(each) and _stop(each)]
    if left:
        pytest.fail(f"Left running: {', '.join(f'{each!r} of {each.parent()!r}' for each in left)}", pytrace=False)


def _stop(left: "QObject") -> bool:
    """Stop a session or a process; whether it was running."""
    from PySide6.QtCore import QProcess

    from stretchplayer.player.session import Session
    from stretchplayer.player.state import ACTIVE_STATES

    running = False
    if isinstance(left, Session):
        if running := left.state in ACTIVE_STATES:
            left.stop()
    elif isinstance(left, QProcess):
        running = left.state() is not QProcess.ProcessState.NotRunning
        left.kill()
    return running
