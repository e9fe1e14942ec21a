"""The session bar, the switch, and the ring's partial repaints."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Final

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from stretchplayer.routine.routine import SideMode
from stretchplayer.routine.timeline import PhaseKind
from stretchplayer.ui.player.ring import Ring
from stretchplayer.ui.player.session_bar import MOST_SEGMENTS, Segment, SessionBar, segments_of
from stretchplayer.ui.text.player import RingFace
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.legibility import NO_DISTANCE, TextSizes
from stretchplayer.ui.widgets.switch import Switch
from tests.ui.stage import HOLD, MOVE, WindowStage, one_exercise, settle, shipped_timeline

A_SHADE: Final = 48
"""Qt draws short and long arcs a tenth of a px apart, so edges may differ by this much of 255."""

# Segments


def test_a_segment_for_each_leg_without_gaps() -> None:
    timeline = shipped_timeline()
    segments = segments_of(timeline)
    assert len(segments) == 6
    assert segments[0].start_ms == 0
    assert segments[-1].end_ms == timeline.total_ms
    assert all(one.end_ms == other.start_ms for one, other in pairwise(segments))
    for segment, hold in zip(segments, timeline.holds(), strict=True):
        assert segment.start_ms <= hold.start_ms < hold.end_ms <= segment.end_ms


def test_getting_ready_belongs_to_the_leg_that_comes() -> None:
    timeline = shipped_timeline()
    way = next(phase for phase in timeline.phases if phase.kind is PhaseKind.TRANSITION)
    assert segments_of(timeline)[2].start_ms == way.start_ms


def test_an_exercise_without_sides_is_one_segment() -> None:
    assert len(segments_of(one_exercise(MOVE, HOLD, sides=SideMode.NONE))) == 1


def test_too_many_legs_are_one_bar() -> None:
    from stretchplayer.routine.routine import Exercise, Position, Routine
    from stretchplayer.routine.timeline_builder import build_timeline

    exercise = Exercise(id="a", title="A", position=Position.STANDING, sets=MOST_SEGMENTS, steps=(HOLD,))
    timeline = build_timeline(Routine(id="r", title="R", exercises=(exercise,)))
    assert segments_of(timeline) == (Segment(start_ms=0, end_ms=timeline.total_ms),)


@pytest.mark.parametrize(("position_ms", "done"), [(0, 0.0), (1_000, 0.0), (1_500, 0.5), (2_000, 1.0), (9_000, 1.0)])
def test_how_far_a_segment_is_done(position_ms: float, done: float) -> None:
    assert Segment(start_ms=1_000, end_ms=2_000).done(position_ms) == done
    assert Segment(start_ms=1_000, end_ms=1_000).done(position_ms) == 1.0


def test_the_bar_is_read_out_as_a_share(qapp: QApplication) -> None:
    assert qapp is not None
    bar = SessionBar()
    bar.resize(bar.sizeHint())
    bar.grab()
    timeline = shipped_timeline()
    bar.show_timeline(timeline)
    bar.show_position(timeline.total_ms / 2)
    assert bar.accessibleName() == "50 % of the session"
    half = bar.grab().toImage()
    bar.show_position(timeline.total_ms)
    assert bar.accessibleName() == "100 % of the session"
    assert bar.grab().toImage() != half


# The switch


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_switch_is_switched_by_key_and_by_its_words(qapp: QApplication, key: Qt.Key) -> None:
    assert qapp is not None
    switch = Switch("Words & more")
    switch.resize(switch.sizeHint())
    off = switch.grab().toImage()
    QTest.keyClick(switch, key)
    assert switch.isChecked()
    assert switch.grab().toImage() != off
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton, pos=switch.rect().center())
    assert not switch.isChecked()
    assert switch.minimumSizeHint().height() >= 24


def test_a_switch_shows_that_it_has_the_focus(window: WindowStage) -> None:
    window.press("Settings")
    switch = next(button for button in window.buttons() if isinstance(button, Switch))
    without = switch.grab().toImage()
    switch.setFocus()
    QTest.keyClick(switch, Qt.Key.Key_Shift)
    settle()
    assert switch.grab().toImage() != without


# The ring


class Watched(Ring):
    """Records its repaints."""

    def __init__(self) -> None:
        super().__init__()
        self.painted: list[QRect] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted.append(event.rect())
        super().paintEvent(event)


@pytest.fixture
def ring(qapp: QApplication) -> Watched:
    assert qapp is not None
    return Watched()


def test_a_face_that_differs_only_in_what_is_left_paints_only_the_end_of_the_ring(
    ring: Watched, request: pytest.FixtureRequest
) -> None:
    request.addfinalizer(ring.close)
    ring.resize(400, 400)
    ring.show()
    ring.show_face(RingFace(label="HOLD", digits="30", filled=0.9))
    settle()
    ring.painted.clear()
    ring.show_face(RingFace(label="HOLD", digits="30", filled=0.89))
    settle()
    assert ring.painted
    area = max(rect.width() * rect.height() for rect in ring.painted)
    assert area < 400 * 400 / 8
    ring.painted.clear()
    ring.show_face(RingFace(label="HOLD", digits="30", filled=0.1))
    ring.show_face(RingFace(label="HOLD", digits="29", filled=0.1))
    settle()
    assert ring.painted[-1].size() == ring.size()
    assert (ring.accessibleName(), ring.accessible_value()) == ("HOLD", "29")


def on_screen(widget: QWidget) -> QImage:
    """The window's content as painted so far, repaint by repaint."""
    settle()
    picture = widget.screen().grabWindow(widget.winId()).toImage()
    return picture.convertToFormat(QImage.Format.Format_RGB32)


