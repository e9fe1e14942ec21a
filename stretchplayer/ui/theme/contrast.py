"""The contrast themes of Windows, whose few colours are the only ones a person may be able to read."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QPalette

from stretchplayer.ui.theme.palette import Colours, Role
from stretchplayer.ui.theme.reduced_motion import system_hints


def has_contrast_theme(hints: QObject | None = None, platform: str | None = None) -> bool:
    """Whether one is chosen; elsewhere the wish for more contrast brings no colours with it, and ours have enough.

    `hints` are Qt's accessibility hints and `platform` is Qt's name of it, by default the application's.
    """
    source = hints if hints is not None else system_hints()[1]
    preference = getattr(source, "contrastPreference", None)
    is_windows = (platform or QGuiApplication.platformName()) == "windows"
    return is_windows and preference is not None and preference() is Qt.ContrastPreference.HighContrast


def contrast_colours(system: QPalette) -> Colours:
    """Our colours made of the system's."""
    ground, ink, chosen = (system.color(role).name() for role in (Role.Window, Role.WindowText, Role.Highlight))
    return Colours(
        ground=ground,
        panel=ground,
        raised=system.color(Role.Button).name(),
        track=system.color(QPalette.ColorGroup.Disabled, Role.WindowText).name(),
        ink=ink,
        muted=ink,
        accent=chosen,
        on_accent=system.color(Role.HighlightedText).name(),
        movement=system.color(Role.Link).name(),
        done=chosen,
        danger=ink,
    )
