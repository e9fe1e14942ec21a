"""Where the parts of the player go, in every size, and whether their text fits."""

from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QWidget

from stretchplayer.routine.preferences import Preferences
from stretchplayer.routine.timeline import PhaseKind
from stretchplayer.ui.player.fullscreen_layout import arrange_follow_along
from stretchplayer.ui.player.layout import Arrangement, arrange_window
from stretchplayer.ui.player.steps import StepList
from stretchplayer.ui.player.view import PlayerView
from stretchplayer.ui.text import player as player_words
from stretchplayer.ui.text.player import StepState
from stretchplayer.ui.widgets.buttons import RoundButton
from stretchplayer.ui.widgets.fit_label import FitLabel, text_height
from tests.ui.stage import WindowStage, settle, shipped_timeline

SIZES = [(800, 500), (1060, 720), (1366, 768), (1920, 1080), (3840, 2160), (3440, 1440), (5120, 1440), (1080, 1920)]
widths, heights = st.integers(800, 5120), st.integers(500, 3840)


def check(place: Arrangement, width: int, height: int, allowed: set[frozenset[str]]) -> None:
    view = QRect(0, 0, width, height)
    parts = place.parts()
    for name, rect in parts.items():
        assert view.contains(rect), f"{name} {rect} sticks out of {width}×{height}"
    for (one, a), (other, b) in combinations(parts.items(), 2):
        if frozenset({one, other}) not in allowed:
            assert not a.intersects(b), f"{one} {a} overlaps {other} {b} in {width}×{height}"


@given(widths, heights)
@example(800, 500)
@example(3840, 2160)
@example(800, 3840)
@example(5120, 500)
def test_in_a_window_every_part_lies_inside_and_none_overlaps(width: int, height: int) -> None:
    place = arrange_window(width, height)
    check(place, width, height, set())
    assert {"title", "time_left", "instruction", "steps", "next", "ring", "figure", "leg", "controls"} <= set(
        place.parts()
    )


@given(widths, heights)
@example(800, 500)
@example(800, 600)
@example(1280, 720)
@example(3840, 2160)
@example(800, 3840)
def test_in_full_screen_controls_lie_over_the_next_line_at_most(width: int, height: int) -> None:
    place = arrange_follow_along(width, height)
    check(place, width, height, {frozenset({"next", "controls"}), frozenset({"next", "corner_controls"})})
    assert {"instruction", "next", "ring", "figure", "leg", "controls"} <= set(place.parts())


@given(widths, heights)
def test_full_screen_keeps_a_margin_for_screens_that_cut_off_edges(width: int, height: int) -> None:
    place = arrange_follow_along(width, height)
    safe = QRect(0, 0, width, height).adjusted(
        int(width * 0.05) - 1, int(height * 0.05) - 1, -int(width * 0.05) + 1, -int(height * 0.05) + 1
    )
    for name, rect in place.parts().items():
        if name not in {"controls", "corner_controls"}:
            assert safe.contains(rect), name


@pytest.mark.parametrize("arrange", [arrange_window, arrange_follow_along])
def test_the_ring_is_the_largest_thing(arrange: Callable[[int, int], Arrangement]) -> None:
    for width, height in SIZES:
        place = arrange(width, height)
        ring = min(place.ring.width(), place.ring.height())
        assert ring >= 0.3 * min(width, height)


# With the real words in it


def clipped(player: PlayerView) -> list[str]:
    """The texts that are shown and don't fit."""
    found = []
    for label in player.findChildren(FitLabel):
        if not label.isVisible() or not label.text:
            continue
        needed = text_height(label.shown_font(), label.width(), label.text)
        if needed > label.height() + 1:
            found.append(label.text)
    steps = player.findChild(StepList)
    assert isinstance(steps, StepList)
    if steps.isVisible():
        fit = steps.fitting()
        if fit.first or fit.total > steps.height() + 1:
            found.append("the steps")
    return found


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("size", SIZES)
def test_no_text_of_the_shipped_routine_is_clipped(
    make_window: Callable[..., WindowStage], size: tuple[int, int], full: bool
) -> None:
    window = make_window(size=size)
    player = window.play()
    player.set_follow_along(full)
    settle()
    assert (player.width(), player.height()) == size
    assert window.session.timeline is not None
    for _ in window.session.timeline.phases[:-1]:
        assert clipped(player) == [], window.session.phase
        window.session.next()


