"""Stages for the tests of the player."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.player.stage import Stage


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    """What a state machine needs to run."""
    return qapp


@pytest.fixture
def make_stage() -> Iterator[Callable[..., Stage]]:
    """Makes a stage, and closes it after the test."""
    stages: list[Stage] = []

    def make(**options: float | bool) -> Stage:
        stages.append(Stage(**options))  # type: ignore[arg-type]
        return stages[-1]

    yield make
    for stage in stages:
        stage.close()


@pytest.fixture
def stage(make_stage: Callable[..., Stage]) -> Stage:
    """A session that plays at its real speed."""
    return make_stage()
