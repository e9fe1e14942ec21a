"""Where the parts of the player go, in every size, and whether their text fits."""

from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QWidget

from stretchplayer.player.state import State
from stretchplayer.routine.preferences import Preferences
from stretchplayer.routine.timeline import PhaseKind
from stretchplayer.settings import Settings
from stretchplayer.ui.player.layout import Arrangement, arrange, scale_of, window_sizes
from stretchplayer.ui.player.steps import StepList
from stretchplayer.ui.player.view import PlayerView
from stretchplayer.ui.text import player as player_words
from stretchplayer.ui.text.player import StepState
from stretchplayer.ui.theme.legibility import NO_DISTANCE
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


def in_window(width: int, height: int, larger: float = 1.0, *, steps: bool = False) -> Arrangement:
    wanted = window_sizes(scale_of(width, height), larger, 1.6)
    return arrange(width, height, wanted, fullscreen=False, steps=steps)


def in_full_screen(width: int, height: int) -> Arrangement:
    return arrange(width, height, NO_DISTANCE, fullscreen=True)


@given(widths, heights, st.floats(1.0, 2.5), st.booleans())
@example(800, 500, 2.0, True)
@example(3840, 2160, 1.0, False)
@example(800, 3840, 1.0, True)
@example(5120, 500, 2.5, True)
def test_in_a_window_every_part_lies_inside_and_none_overlaps(
    width: int, height: int, larger: float, steps: bool
) -> None:
    place = in_window(width, height, larger, steps=steps)
    check(place, width, height, set())
    assert {"title", "time_left", "instruction", "next", "ring", "figure", "leg", "controls"} <= set(place.parts())
    assert ("steps" in place.parts()) is steps


@given(widths, heights)
@example(800, 500)
@example(800, 600)
@example(1280, 720)
@example(3840, 2160)
@example(800, 3840)
def test_in_full_screen_controls_lie_over_the_next_line_at_most(width: int, height: int) -> None:
    place = in_full_screen(width, height)
    check(place, width, height, {frozenset({"next", "controls"}), frozenset({"next", "corner_controls"})})
    assert {"instruction", "next", "ring", "figure", "leg", "controls"} <= set(place.parts())


@given(widths, heights)
def test_full_screen_keeps_a_margin_for_screens_that_cut_off_edges(width: int, height: int) -> None:
    place = in_full_screen(width, height)
    safe = QRect(0, 0, width, height).adjusted(
        int(width * 0.05) - 1, int(height * 0.05) - 1, -int(width * 0.05) + 1, -int(height * 0.05) + 1
    )
    for name, rect in place.parts().items():
        if name not in {"controls", "corner_controls"}:
            assert safe.contains(rect), name


@pytest.mark.parametrize("arrange", [in_window, in_full_screen])
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


@pytest.mark.parametrize(("full", "steps"), [(False, False), (False, True), (True, False)])
@pytest.mark.parametrize("size", SIZES)
def test_no_text_of_the_shipped_routine_is_clipped(
    make_window: Callable[..., WindowStage], size: tuple[int, int], full: bool, steps: bool
) -> None:
    window = make_window(size=size)
    player = window.play()
    player.set_follow_along(full)
    player.set_steps_shown(steps)
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
    player.set_steps_shown(True)
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
        shown = window.controls()
        assert len(shown) == (7 if full else 8)
        for button in shown:
            assert player.rect().contains(button.geometry()), button.accessibleName()
            assert min(button.width(), button.height()) >= 24
            assert button.label_width(button.label_font().pixelSize(), wrapped=True) <= button.width()
        for one, other in combinations(shown, 2):
            assert not one.geometry().intersects(other.geometry())


def test_the_instruction_is_read_from_afar_in_full_screen(make_window: Callable[..., WindowStage]) -> None:
    window = make_window(size=(1920, 1080))
    player = window.play()
    in_window = window.label("instruction").shown_font().pixelSize()
    player.set_follow_along(True)
    settle()
    assert window.label("instruction").shown_font().pixelSize() > 1.3 * in_window


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
    from tests.ui.stage import HOLD, MOVE, one_exercise

    steps = [MOVE] * 40
    steps.append(HOLD)
    window = make_window(size=(800, 500), timeline=one_exercise(*steps))
    window.play().set_steps_shown(True)
    for number in (1, 20, 40):
        window.play_to(PhaseKind.MOVE, number)
        fit = window.steps().fitting()
        current = number - 1
        assert fit.first <= current
        top = sum(fit.heights[fit.first : current]) + fit.gap * (current - fit.first)
        assert top + fit.heights[current] <= window.steps().height() + 1


def test_the_steps_are_shown_when_asked_for_and_remembered(make_window: Callable[..., WindowStage]) -> None:
    told: list[Settings] = []
    window = make_window()
    window.view.settings_changed.connect(told.append)
    window.play()
    shown = [window.steps().isVisible()]
    window.key(Qt.Key.Key_L)
    shown.append(window.steps().isVisible())
    window.press("Hide steps (L)")
    shown.append(window.steps().isVisible())
    assert shown == [False, True, False]
    assert [settings.steps_shown for settings in told] == [True, False]
    again = make_window(settings=Settings(steps_shown=True))
    again.play()
    assert again.steps().isVisible()


def test_in_full_screen_there_are_no_steps_and_their_key_pauses_as_any_other(
    make_window: Callable[..., WindowStage],
) -> None:
    window = make_window(settings=Settings(steps_shown=True))
    window.play().set_follow_along(True)
    assert not window.steps().isVisible()
    window.key(Qt.Key.Key_L)
    assert window.in_state(State.PAUSED)


@pytest.mark.parametrize("listed", [False, True])
def test_no_sentence_is_twice_on_the_screen(make_window: Callable[..., WindowStage], listed: bool) -> None:
    window = make_window(timeline=shipped_timeline(Preferences(wait_for_me=True)))
    player = window.play()
    player.set_steps_shown(listed)
    assert window.session.timeline is not None
    for phase in window.session.timeline.phases[:-1]:
        shown = [window.label(name).text for name in ("title", "instruction", "next")]
        if listed:
            shown += window.steps().accessibleName().split("; ")
        said = [text.removeprefix("Next: ").casefold() for text in shown if text]
        assert len(said) == len(set(said)), (phase, said)
        window.session.pause()
        assert window.label("next").text not in {window.label("instruction").text, player.ring.face.label}
        window.session.resume()
        window.session.next()


def test_waiting_shows_what_to_do_in_every_size(make_window: Callable[..., WindowStage]) -> None:
    window = make_window(size=(800, 500), timeline=shipped_timeline(Preferences(wait_for_me=True)))
    player = window.play()
    window.play_to(PhaseKind.HOLD)
    assert window.label("instruction").text == "When you are ready, press any key."
    assert window.button("Continue (Space)").isVisible()
    assert clipped(player) == []
