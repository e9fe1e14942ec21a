"""Builds the pages of the main view that have many wires, when they are first looked at."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from stretchplayer.settings import Settings
from stretchplayer.ui.pages.first_run import FirstRunPage
from stretchplayer.ui.pages.settings_page import SettingsPage

if TYPE_CHECKING:
    from stretchplayer.ui.window.main_view import MainView


def build_settings(
    view: "MainView", settings: Settings, take_settings: Callable[[Settings], None], *, autostart: bool | None
) -> SettingsPage:
    """The Settings page; what is wished for there the view passes on, and `take_settings` gets what is changed."""
    page = SettingsPage(settings)
    page.settings_changed.connect(take_settings)
    page.try_sound_requested.connect(view.try_sound_requested)
    page.try_voice_requested.connect(view.try_voice_requested)
    page.voices_requested.connect(view.voices_requested)
    page.introduction_requested.connect(view.introduce)
    page.autostart_requested.connect(view.autostart_requested)
    page.calendar_requested.connect(view.calendar_requested)
    page.show_autostart(autostart)
    page.progress.export_requested.connect(view.progress.export)
    page.progress.import_requested.connect(view.progress.import_data)
    page.progress.erase_requested.connect(view.progress.erase_question_requested)
    page.about_requested.connect(view.about_requested)
    return page


def build_introduction(view: "MainView", settings: Settings, *, autostart: bool | None) -> FirstRunPage:
    """The page for a person who is here for the first time."""
    page = FirstRunPage(settings.viewing_distance_m, settings.reminders)
    page.autostart_requested.connect(view.autostart_requested)
    page.show_autostart(autostart)
    page.closed.connect(view.show_today)
    page.try_sound_requested.connect(view.try_sound_requested)
    page.try_voice_requested.connect(view.try_voice_requested)
    page.distance_chosen.connect(lambda metres: view.change_beside(viewing_distance_m=metres))
    return page
