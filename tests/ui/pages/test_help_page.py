"""The manual in the program."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextBrowser

from tests.ui.stage import WindowStage, settle

MANUAL = (Path(__file__).parents[3] / "assets" / "help" / "manual.md").read_text(encoding="utf-8")


@pytest.fixture
def helped(window: WindowStage) -> WindowStage:
    """A window that has the manual."""
    window.view.help_requested.connect(lambda: window.view.show_help(MANUAL))
    return window


def manual(window: WindowStage) -> QTextBrowser | None:
    return next((page for page in window.frame.findChildren(QTextBrowser) if page.isVisible()), None)


def test_navigation_opens_it_and_the_keyboard_scrolls_it(helped: WindowStage) -> None:
    helped.press("Help")
    text = manual(helped)
    assert text is not None
    assert "Reminders" in text.toPlainText()
    assert "|" not in text.toPlainText()
    assert QApplication.focusWidget() is text
    QTest.keyClick(text, Qt.Key.Key_PageDown)
    assert text.verticalScrollBar().value() > 0
    helped.press("Today")
    assert manual(helped) is None


def test_f1_opens_it_from_any_page(helped: WindowStage) -> None:
    helped.press("Settings")
    QTest.keyClick(QApplication.focusWidget() or helped.frame, Qt.Key.Key_F1)
    settle()
    assert manual(helped) is not None


def test_while_a_session_plays_f1_pauses_like_any_key(helped: WindowStage) -> None:
    player = helped.play()
    QTest.keyClick(player, Qt.Key.Key_F1)
    settle()
    assert manual(helped) is None
    assert helped.commands == ["toggle"]


@pytest.mark.parametrize("size", [(800, 500), (1060, 720), (3840, 2160)])
def test_nothing_is_cut_off_sideways(helped: WindowStage, size: tuple[int, int]) -> None:
    helped.frame.resize(*size)
    helped.press("Help")
    text = manual(helped)
    assert text is not None
    assert text.document().size().width() <= text.viewport().width()
