"""The contrast themes of Windows."""

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from stretchplayer.settings import Appearance
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.contrast import contrast_colours, has_contrast_theme
from stretchplayer.ui.theme.style import Theme
from tests.ui.stage import FONTS, WindowStage

HIGH, NONE = Qt.ContrastPreference.HighContrast, Qt.ContrastPreference.NoPreference


class Hints(QObject):
    """Qt's accessibility hints."""

    def __init__(self, preference: Qt.ContrastPreference) -> None:
        super().__init__()
        self._preference = preference

    def contrastPreference(self) -> Qt.ContrastPreference:
        return self._preference


def night_sky() -> QPalette:
    """One of those that come with Windows 11."""
    made = QPalette(QColor("#000000"))
    colours = {"Window": "#000000", "WindowText": "#FFFFFF", "Button": "#000001", "Highlight": "#D6B4FD"}
    colours |= {"HighlightedText": "#2B2B2B", "Link": "#8080FF"}
    for name, colour in colours.items():
        made.setColor(QPalette.ColorRole[name], QColor(colour))
    made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText, QColor("#A6A6A6"))
    return made


@pytest.mark.parametrize(
    ("preference", "platform", "chosen"), [(HIGH, "windows", True), (NONE, "windows", False), (HIGH, "xcb", False)]
)
def test_only_windows_has_colours_for_the_wish(preference: Qt.ContrastPreference, platform: str, chosen: bool) -> None:
    assert has_contrast_theme(Hints(preference), platform) is chosen


def test_a_qt_that_knows_no_such_wish_has_no_theme_for_it() -> None:
    assert not has_contrast_theme(QObject(), "windows")


def test_all_colours_are_the_system_s() -> None:
    colours = contrast_colours(night_sky())
    assert (colours.ground, colours.ink, colours.muted) == ("#000000", "#ffffff", "#ffffff")
    assert (colours.accent, colours.on_accent, colours.movement) == ("#d6b4fd", "#2b2b2b", "#8080ff")
    assert (colours.track, colours.raised) == ("#a6a6a6", "#000001")


def test_it_counts_before_the_person_s_choice_and_fills_the_screen_too(
    window: WindowStage, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("theme.style", "player.view"):
        monkeypatch.setattr(f"stretchplayer.ui.{module}.has_contrast_theme", lambda: True)
    monkeypatch.setattr("stretchplayer.ui.theme.style.contrast_colours", lambda _system: contrast_colours(night_sky()))
    Theme(qapp, Appearance.LIGHT, FONTS)
    window.play()
    window.player.set_follow_along(True)
    for palette in (qapp.palette(), window.player.palette()):
        assert palette.color(theme.GROUND).name() == "#000000"
        assert palette.color(theme.ACCENT).name() == "#d6b4fd"
