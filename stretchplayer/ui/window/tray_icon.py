"""The tray icon: colour or monochrome, as the panel wants it, with the state of the reminders."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

SIZES: Final = (16, 22, 24, 32, 48, 64)
"""What panels ask for, px."""
_ALWAYS_DARK: Final = frozenset({"gnome", "unity", "pantheon", "ubuntu"})
"""Desktops whose panel is dark whether their windows are or not."""
_ALIKE: Final = frozenset({"kde"})
"""Desktops whose panel is as dark as their windows. LXQt's isn't: its usual theme has it dark, windows light."""


class TrayState(StrEnum):
    NORMAL = "normal"
    DUE = "due"
    PAUSED = "paused"


class TrayForm(StrEnum):
    COLOUR = "colour"
    """For panels that may be of any colour."""
    LIGHT = "light"
    """Light lines, for dark panels."""
    DARK = "dark"
    """Dark lines, for light panels."""
    TEMPLATE = "template"
    """Only its shape counts: the system colours it."""


def form_for(platform: str, environ: Mapping[str, str], *, windows_are_dark: bool | None) -> TrayForm:
    """The form the system's panel wants; `platform` is as in `sys.platform`.

    `windows_are_dark` is None when it says nothing about the system, because the person chose the colours.
    """
    if platform == "darwin":
        return TrayForm.TEMPLATE
    desktops = {name.strip().lower() for name in environ.get("XDG_CURRENT_DESKTOP", "").split(":")}
    if desktops & _ALWAYS_DARK:
        return TrayForm.LIGHT
    if desktops & _ALIKE and windows_are_dark is not None:
        return TrayForm.LIGHT if windows_are_dark else TrayForm.DARK
    return TrayForm.COLOUR


def file_name(form: TrayForm, state: TrayState, size: int) -> str:
    """Of one picture, in the folder of the icons."""
    return f"tray-{form}-{state}-{size}.png"


def tray_icon(directory: Path, form: TrayForm, state: TrayState) -> QIcon:
    """Load the tray icon. It is pre-rendered: rendering SVG takes much memory."""
    icon = QIcon()
    for size in SIZES:
        icon.addFile(str(directory / file_name(form, state, size)), QSize(size, size))
    icon.setIsMask(form is TrayForm.TEMPLATE)
    return icon
