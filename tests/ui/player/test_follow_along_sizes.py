"""Text heights in full screen, in mm, from the metrics of the fonts shown."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetricsF

from stretchplayer.routine.timeline import Phase, PhaseKind
from stretchplayer.ui.pages.settings_page import SettingsPage
from stretchplayer.ui.player import view as player_view
from stretchplayer.ui.player.layout import arrange
from stretchplayer.ui.player.leg_chip import LegChip
from stretchplayer.ui.text.player import instruction
from stretchplayer.ui.text.text_fitting import in_parts
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.legibility import TextSizes, screen_px_per_mm, text_sizes_for
from stretchplayer.ui.widgets.fit_label import FitLabel, fits_into
from tests.ui.stage import WindowStage, settle

DISTANCES_M = (2.0, 2.5, 3.0)
MM = 25.4


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen of `width` × `height` logical px and `inches`."""

    width: int
    height: int
    inches: float

    @property
    def density(self) -> float:
        """Logical px in a mm."""
        return float((self.width**2 + self.height**2) ** 0.5 / (self.inches * MM))


JUDGED = [Screen(1920, 1080, 24), Screen(3840, 2160, 27), Screen(1920, 1080, 27)]
"""The last is the second one at a devicePixelRatio of 2."""
OTHERS = [Screen(1080, 1920, 24), Screen(2560, 1080, 29), Screen(5120, 1440, 49), Screen(1366, 768, 14)]


def cap_mm(font: QFont, screen: Screen) -> float:
    return QFontMetricsF(font).capHeight() / screen.density


@pytest.fixture
def follow(
    make_window: Callable[..., WindowStage], monkeypatch: pytest.MonkeyPatch
) -> Callable[[Screen, float], WindowStage]:
    """Starts the shipped routine on a screen, to be followed from a distance in m."""

    def start(screen: Screen, distance_m: float) -> WindowStage:
        monkeypatch.setattr(player_view, "screen_px_per_mm", lambda _: screen.density)
        window = make_window(size=(screen.width, screen.height))
        player = window.play()
        player.set_viewing_distance(distance_m)
        player.set_follow_along(True)
        settle()
        assert (player.width(), player.height()) == (screen.width, screen.height)
        return window

    return start


def phases(window: WindowStage) -> Iterator[Phase]:
    """Goes through all of the session but its end."""
    assert window.session.timeline is not None
    for phase in window.session.timeline.phases[:-1]:
        assert window.session.phase is phase
        yield phase
        window.session.next()


def letters_of(window: WindowStage, screen: Screen, distance_m: float) -> TextSizes:
    """The text sizes for that distance, or those the screen has room for."""
    wanted = text_sizes_for(screen.density, distance_m, window.player.font())
    found = arrange(screen.width, screen.height, wanted, fullscreen=True).letters
    return found if found.instruction < wanted.instruction else wanted


def parts_of_the_instruction(window: WindowStage, letters: TextSizes) -> Iterator[FitLabel]:
    """The label with each part of the instruction in turn."""
    label = window.label("instruction")
    for part in in_parts(instruction(window.session), lambda text: label.fits_with(text, letters.instruction)):
        label.set_text(part)
        yield label


def lies_inside(label: FitLabel) -> bool:
    return fits_into(label.shown_font(), label.text, (label.width(), label.height()), 2)


def is_the_largest(label: FitLabel) -> bool:
    """Whether the text can't be cut, and wouldn't fit into two lines if it were any larger."""
    font = label.shown_font()
    larger = theme.pixel_font(label.font(), font.pixelSize() + 1, QFont.Weight.DemiBold)
    too_large = not fits_into(larger, label.text, (label.width(), label.height()), 2)
    return too_large and in_parts(label.text, lambda _: False) == (label.text,)


@pytest.mark.parametrize("distance_m", DISTANCES_M)
@pytest.mark.parametrize("screen", JUDGED, ids=str)
def test_every_instruction_can_be_read_or_is_as_large_as_fits(
    follow: Callable[[Screen, float], WindowStage], screen: Screen, distance_m: float
) -> None:
    window = follow(screen, distance_m)
    letters = letters_of(window, screen, distance_m)
    for phase in phases(window):
        for label in parts_of_the_instruction(window, letters):
            height = cap_mm(label.shown_font(), screen)
            assert lies_inside(label), label.text
            assert height >= 6 * distance_m or is_the_largest(label), (phase.kind, label.text, height)
            assert height >= 5 * distance_m, label.text


