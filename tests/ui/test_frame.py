"""The window before anything is in it."""

import pytest
import shiboken6
from PySide6.QtGui import QAccessible

from stretchplayer.ui.frame import Frame


@pytest.mark.usefixtures("qapp")
def test_it_has_its_name_from_the_first_moment() -> None:
    frame = Frame()
    frame.show()
    assert frame.windowTitle() == "Stretch Player"
    assert QAccessible.queryAccessibleInterface(frame).text(QAccessible.Text.Name) == "Stretch Player"
    shiboken6.delete(frame)
