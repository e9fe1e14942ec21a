"""The breath pace of a hold: four seconds in, six out, by the session's clock."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from stretchplayer.routine.preferences import Preferences
from stretchplayer.routine.timeline import PhaseKind
from stretchplayer.settings import Motion, Settings
from stretchplayer.ui.figure.widget import Figure
from tests.ui.stage import WindowStage, child, settle, shipped_timeline

MakeWindow = Callable[..., WindowStage]


def in_a_hold(make_window: MakeWindow, into_ms: float = 0, **more: object) -> WindowStage:
    window = make_window(**more)
    window.play_to(PhaseKind.HOLD, into_ms=into_ms)
    return window


def figure(window: WindowStage) -> QImage:
    settle()
    return child(window.player, Figure, "figure").grab().toImage()


def difference(one: QImage, other: QImage) -> int:
    return sum(abs(a - b) for a, b in zip(bytes(one.constBits()), bytes(other.constBits()), strict=True))


def glow(window: WindowStage) -> QImage:
    """A part of the ring that is empty in the last two thirds of a hold: there only the glow changes."""
    ring = window.player.ring
    return ring.grab(QRect(0, 0, ring.width() // 8, ring.height() // 2)).toImage()


@pytest.mark.parametrize("coaching", [True, False])
def test_the_chest_rises_for_four_seconds_and_falls_for_six(make_window: MakeWindow, coaching: bool) -> None:
    window = in_a_hold(make_window, timeline=shipped_timeline(Preferences(coaching=coaching)))
    empty = figure(window)
    swells = []
    for ms in (2_000, 2_000, 3_000, 3_000):
        window.run_for(ms)
        swells.append(difference(figure(window), empty))
    assert 0 < swells[0] < swells[1]
    assert swells[1] > swells[2] > swells[3]


def test_the_ring_glows_with_it(make_window: MakeWindow) -> None:
    window = in_a_hold(make_window, into_ms=10_000)
    empty = glow(window)
    window.run_for(4_000)
    assert glow(window) != empty
    window.run_for(6_000)
    assert glow(window) == empty


def test_a_pause_holds_the_breath(make_window: MakeWindow) -> None:
    window = in_a_hold(make_window, into_ms=13_000)
    before = figure(window), glow(window)
    window.session.pause()
    window.run_for(2_000)
    assert (figure(window), glow(window)) == before


def test_with_reduced_motion_there_is_none(make_window: MakeWindow) -> None:
    window = in_a_hold(make_window, into_ms=10_000, settings=Settings(motion=Motion.REDUCED))
    before = figure(window), glow(window)
    window.run_for(4_000)
    assert (figure(window), glow(window)) == before


def test_there_is_none_in_a_movement(make_window: MakeWindow) -> None:
    window = make_window()
    window.play_to(PhaseKind.SWITCH_SIDES)
    before = figure(window)
    window.run_for(1_000)
    assert figure(window) == before
