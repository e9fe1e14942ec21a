"""Accessibility of the custom-painted widgets.

Such a widget has a class attribute `ACCESSIBLE_ROLE`, and may have a method `accessible_value`, which is only called
on request: a name that changed every second would be announced every second.
"""

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

Role = QAccessible.Role
_VALUES = frozenset({QAccessible.Text.Description, QAccessible.Text.Value})


class _Described(QAccessibleWidget):
    """Reports a widget's ACCESSIBLE_ROLE. It is never freed, so it must not keep anything of the widget's alive."""

    def text(self, kind: QAccessible.Text) -> str:
        value = getattr(self.object(), "accessible_value", None)
        return str(value()) if value is not None and kind in _VALUES else super().text(kind)


def _describe(_class_name: str, described: QObject | None) -> QAccessibleInterface | None:
    role = getattr(described, "ACCESSIBLE_ROLE", None)
    return _Described(described, role) if role is not None and isinstance(described, QWidget) else None


@cache
def install() -> None:
    """Register the interface factory, once per process."""
    QAccessible.installFactory(_describe)


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say something once it is silent."""
    if not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
    QAccessible.updateAccessibility(event)
