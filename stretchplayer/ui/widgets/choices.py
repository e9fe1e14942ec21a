"""What a combo box offers."""

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox


def show_choices(combo: QComboBox, choices: Iterable[tuple[str, object]], chosen: object = None) -> None:
    """Offer these words, each with its value, and choose that value, or else the first; without a signal."""
    with QSignalBlocker(combo):
        combo.clear()
        for words, value in choices:
            combo.addItem(words, value)
        combo.setCurrentIndex(max(0, combo.findData(chosen)))
