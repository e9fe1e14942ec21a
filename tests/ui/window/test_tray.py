"""The icon in the tray and its menu."""

import runpy
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from stretchplayer.reminders.slots import SlotState
from stretchplayer.settings import Appearance
from stretchplayer.ui.theme.style import Theme
from stretchplayer.ui.window.tray import Tray
from stretchplayer.ui.window.tray_icon import SIZES, TrayForm, TrayState, file_name, form_for, tray_icon
from tests.ui.pictures import look_alike
from tests.ui.reminder_stage import DUE, TODAY, USUAL, view
from tests.ui.stage import FONTS, ICONS, settle

pytestmark = pytest.mark.qt_log_ignore("No such signal QPlatformNativeInterface::systemTrayWindowChanged")
SCRIPT = ICONS.parents[1] / "packaging" / "assets" / "make_tray_icons.py"
PAUSED = replace(USUAL, paused_until=TODAY + timedelta(days=9), slots=(view(20, SlotState.PAUSED),))


@pytest.fixture
def tray(qapp: QApplication) -> Iterator[Tray]:
    """A tray icon; offscreen there is no tray, which it has to cope with."""
    Theme(qapp, Appearance.DARK, FONTS)
    tray = Tray(ICONS)
    yield tray
    tray.close()
    tray.deleteLater()
    settle()


def icon_of(tray: Tray) -> QSystemTrayIcon:
    icon = tray.findChild(QSystemTrayIcon)
    assert isinstance(icon, QSystemTrayIcon)
    return icon


def menu_of(tray: Tray) -> QMenu:
    return icon_of(tray).contextMenu()