def painted_anew(widget: QWidget) -> QImage:
    """The widget painted in one go."""
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def differ(one: QImage, other: QImage) -> int:
    """The largest difference of two pictures in any channel, 0 to 255."""
    ours, theirs = bytes(one.constBits()), bytes(other.constBits())
    return 0 if ours == theirs else max(abs(a - b) for a, b in zip(ours, theirs, strict=True))


@pytest.mark.parametrize("filled", [0.999, 0.93, 0.62, 0.375, 0.25, 0.02])
@pytest.mark.parametrize("letters", [NO_DISTANCE, TextSizes(instruction=30, essential=16, digits=80, line=1.6)])
def test_painting_only_what_has_changed_leaves_nothing_behind(
    ring: Watched, request: pytest.FixtureRequest, filled: float, letters: TextSizes
) -> None:
    request.addfinalizer(ring.close)
    ring.resize(240, 240)
    ring.set_text_sizes(letters)
    ring.show()
    face = RingFace(label="OTHER SIDE", digits="30", filled=filled)
    ring.show_face(face)
    for later in (0.002, 0.009, 0.010):
        ring.show_filled(filled - later)
        assert differ(on_screen(ring), painted_anew(ring)) <= A_SHADE, later
    for digits in ("29", "9", "1:40", "3"):
        ring.show_face(replace(face, digits=digits, filled=filled - 0.012, urgent=digits == "3"))
        assert differ(on_screen(ring), painted_anew(ring)) <= A_SHADE, digits


def test_with_reduced_motion_the_ring_moves_with_its_digits(ring: Watched) -> None:
    ring.set_reduced_motion(True)
    ring.show_face(RingFace(label="HOLD", digits="30", filled=1.0))
    ring.show_filled(0.98)
    assert ring.face.filled == 1.0
    ring.show_face(RingFace(label="HOLD", digits="29", filled=0.96))
    assert ring.face.filled == 0.96


def test_the_ring_glows_with_the_breath_but_not_with_reduced_motion(ring: Watched) -> None:
    ring.resize(300, 300)
    ring.setPalette(theme.palette(theme.DARK))
    empty = painted_anew(ring)
    ring.show_breath(0.5)
    half = differ(painted_anew(ring), empty)
    ring.show_breath(1.0)
    assert differ(painted_anew(ring), empty) > half > 0
    ring.set_reduced_motion(True)
    ring.show_breath(1.0)
    assert not differ(painted_anew(ring), empty)


@pytest.mark.parametrize("digits", ["", "8", "30", "1:40", "60:00"])
@pytest.mark.parametrize("size", [80, 300, 1500])
@pytest.mark.parametrize("still", [False, True])
def test_the_digits_and_the_label_stay_inside_the_ring(ring: Watched, digits: str, size: int, still: bool) -> None:
    """Outside the inner circle, text makes no difference."""
    ring.resize(size, size)
    ring.show_face(RingFace(filled=1.0, still=still))
    empty = ring.grab().toImage()
    ring.show_face(RingFace(label="A VERY LONG LABEL INDEED", digits=digits, filled=1.0, still=still))
    full = ring.grab().toImage()
    middle = size / 2
    for x in range(0, size, max(1, size // 60)):
        for y in range(0, size, max(1, size // 60)):
            if (x - middle) ** 2 + (y - middle) ** 2 > (0.46 * size) ** 2:
                assert empty.pixel(x, y) == full.pixel(x, y), (x, y)


def test_the_whole_window_can_be_painted_in_every_state(make_window: Callable[..., WindowStage]) -> None:
    window = make_window()
    window.play_to(PhaseKind.HOLD, into_ms=28_000)
    urgent = window.frame.grab().toImage()
    window.session.pause()
    paused = window.frame.grab().toImage()
    window.key(Qt.Key.Key_Escape)
    asked = window.frame.grab().toImage()
    assert urgent != paused != asked
