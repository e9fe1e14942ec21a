"""The signals that end the program on Windows, with a module `signal` that is pretended."""

from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication

from stretchplayer.desktop.unix_signals import EndSignals

SIGINT, SIGTERM, SIGBREAK = 2, 15, 21


def test_ctrl_break_and_a_closing_console_end_it_too(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    assert qapp is not None
    handlers: dict[int, object] = {SIGINT: "int", SIGTERM: "term", SIGBREAK: "break"}

    def set_handler(number: int, handler: object) -> object:
        before, handlers[number] = handlers[number], handler
        return before

    pretended = SimpleNamespace(
        SIGINT=SIGINT,
        SIGTERM=SIGTERM,
        SIGBREAK=SIGBREAK,
        signal=set_handler,
        set_wakeup_fd=lambda _number, warn_on_full_buffer=True: warn_on_full_buffer,
    )
    before = dict(handlers)
    monkeypatch.setattr("stretchplayer.desktop.unix_signals.signal", pretended)
    monkeypatch.setattr("stretchplayer.desktop.unix_signals.sys", SimpleNamespace(platform="win32"))
    signals = EndSignals(lambda: None)
    assert all(callable(handler) for handler in handlers.values())
    signals.close()
    assert handlers == before