@pytest.mark.usefixtures("large_letters")
@pytest.mark.parametrize("size", [(800, 500), (1280, 800)])
def test_small_words_follow_the_system_s_letters_and_the_step_that_is_done_now_is_always_shown(
    make_window: Callable[..., WindowStage], size: tuple[int, int]
) -> None:
    window = make_window(size=size)
    player = window.play()
    steps = window.steps()
    assert window.session.timeline is not None
    for _ in window.session.timeline.phases[:-1]:
        assert not {text for text in clipped(player) if text != "the steps"}, window.session.phase
        fit = steps.fitting()
        assert fit.pixels >= 19
        assert window.session.phase is not None
        lines = player_words.steps(window.session.timeline, window.session.phase)
        now = next((place for place, line in enumerate(lines) if line.state is StepState.CURRENT), 0)
        heights = fit.heights[fit.first : now + 1]
        assert fit.first <= now
        assert sum(heights) + fit.gap * (len(heights) - 1) <= steps.height() + 1, window.session.phase
        window.session.next()


def test_controls_over_the_next_line_cover_it_whole(make_window: Callable[..., WindowStage]) -> None:
    for size in SIZES:
        window = make_window(size=size)
        player = window.play()
        player.set_follow_along(True)
        settle()
        plate, words = player.findChild(QWidget, "controls_plate"), window.label("next").geometry()
        assert isinstance(plate, QWidget)
        assert plate.isVisible()
        assert plate.geometry().contains(words) or not plate.geometry().intersects(words), size
        player.set_follow_along(False)
        settle()
        assert not plate.isVisible()


@pytest.mark.parametrize("size", SIZES)
def test_all_buttons_lie_inside_and_none_over_another(
    make_window: Callable[..., WindowStage], size: tuple[int, int]
) -> None:
    window = make_window(size=size)
    player = window.play()
    for full in (False, True):
        player.set_follow_along(full)
        settle()
        shown = player.findChildren(RoundButton)
        assert len(shown) == 7
        for button in shown:
            assert player.rect().contains(button.geometry()), button.accessibleName()
            assert min(button.width(), button.height()) >= 24
        for one, other in combinations(shown, 2):
            assert not one.geometry().intersects(other.geometry())


def test_the_instruction_is_read_from_afar_in_full_screen(make_window: Callable[..., WindowStage]) -> None:
    window = make_window(size=(1920, 1080))
    player = window.play()
    in_window = window.label("instruction").shown_font().pixelSize()
    player.set_follow_along(True)
    settle()
    assert window.label("instruction").shown_font().pixelSize() > 1.3 * in_window
    assert not window.steps().isVisible()


@given(st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=100), st.integers(150, 2000))
def test_any_text_fits_or_is_as_small_as_it_gets(qapp: object, text: str, width: int) -> None:
    label = FitLabel(max_lines=2)
    label.resize(width, 60)
    label.set_max_px(40)
    label.set_text(text)
    font = label.shown_font()
    assert text_height(font, width, text) <= 61 or font.pixelSize() <= 4
    assert font.pixelSize() <= 40


def test_a_label_breaks_into_no_more_lines_than_it_may(qapp: object) -> None:
    label = FitLabel(max_lines=1)
    label.resize(300, 400)
    label.set_max_px(60)
    label.set_text("words " * 12)
    font = label.shown_font()
    assert text_height(font, 300, label.text) < 1.5 * QFontMetricsF(font).lineSpacing()


def test_a_larger_label_has_larger_letters(qapp: object) -> None:
    sizes = []
    for width in (100, 200, 400, 800):
        label = FitLabel(weight=QFont.Weight.Bold)
        label.resize(width, width)
        label.set_max_px(1000)
        label.set_text("Hold")
        sizes.append(label.shown_font().pixelSize())
    assert sizes == sorted(set(sizes))


# The steps


def test_of_more_steps_than_fit_the_current_one_is_shown(make_window: Callable[..., WindowStage]) -> None:
    from tests.ui.stage import HOLD, MOVE, one_stretch

    steps = [MOVE] * 40
    steps.append(HOLD)
    window = make_window(size=(800, 500), timeline=one_stretch(*steps))
    window.play()
    for number in (1, 20, 40):
        window.play_to(PhaseKind.MOVE, number)
        fit = window.steps().fitting()
        current = number - 1
        assert fit.first <= current
        top = sum(fit.heights[fit.first : current]) + fit.gap * (current - fit.first)
        assert top + fit.heights[current] <= window.steps().height() + 1


def test_waiting_shows_what_to_do_in_every_size(make_window: Callable[..., WindowStage]) -> None:
    window = make_window(size=(800, 500), timeline=shipped_timeline(Preferences(wait_for_me=True)))
    player = window.play()
    window.play_to(PhaseKind.HOLD)
    assert window.label("instruction").text == "When you are ready, press any key."
    assert window.button("Continue (Space)").isVisible()
    assert clipped(player) == []
