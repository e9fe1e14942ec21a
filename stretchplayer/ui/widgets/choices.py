"""What a combo box offers."""

from collections.abc import Iterable

from PySide6.QtCore import QLocale, QSignalBlocker
from PySide6.QtWidgets import QComboBox

from stretchplayer.i18n import _
from stretchplayer.settings import DISTANCE_CHOICES_M


def distance_choices(chosen: float, locale: QLocale) -> list[tuple[str, float]]:
    """How far away the screen may be, in m: the usual distances, and the chosen one."""
    distances = sorted({*DISTANCE_CHOICES_M, chosen})
    return [(_("{distance} m").format(distance=locale.toString(each, "g", 3)), each) for each in distances]


def show_choices(combo: QComboBox, choices: Iterable[tuple[str, object]], chosen: object = None) -> None:
    """Offer these words, each with its value, and choose that value, or else the first; without a signal."""
    with QSignalBlocker(combo):
        combo.clear()
        for words, value in choices:
            combo.addItem(words, value)
        combo.setCurrentIndex(max(0, combo.findData(chosen)))