@pytest.mark.parametrize("distance_m", DISTANCES_M)
@pytest.mark.parametrize("screen", JUDGED, ids=str)
def test_digits_are_four_times_as_high_and_nothing_is_too_small(
    follow: Callable[[Screen, float], WindowStage], screen: Screen, distance_m: float
) -> None:
    window = follow(screen, distance_m)
    ring, leg = window.player.ring, window.player.findChild(LegChip)
    assert isinstance(leg, LegChip)
    for _ in phases(window):
        for label in map(window.label, ("title", "time_left", "next")):
            if label.isVisible():
                assert lies_inside(label), label.text
                assert cap_mm(label.shown_font(), screen) >= 4 * distance_m, label.text
        assert cap_mm(ring.digits_font(), screen) >= 24 * distance_m
        # A narrow font rounds its height by a little.
        assert cap_mm(ring.label_font(), screen) >= 0.99 * 4 * distance_m, ring.face.label
        assert cap_mm(leg.shown_font(), screen) >= 4 * distance_m


@pytest.mark.parametrize("screen", OTHERS, ids=str)
def test_on_other_screens_it_is_as_large_as_fits_and_never_clipped(
    follow: Callable[[Screen, float], WindowStage], screen: Screen
) -> None:
    window = follow(screen, 2.5)
    needed = letters_of(window, screen, 2.5)
    for _ in phases(window):
        for label in parts_of_the_instruction(window, needed):
            assert lies_inside(label), label.text
            cap = QFontMetricsF(label.shown_font()).capHeight()
            assert cap >= needed.instruction - 1 or is_the_largest(label), label.text
        assert lies_inside(window.label("next")), window.label("next").text
        assert QFontMetricsF(window.player.ring.digits_font()).capHeight() >= needed.digits - 1


@pytest.mark.parametrize("distance_m", [1.0, *DISTANCES_M, 5.0])
@pytest.mark.parametrize("screen", [*JUDGED, *OTHERS], ids=str)
def test_no_part_lies_over_another_and_the_figure_is_large(qapp: object, screen: Screen, distance_m: float) -> None:
    wanted = text_sizes_for(screen.density, distance_m, QFont())
    place = arrange(screen.width, screen.height, wanted, fullscreen=True)
    safe = QRect(0, 0, screen.width, screen.height).adjusted(
        int(screen.width * 0.05) - 1,
        int(screen.height * 0.05) - 1,
        1 - int(screen.width * 0.05),
        1 - int(screen.height * 0.05),
    )
    parts = {name: rect for name, rect in place.parts().items() if "controls" not in name}
    for name, rect in parts.items():
        assert safe.contains(rect), name
    for (one, a), (other, b) in combinations(parts.items(), 2):
        assert not a.intersects(b), f"{one} {a} overlaps {other} {b}"
    assert place.figure.height() >= 0.24 * min(screen.width, screen.height)


def test_what_matters_least_goes_first(qapp: object) -> None:
    shown = []
    for distance_m in (1.0, 2.5, 2.65, 3.0, 5.0):
        wanted = text_sizes_for(JUDGED[0].density, distance_m, QFont())
        parts = arrange(1920, 1080, wanted, fullscreen=True).parts()
        shown.append(("title" in parts, "next" in parts))
    assert shown == [(True, True), (True, True), (False, True), (False, False), (False, True)]


def test_an_instruction_in_parts_shows_one_after_the_other(follow: Callable[[Screen, float], WindowStage]) -> None:
    window = follow(JUDGED[0], 3.0)
    while window.session.phase is None or window.session.phase.kind is not PhaseKind.TRANSITION:
        window.session.next()
    phase = window.session.phase
    assert phase is not None
    assert window.label("instruction").text == "Good. Next, the chair."
    window.run_for(phase.duration_ms * 0.9)
    assert window.label("instruction").text == "Roll onto your side, push up with your hands, and take your time."


def test_the_distance_in_the_settings_holds_at_once(make_window: Callable[..., WindowStage]) -> None:
    window = make_window(size=(1920, 1080))
    window.view.prepare_player()
    window.press("Settings")
    page = window.view.findChild(SettingsPage)
    assert isinstance(page, SettingsPage)
    assert page.distance.currentText() == "2.5 m"
    page.distance.setCurrentIndex(page.distance.findText("4 m"))
    assert page.settings.viewing_distance_m == 4.0
    player = window.play()
    player.set_follow_along(True)
    settle()
    wanted = text_sizes_for(screen_px_per_mm(player.screen()), 4.0, player.font())
    letters = arrange(1920, 1080, wanted, fullscreen=True).letters
    shown = QFontMetricsF(window.label("instruction").shown_font()).capHeight()
    assert shown == pytest.approx(letters.instruction, abs=1)
