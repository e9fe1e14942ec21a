"""Windows for the tests of the front ends."""

from collections.abc import Callable, Iterator
from typing import Final

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from stretchplayer.settings import Appearance, Settings
from stretchplayer.ui.theme.style import Style, Theme
from tests.player.stage import Stage
from tests.ui.stage import FONTS, WindowStage

KNOWN: Final = Settings(appearance=Appearance.DARK, safety_shown=True)
"""The settings of a person who may start at once."""


@pytest.fixture
def make_window(qapp: QApplication) -> Iterator[Callable[..., WindowStage]]:
    """Makes windows, and takes them away after the test."""
    stages: list[WindowStage] = []

    def make(**options: object) -> WindowStage:
        options.setdefault("settings", KNOWN)
        stages.append(WindowStage(qapp, **options))  # type: ignore[arg-type]  # whatever the stage takes
        return stages[-1]

    yield make
    for stage in stages:
        stage.close()


@pytest.fixture
def window(make_window: Callable[..., WindowStage]) -> WindowStage:
    """A window of the usual size with the shipped routine."""
    return make_window()


@pytest.fixture
def make_stage(qapp: QApplication) -> Iterator[Callable[..., Stage]]:
    """Makes sessions without a window."""
    stages: list[Stage] = []

    def make(**options: float | bool) -> Stage:
        assert qapp is not None
        stages.append(Stage(**options))  # type: ignore[arg-type]  # whatever the stage takes
        return stages[-1]

    yield make
    for stage in stages:
        stage.close()


@pytest.fixture
def large_letters(qapp: QApplication) -> Iterator[None]:
    """The system font at twice its size."""
    usual = qapp.font()
    large = QFont(usual)
    large.setPointSizeF(usual.pointSizeF() * 2)
    qapp.setFont(large)
    yield
    qapp.setFont(usual)


@pytest.fixture(autouse=True)
def _styled(qapp: QApplication) -> None:
    """The program's style and font, whichever test comes first."""
    if not isinstance(qapp.style(), Style):
        Theme(qapp, Appearance.DARK, FONTS)
