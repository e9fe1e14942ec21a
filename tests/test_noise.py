"""The harness itself: every kind of noise fails a test, and what was expected doesn't."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parent.parent
QUIET = """
def test_expected_by_call(expected_log):
    expected_log("a bad .* file")
    logging.getLogger("some").warning("a bad settings file")

@pytest.mark.expected_log("bad")
def test_expected_by_mark():
    logging.getLogger("some").error("bad")

@pytest.mark.qt_log_ignore("no such")
def test_expected_of_qt():
    qWarning("no such thing")

def test_info_is_no_noise():
    logging.getLogger("some").info("all is well")

def test_a_closed_window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
"""
NOISY = """
def test_warning():
    warnings.warn("old")

def test_log():
    logging.getLogger("some").warning("a surprise")

def test_log_that_never_comes(expected_log):
    expected_log("bad")

def test_qt():
    qWarning("a surprise")

@pytest.fixture
def untidy():
    yield
    qWarning("too late")

def test_qt_in_teardown(untidy):
    pass

def test_window(qtbot):
    QWidget().show()
    global window
    window = QWidget()
    window.show()

def test_thread():
    threading.Thread(target=threading.Event().wait, daemon=True).start()

def test_process(qapp):
    process = QProcess(qapp)
    process.start(sys.executable, ["-c", "input()"])
    assert process.waitForStarted(-1)
"""
IMPORTS = """
import logging, sys, threading, warnings
import pytest
from PySide6.QtCore import QProcess, qWarning
from PySide6.QtWidgets import QWidget
"""
MEASURED = """
import coverage
from hypothesis import example, given, strategies

def test_plain():
    assert coverage.Coverage.current()

@given(strategies.none())
@example(None)
def test_made_up(nothing):
    assert not coverage.Coverage.current()
"""


@pytest.fixture
def inner(pytester: pytest.Pytester) -> pytest.Pytester:
    """A place for tests with this project's conftest and configuration."""
    pytester.makeconftest((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"))
    return pytester


def _run(inner: pytest.Pytester, *options: str) -> pytest.RunResult:
    return inner.runpytest_subprocess(
        "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(inner.path), *options, str(inner.path)
    )


def test_what_was_expected_is_no_noise(inner: pytest.Pytester) -> None:
    inner.makepyfile(IMPORTS + QUIET)
    _run(inner).assert_outcomes(passed=5)


def test_every_noise_fails(inner: pytest.Pytester) -> None:
    inner.makepyfile(IMPORTS + NOISY)
    # What is found when a test has ended counts as an error of its own, after the test has passed.
    result = _run(inner)
    result.assert_outcomes(failed=2, passed=6, errors=6)
    complaints = ("Windows left open", "Threads left running", "Left running*QProcess")
    result.stdout.fnmatch_lines_random([f"*{each}*" for each in (*complaints, "Qt complained while")])


def test_what_hypothesis_makes_up_is_not_measured(inner: pytest.Pytester) -> None:
    inner.makepyfile(MEASURED)
    _run(inner, "--numprocesses", "1", "--cov", "--cov-report=").assert_outcomes(passed=2)
