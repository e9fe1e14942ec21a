"""Pages follow the system font while the program runs."""

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel

from tests.ui.stage import WindowStage, settle


def test_letters_grow_with_the_system_s(window: WindowStage) -> None:
    def heights() -> list[int]:
        labels = [label for label in window.frame.findChildren(QLabel) if label.isVisible() and label.text()]
        return [label.fontMetrics().height() for label in labels]

    usual, before = window.app.font(), heights()
    large = QFont(usual)
    large.setPointSizeF(usual.pointSizeF() * 2)
    window.app.setFont(large)
    settle()
    try:
        assert all(now > then for now, then in zip(heights(), before, strict=True))
    finally:
        window.app.setFont(usual)
