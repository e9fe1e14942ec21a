"""Accessibility of the custom-painted widgets.

Each calls `describe` before it gets a name. It may have a method `accessible_value`, which is only called on request: a
name that changed every second would be announced every second.
"""

from typing import Final

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QAccessibleWidget, QWidget

Role = QAccessible.Role
_VALUES: Final = frozenset({QAccessible.Text.Description, QAccessible.Text.Value})


class _Described(QAccessibleWidget):
    """Adds a widget's `accessible_value`."""

    def text(self, kind: QAccessible.Text) -> str:
        value = getattr(self.object(), "accessible_value", None)
        return str(value()) if value is not None and kind in _VALUES else super().text(kind)


_described: Final[dict[int, _Described]] = {}
"""What Qt deletes with its widget, and Python must not delete before. (PySide keeps what a factory makes for ever.)"""


def describe(widget: QWidget, role: Role) -> None:
    """Tell screen readers what the widget is."""
    described = _Described(widget, role)
    number = QAccessible.registerAccessibleInterface(described)
    _described[number] = described
    widget.destroyed.connect(lambda: _described.pop(number))


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say something once it is silent."""
    if not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
    QAccessible.updateAccessibility(event)
