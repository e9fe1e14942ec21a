"""Ending on a Unix signal."""

import os
import signal
import sys

import pytest
from pytestqt.qtbot import QtBot

from stretchplayer.desktop.unix_signals import EndSignals

if sys.platform == "win32":
    pytest.skip("Windows has no such signals", allow_module_level=True)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT])
def test_a_signal_ends_the_program_in_the_event_loop(qtbot: QtBot, number: signal.Signals) -> None:
    calls: list[str] = []
    signals = EndSignals(lambda: calls.append("end"))
    try:
        os.kill(os.getpid(), number)
        assert calls == [], "a signal handler must not run the program's own code"
        qtbot.waitUntil(lambda: bool(calls))
        os.kill(os.getpid(), number)
        qtbot.wait(1)
        assert calls == ["end"], "asking twice is asking once"
    finally:
        signals.close()


def test_the_signals_are_given_back(qtbot: QtBot) -> None:
    assert qtbot is not None
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)]
    signals = EndSignals(lambda: None)
    assert signal.getsignal(signal.SIGTERM) is not before[1]
    signals.close()
    assert [
        signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
    ] == before
    assert signal.set_wakeup_fd(-1) == -1
