"""The window before it has content."""

import pytest
import shiboken6
from PySide6.QtGui import QAccessible

from stretchplayer.ui.window.main_window import MainWindow


@pytest.mark.usefixtures("qapp")
def test_it_has_its_name_from_the_first_moment() -> None:
    frame = MainWindow()
    frame.show()
    assert frame.windowTitle() == "Stretch Player"
    assert QAccessible.queryAccessibleInterface(frame).text(QAccessible.Text.Name) == "Stretch Player"
    shiboken6.delete(frame)
