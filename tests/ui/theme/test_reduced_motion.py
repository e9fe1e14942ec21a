"""Whether pictures move, and that they follow the setting."""

from collections.abc import Callable
from dataclasses import replace
from enum import Enum, auto

import pytest
from PySide6.QtCore import QObject

from stretchplayer.routine.timeline import PhaseKind
from stretchplayer.settings import Motion, Settings
from stretchplayer.ui.pages.settings_page import SettingsPage
from stretchplayer.ui.theme.reduced_motion import reduces_motion
from tests.ui.stage import WindowStage


class Preference(Enum):
    """Qt 6.12's name for the system's preference."""

    NoPreference = auto()
    ReducedMotion = auto()


class Hints(QObject):
    """Hints like those of a Qt that knows the system's preference."""

    def __init__(self, preference: Preference) -> None:
        super().__init__()
        self._preference = preference

    def motionPreference(self) -> Preference:
        return self._preference


@pytest.mark.parametrize("preference", Preference)
def test_the_person_s_choice_counts_before_the_system_s(preference: Preference) -> None:
    hints = Hints(preference)
    assert reduces_motion(Motion.REDUCED, hints)
    assert not reduces_motion(Motion.FULL, hints)
    assert reduces_motion(Motion.SYSTEM, hints) is (preference is Preference.ReducedMotion)


def test_a_system_that_says_nothing_wants_motion() -> None:
    assert not reduces_motion(Motion.SYSTEM, QObject())


@pytest.mark.parametrize("motion", [Motion.REDUCED, Motion.FULL])
def test_the_ring_follows_the_setting(make_window: Callable[..., WindowStage], motion: Motion) -> None:
    window = make_window(settings=Settings(motion=motion))
    window.play_to(PhaseKind.HOLD, into_ms=1100)
    before = window.player.ring.face.filled
    window.run_for(200)
    assert (window.player.ring.face.filled == before) is (motion is Motion.REDUCED)


def test_the_setting_holds_at_once(window: WindowStage) -> None:
    window.play()
    window.session.stop()
    window.press("Done")
    window.press("Settings")
    told: list[Settings] = []
    window.view.settings_changed.connect(told.append)
    page = window.frame.findChild(SettingsPage)
    assert isinstance(page, SettingsPage)
    page.motion.setCurrentIndex(page.motion.findText("Reduced"))
    assert told == [replace(window.settings, motion=Motion.REDUCED)]
    window.play()
    window.play_to(PhaseKind.HOLD, into_ms=1100)
    before = window.player.ring.face.filled
    window.run_for(200)
    assert window.player.ring.face.filled == before
