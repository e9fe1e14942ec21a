"""Reduced motion."""

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from stretchplayer.settings import Motion


def reduces_motion(choice: Motion, hints: QObject | None = None) -> bool:
    """Whether to reduce motion: the person's choice, else the system's.

    `hints` are Qt's accessibility hints, by default the application's. Qt knows the system's wish from 6.12 on; before
    that, full motion is assumed.
    """
    if choice is not Motion.SYSTEM:
        return choice is Motion.REDUCED
    source = hints if hints is not None else system_hints()[1]
    preference = getattr(source, "motionPreference", None)
    return preference is not None and preference().name == "ReducedMotion"


@cache
def system_hints() -> tuple[QObject, QObject]:
    """Qt's hints and those about accessibility in them, held for good: they live as long as the application."""
    hints = QGuiApplication.styleHints()
    return hints, hints.accessibility()