def entries(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def trigger(menu: QMenu, words: str) -> None:
    next(action for action in menu.actions() if action.text() == words).trigger()


def picture(tray: Tray) -> QImage:
    return icon_of(tray).icon().pixmap(22, 22).toImage()


def test_the_tooltip_tells_the_day_at_a_glance(tray: Tray) -> None:
    tray.show_reminders(USUAL)
    assert icon_of(tray).toolTip() == "Stretch Player\nNext at 20:00 · Morning: done"


def test_the_menu_has_what_can_be_done_now(tray: Tray) -> None:
    tray.show_reminders(USUAL)
    assert entries(menu_of(tray)) == [
        "Start now",
        "Morning, 08:00 · Done at 08:12",
        "Evening, 20:00 · Later today",
        "Skip today",
        "Pause reminders…",
        "Open Stretch Player",
        "Settings",
        "Quit",
    ]
    tray.show_reminders(DUE)
    assert entries(menu_of(tray))[3:9] == [
        "Another routine…", "Snooze", "Skip afternoon", "I did it already", "Skip today", "Pause reminders…",
    ]  # fmt: skip
    marked = view(17, SlotState.MARKED_DONE)
    tray.show_reminders(replace(DUE, slots=(marked,)))
    assert entries(menu_of(tray))[1:3] == ["Afternoon, 17:00 · Marked as done", "Undo “I did it already”"]
    assert icon_of(tray).toolTip().endswith("Afternoon: marked as done")
    tray.show_reminders(PAUSED)
    assert entries(menu_of(tray))[1:3] == ["Evening, 20:00 · Paused until 3 Dec 2026", "Resume reminders"]
    tray.show_reminders(replace(USUAL, enabled=False))
    assert entries(menu_of(tray)) == ["Start now", "Open Stretch Player", "Settings", "Quit"]


def test_the_slots_in_the_menu_are_there_to_be_seen_only(tray: Tray) -> None:
    tray.show_reminders(USUAL)
    slots = [action for action in menu_of(tray).actions() if "08:00" in action.text() or "20:00" in action.text()]
    assert [action.isEnabled() for action in slots] == [False, False]
    menu_of(tray).aboutToShow.emit()
    assert not any(action.icon().isNull() for action in slots)
    tray.show_reminders(DUE)
    assert sum(not action.icon().isNull() for action in menu_of(tray).actions()) == len(DUE.slots)


def test_colours_wait_until_somebody_looks(qapp: QApplication) -> None:
    themed: list[bool] = []
    tray = Tray(ICONS, apply_theme=lambda: themed.append(True))
    tray.show_reminders(USUAL)
    assert themed == []
    assert all(action.icon().isNull() for action in menu_of(tray).actions())
    closed: list[bool] = []
    tray.menu_closed.connect(lambda: closed.append(True))
    for _ in range(2):
        menu_of(tray).aboutToShow.emit()
        menu_of(tray).aboutToHide.emit()
    assert (themed, closed) == ([True], [True, True])
    tray.close()
    tray.deleteLater()
    settle()


def test_commands(tray: Tray) -> None:
    made: list[object] = []
    tray.start_requested.connect(lambda: made.append("start"))
    tray.open_requested.connect(lambda: made.append("open"))
    tray.settings_requested.connect(lambda: made.append("settings"))
    tray.quit_requested.connect(lambda: made.append("quit"))
    tray.reminder_menu.skip_requested.connect(lambda: made.append("skip"))
    tray.show_reminders(DUE)
    for words in ("Start now", "Open Stretch Player", "Settings", "Quit", "Skip afternoon"):
        trigger(menu_of(tray), words)
    assert made == ["start", "open", "settings", "quit", "skip"]


@pytest.mark.parametrize(
    ("reason", "opens"),
    [
        (QSystemTrayIcon.ActivationReason.Trigger, True),
        (QSystemTrayIcon.ActivationReason.DoubleClick, True),
        (QSystemTrayIcon.ActivationReason.Context, False),
    ],
)
def test_a_left_click_opens(tray: Tray, reason: QSystemTrayIcon.ActivationReason, opens: bool) -> None:
    made: list[bool] = []
    tray.open_requested.connect(lambda: made.append(True))
    icon_of(tray).activated.emit(reason)
    assert bool(made) is opens


def test_on_macos_a_click_opens_the_menu_alone(tray: Tray, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bool] = []
    tray.open_requested.connect(lambda: made.append(True))
    monkeypatch.setattr("stretchplayer.ui.window.tray.sys", SimpleNamespace(platform="darwin"))
    icon_of(tray).activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert not made


def test_the_icon_tells_what_is_due_and_what_is_paused(tray: Tray) -> None:
    pictures = []
    for shown in (USUAL, DUE, PAUSED):
        tray.show_reminders(shown)
        pictures.append(picture(tray))
    assert all(one != other for one, other in zip(pictures, pictures[1:] + pictures[:1], strict=True))
    tray.show_reminders(replace(USUAL, enabled=False))
    assert picture(tray) == pictures[2]
    assert not tray.is_available


def test_it_follows_a_change_of_colours(tray: Tray, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "KDE")
    tray.follow_colours()
    tray.show_reminders(USUAL)
    dark = picture(tray)
    Theme(qapp, Appearance.LIGHT, FONTS)
    tray.follow_colours()
    assert picture(tray) != dark


def test_colours_of_the_person_s_own_choice_say_nothing_of_the_panel(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "KDE")
    Theme(qapp, Appearance.DARK, FONTS)
    tray = Tray(ICONS, follows_system=lambda: False)
    tray.show_reminders(USUAL)
    assert picture(tray) == tray_icon(ICONS, TrayForm.COLOUR, TrayState.NORMAL).pixmap(22, 22).toImage()
    tray.close()


# Its forms


@pytest.mark.parametrize(
    ("platform", "desktop", "dark", "form"),
    [
        ("darwin", "", True, TrayForm.TEMPLATE),
        ("win32", "", True, TrayForm.COLOUR),
        ("linux", "", True, TrayForm.COLOUR),
        ("linux", "XFCE", False, TrayForm.COLOUR),
        ("linux", "LXQt", False, TrayForm.COLOUR),
        ("linux", "KDE", None, TrayForm.COLOUR),
        ("linux", "ubuntu:GNOME", False, TrayForm.LIGHT),
        ("linux", "KDE", True, TrayForm.LIGHT),
        ("linux", "KDE", False, TrayForm.DARK),
    ],
)
def test_the_form_is_that_of_the_panel(platform: str, desktop: str, dark: bool | None, form: TrayForm) -> None:
    assert form_for(platform, {"XDG_CURRENT_DESKTOP": desktop}, windows_are_dark=dark) is form
    assert form_for("linux", {}, windows_are_dark=dark) is TrayForm.COLOUR


def shades(image: QImage) -> set[float]:
    """The lightness of each opaque pixel, 0 to 1; all have to be grey."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    opaque = [colour for colour in pixels if colour.alpha() > 250]
    assert all(abs(colour.red() - colour.blue()) <= 2 for colour in opaque)
    return {colour.lightnessF() for colour in opaque}


@pytest.mark.parametrize("state", TrayState)
def test_a_form_of_one_colour_has_one_colour(qapp: QApplication, state: TrayState) -> None:
    assert qapp is not None
    for form, shade in ((TrayForm.LIGHT, 1.0), (TrayForm.DARK, 0.2), (TrayForm.TEMPLATE, 0.0)):
        icon = tray_icon(ICONS, form, state)
        assert {round(colour, 1) for colour in shades(icon.pixmap(64, 64).toImage())} == {shade}
        assert icon.isMask() is (form is TrayForm.TEMPLATE)
        assert {size.width() for size in icon.availableSizes()} == set(SIZES)


@pytest.mark.parametrize("panel", ["#1c1c1c", "#f2f2f2", "#3465a4"])
@pytest.mark.parametrize("state", TrayState)
def test_the_colours_stand_out_from_every_panel(qapp: QApplication, panel: str, state: TrayState) -> None:
    """A good part of it has a contrast of at least 3:1 to the panel."""
    assert qapp is not None
    image = tray_icon(ICONS, TrayForm.COLOUR, state).pixmap(22, 22).toImage()
    from tests.ui.theme.test_palette import contrast

    pixels = [image.pixelColor(x, y) for x in range(22) for y in range(22)]
    clear = [pixel for pixel in pixels if pixel.alpha() > 200 and contrast(pixel.name(), panel) >= 3]
    assert len(clear) >= 15


def test_the_drawings_are_there_in_every_form_and_state() -> None:
    drawn = {path.name for path in ICONS.glob("tray-*")}
    assert drawn == {file_name(form, state, size) for form in TrayForm for state in TrayState for size in SIZES}


@pytest.mark.parametrize("form", TrayForm)
def test_the_pictures_that_are_shipped_are_those_of_the_drawings(qapp: QApplication, form: TrayForm) -> None:
    draw = runpy.run_path(str(SCRIPT))["picture"]
    for state in TrayState:
        for size in SIZES:
            shipped = QImage(str(ICONS / file_name(form, state, size)))
            assert look_alike(shipped, draw(form, state, size))
