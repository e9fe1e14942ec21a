"""Errors of a program that was started without a terminal are shown in a window."""

import io
import os
import sys
from collections.abc import Sequence

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QMessageBox, QPlainTextEdit

from stretchplayer import __version__
from stretchplayer.app.error_window import show_error, show_text
from stretchplayer.cli import main

pytestmark = [pytest.mark.usefixtures("qapp"), pytest.mark.qt_log_ignore("This plugin does not support")]
FOR_SCRIPTS = (["plan", "nope"], ["pause"], ["snooze", "x"], ["start", "nope", "--exit"], ["start", "nope", "--rate=2"])


class Terminal(io.StringIO):
    """Standard error on a screen."""

    def isatty(self) -> bool:
        """It is one."""
        return True


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the windows say; each is read and closed at once."""
    read: list[str] = []
    monkeypatch.setattr("stretchplayer.app.error_window.is_seen", lambda _environ: True)

    def close() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        read.append(box.text())
        box.accept()

    def show(sentence: str) -> None:
        QTimer.singleShot(0, close)
        show_error(sentence)

    monkeypatch.setattr("stretchplayer.app.error_window.show_error", show)
    return read


def exit_code(arguments: Sequence[str]) -> object:
    try:
        return main(arguments)
    except SystemExit as leaving:
        return leaving.code


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["start", "broken.toml"], "broken.toml"),
        (["start", "nope"], "nope"),
        (["start", "--loud"], "--loud"),
        (["--loud"], "--loud"),
        (["--data-dir", os.devnull], os.devnull),
    ],
)
def test_it_shows_what_kept_the_window_from_opening(read: list[str], arguments: Sequence[str], sentence: str) -> None:
    assert exit_code(arguments)
    assert len(read) == 1
    assert sentence in read[0]
    assert "\n" not in read[0]


@pytest.mark.parametrize(
    "arguments",
    [["plan", "nope"], ["pause"], ["start", "nope", "--exit"], ["start", "nope", "--rate=2"], ["snooze", "x"]],
)
def test_commands_of_scripts_show_none(read: list[str], arguments: Sequence[str]) -> None:
    assert exit_code(arguments)
    assert read == []


def test_commands_of_a_program_without_a_console_show_what_is_wrong(
    read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    assert exit_code(["plan", "nope"]) == 2
    assert exit_code(["snooze", "x"]) == 2
    assert exit_code(["start", "nope", "--exit"]) == 2
    assert ["nope" in read[0], "snooze" in read[1], len(read)] == [True, True, 2]


def test_the_help_of_a_program_without_a_console_is_shown_whole_and_not_as_an_error(
    read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stretchplayer.app.error_window.show_text", read.append)
    monkeypatch.setattr("stretchplayer.app.error_window.show_error", pytest.fail)
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert exit_code(["--help"]) == 0
    assert exit_code(["start", "--exit", "--help"]) == 0
    assert exit_code(["--version"]) == 0
    assert [text.split()[0] for text in read[:2]] == ["usage:", "usage:"]
    assert all(word in read[0] for word in ("--background", "self-test", "not running."))
    assert "--fullscreen" in read[1]
    assert __version__ in read[2]


def test_a_long_text_is_scrolled_and_its_columns_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(f"line{number:3}  what it says" for number in range(60))
    read: list[str] = []

    def close() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        (shown,) = dialog.findChildren(QPlainTextEdit)
        (buttons,) = dialog.findChildren(QDialogButtonBox)
        assert shown.verticalScrollBar().maximum() > 0
        assert shown.isReadOnly()
        read.append(shown.toPlainText())
        buttons.button(QDialogButtonBox.StandardButton.Ok).click()

    monkeypatch.setattr("stretchplayer.app.error_window.is_seen", lambda _environ: True)
    QTimer.singleShot(0, close)
    show_text(text)
    assert read == [text]


def test_who_has_a_terminal_reads_it_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stretchplayer.app.error_window.is_seen", lambda _environ: True)
    monkeypatch.setattr(sys, "stderr", Terminal())
    show_error("Something.")
    assert QApplication.activeModalWidget() is None


def test_where_no_window_is_seen_there_is_none() -> None:
    show_error("Something.")
    show_text("Something.")
    assert QApplication.activeModalWidget() is None
