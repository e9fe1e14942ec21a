"""Errors that nobody caught."""

import sys
from collections.abc import Callable, Iterator
from threading import Thread

import pytest

from stretchplayer.app.faults import Faults


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[type[BaseException]]:
    """The kinds of those that Python would have printed."""
    kinds: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: kinds.append(kind))
    return kinds


@pytest.fixture
def faults(printed: list[type[BaseException]]) -> Iterator[Faults]:
    made = Faults()
    yield made
    made.close()


def test_a_fault_is_logged_and_printed(
    faults: Faults, printed: list[type[BaseException]], expected_log: Callable[[str], None]
) -> None:
    expected_log("unhandled error\n(.|\n)*a fault")
    sys.excepthook(RuntimeError, RuntimeError("a fault"), None)
    assert printed == [RuntimeError]


def test_where_it_can_be_shown_it_is_not_printed(
    faults: Faults, printed: list[type[BaseException]], expected_log: Callable[[str], None]
) -> None:
    expected_log("unhandled error")
    shown: list[str] = []
    faults.show = shown.append
    sys.excepthook(RuntimeError, RuntimeError("a fault"), None)
    assert (shown, printed) == (["RuntimeError: a fault\n"], [])


def test_an_interrupt_from_the_keyboard_is_no_fault(faults: Faults, printed: list[type[BaseException]]) -> None:
    faults.show = lambda _details: pytest.fail("shown")
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert printed == [KeyboardInterrupt]


def test_a_fault_in_a_thread_is_logged(faults: Faults, expected_log: Callable[[str], None]) -> None:
    expected_log("unhandled error in some-thread\n(.|\n)*ZeroDivisionError")
    thread = Thread(target=lambda: 1 // 0, name="some-thread")
    thread.start()
    thread.join()


def test_in_the_end_others_have_them_again(faults: Faults, printed: list[type[BaseException]]) -> None:
    faults.close()
    sys.excepthook(RuntimeError, RuntimeError("a fault"), None)
    assert printed == [RuntimeError]
